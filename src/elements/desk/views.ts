/** Parts of `<openslot-desk>` that need no element of their own. */
import { html, nothing, type TemplateResult } from 'lit';
import { attributeOf, type OpenslotError } from '../../core/errors.ts';
import type { DeskTexts } from '../../locales/index.ts';
import type { DeskController } from './controller.ts';
import type { Language } from './language.ts';
import { request } from '../shared/requests.ts';
import type { DeskSessionController } from './session-controller.ts';

/** Buttons for the days of the week, where the agenda shows only one of them. */
export function renderStrip({ days, day, state, now }: DeskController, { display }: Language): TemplateResult {
  const busy = new Set(
    (state?.appointments ?? [])
      .filter(({ status }) => status !== 'cancelled')
      // One that ends at midnight is not in the next day.
      .flatMap(({ start, end }) => [display.dayOf(start), display.dayOf(Date.parse(end) - 1)]),
  );
  const today = display.dayOf(now());
  return html`<div class="strip" role="group" aria-label=${display.dayRange(days[0] ?? '', days.at(-1) ?? '')}>
    ${days.map(
      (one) =>
        html`<button
          class="${one === today ? 'today' : ''} ${busy.has(one) ? 'busy' : ''}"
          aria-pressed=${one === day ? 'true' : 'false'}
          aria-label=${display.day(one, 'long')}
          @click=${({ target }: Event) => target && request(target, 'openslot-desk-day', { day: one })}
        >
          <span data-letter=${display.weekdayLetter(one)}>${display.day(one, 'number')}</span>
        </button>`,
    )}
  </div>`;
}

/** The notice above the agenda, if there is one. */
export function renderNotice(
  { state }: DeskController,
  { display, messages }: Language,
): TemplateResult | typeof nothing {
  if (!state) return nothing;
  if (state.status === 'error') return renderAlone(messages, { text: setupText(state.error, messages), retry: true });
  if (state.connection === 'offline' && state.freshAt !== null) {
    const since = display.time(state.freshAt + state.clockOffset);
    return html`<p part="notice" class="notice">${messages.stale(since)}</p>`;
  }
  if (state.error && !state.error.transient) {
    return html`<p part="notice" class="notice" role="status">${messages.errors[state.error.code]}</p>`;
  }
  const noHours = state.hours?.hours.rules.length === 0 && state.slots.length === 0;
  return noHours
    ? html`<p part="notice" class="notice calm">
        ${messages.noHours}
        <button @click=${({ target }: Event) => target && request(target, 'openslot-desk-panel', { panel: 'hours' })}>
          ${messages.editHours}
        </button>
      </p>`
    : nothing;
}

/** For a person who is signed in but has no calendar here. @param wanted the provider that the page names */
export function renderNoCalendar(
  { desk, state, refusal }: DeskSessionController,
  messages: DeskTexts,
  wanted: string,
): TemplateResult {
  const others = desk?.providers.length ? messages.notMemberOf(wanted) : messages.noProviders;
  const title = desk?.tenants.length ? others : messages.notMember;
  return html`
    <div class="alone empty">
      <h2>${title}</h2>
      ${refusal ? html`<p role="alert">${messages.errors[refusal.code]}</p>` : nothing}
      ${desk?.tenants.length ? nothing : html`<p class="muted">${messages.notMemberHint(state.email ?? '')}</p>`}
      <p>
        ${retryButton(messages.checkAgain)}
        <button @click=${({ target }: Event) => target && request(target, 'openslot-desk-sign', { do: 'out' })}>
          ${messages.signOut}
        </button>
      </p>
    </div>
  `;
}

/** A notice in place of the whole contents. */
export function renderAlone(
  messages: DeskTexts,
  { text, title = '', retry = false }: { readonly text: string; readonly title?: string; readonly retry?: boolean },
): TemplateResult {
  return html`<div part="notice" class="alone empty" role="alert">
    ${title ? html`<h2>${title}</h2>` : nothing}
    <p>${text}</p>
    ${retry ? html`<p>${retryButton(messages.tryAgain)}</p>` : nothing}
  </div>`;
}

export function renderSkeleton({ loading }: DeskTexts): TemplateResult {
  return html`<div class="skeleton">
    <p class="visually-hidden" role="status">${loading}</p>
    <i></i><i></i><i></i><i></i><i></i>
  </div>`;
}

/** Says what is wrong: to the owner of the page if it is the set-up, otherwise to staff. */
export function setupText(error: OpenslotError | null, { errors, setup }: DeskTexts): string {
  if (!error) return '';
  const name = attributeOf(error);
  const texts: Partial<Record<OpenslotError['code'], string>> = {
    ...(name && { missing_config: setup.missing(name), invalid_config: setup.invalid(name) }),
    invalid_key: setup.invalidKey,
    not_installed: setup.notInstalled,
    schema_outdated: setup.outdated,
  };
  return texts[error.code] ?? errors[error.code];
}

function retryButton(label: string): TemplateResult {
  return html`<button @click=${({ target }: Event) => target && request(target, 'openslot-desk-retry', null)}>
    ${label}
  </button>`;
}

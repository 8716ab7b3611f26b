import { html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { HoursException, HoursResult, HoursRule, News } from '../../../core/desk/types.ts';
import { addDays, weekdayNames } from '../../../core/time/time-zones.ts';
import { enDesk } from '../../../locales/en/desk.ts';
import { minutesOf, partsOf } from './layout.ts';
import { defaultDeskDisplay } from '../display.ts';
import { sideStyles } from './openslot-desk-side.styles.ts';
import { place } from './place.ts';
import { request } from '../../shared/requests.ts';
import { base } from '../../shared/base.styles.ts';
import { ringStyles } from '../../shared/ring.styles.ts';

const SHOWN = 6;
const DAY = 24 * 60;
/** The bars reach from 8:00 to 18:00, or further where the hours do. */
const BAR = [8 * 60, 18 * 60] as const;
const REFRESH_MS = 10_000;
/** News stand out for this long. */
const NEW_MS = 600_000;

/**
 * @summary What just happened, in words; the weekly hours as bars; days off and extra hours.
 *
 * @tagname openslot-desk-side
 *
 * @event openslot-desk-panel - Open the panel of the hours: `detail.panel` is `hours`.
 * @event openslot-desk-appointment - Staff chose an appointment in the news: `detail.id`.
 *
 * @csspart news - Something that happened; also `news recent`.
 * @csspart hours-button - The button that opens the hours.
 */
export class OpenslotDeskSide extends LitElement {
  @property({ attribute: false }) display = defaultDeskDisplay;
  @property({ attribute: false }) messages = enDesk;
  @property({ attribute: false }) news: readonly News[] = [];
  @property({ attribute: false }) hours: HoursResult | null = null;
  @property({ attribute: false }) now: () => number = () => Date.now();

  #refresh: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#refresh = setInterval(() => this.requestUpdate(), REFRESH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#refresh);
  }

  protected override render() {
    const { messages, hours } = this;
    const news = this.news.filter(({ kind }) => kind !== 'reminder').slice(0, SHOWN);
    return html`
      <section aria-labelledby="news">
        <h3 id="news">${messages.justNow}</h3>
        ${
          news.length === 0
            ? html`<p class="muted">${messages.nothingYet}</p>`
            : html`<ol aria-live="polite" aria-relevant="additions">
                ${repeat(
                  news,
                  ({ id }) => id,
                  (entry) => this.#renderNews(entry),
                )}
              </ol>`
        }
      </section>
      <section aria-labelledby="hours">
        <h3 id="hours">${messages.weeklyHours}</h3>
        ${hours ? this.#renderHours(hours.hours.rules) : nothing}
        <button part="hours-button" @click=${() => request(this, 'openslot-desk-panel', { panel: 'hours' })}>
          ${messages.editHours}
        </button>
      </section>
      ${hours ? this.#renderExceptions(hours.hours.exceptions) : nothing}
    `;
  }

  #renderNews(entry: News) {
    const { display, messages } = this;
    const { kind, patient_name: name, start, previous_start: before, service_name: service, message } = entry;
    const age = this.now() - Date.parse(entry.created_at);
    const ago = display.ago(age);
    const verb = { booked: messages.newsBooked, rescheduled: messages.newsMoved, cancelled: messages.newsCancelled }[
      kind as 'booked'
    ];
    const when = display.when(start, 'short');
    const sameDay = before && display.dayOf(before) === display.dayOf(start);
    const detail =
      kind === 'rescheduled' && before
        ? messages.newsFrom(sameDay ? display.time(before) : display.when(before, 'short'), ago)
        : messages.newsService(kind === 'cancelled' && message ? `“${message}”` : service, ago);
    const recent = age < NEW_MS;
    return html`
      <li part="news ${recent ? 'recent' : ''}" class="ringed ${recent ? 'new' : ''}">
        <button class="link" @click=${() => request(this, 'openslot-desk-appointment', { id: entry.appointment_id })}>
          <strong>${name ?? messages.somebody}</strong> ${verb}
          ${kind === 'rescheduled' ? messages.newsMovedTo(when) : when}
        </button>
        <p class="muted">${detail}</p>
      </li>
    `;
  }

  #renderHours(rules: readonly HoursRule[]) {
    const { display, messages } = this;
    const parts = rules.flatMap(partsOf).sort((a, b) => a.from - b.from);
    const from = Math.min(BAR[0], ...parts.map((part) => part.from));
    const until = Math.max(BAR[1], ...parts.map((part) => part.until));
    const names = weekdayNames(display.firstDay, display.lang, 'short');
    return html`
      <dl>
        ${names.map((name, index) => {
          const day = (display.firstDay + index) % 7;
          const own = parts.filter(({ weekday }) => weekday === day);
          const text = own.map((part) => this.#hoursText(part.from, part.until)).join(', ');
          return html`
            <div class=${own.length > 0 ? '' : 'closed'}>
              <dt>${name}</dt>
              <dd class="bar" aria-hidden="true" ${place({ from, until })}>
                ${own.map((part) => html`<i ${place({ at: part.from, end: part.until })}></i>`)}
              </dd>
              <dd class="muted">${text || messages.closed}</dd>
            </div>
          `;
        })}
      </dl>
    `;
  }

  #hoursText(from: number, until: number): string {
    const { display } = this;
    return `${display.shortMinute(from)}–${display.shortMinute(until % DAY)}`;
  }

  #renderExceptions(exceptions: readonly HoursException[]) {
    const { messages } = this;
    return html`
      <section aria-labelledby="off">
        <h3 id="off">${messages.daysOff}</h3>
        ${
          exceptions.length === 0
            ? html`<p class="muted">${messages.noDaysOff}</p>`
            : html`<ul>
                ${exceptions.map((exception) => {
                  const { kind, note } = exception;
                  return html`<li class="exception">
                    <span>${exceptionText(exception, this.display)}</span>
                    <span class="muted">${note ?? (kind === 'off' ? messages.dayOff : messages.extraHours)}</span>
                  </li>`;
                })}
              </ul>`
        }
      </section>
    `;
  }

  static override styles = [base, ringStyles, sideStyles];
}

/** "24–31 December", "5 December, 10:00–13:00". An exception of whole days ends at midnight after its last day. */
export function exceptionText({ starts_at, ends_at }: HoursException, display: typeof defaultDeskDisplay): string {
  const [firstDay = '', from = ''] = starts_at.split('T');
  const [endDay = '', to = ''] = ends_at.split('T');
  const last = to === '00:00' && endDay > firstDay ? addDays(endDay, -1) : endDay;
  const days = display.dayRange(firstDay, last);
  if (from === '00:00' && to === '00:00') return days;
  const clock = (time: string) => display.minute(minutesOf(time));
  return display.messages.dayAndTime(days, `${clock(from)}–${clock(to)}`);
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-desk-side': OpenslotDeskSide;
  }
}

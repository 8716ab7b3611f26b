import { css, html, LitElement, nothing } from 'lit';
import { property, queryAll, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { DeskProvider, DeskService, ProviderSettings, ServiceSettings } from '../../../core/desk/types.ts';
import { enDesk } from '../../../locales/en/desk.ts';
import { enSettings } from '../../../locales/en/desk-settings.ts';
import { deskForms } from '../form.styles.ts';
import { request } from '../../shared/requests.ts';
import { actions, fields } from '../../shared/form.styles.ts';
import { base } from '../../shared/base.styles.ts';

const YEAR_DAYS = 366;
const MONTH_MINUTES = 31 * 24 * 60;
const DAY_MINUTES = 24 * 60;
/** The most that the database accepts. */
const LONGEST_CHANGE_NOTICE = 365 * DAY_MINUTES;
const LONGEST_POLICY = 500;

/**
 * @summary Edits the booking rules for patients and the durations of the services.
 *
 * @tagname openslot-desk-settings
 *
 * @event openslot-desk-save-settings - Save what has changed: `detail.provider`, `detail.services`.
 * @event openslot-desk-panel - Close the panel.
 *
 * @csspart submit-button - The button that saves.
 */
export class OpenslotDeskSettings extends LitElement {
  @property({ attribute: false }) messages = { ...enDesk, ...enSettings };
  @property({ attribute: false }) provider: DeskProvider | null = null;
  @property({ attribute: false }) services: readonly DeskService[] = [];
  @property() problem = '';
  @property({ type: Boolean }) busy = false;

  /** Why a field is wrong, by the field's id. */
  @state() private problems: Readonly<Record<string, string>> = {};
  /** Changed values, by the field's id. */
  @state() private typed: Readonly<Record<string, string>> = {};
  @state() private offered: Readonly<Record<string, boolean>> = {};

  @queryAll('input[type="number"]') private readonly numbers!: NodeListOf<HTMLInputElement>;

  protected override render() {
    const { messages, provider } = this;
    if (!provider) return nothing;
    return html`
      <form novalidate @submit=${this.#submit}>
        ${this.problem ? html`<p class="error" role="alert">${this.problem}</p>` : nothing}
        <div class="pair">
          ${this.#renderNumber('notice', messages.minNotice, provider.min_notice_minutes, messages.minutes, messages.minNoticeHint, 0, MONTH_MINUTES)}
          ${this.#renderNumber('window', messages.window, provider.booking_window_days, messages.days, messages.windowHint, 1, YEAR_DAYS)}
          ${this.#renderNumber('limit', messages.dailyLimit, provider.daily_limit, '', messages.dailyLimitHint, 1, 1_000, true)}
          ${this.#renderNumber('change-notice', messages.changeNotice, provider.change_notice_minutes, messages.minutes, messages.changeNoticeHint, 0, LONGEST_CHANGE_NOTICE, true)}
        </div>
        ${this.#renderPolicy(provider.change_policy ?? '')}
        ${this.services.map((service) => this.#renderService(service))}
        <div class="actions">
          <button type="button" @click=${() => request(this, 'openslot-desk-panel', { panel: null })}>
            ${messages.cancelDialog}
          </button>
          <button part="submit-button" class="primary" aria-disabled=${this.busy ? 'true' : 'false'}>
            ${this.busy ? messages.saving2 : messages.save}
          </button>
        </div>
      </form>
    `;
  }

  #renderService(service: DeskService) {
    const { messages } = this;
    const {
      id,
      name,
      duration_minutes: duration,
      buffer_before_minutes: before,
      buffer_after_minutes: after,
    } = service;
    return html`
      <fieldset>
        <legend>${name}</legend>
        <div class="pair">
          ${this.#renderNumber(`duration-${id}`, messages.duration, duration, messages.minutes, '', 1, DAY_MINUTES)}
          ${this.#renderNumber(`before-${id}`, messages.bufferBefore, before, messages.minutes, '', 0, DAY_MINUTES)}
          ${this.#renderNumber(`after-${id}`, messages.bufferAfter, after, messages.minutes, '', 0, DAY_MINUTES)}
        </div>
        <label class="check">
          <input
            type="checkbox"
            .checked=${this.offered[id] ?? service.active}
            @change=${(event: Event) => {
              this.offered = { ...this.offered, [id]: (event.target as HTMLInputElement).checked };
            }}
          />
          ${messages.offered}
        </label>
      </fieldset>
    `;
  }

  #renderNumber(
    id: string,
    label: string,
    value: number | null,
    unit: string,
    hint: string,
    min: number,
    max: number,
    optional = false,
  ) {
    const problem = this.problems[id];
    const described = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ');
    return html`
      <div class="field">
        <label for=${id}>${label} ${unit ? html`<span class="muted">${unit}</span>` : nothing}</label>
        <input
          id=${id}
          type="number"
          inputmode="numeric"
          min=${min}
          max=${max}
          step="1"
          ?required=${!optional}
          .value=${this.typed[id] ?? (value === null ? '' : String(value))}
          aria-invalid=${problem ? 'true' : 'false'}
          aria-describedby=${ifDefined(described || undefined)}
          @input=${(event: Event) => {
            this.typed = { ...this.typed, [id]: (event.target as HTMLInputElement).value };
          }}
        />
        ${problem ? html`<p class="problem" id="${id}-problem">${problem}</p>` : nothing}
        ${hint ? html`<p class="muted" id="${id}-hint">${hint}</p>` : nothing}
      </div>
    `;
  }

  #renderPolicy(policy: string) {
    const { messages } = this;
    return html`
      <div class="field">
        <label for="policy">${messages.changePolicy}</label>
        <textarea
          id="policy"
          rows="2"
          maxlength=${LONGEST_POLICY}
          .value=${this.typed['policy'] ?? policy}
          aria-describedby="policy-hint"
          @input=${(event: Event) => {
            this.typed = { ...this.typed, policy: (event.target as HTMLTextAreaElement).value };
          }}
        ></textarea>
        <p class="muted" id="policy-hint">${messages.changePolicyHint(LONGEST_POLICY)}</p>
      </div>
    `;
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { provider } = this;
    if (this.busy || !provider) return;
    const wrong = [...this.numbers].filter((input) => !input.checkValidity());
    this.problems = Object.fromEntries(
      wrong.map(({ id, min, max }) => [id, this.messages.numberWrong(Number(min), Number(max))]),
    );
    if (wrong[0]) {
      wrong[0].focus();
      return;
    }
    const settings: ProviderSettings = {
      ...this.#changed('notice', 'min_notice_minutes', provider.min_notice_minutes),
      ...this.#changed('window', 'booking_window_days', provider.booking_window_days),
      ...this.#changed('limit', 'daily_limit', provider.daily_limit),
      ...this.#changed('change-notice', 'change_notice_minutes', provider.change_notice_minutes),
      ...this.#changedPolicy(provider.change_policy),
    };
    const services = this.services
      .map((service) => this.#changesOf(service))
      .filter((one) => Object.keys(one).length > 1);
    request(this, 'openslot-desk-save-settings', {
      provider: Object.keys(settings).length > 0 ? settings : null,
      services,
    });
  };

  #changesOf(service: DeskService): ServiceSettings {
    const { id, active } = service;
    const offered = this.offered[id] ?? active;
    return {
      id,
      ...this.#changed(`duration-${id}`, 'duration_minutes', service.duration_minutes),
      ...this.#changed(`before-${id}`, 'buffer_before_minutes', service.buffer_before_minutes),
      ...this.#changed(`after-${id}`, 'buffer_after_minutes', service.buffer_after_minutes),
      ...(offered !== active && { active: offered }),
    };
  }

  /** The setting with its new number; empty if the number hasn't changed. */
  #changed(id: string, name: string, before: number | null): Record<string, number | null> {
    const typed = this.typed[id];
    if (typed === undefined) return {};
    const now = typed === '' ? null : Number(typed);
    return now === before ? {} : { [name]: now };
  }

  #changedPolicy(before: string | null): ProviderSettings {
    const now = (this.typed['policy'] ?? before ?? '').trim() || null;
    return now === before ? {} : { change_policy: now };
  }

  static override styles = [
    base,
    actions,
    fields,
    deskForms,
    css`
      fieldset {
        min-inline-size: 0;
        margin: 0;
        padding: 0.8em 0 0;
        border: 0;
        border-block-start: 1px solid var(--_line);
      }

      legend {
        float: inline-start;
        inline-size: 100%;
        margin-block-end: 0.5em;
        padding: 0;
        font-weight: 650;
        overflow-wrap: anywhere;
      }

      fieldset .pair {
        clear: both;
      }

      .check {
        margin-block-start: 0.5em;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-desk-settings': OpenslotDeskSettings;
  }
}

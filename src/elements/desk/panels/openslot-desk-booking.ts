import { css, html, LitElement, nothing } from 'lit';
import { property, queryAll, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { DeskPatient, DeskService } from '../../../core/desk/types.ts';
import { enDesk } from '../../../locales/en/desk.ts';
import { defaultDeskDisplay } from '../display.ts';
import { deskForms } from './panel.styles.ts';
import { request } from '../../shared/requests.ts';
import { renderTimeFields } from './time-fields.ts';
import { type DeskStart, nearestStart } from '../starts.ts';
import { actions, fields } from '../../shared/form.styles.ts';
import { base } from '../../shared/base.styles.ts';

type Field = 'name' | 'email' | 'phone' | 'note';

/**
 * @summary Books for a patient, for example during a phone call.
 *
 * @tagname openslot-desk-booking
 *
 * @event openslot-desk-day - Offer the times of another day: `detail.day`.
 * @event openslot-desk-book - Book the appointment: `detail.service`, `detail.start`, `detail.patient`.
 * @event openslot-desk-panel - Close the panel.
 *
 * @csspart submit-button - The button that books.
 */
export class OpenslotDeskBooking extends LitElement {
  @property({ attribute: false }) display = defaultDeskDisplay;
  @property({ attribute: false }) messages = enDesk;
  @property({ attribute: false }) services: readonly DeskService[] = [];
  /** The form offers the times of this day. */
  @property() day = '';
  /** The time that the form begins with, an ISO instant. */
  @property() start = '';
  /** The times of the day that a service fits in. */
  @property({ attribute: false }) startsFor: (service: DeskService) => readonly DeskStart[] = () => [];
  /** Why the latest try failed. */
  @property() problem = '';
  @property({ type: Boolean }) busy = false;

  @state() private service = '';
  @state() private chosen = '';
  @state() private typed: Record<Field, string> = { name: '', email: '', phone: '', note: '' };
  @state() private problems: Partial<Record<Field, string>> = {};

  @queryAll('input, textarea') private readonly inputs!: NodeListOf<HTMLInputElement>;

  protected override render() {
    const { messages, services, display } = this;
    const service = services.find(({ id }) => id === this.service) ?? services[0];
    if (!service) return nothing;
    const starts = this.startsFor(service);
    const wanted = this.chosen || this.start;
    const chosen = starts.find(({ start }) => Date.parse(start) === Date.parse(wanted)) ?? nearestStart(starts, wanted);
    return html`
      <form novalidate @submit=${(event: SubmitEvent) => this.#submit(event, service, chosen?.start)}>
        ${this.problem ? html`<p class="error" role="alert">${this.problem}</p>` : nothing}
        <div class="field">
          <label for="service">${messages.service}</label>
          <select id="service" @change=${this.#onService}>
            ${services.map(
              ({ id, name, duration_minutes: minutes }) =>
                html`<option value=${id} .selected=${id === service.id}>${name}, ${display.duration(minutes)}</option>`,
            )}
          </select>
        </div>
        ${renderTimeFields({
          display,
          messages,
          day: this.day,
          starts,
          chosen: chosen?.start ?? '',
          onDay: (day) => request(this, 'openslot-desk-day', { day }),
          onTime: this.#onTime,
        })}
        ${this.#renderField('name', messages.patientName, { required: true, maxlength: 200 })}
        <div class="pair">
          ${this.#renderField('phone', messages.phone, { type: 'tel', maxlength: 40, pattern: '[+\\(\\d][\\d\\s\\(\\)\\.\\/\\-]{4,}' })}
          ${this.#renderField('email', messages.email, { type: 'email', maxlength: 254 })}
        </div>
        <p class="muted hint">${messages.emailHint}</p>
        ${this.#renderField('note', messages.note, { maxlength: 1000 })}
        <div class="actions">
          <button type="button" @click=${() => request(this, 'openslot-desk-panel', { panel: null })}>
            ${messages.cancelDialog}
          </button>
          <button part="submit-button" class="primary" aria-disabled=${chosen && !this.busy ? 'false' : 'true'}>
            ${messages.book}
          </button>
        </div>
      </form>
    `;
  }

  #renderField(
    field: Field,
    label: string,
    {
      type = 'text',
      required = false,
      maxlength,
      pattern,
    }: { type?: 'text' | 'email' | 'tel'; required?: boolean; maxlength: number; pattern?: string },
  ) {
    const problem = this.problems[field];
    return html`
      <div class="field">
        <label for=${field}>
          ${label} ${required ? nothing : html`<span class="muted">${this.messages.optional}</span>`}
        </label>
        <input
          id=${field}
          name=${field}
          type=${type}
          autocomplete="off"
          maxlength=${maxlength}
          pattern=${ifDefined(pattern)}
          ?required=${required}
          .value=${this.typed[field]}
          aria-invalid=${problem ? 'true' : 'false'}
          aria-describedby=${ifDefined(problem && `${field}-problem`)}
          @input=${(event: Event) => this.#type(field, event.target as HTMLInputElement)}
        />
        ${problem ? html`<p class="problem" id="${field}-problem">${problem}</p>` : nothing}
      </div>
    `;
  }

  readonly #onService = (event: Event): void => {
    this.service = (event.target as HTMLSelectElement).value;
  };

  readonly #onTime = (start: string): void => {
    this.chosen = start;
  };

  #type(field: Field, input: HTMLInputElement): void {
    this.typed = { ...this.typed, [field]: input.value };
    if (this.problems[field]) this.problems = { ...this.problems, [field]: this.#problemOf(input) };
  }

  #submit(event: SubmitEvent, service: DeskService, start: string | undefined): void {
    event.preventDefault();
    if (this.busy || !start) return;
    const inputs = [...this.inputs].filter(({ name }) => name in this.typed);
    this.problems = Object.fromEntries(inputs.map((input) => [input.name, this.#problemOf(input)]));
    const wrong = inputs.find(({ name }) => this.problems[name as Field]);
    if (wrong) {
      wrong.focus();
      return;
    }
    const { name, email, phone, note } = this.typed;
    const patient: DeskPatient = {
      name: name.trim(),
      email: email.trim() || null,
      phone: phone.trim() || null,
      note: note.trim() || null,
      time_zone: this.display.zone,
      locale: this.display.lang,
    };
    request(this, 'openslot-desk-book', { service: service.id, start, patient });
  }

  #problemOf({ name, value, validity }: HTMLInputElement): string | undefined {
    const { messages } = this;
    if (name === 'name' && !value.trim()) return messages.nameMissing;
    if (name === 'email' && !validity.valid) return messages.emailWrong;
    if (name === 'phone' && !validity.valid) return messages.phoneWrong;
    return undefined;
  }

  static override styles = [
    base,
    actions,
    fields,
    deskForms,
    css`
      .hint {
        margin-block-start: -0.5em;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-desk-booking': OpenslotDeskBooking;
  }
}

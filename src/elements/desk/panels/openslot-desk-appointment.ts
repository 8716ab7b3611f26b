import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { DeskAppointment } from '../../../core/desk/types.ts';
import type { AnsweredQuestion } from '../../../core/wire.ts';
import { enDesk } from '../../../locales/en/desk.ts';
import { defaultDeskDisplay } from '../display.ts';
import { deskForms } from './panel.styles.ts';
import { request } from '../../shared/requests.ts';
import { renderTimeFields } from './time-fields.ts';
import { type DeskStart, nearestStart } from '../starts.ts';
import { actions, fields } from '../../shared/form.styles.ts';
import { appointmentPanelStyles } from './openslot-desk-appointment.styles.ts';
import { base } from '../../shared/base.styles.ts';

/**
 * @summary One appointment as staff see it, with forms to move and cancel it, and buttons to mark how it went.
 *
 * @tagname openslot-desk-appointment
 *
 * @event openslot-desk-move-form - Show the form that moves it.
 * @event openslot-desk-move - Move it to `detail.start`, with `detail.message` to the patient.
 * @event openslot-desk-cancel-form - Show the form that cancels it.
 * @event openslot-desk-cancel - Cancel it, with `detail.message` to the patient.
 * @event openslot-desk-mark - Mark how it went: `detail.status`.
 * @event openslot-desk-day - Offer the times of another day: `detail.day`.
 *
 * @csspart status - Booked, done, did not come, or cancelled.
 * @csspart action - A button that does something; also `action move`, `action cancel`, `action mark`.
 */
export class OpenslotDeskAppointment extends LitElement {
  @property({ attribute: false }) display = defaultDeskDisplay;
  @property({ attribute: false }) messages = enDesk;
  @property({ attribute: false }) appointment: DeskAppointment | null = null;
  /** What the panel shows: the appointment (`view`), or the form that moves or cancels it. */
  @property() mode: 'view' | 'move' | 'cancel' = 'view';
  /** The form that moves it offers the times of this day. */
  @property() day = '';
  /** The new time that the form begins with, an ISO instant. */
  @property() start = '';
  @property({ attribute: false }) starts: readonly DeskStart[] = [];
  @property() problem = '';
  /** Epoch ms by the server's clock. */
  @property({ attribute: false }) now: () => number = () => Date.now();

  /** The message to the patient that the form begins with. */
  @property() message = '';

  @state() private chosen = '';

  protected override render() {
    const { appointment } = this;
    if (!appointment) return nothing;
    return html`
      <div class="stack">
        ${this.problem ? html`<p class="error" role="alert">${this.problem}</p>` : nothing}
        ${
          this.mode === 'view'
            ? this.#renderView(appointment)
            : this.mode === 'move'
              ? this.#renderMove(appointment)
              : this.#renderCancel(appointment)
        }
      </div>
    `;
  }

  #answer({ kind, answer }: AnsweredQuestion): string {
    if (answer === true) return this.messages.yes;
    if (typeof answer === 'string') return kind === 'date' ? this.display.day(answer, 'full') : answer;
    return new Intl.ListFormat(this.display.lang, { type: 'unit' }).format(answer);
  }

  #renderView(appointment: DeskAppointment) {
    const { display, messages } = this;
    const { start, end, patient, answers = [], status, cancelled_by, cancel_reason, id } = appointment;
    const statusText =
      status === 'cancelled' && cancelled_by ? messages.cancelledBy[cancelled_by] : messages.status[status];
    const begun = Date.parse(start) <= this.now();
    return html`
      <p class="when">
        <strong>${display.dayAt(start, 'long')}</strong>
        <strong class="time">${display.timeRange(start, end)}</strong>
      </p>
      <p>
        ${appointment.service_name}
        <span part="status" class="status ${status}">${statusText}</span>
        ${appointment.outside_hours ? html`<span class="status outside">${messages.outsideHours}</span>` : nothing}
      </p>
      ${cancel_reason ? html`<blockquote>${cancel_reason}</blockquote>` : nothing}
      <dl>
        <div>
          <dt class="muted">${messages.contact}</dt>
          <dd>
            ${patient.phone ? html`<a href="tel:${patient.phone.replaceAll(/[^+\d]/g, '')}">${patient.phone}</a>` : nothing}
            ${patient.email ? html`<a href="mailto:${patient.email}">${patient.email}</a>` : nothing}
            ${patient.phone || patient.email ? nothing : messages.noContact}
          </dd>
        </div>
        ${
          patient.note
            ? html`<div>
                <dt class="muted">${messages.about}</dt>
                <dd class="note-text">${patient.note}</dd>
              </div>`
            : nothing
        }
        ${answers.map(
          (answered) => html`
            <div>
              <dt class="muted">${answered.label}</dt>
              <dd class="note-text">${this.#answer(answered)}</dd>
            </div>
          `,
        )}
      </dl>
      <div class="actions start">
        ${
          status === 'confirmed' && begun
            ? html`
                <button
                  part="action mark"
                  class="primary"
                  @click=${() => request(this, 'openslot-desk-mark', { id, status: 'completed' })}
                >
                  ${messages.markDone}
                </button>
                <button
                  part="action mark"
                  @click=${() => request(this, 'openslot-desk-mark', { id, status: 'no_show' })}
                >
                  ${messages.markNoShow}
                </button>
              `
            : nothing
        }
        ${
          status === 'completed' || status === 'no_show'
            ? html`<button
                part="action mark"
                @click=${() => request(this, 'openslot-desk-mark', { id, status: 'confirmed' })}
              >
                ${messages.unmark}
              </button>`
            : nothing
        }
        ${
          status === 'confirmed'
            ? html`
                <button
                  part="action move"
                  @click=${() => request(this, 'openslot-desk-move-form', { id, start: null })}
                >
                  ${messages.move}
                </button>
                <button
                  part="action cancel"
                  class="danger"
                  @click=${() => request(this, 'openslot-desk-cancel-form', { id })}
                >
                  ${messages.cancelAppointment}
                </button>
              `
            : nothing
        }
      </div>
    `;
  }

  #renderMove(appointment: DeskAppointment) {
    const { display, messages, starts, day } = this;
    const wanted = this.chosen || this.start;
    const chosen =
      starts.find(({ start }) => Date.parse(start) === Date.parse(wanted)) ?? nearestStart(starts, appointment.start);
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      if (!chosen) return;
      request(this, 'openslot-desk-move', { id: appointment.id, start: chosen.start, message: this.message.trim() });
    };
    return html`
      <form novalidate @submit=${submit}>
        <p class="muted">${messages.moveFrom(display.when(appointment.start, 'short'))}</p>
        ${renderTimeFields({
          display,
          messages,
          day,
          starts,
          chosen: chosen?.start ?? '',
          onDay: (other) => request(this, 'openslot-desk-day', { day: other }),
          onTime: (start) => (this.chosen = start),
        })}
        ${this.#renderMessage(appointment)}
        <div class="actions">
          ${this.#renderBack()}
          <button part="action move" class="primary" aria-disabled=${chosen ? 'false' : 'true'}>
            ${chosen ? messages.moveTo(display.time(chosen.start)) : messages.move}
          </button>
        </div>
      </form>
    `;
  }

  #renderCancel(appointment: DeskAppointment) {
    const { messages } = this;
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      request(this, 'openslot-desk-cancel', { id: appointment.id, message: this.message.trim() });
    };
    return html`
      <form novalidate @submit=${submit}>
        <p>${this.display.when(appointment.start, 'long')}, ${appointment.service_name}. ${messages.cancelHint}</p>
        ${this.#renderMessage(appointment)}
        <div class="actions">
          ${this.#renderBack()}
          <button part="action cancel" class="danger strong">${messages.confirmCancel}</button>
        </div>
      </form>
    `;
  }

  #renderMessage({ patient }: DeskAppointment) {
    const { messages } = this;
    if (!patient.email) return html`<p class="note">${messages.noEmailHint}</p>`;
    return html`
      <div class="field">
        <label for="message">${messages.message} <span class="muted">${messages.optional}</span></label>
        <textarea
          id="message"
          rows="2"
          maxlength="1000"
          aria-describedby="message-hint"
          .value=${this.message}
          @input=${(event: Event) => (this.message = (event.target as HTMLTextAreaElement).value)}
        ></textarea>
        <p id="message-hint" class="muted">${messages.messageHint}</p>
      </div>
    `;
  }

  #renderBack() {
    const id = this.appointment?.id ?? '';
    return html`<button type="button" @click=${() => request(this, 'openslot-desk-appointment', { id })}>
      ${this.messages.cancelDialog}
    </button>`;
  }

  static override styles = [base, actions, fields, deskForms, appointmentPanelStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-desk-appointment': OpenslotDeskAppointment;
  }
}

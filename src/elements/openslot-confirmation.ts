import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Appointment } from '../core/types.ts';
import { confirmationStyles } from './confirmation-styles.ts';
import { enSteps } from '../locales/en-steps.ts';
import { defaultDisplay } from './display.ts';
import { calendarFile } from './ics.ts';
import { iconCheck } from './icons.ts';
import { request } from './requests.ts';
import { actions } from './step-styles.ts';
import { base } from './styles.ts';

/**
 * @summary The appointment: when, with whom, and what can still be done about it. Cancelling and moving ask once more.
 *
 * @tagname openslot-confirmation
 *
 * @slot hold - How long the new time is held.
 * @slot notice - What is the matter with the change.
 *
 * @event openslot-reschedule-request - The patient wants another time.
 * @event openslot-move-confirm - The patient agreed to move the appointment to `moveTo`.
 * @event openslot-cancel-confirm - The patient agreed to cancel.
 * @event openslot-book-another - The patient wants to book one more.
 * @event openslot-back - The patient rather chooses a different new time.
 *
 * @csspart heading - What the matter is: booked, moved, cancelled.
 * @csspart when - Day and time.
 * @csspart submit-button - The button that moves the appointment.
 */
export class OpenslotConfirmation extends LitElement {
  @property({ attribute: false }) display = defaultDisplay;
  @property({ attribute: false }) messages = enSteps;
  @property({ attribute: false }) appointment: Appointment | null = null;
  /** It has been moved since it was booked here. */
  @property({ type: Boolean }) moved = false;
  /** ISO instant of the new time that waits for the patient's word. */
  @property({ attribute: 'move-to' }) moveTo: string | null = null;
  /** A change is on its way. */
  @property({ type: Boolean }) busy = false;
  /** The new time is gone: the appointment can't be moved there. */
  @property({ type: Boolean }) taken = false;
  /** Epoch ms by the server's clock. */
  @property({ attribute: false }) now: () => number = Date.now;

  @state() private asksCancel = false;

  @query('h3') private readonly heading!: HTMLElement | null;
  @query('#ask') private readonly question!: HTMLElement | null;
  @query('[data-cancel]') private readonly cancelButton!: HTMLElement | null;

  override focus(): void {
    this.heading?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('appointment')) this.asksCancel = false;
  }

  protected override render() {
    const { appointment, moveTo } = this;
    if (!appointment) return nothing;
    return moveTo ? this.#renderMove(appointment, moveTo) : this.#renderAppointment(appointment);
  }

  #renderAppointment(appointment: Appointment) {
    const { display, messages } = this;
    const { provider, service, start, end, patient } = appointment;
    const isCancelled = appointment.status === 'cancelled';
    return html`
      <span class="seal ${isCancelled ? 'gone' : ''}">${isCancelled ? nothing : iconCheck}</span>
      <h3 part="heading" tabindex="-1">${this.#title(appointment)}</h3>
      <p part="when" class="when ${isCancelled ? 'gone' : ''}">
        <strong>${display.dayAt(start, 'long')}</strong>
        <strong class="time">${display.timeRange(start, end)}</strong>
      </p>
      <p>${service.name}</p>
      <p class="muted">${messages.withWhom(provider.name, provider.clinic)}</p>
      ${this.asksCancel ? this.#renderAskCancel() : this.#renderActions(appointment, isCancelled)}
      <slot name="notice"></slot>
      ${isCancelled || this.asksCancel ? nothing : html`<p class="muted next">${messages.whatNext(provider.clinic, patient.email)}</p>`}
    `;
  }

  #title({ status, cancelled_by }: Appointment): string {
    const { messages } = this;
    if (status === 'cancelled') return cancelled_by === 'provider' ? messages.cancelledByClinic : messages.cancelled;
    return this.moved ? messages.moved : messages.booked;
  }

  #renderActions(appointment: Appointment, isCancelled: boolean) {
    const { messages } = this;
    const another = html`<button @click=${() => request(this, 'openslot-book-another', null)}>
      ${messages.bookAnother}
    </button>`;
    if (isCancelled) return html`<div class="actions">${another}</div>`;
    return html`
      <div class="actions">
        <button @click=${this.#download}>${messages.addToCalendar}</button>
        ${
          appointment.changeable
            ? html`
                <button @click=${() => request(this, 'openslot-reschedule-request', null)}>
                  ${messages.reschedule}
                </button>
                <button data-cancel @click=${() => this.#askCancel(true)}>${messages.cancel}</button>
              `
            : nothing
        }
      </div>
    `;
  }

  #renderAskCancel() {
    const { messages } = this;
    return html`
      <div class="ask" role="group" aria-labelledby="ask">
        <p id="ask" tabindex="-1"><strong>${messages.askCancel}</strong> ${messages.askCancelHint}</p>
        <div class="actions">
          <button @click=${() => this.#askCancel(false)}>${messages.keep}</button>
          <button
            class="danger"
            aria-disabled=${this.busy ? 'true' : 'false'}
            @click=${() => this.#confirm('openslot-cancel-confirm')}
          >
            ${this.busy ? messages.working : messages.confirmCancel}
          </button>
        </div>
      </div>
    `;
  }

  #renderMove({ start, service, provider }: Appointment, moveTo: string) {
    const { display, messages } = this;
    return html`
      <h3 part="heading" tabindex="-1">${messages.askMove}</h3>
      <dl part="when">
        <div class="gone">
          <dt>${messages.moveFrom}</dt>
          <dd>${display.when(start, 'long')}</dd>
        </div>
        <div>
          <dt>${messages.moveTo}</dt>
          <dd><strong>${display.when(moveTo, 'long')}</strong></dd>
        </div>
      </dl>
      <p class="muted">
        ${messages.serviceLine(service.name, display.duration(service.duration_minutes), provider.name)}
      </p>
      <slot name="hold"></slot>
      <slot name="notice"></slot>
      <div class="actions">
        <button @click=${() => request(this, 'openslot-back', null)}>${messages.otherTime}</button>
        <button
          part="submit-button"
          class="primary"
          aria-disabled=${this.busy || this.taken ? 'true' : 'false'}
          @click=${() => this.#confirm('openslot-move-confirm')}
        >
          ${this.busy ? messages.working : messages.confirmMove(display.time(moveTo))}
        </button>
      </div>
    `;
  }

  #confirm(type: 'openslot-cancel-confirm' | 'openslot-move-confirm'): void {
    if (!this.busy && !this.taken) request(this, type, null);
  }

  async #askCancel(asks: boolean): Promise<void> {
    this.asksCancel = asks;
    await this.updateComplete;
    (asks ? this.question : this.cancelButton)?.focus();
  }

  readonly #download = (): void => {
    const { appointment, display } = this;
    if (!appointment) return;
    const { provider, service } = appointment;
    const texts = { title: this.messages.eventTitle(service.name, provider.name), location: provider.clinic };
    const file = new Blob([calendarFile(appointment, texts, this.now())], { type: 'text/calendar;charset=utf-8' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = `${service.slug}-${display.dayOf(appointment.start)}.ics`;
    link.click();
    // The browser has taken hold of the file by the time that the click has been handled.
    setTimeout(() => URL.revokeObjectURL(link.href));
  };

  static override styles = [base, actions, confirmationStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-confirmation': OpenslotConfirmation;
  }
}

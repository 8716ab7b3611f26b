import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Appointment } from '../../../core/wire.ts';
import { enAppointment } from '../../../locales/en/appointment.ts';
import { googleCalendarLink, outlookLink } from './calendar-links.ts';
import { defaultDisplay } from '../../shared/display.ts';
import { type CalendarTexts, calendarFile } from './ics.ts';
import { manageStyles } from './openslot-manage.styles.ts';
import { request } from '../../shared/requests.ts';
import { actions, fields } from '../../shared/form.styles.ts';
import { base } from '../../shared/base.styles.ts';

/** As long as the database takes. */
const LONGEST_REASON = 1_000;

/**
 * @summary What can be done about an appointment: put it into a calendar, print it, move it, cancel it. Cancelling asks once more.
 *
 * @tagname openslot-manage
 *
 * @event openslot-reschedule-request - The patient wants another time.
 * @event openslot-cancel-confirm - The patient agreed to cancel; `detail.reason` is what they wrote about it.
 * @event openslot-book-another - The patient wants to book one more.
 *
 * @csspart actions - The buttons.
 * @csspart calendars - The calendars to choose from.
 * @csspart question - Whether to cancel.
 */
export class OpenslotManage extends LitElement {
  @property({ attribute: false }) display = defaultDisplay;
  @property({ attribute: false }) texts = enAppointment;
  @property({ attribute: false }) appointment: Appointment | null = null;
  /** It has neither happened nor been cancelled. */
  @property({ type: Boolean }) upcoming = false;
  /** There are new times to choose from. */
  @property({ type: Boolean }) movable = false;
  /** A change is on its way. */
  @property({ type: Boolean }) busy = false;
  /** Epoch ms by the server's clock. */
  @property({ attribute: false }) now: () => number = Date.now;

  @state() private asksCancel = false;
  @state() private showsCalendars = false;
  @state() private reason = '';

  @query('#ask') private readonly question!: HTMLElement | null;
  @query('[data-cancel]') private readonly cancelButton!: HTMLElement | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('appointment');
    // Word that nothing changed closes nothing that is open.
    if (before && (before.status !== this.appointment?.status || before.start !== this.appointment.start)) {
      this.asksCancel = this.showsCalendars = false;
    }
  }

  protected override render() {
    const { appointment } = this;
    if (!appointment) return nothing;
    if (this.asksCancel && appointment.changeable) return this.#renderQuestion();
    return this.upcoming ? this.#renderUpcoming(appointment) : this.#renderPast(appointment);
  }

  #renderUpcoming(appointment: Appointment) {
    const { texts, showsCalendars } = this;
    return html`
      <div part="actions" class="actions">
        <button
          class="more"
          aria-expanded=${showsCalendars ? 'true' : 'false'}
          aria-controls="calendars"
          @click=${() => (this.showsCalendars = !showsCalendars)}
        >
          ${texts.addToCalendar}
        </button>
        ${appointment.changeable && this.movable ? this.#button('openslot-reschedule-request', texts.reschedule) : nothing}
        ${
          appointment.changeable
            ? html`<button data-cancel @click=${() => this.#askCancel(true)}>${texts.cancel}</button>`
            : nothing
        }
      </div>
      ${this.#renderCalendars(appointment)}
      <div class="links">
        <button class="link" @click=${() => print()}>${texts.print}</button>
        ${this.#button('openslot-book-another', texts.bookAnother, 'link')}
      </div>
    `;
  }

  #renderPast({ status }: Appointment) {
    const { texts } = this;
    return html`
      <div part="actions" class="actions">
        ${this.#button('openslot-book-another', texts.bookAnother, 'primary')}
        ${
          status === 'cancelled' ? html`<button @click=${this.#download}>${texts.removeFromCalendar}</button>` : nothing
        }
      </div>
    `;
  }

  #renderCalendars(appointment: Appointment) {
    const { texts } = this;
    const link = (name: string, href: string) => html`
      <a class="button" href=${href} target="_blank" rel="noopener noreferrer" aria-label=${texts.opensInNewTab(name)}
        >${name}</a
      >
    `;
    return html`
      <div
        id="calendars"
        part="calendars"
        class="actions calendars"
        role="group"
        aria-label=${texts.addToCalendar}
        ?hidden=${!this.showsCalendars}
      >
        <button @click=${this.#download}>${texts.calendarFile}</button>
        ${link(texts.googleCalendar, googleCalendarLink(appointment, this.#calendarTexts(appointment)))}
        ${link(texts.outlook, outlookLink(appointment, this.#calendarTexts(appointment)))}
      </div>
    `;
  }

  #renderQuestion() {
    const { texts, busy } = this;
    return html`
      <div part="question" class="ask" role="group" aria-labelledby="ask">
        <p id="ask" tabindex="-1"><strong>${texts.askCancel}</strong> ${texts.askCancelHint}</p>
        <p class="field">
          <label for="reason">${texts.reason} <span class="muted">${texts.optional}</span></label>
          <textarea
            id="reason"
            rows="2"
            maxlength=${LONGEST_REASON}
            .value=${this.reason}
            ?readonly=${busy}
            @input=${({ target }: InputEvent) => (this.reason = (target as HTMLTextAreaElement).value)}
          ></textarea>
        </p>
        <div class="actions">
          <button aria-disabled=${busy ? 'true' : 'false'} @click=${() => !busy && void this.#askCancel(false)}>
            ${texts.keep}
          </button>
          <button class="danger" aria-disabled=${busy ? 'true' : 'false'} @click=${this.#cancel}>
            ${busy ? texts.working : texts.confirmCancel}
          </button>
        </div>
      </div>
    `;
  }

  #button(type: 'openslot-reschedule-request' | 'openslot-book-another', label: string, className = '') {
    return html`<button class=${className} @click=${() => request(this, type, null)}>${label}</button>`;
  }

  readonly #cancel = (): void => {
    if (!this.busy) request(this, 'openslot-cancel-confirm', { reason: this.reason.trim() });
  };

  async #askCancel(asks: boolean): Promise<void> {
    this.asksCancel = asks;
    await this.updateComplete;
    (asks ? this.question : this.cancelButton)?.focus();
  }

  #calendarTexts({ service, provider }: Appointment): CalendarTexts {
    return { title: this.texts.eventTitle(service.name, provider.name), location: provider.clinic };
  }

  readonly #download = (): void => {
    const { appointment, display } = this;
    if (!appointment) return;
    const text = calendarFile(appointment, this.#calendarTexts(appointment), this.now());
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
    link.download = `${appointment.service.slug}-${display.dayOf(appointment.start)}.ics`;
    link.click();
    // The browser has taken hold of the file by the time that the click has been handled.
    setTimeout(() => URL.revokeObjectURL(link.href));
  };

  static override styles = [base, actions, fields, manageStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-manage': OpenslotManage;
  }
}

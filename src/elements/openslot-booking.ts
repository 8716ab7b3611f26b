import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import type { OpenslotClient } from '../core/state.ts';
import { BookingController } from './booking-controller.ts';
import type { Step } from './booking-flow.ts';
import { bookingStyles } from './booking-styles.ts';
import { renderHeader, renderNotice, renderStuck, renderTimes, staleNotice, type View } from './booking-views.ts';
import type { OpenslotConfirmation } from './openslot-confirmation.ts';
import type { OpenslotForm } from './openslot-form.ts';
import type { OpenslotTimes } from './openslot-times.ts';
import { base } from './styles.ts';

/**
 * @summary A provider's free times, live: choose a service, a day and a time, which is held at once, leave your details, booked.
 *
 * @tagname openslot-booking
 *
 * @event {OpenslotReadyEvent} openslot-ready - The first times are on the page.
 * @event {OpenslotSlotSelectEvent} openslot-slot-select - A time was chosen; cancelable.
 * @event {OpenslotBookingSubmitEvent} openslot-booking-submit - The details are complete, nothing is sent yet; cancelable.
 * @event {OpenslotBookingConfirmedEvent} openslot-booking-confirmed - The appointment is made.
 * @event {OpenslotBookingRejectedEvent} openslot-booking-rejected - The appointment could not be made.
 * @event {OpenslotAppointmentCancelledEvent} openslot-appointment-cancelled - The patient cancelled it.
 * @event {OpenslotAppointmentRescheduledEvent} openslot-appointment-rescheduled - The patient moved it.
 * @event {OpenslotStatusChangeEvent} openslot-status-change - The connection became live, polling, offline, ...
 * @event {OpenslotViewersChangeEvent} openslot-viewers-change - The number of people viewing changed.
 * @event {OpenslotErrorEvent} openslot-error - The set-up is wrong or a call failed.
 *
 * @csspart card - The whole widget.
 * @csspart header - Provider, viewers and connection.
 * @csspart services - The services.
 * @csspart calendar - The month.
 * @csspart times - The times of a day.
 * @csspart form - The patient's details.
 * @csspart confirmation - The appointment.
 * @csspart footer - Time zone and next free time.
 * @csspart notice - Whatever is told in a box.
 * @csspart day - A day; also `day bookable`, `day selected`, `day today`.
 * @csspart time - A time; also `time taken`.
 * @csspart service - A service; also `service selected`.
 * @csspart submit-button - The button that books.
 *
 * @cssproperty [--openslot-accent] - What is yours and what acts. Give both schemes with `light-dark()`.
 * @cssproperty [--openslot-on-accent] - Text on the accent; black or white by itself.
 * @cssproperty [--openslot-surface] - Background.
 * @cssproperty [--openslot-text] - Text; muted text and lines are mixed from it.
 * @cssproperty [--openslot-muted] - Text that explains.
 * @cssproperty [--openslot-line] - Thin lines.
 * @cssproperty [--openslot-warn] - Hold on.
 * @cssproperty [--openslot-danger] - What is wrong, and what cannot be undone.
 * @cssproperty [--openslot-radius=0.75em] - Roundness.
 * @cssproperty [--openslot-density=1] - Factor for spacing and the size of targets.
 * @cssproperty [--openslot-shadow] - Shadow of the card.
 * @cssproperty [--openslot-font-size=0.9375em] - Base size, measured by the page's font.
 *
 * @cssstate loading - Nothing has come yet.
 * @cssstate failed - Nothing can be shown, or the set-up is wrong.
 * @cssstate times - A day and a time are being chosen.
 * @cssstate details - Details are being typed.
 * @cssstate move - A new time waits for the patient's word.
 * @cssstate done - There is an appointment.
 * @cssstate stale - The times shown are old.
 */
export class OpenslotBooking extends LitElement {
  /** Registers the inner elements that are loaded after the first paint. Set by `define`. */
  static register: ((elements: Readonly<Record<string, CustomElementConstructor>>) => void) | null = null;

  /** URL of the Supabase project. */
  @property({ attribute: 'supabase-url' }) supabaseUrl = '';
  /** Its publishable (or legacy anon) key. */
  @property({ attribute: 'supabase-key' }) supabaseKey = '';
  /** Slug or id of the provider. */
  @property() provider = '';
  /** Slug or id of the service to begin with; the first one without. */
  @property() service = '';
  /** `viewer`, `provider` or an IANA zone. */
  @property({ attribute: 'time-zone' }) timeZone = 'viewer';
  /** `h12` or `h23`; the language's own without. */
  @property({ attribute: 'hour-cycle' }) hourCycle = '';
  /** `monday`, ...; the language's own without. */
  @property({ attribute: 'first-day-of-week' }) firstDayOfWeek = '';
  /** `on` or `off`: be counted among the viewers and see how many there are. */
  @property() presence = 'on';
  /** `broadcast`, `postgres-changes` or `off`. */
  @property() realtime = 'broadcast';
  @property({ attribute: 'patient-name' }) patientName = '';
  @property({ attribute: 'patient-email' }) patientEmail = '';
  @property({ attribute: 'patient-phone' }) patientPhone = '';
  /** The page's own `SupabaseClient`, or an `OpenslotClient`, in place of URL and key. */
  @property({ attribute: false }) client: OpenslotClient | object | null = null;

  readonly #booking = new BookingController(this, (elements) => OpenslotBooking.register?.(elements));
  readonly #internals = this.attachInternals();

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    for (const [type, handle] of Object.entries(this.#booking.requests))
      root.addEventListener(type, handle as EventListener);
    return root;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#booking.update(changed);
  }

  protected override updated(): void {
    for (const [name, holds] of Object.entries(this.#states())) {
      if (holds) this.#internals.states.add(name);
      else this.#internals.states.delete(name);
    }
    const { focusOn } = this.#booking;
    if (!focusOn) return;
    this.#booking.focusOn = null;
    void this.#focus(focusOn);
  }

  protected override render() {
    const { selection, announcement } = this.#booking;
    const { picture, display } = selection;
    return html`
      <section
        part="card"
        class="card"
        lang=${display.lang}
        aria-label=${picture ? display.messages.widget(picture.provider.name) : nothing}
      >
        ${this.#renderContent()}
      </section>
      <p class="visually-hidden" role="status">${announcement}</p>
    `;
  }

  #renderContent() {
    const { selection, source, flow, later, step, failure, isStuck } = this.#booking;
    const messages = this.#booking.language.steps ?? later?.enSteps;
    const { picture, display } = selection;
    const { state, now } = source;
    if (failure && later && messages) {
      const notice = later.failureNotice(failure, messages, { slug: this.provider });
      const actions = [{ label: display.messages.tryAgain, request: 'openslot-retry' }] as const;
      return renderNotice(notice.kind === 'error' ? { ...notice, actions } : notice, { className: 'alone' });
    }
    if (failure && isStuck) return renderStuck(display.messages);
    if (failure || !state || !picture) return html`<openslot-skeleton .display=${display}></openslot-skeleton>`;
    const view: View = { state, picture, selection };
    const prefill = { name: this.patientName, email: this.patientEmail, phone: this.patientPhone, note: '' };
    const stepView = flow && messages && { ...view, flow, messages, prefill, now };
    const stale = staleNotice(view);
    return html`
      ${renderHeader(view)} ${stale ? renderNotice(stale, { flush: true }) : nothing}
      ${isStuck ? renderStuck(display.messages) : nothing}
      ${stepView && later?.stepNotices(stepView).map((notice) => renderNotice(notice, { flush: true }))}
      ${stepView && later && step !== 'times' ? later.renderStep(stepView) : renderTimes(view, Boolean(flow?.booked))}
    `;
  }

  #states(): Record<Step | 'loading' | 'failed' | 'stale', boolean> {
    const { failure, selection, step, source } = this.#booking;
    const shows = (name: Step) => !failure && selection.picture !== null && step === name;
    return {
      failed: failure !== null,
      loading: !failure && !selection.picture,
      times: shows('times'),
      details: shows('details'),
      move: shows('move'),
      done: shows('done'),
      stale: source.state?.connection === 'offline',
    };
  }

  /** Puts the focus on the heading of the step, or on a time if it is there. */
  async #focus(on: string): Promise<void> {
    const { renderRoot } = this;
    const tag = {
      times: 'openslot-times',
      details: 'openslot-form',
      move: 'openslot-confirmation',
      done: 'openslot-confirmation',
    }[this.#booking.step];
    const element = renderRoot.querySelector<OpenslotTimes | OpenslotForm | OpenslotConfirmation>(tag);
    await element?.updateComplete;
    if (element && 'focusTime' in element) element.focusTime(on);
    else element?.focus();
  }

  static override styles = [base, bookingStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-booking': OpenslotBooking;
  }
}

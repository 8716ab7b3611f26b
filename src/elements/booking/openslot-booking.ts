import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { OpenslotClient } from '../../core/client.ts';
import type { OwnMessages } from '../../locales/index.ts';
import type { Provider } from '../../core/wire.ts';
import { BookingController } from './controller.ts';
import type { Step } from './flow.ts';
import type { Freshness } from './screen.ts';
import { bookingStyles } from './openslot-booking.styles.ts';
import { cardStyles } from '../shared/card.styles.ts';
import { renderNotice, renderUnreachable } from './notices.ts';
import { setStates } from '../shared/states.ts';
import { base } from '../shared/base.styles.ts';

type Main = HTMLElementTagNameMap[
  'openslot-times' | 'openslot-week' | 'openslot-form' | 'openslot-move' | 'openslot-confirmation'];

/**
 * @summary A provider's free times, live: choose a service, a day and a time, which is held at once, leave your details, booked.
 *   Also the page where patients see their appointment, move it and cancel it.
 *
 * @tagname openslot-booking
 *
 * @event {OpenslotReadyEvent} openslot-ready - The first times, or the appointment, are on the page.
 * @event {OpenslotSlotSelectEvent} openslot-slot-select - A time was chosen; cancelable.
 * @event {OpenslotBookingSubmitEvent} openslot-booking-submit - The details are complete, nothing is sent yet; cancelable.
 * @event {OpenslotBookingConfirmedEvent} openslot-booking-confirmed - The appointment is made.
 * @event {OpenslotBookingRejectedEvent} openslot-booking-rejected - The appointment could not be made.
 * @event {OpenslotAppointmentCancelledEvent} openslot-appointment-cancelled - The patient cancelled it here.
 * @event {OpenslotAppointmentRescheduledEvent} openslot-appointment-rescheduled - The patient moved it here.
 * @event {OpenslotStatusChangeEvent} openslot-status-change - The connection became live, polling, offline, ...
 * @event {OpenslotViewersChangeEvent} openslot-viewers-change - The number of people viewing changed.
 * @event {OpenslotErrorEvent} openslot-error - The set-up is wrong or a call failed.
 *
 * @csspart card - The whole widget.
 * @csspart header - Provider, viewers and connection.
 * @csspart services - The services.
 * @csspart calendar - The month.
 * @csspart times - The times of a day.
 * @csspart week - The times of a week.
 * @csspart questions - What the clinic asks for a service.
 * @csspart zones - The list of time zones.
 * @csspart form - The patient's details.
 * @csspart confirmation - The appointment.
 * @csspart quote - What the clinic wrote about it.
 * @csspart manage - What can be done about it; inside are `actions`, `calendars` and `question`.
 * @csspart move - The question whether to move it.
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
 * @cssstate stale - What is shown is old.
 * @cssstate connecting - The widget has no live connection yet. One of this, `live`, `polling` and `offline` holds at a time.
 * @cssstate live - The server sends each change as it happens, and the widget shows it.
 * @cssstate polling - Messages don't arrive, or leave something out; the widget asks the server for changes regularly.
 * @cssstate offline - The widget can’t reach the server.
 */
export class OpenslotBooking extends LitElement {
  /** Registers the inner elements that load after the first paint. `define` sets it. */
  static register: ((elements: Readonly<Record<string, CustomElementConstructor>>) => void) | null = null;

  /** URL of the Supabase project. */
  @property({ attribute: 'supabase-url' }) supabaseUrl = '';
  /** Its publishable (or legacy anon) key. */
  @property({ attribute: 'supabase-key' }) supabaseKey = '';
  /** Slug or id of the provider. */
  @property() provider = '';
  /**
   * Manage token of an appointment, to show that instead of a provider's times. Without it, one widget of the page takes
   * the token of the page's `#openslot-appointment=TOKEN`. Treat it as a password.
   */
  @property() appointment = '';
  /** Slug or id of the service to begin with; the first one without. */
  @property() service = '';
  /** `viewer`, `provider` or an IANA zone. */
  @property({ attribute: 'time-zone' }) timeZone = 'viewer';
  /** `month`, or `week`: the times of a week side by side. */
  @property() view = 'month';
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
  /** Country code of phone numbers that are typed without one, such as `+46`. */
  @property({ attribute: 'phone-prefix' }) phonePrefix = '';
  /** The page's own `SupabaseClient`, or an `OpenslotClient`, in place of URL and key. */
  @property({ attribute: false }) client: OpenslotClient | object | null = null;

  /**
   * Your own words in place of some of the language's: `{ nextFree: 'Soonest:', details: { note: 'Reason for your visit' } }`.
   * Set it anew to change it.
   */
  @property({ attribute: false }) messages: OwnMessages = {};

  /** The main element of the screen. */
  @query('openslot-times, openslot-week, openslot-form, openslot-move, openslot-confirmation')
  private readonly main!: Main | null;

  readonly #booking = new BookingController(this, (elements) => OpenslotBooking.register?.(elements));
  readonly #internals = this.attachInternals();

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    this.#booking.listen(root);
    return root;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#booking.update(changed);
  }

  protected override updated(): void {
    const states = this.#states();
    setStates(this.#internals, states, this.#booking.freshness?.connection);
    const { focusOn } = this.#booking;
    // A screen that still loads gets the focus once it is there.
    if (!focusOn || states.loading) return;
    this.#booking.focusOn = null;
    void this.#focus(focusOn);
  }

  protected override render() {
    const { selection, announcement } = this.#booking;
    const { offer, display } = selection;
    return html`
      <section
        part="card"
        class="card"
        lang=${display.lang}
        aria-label=${offer ? display.messages.widget(offer.provider.name) : nothing}
      >
        ${this.#renderContent()}
      </section>
      ${this.#booking.part('zones')}
      <p class="visually-hidden" role="status">${announcement}</p>
    `;
  }

  #renderContent() {
    const booking = this.#booking;
    const { selection, flow, failure, freshness, token } = booking;
    const screen = booking.screen();
    const unreachable = booking.isUnreachable ? renderUnreachable(selection.display.messages) : nothing;
    const content = screen && booking.render(screen);
    const provider = selection.offer?.provider ?? flow.booked?.appointment.provider;
    if (failure || !freshness || !provider) {
      return content ?? (booking.isUnreachable ? unreachable : this.#renderSkeleton(token !== ''));
    }
    return html`
      ${this.#renderHeader(provider, freshness)} ${unreachable}
      ${booking.notices().map((notice) => renderNotice(notice, { flush: true }))}
      ${content ?? (booking.isUnreachable ? nothing : this.#renderSkeleton(true))}
    `;
  }

  #renderHeader(provider: Provider, freshness: Freshness) {
    const { viewers, viewersCapped } = { viewers: null, viewersCapped: false, ...freshness };
    return html`
      <openslot-header
        part="header"
        class="row"
        exportparts="avatar, name, badge"
        .display=${this.#booking.selection.display}
        .provider=${provider}
        .viewers=${viewers}
        .viewersCapped=${viewersCapped}
        .connection=${freshness.connection}
      ></openslot-header>
    `;
  }

  #renderSkeleton(brief: boolean) {
    const { display } = this.#booking.selection;
    return html`<openslot-skeleton .display=${display} .brief=${brief}></openslot-skeleton>`;
  }

  #states(): Record<Step | 'loading' | 'failed' | 'stale', boolean> {
    const { failure, selection, flow, freshness } = this.#booking;
    const { step } = flow;
    const isShown = selection.offer !== null || step === 'done';
    const shows = (name: Step) => !failure && isShown && step === name;
    return {
      failed: failure !== null,
      loading: !failure && !isShown,
      times: shows('times'),
      details: shows('details'),
      move: shows('move'),
      done: shows('done'),
      stale: freshness?.connection === 'offline',
    };
  }

  /** Puts the focus on the heading of the step, or on a time if it is there. */
  async #focus(on: string): Promise<void> {
    const { main } = this;
    await main?.updateComplete;
    if (main && 'focusTime' in main) main.focusTime(on);
    else main?.focus();
  }

  static override styles = [base, cardStyles, bookingStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-booking': OpenslotBooking;
  }
}

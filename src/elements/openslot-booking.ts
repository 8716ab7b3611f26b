import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { OpenslotError } from '../core/errors.ts';
import type { OpenslotClient } from '../core/state.ts';
import { BookingFlow, type Step } from './booking-flow.ts';
import { bookingStyles } from './booking-styles.ts';
import { banners, renderLater, renderNotice, renderTimes, type View } from './booking-views.ts';
import { CalendarController } from './calendar-controller.ts';
import { OpenslotErrorEvent } from './events.ts';
import { failureNotice } from './failures.ts';
import { FocusKeeper } from './focus-keeper.ts';
import { LanguageController } from './language-controller.ts';
import { monthOf } from './month-page.ts';
import type { OpenslotConfirmation } from './openslot-confirmation.ts';
import type { OpenslotForm } from './openslot-form.ts';
import type { OpenslotTimes } from './openslot-times.ts';
import { takenSince } from './picture.ts';
import type { RequestEvents } from './requests.ts';
import { Selection } from './selection.ts';
import { base } from './styles.ts';

/** Longest wait for a moment at which time alone changes the picture: also when the day turns, roughly. */
const LONGEST_WAIT_MS = 600_000;

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
  /** Loads and registers the inner elements that the first paint does without. Set by `define`; null if they are there. */
  static loadLater: (() => Promise<unknown>) | null = null;

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

  @state() private announcement = '';
  @state() private laterFailed = false;

  readonly #source = new CalendarController(this);
  readonly #language = new LanguageController(this);
  readonly #flow = new BookingFlow(this, this.#source);
  readonly #selection = new Selection();
  readonly #internals = this.attachInternals();
  #shownStep: Step = 'times';
  #askedForLater = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new FocusKeeper(this, () => void this.#focusStep());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    for (const [type, handle] of Object.entries(this.#handlers)) root.addEventListener(type, handle as EventListener);
    return root;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const selection = this.#selection;
    if (changed.has('service')) selection.service = null;
    if (changed.has('timeZone')) selection.zone = null;
    if (this.#source.configure(this)) {
      selection.forget();
      this.#flow.reset();
      this.#shownStep = 'times';
    }
    const { picture: before, unknownService } = selection;
    selection.update(this, this.#language, this.#source.state, this.#source.now());
    const { picture, display } = selection;
    if (selection.unknownService && selection.unknownService !== unknownService) {
      this.dispatchEvent(new OpenslotErrorEvent(new OpenslotError('service_not_found', undefined, { detail: { name: 'service' } })));
    }
    if (before && picture && this.#flow.step === 'times') {
      const taken = takenSince(before, picture);
      if (taken.length > 0) this.announcement = taken.map(({ at }) => display.messages.justTaken(display.time(at))).join(' ');
    }
  }

  protected override updated(): void {
    const { states } = this.#internals;
    for (const [name, holds] of Object.entries(this.#states())) {
      if (holds) states.add(name);
      else states.delete(name);
    }
    const { picture } = this.#selection;
    clearTimeout(this.#timer);
    if (!picture) return;
    const wait = Math.min(picture.availability.changesAt - this.#source.now(), LONGEST_WAIT_MS);
    if (this.isConnected) this.#timer = setTimeout(() => this.requestUpdate(), Math.max(wait, 0));
    const isNewStep = this.#flow.step !== this.#shownStep;
    if (!this.#askedForLater || (isNewStep && this.laterFailed)) void this.#loadLater();
    if (!isNewStep) return;
    this.#shownStep = this.#flow.step;
    void this.#focusStep();
  }

  protected override render() {
    const { display, picture } = this.#selection;
    return html`
      <section part="card" class="card" lang=${display.lang} aria-label=${picture ? display.messages.widget(picture.provider.name) : nothing}>
        ${this.#renderContent()}
      </section>
      <p class="visually-hidden" role="status">${this.announcement}</p>
    `;
  }

  #renderContent() {
    const { display, picture } = this.#selection;
    const { state, now } = this.#source;
    const isLater = this.#flow.step !== 'times';
    const error = this.#failure() ?? (isLater && this.laterFailed ? new OpenslotError('network') : null);
    if (error) return renderNotice(display, failureNotice(error, display.messages, this), { className: 'alone' });
    if (!state || !picture) return html`<openslot-skeleton .display=${display}></openslot-skeleton>`;
    const view: View = { display, state, picture, now, selection: this.#selection, flow: this.#flow, draft: this.#draft() };
    return html`
      <openslot-header
        part="header"
        class="row"
        exportparts="avatar, name, badge"
        .display=${display}
        .provider=${picture.provider}
        .viewers=${state.viewers}
        .viewersCapped=${state.viewersCapped}
        .connection=${state.connection}
      ></openslot-header>
      ${banners(view).map((notice) => renderNotice(display, notice, { flush: true }))}
      ${isLater ? renderLater(view) : renderTimes(view)}
    `;
  }

  /** Why nothing can be shown. */
  #failure(): OpenslotError | null {
    const { fault, state } = this.#source;
    return fault ?? (state?.status === 'error' ? state.error : null);
  }

  #draft() {
    const { patientName, patientEmail, patientPhone } = this;
    return { name: patientName, email: patientEmail, phone: patientPhone, note: '', ...this.#flow.typed };
  }

  #states(): Record<string, boolean> {
    const failed = this.#failure() !== null;
    const { step } = this.#flow;
    const shows = (name: Step) => !failed && this.#selection.picture !== null && step === name;
    return {
      failed,
      loading: !failed && this.#selection.picture === null,
      times: shows('times'),
      details: shows('details'),
      move: shows('move'),
      done: shows('done'),
      stale: this.#source.state?.connection === 'offline',
    };
  }

  readonly #handlers: { readonly [Type in keyof RequestEvents]: (event: RequestEvents[Type]) => void } = {
    'openslot-service-select': ({ detail }) => this.#choose({ service: detail.service }),
    'openslot-day-select': ({ detail }) => this.#choose({ day: detail.day }),
    'openslot-month-change': ({ detail }) => this.#choose({ month: detail.month }),
    'openslot-zone-change': ({ detail }) => this.#choose({ zone: detail.zone }),
    'openslot-time-show': ({ detail }) => this.#showTime(detail.start),
    'openslot-time-select': ({ detail }) => this.#chooseTime(detail.start),
    'openslot-details-change': ({ detail }) => this.#flow.type(detail.field, detail.value),
    'openslot-details-submit': ({ detail }) => {
      const { lang: locale, zone } = this.#selection.display;
      void this.#flow.submit(detail.draft, { locale, zone });
    },
    'openslot-hold-extend': () => void this.#flow.hold(),
    'openslot-retry': () => this.#retry(),
    'openslot-back': () => this.#back(),
    'openslot-reschedule-request': () => this.#startMove(),
    'openslot-move-confirm': () => void this.#flow.confirmMove(),
    'openslot-cancel-confirm': () => void this.#flow.confirmCancel(),
    'openslot-book-another': () => this.#flow.bookAnother(),
  };

  #choose(choice: Partial<Pick<Selection, 'service' | 'day' | 'month' | 'zone'>>): void {
    Object.assign(this.#selection, choice);
    this.requestUpdate();
    if (choice.day) void this.#announceDay();
  }

  async #announceDay(): Promise<void> {
    await this.updateComplete;
    const { display, picture } = this.#selection;
    if (picture?.day) this.announcement = display.messages.daySummary(display.day(picture.day, 'long'), picture.starts.length);
  }

  #showTime(start: string): void {
    const day = this.#selection.display.dayOf(start);
    this.#choose({ day, month: monthOf(day) });
    void this.#focusStep(start);
  }

  #chooseTime(start: string): void {
    const service = this.#flow.booked?.appointment.service ?? this.#selection.picture?.service;
    if (service) this.#flow.choose(service, start);
  }

  /** The appointment keeps its service; only the time is chosen anew. */
  #startMove(): void {
    this.#choose({ service: this.#flow.booked?.appointment.service.id ?? null });
    this.#flow.startMove();
  }

  #back(): void {
    const start = this.#flow.chosen?.start;
    this.#flow.back();
    this.#shownStep = this.#flow.step;
    void this.#focusStep(start);
  }

  #retry(): void {
    if (this.laterFailed) void this.#loadLater();
    void this.#source.calendar?.refresh();
  }

  /** Puts the focus on the heading of the step, or on a time if it is there. */
  async #focusStep(start: string | null = null): Promise<void> {
    await this.updateComplete;
    const tag = { times: 'openslot-times', details: 'openslot-form', move: 'openslot-confirmation', done: 'openslot-confirmation' }[this.#flow.step];
    await customElements.whenDefined(tag);
    const { renderRoot } = this;
    const element = renderRoot.querySelector<OpenslotTimes | OpenslotForm | OpenslotConfirmation>(tag);
    await element?.updateComplete;
    if (element && 'focusTime' in element) element.focusTime(start);
    else element?.focus();
  }

  async #loadLater(): Promise<void> {
    this.#askedForLater = true;
    this.laterFailed = false;
    try {
      await OpenslotBooking.loadLater?.();
    } catch {
      this.laterFailed = true;
    }
  }

  static override styles = [base, bookingStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-booking': OpenslotBooking;
  }
}

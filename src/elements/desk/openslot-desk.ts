import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { DeskClient } from '../../core/desk/client.ts';
import type { DeskAppointment } from '../../core/desk/types.ts';
import { renderCalendar, renderSignin } from './calendar-view.ts';
import { DeskController } from './controller.ts';
import { DeskLanguage } from './language.ts';
import { layOut, type Layout } from './agenda/layout.ts';
import { PANELS } from './panels.ts';
import type { Panel } from './panels/panel.ts';
import { requestHandlers } from './request-handlers.ts';
import type { OpenPanel } from './requests.ts';
import { DeskSessionController } from './session-controller.ts';
import { startsFor } from './starts.ts';
import { cardStyles } from '../shared/card.styles.ts';
import { deskStyles } from './openslot-desk.styles.ts';
import { renderAlone, renderNoCalendar, renderSkeleton, setupText } from './views.ts';
import { FocusKeeper } from '../shared/focus-keeper.ts';
import { type Elements, LazyModules } from '../shared/lazy-modules.ts';
import { listen } from '../shared/requests.ts';
import type { OpenslotDeskAgenda } from './agenda/openslot-desk-agenda.ts';
import type { OpenslotDeskHeader } from './agenda/openslot-desk-header.ts';
import type { OpenslotDeskDialog } from './panels/openslot-desk-dialog.ts';
import { setStates } from '../shared/states.ts';
import { base } from '../shared/base.styles.ts';

/** A desk that is narrower than this, in em, shows a day instead of a week. */
const WEEK_EM = 40;

/**
 * @summary The provider's side: staff sign in, see the week live, block, open, book, move and cancel, and edit hours and members.
 *
 * @tagname openslot-desk
 *
 * @event {OpenslotReadyEvent} openslot-ready - The first agenda is on the page.
 * @event {OpenslotStatusChangeEvent} openslot-status-change - The connection became live, polling, offline, ...
 * @event {OpenslotErrorEvent} openslot-error - The set-up is wrong or a call failed.
 *
 * @csspart card - The whole desk.
 * @csspart header - Days, provider, connection.
 * @csspart agenda - The days.
 * @csspart side - The latest news, and the hours.
 * @csspart signin - The form that signs in.
 * @csspart notice - A notice above the agenda, or in place of it.
 * @csspart dialog - The dialog over the agenda.
 * @csspart toast - The sentence about the latest action.
 *
 * @cssproperty [--openslot-accent] - Appointments and buttons that act. Give both schemes with `light-dark()`.
 * @cssproperty [--openslot-on-accent] - Text on the accent; black or white by default, whichever can be read.
 * @cssproperty [--openslot-surface] - Background.
 * @cssproperty [--openslot-text] - Text; muted text and lines are mixed from it.
 * @cssproperty [--openslot-muted] - Text that explains something.
 * @cssproperty [--openslot-line] - Thin lines.
 * @cssproperty [--openslot-warn] - Held times and warnings.
 * @cssproperty [--openslot-danger] - Errors, and buttons whose action can't be undone.
 * @cssproperty [--openslot-radius=0.75em] - Roundness.
 * @cssproperty [--openslot-density=1] - Factor for spacing and the size of targets.
 * @cssproperty [--openslot-shadow] - Shadow of the card.
 * @cssproperty [--openslot-font-size=0.9375em] - Base size, measured by the page's font.
 *
 * @cssstate loading - The server has not answered yet.
 * @cssstate signed-out - Staff have to sign in.
 * @cssstate failed - The desk can't show a calendar, or the set-up is wrong.
 * @cssstate ready - The desk shows a calendar.
 * @cssstate day - The desk shows one day instead of a week.
 * @cssstate stale - The calendar may be old.
 * @cssstate connecting - The desk has no live connection yet. One of this, `live`, `polling` and `offline` holds at a time.
 * @cssstate live - The server sends each change as it happens, and the desk shows it.
 * @cssstate polling - Messages don't arrive, or leave something out; the desk asks the server for changes regularly.
 * @cssstate offline - The desk can’t reach the server.
 */
export class OpenslotDesk extends LitElement {
  /** Registers the elements of a panel when it is first opened. `define-desk.ts` sets it. */
  static register: (elements: Elements) => void = () => undefined;

  /** URL of the Supabase project. */
  @property({ attribute: 'supabase-url' }) supabaseUrl = '';
  /** Its publishable (or legacy anon) key. */
  @property({ attribute: 'supabase-key' }) supabaseKey = '';
  /** Slug or id of the provider to begin with; without it, the first one that the signed-in member works for. */
  @property() provider = '';
  /** `week`, `day`, or `auto`: by the width of the desk. */
  @property() view = 'auto';
  /** `h12` or `h23`; without it, the usual one of the language. */
  @property({ attribute: 'hour-cycle' }) hourCycle = '';
  /** `monday`, ...; without it, the usual one of the language. */
  @property({ attribute: 'first-day-of-week' }) firstDayOfWeek = '';
  /** The page's own `SupabaseClient`, or a `DeskClient`, in place of URL and key. */
  @property({ attribute: false }) client: DeskClient | object | null = null;

  @state() private roomy = true;

  @query('openslot-desk-dialog') private readonly dialog!: OpenslotDeskDialog | null;
  @query('openslot-desk-agenda') private readonly agenda!: OpenslotDeskAgenda | null;
  @query('openslot-desk-header') private readonly header!: OpenslotDeskHeader | null;

  readonly #internals = this.attachInternals();
  readonly #session = new DeskSessionController(this);
  readonly #languages = new DeskLanguage(this);
  readonly #desk = new DeskController(this, this.#session, () => this.#languages.current);
  readonly #panels = new LazyModules<OpenPanel['kind'], Panel>(this, PANELS, {
    register: ({ elements }) => OpenslotDesk.register(elements),
  });
  #layout: Layout = { days: [], from: 540, until: 1020 };
  #observer: ResizeObserver | undefined;

  constructor() {
    super();
    new FocusKeeper(this, () => (this.dialog ?? this.agenda)?.focus());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new ResizeObserver(([entry]) => {
      const em = parseFloat(getComputedStyle(this).fontSize);
      if (entry && entry.contentRect.width > 0) this.roomy = entry.contentRect.width >= WEEK_EM * em;
    });
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    const handlers = requestHandlers({
      desk: this.#desk,
      session: this.#session,
      language: () => this.#languages.current,
      shownDays: () => this.#layout.days.map(({ day }) => day),
      agenda: () => this.agenda,
      menuButton: () => this.header?.menuButton ?? null,
      updated: () => this.updateComplete,
      retryPanels: () => this.#panels.retry(),
    });
    listen(root, handlers);
    return root;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const session = this.#session;
    const desk = this.#desk;
    if (session.configure(this)) desk.show(null);
    const providers = session.desk?.providers ?? [];
    const current = changed.has('provider') ? undefined : providers.find(({ id }) => id === desk.provider?.id);
    // While staff sign in again, the calendar stays behind the dialog.
    if (session.desk || session.state.status === 'signed-out') {
      desk.show(current ?? providers.find((one) => [one.id, one.slug].includes(this.provider)) ?? this.#first());
    }
    this.#languages.update(this, desk.provider?.time_zone);
    const { state, provider } = desk;
    if (!provider) return;
    this.#layout = layOut({
      days: this.#isWeek ? desk.days : [desk.day],
      slots: state?.slots ?? [],
      appointments: state?.appointments ?? [],
      hours: state?.hours?.hours ?? null,
      zone: provider.time_zone,
      slotMinutes: (state?.provider ?? provider).slot_minutes,
      now: desk.now(),
    });
  }

  protected override updated(): void {
    setStates(this.#internals, this.#states(), this.#desk.state?.connection);
  }

  protected override render() {
    const { display, messages } = this.#languages.current;
    const { provider } = this.#desk;
    return html`
      <section
        part="card"
        class="card"
        lang=${display.lang}
        aria-label=${provider ? messages.desk(provider.name) : nothing}
      >
        ${this.#renderContent()}
      </section>
    `;
  }

  #renderContent() {
    const { messages } = this.#languages.current;
    const { fault, state, desk, failure } = this.#session;
    if (fault) return renderAlone(messages, { text: setupText(fault, messages), title: messages.setup.title });
    if (state.status === 'signed-out') return renderSignin(this.#session, messages);
    if (this.#desk.provider) {
      return renderCalendar({
        ...this.#languages.current,
        desk: this.#desk,
        session: this.#session,
        layout: this.#layout,
        panels: this.#panels,
        isWeek: this.#isWeek,
        startsFor: this.#startsFor,
      });
    }
    if (state.status === 'ended') return renderSignin(this.#session, messages);
    if (state.status === 'loading' || (!desk && !failure)) return renderSkeleton(messages);
    if (!desk) return renderAlone(messages, { text: setupText(failure, messages), retry: true });
    return renderNoCalendar(this.#session, messages, this.provider);
  }

  readonly #startsFor = (appointment: DeskAppointment, day: string) => {
    const service = this.#desk.state?.services.find(({ id }) => id === appointment.service_id);
    return startsFor(this.#desk, day, service, appointment);
  };

  #first() {
    const providers = this.#session.desk?.providers ?? [];
    return this.provider ? null : (providers[0] ?? null);
  }

  get #isWeek(): boolean {
    return this.view === 'week' || (this.view !== 'day' && this.roomy);
  }

  #states(): Record<string, boolean> {
    const { fault, state, desk: profile, failure } = this.#session;
    const desk = this.#desk;
    const failed = fault !== null || (profile === null && failure !== null) || desk.state?.status === 'error';
    const signedOut = state.status === 'signed-out' || state.status === 'ended';
    const ready = !signedOut && desk.state?.status === 'ready';
    return {
      failed,
      'signed-out': signedOut,
      ready,
      loading: !failed && !signedOut && !ready,
      day: !this.#isWeek,
      stale: desk.state?.connection === 'offline',
    };
  }

  static override styles = [base, cardStyles, deskStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-desk': OpenslotDesk;
  }
}

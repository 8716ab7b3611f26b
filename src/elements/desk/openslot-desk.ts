import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { DeskClient } from '../../core/desk/client.ts';
import type { DeskAppointment } from '../../core/desk/types.ts';
import { renderCalendar, renderSignin } from './calendar-view.ts';
import { DeskController } from './controller.ts';
import { DeskLanguage } from './language.ts';
import { layOut, type Layout } from './agenda/layout.ts';
import { startsFor } from './panels/panel.ts';
import type { DeskRequestEvents } from './requests.ts';
import { DeskSessionController } from './session-controller.ts';
import { cardStyles } from '../shared/card.styles.ts';
import { deskStyles } from './openslot-desk.styles.ts';
import { renderAlone, renderNobody, renderSkeleton, setupText } from './views.ts';
import { FocusKeeper } from '../shared/focus-keeper.ts';
import type { OpenslotDeskAgenda } from './agenda/openslot-desk-agenda.ts';
import type { OpenslotDeskHeader } from './agenda/openslot-desk-header.ts';
import { setStates } from '../shared/states.ts';
import { base } from '../shared/base.styles.ts';

/** Below this many em a day is shown instead of a week. */
const WEEK_EM = 40;

/**
 * @summary The provider's side: sign in, the week's agenda live, block, open, book, move, cancel, hours, members.
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
 * @csspart side - What just happened, and the hours.
 * @csspart signin - The form that signs in.
 * @csspart notice - Whatever is told in a box.
 * @csspart dialog - What is open over the agenda.
 * @csspart toast - What was just done.
 *
 * @cssproperty [--openslot-accent] - What is yours and what acts. Give both schemes with `light-dark()`.
 * @cssproperty [--openslot-on-accent] - Text on the accent; black or white by itself.
 * @cssproperty [--openslot-surface] - Background.
 * @cssproperty [--openslot-text] - Text; muted text and lines are mixed from it.
 * @cssproperty [--openslot-muted] - Text that explains.
 * @cssproperty [--openslot-line] - Thin lines.
 * @cssproperty [--openslot-warn] - Held times, and what wants attention.
 * @cssproperty [--openslot-danger] - What is wrong, and what cannot be undone.
 * @cssproperty [--openslot-radius=0.75em] - Roundness.
 * @cssproperty [--openslot-density=1] - Factor for spacing and the size of targets.
 * @cssproperty [--openslot-shadow] - Shadow of the card.
 * @cssproperty [--openslot-font-size=0.9375em] - Base size, measured by the page's font.
 *
 * @cssstate loading - Nothing has come yet.
 * @cssstate signed-out - Somebody has to sign in.
 * @cssstate failed - Nothing can be shown, or the set-up is wrong.
 * @cssstate ready - A calendar is shown.
 * @cssstate day - One day is shown instead of a week.
 * @cssstate stale - What is shown is old.
 * @cssstate connecting - The desk has no live connection yet. One of this, `live`, `polling` and `offline` holds at a time.
 * @cssstate live - The server sends each change as it happens, and the desk shows it.
 * @cssstate polling - Messages don't arrive, or leave something out; the desk asks the server for changes regularly.
 * @cssstate offline - The desk can’t reach the server.
 */
export class OpenslotDesk extends LitElement {
  /** URL of the Supabase project. */
  @property({ attribute: 'supabase-url' }) supabaseUrl = '';
  /** Its publishable (or legacy anon) key. */
  @property({ attribute: 'supabase-key' }) supabaseKey = '';
  /** Slug or id of the provider to begin with; the first one that is worked for without. */
  @property() provider = '';
  /** `auto` by the room there is, `week` or `day`. */
  @property() view = 'auto';
  /** `h12` or `h23`; the language's own without. */
  @property({ attribute: 'hour-cycle' }) hourCycle = '';
  /** `monday`, ...; the language's own without. */
  @property({ attribute: 'first-day-of-week' }) firstDayOfWeek = '';
  /** The page's own `SupabaseClient`, or a `DeskClient`, in place of URL and key. */
  @property({ attribute: false }) client: DeskClient | object | null = null;

  @state() private roomy = true;

  @query('openslot-desk-agenda') private readonly agenda!: OpenslotDeskAgenda | null;
  @query('openslot-desk-header') private readonly header!: OpenslotDeskHeader | null;

  readonly #internals = this.attachInternals();
  readonly #session = new DeskSessionController(this);
  readonly #languages = new DeskLanguage(this);
  readonly #desk = new DeskController(this, this.#session, () => this.#languages.current);
  #layout: Layout = { days: [], from: 540, until: 1020 };
  #anchor: DOMRect | null = null;
  #observer: ResizeObserver | undefined;

  constructor() {
    super();
    new FocusKeeper(this, () => this.agenda?.focus());
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
    for (const [type, handle] of Object.entries(this.#requests)) root.addEventListener(type, handle as EventListener);
    return root;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const session = this.#session;
    const desk = this.#desk;
    if (session.configure(this)) desk.show(null);
    const providers = session.desk?.providers ?? [];
    const current = changed.has('provider') ? undefined : providers.find(({ id }) => id === desk.provider?.id);
    // While somebody signs in again, the calendar stays behind.
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
        anchor: this.#anchor,
        isWeek: this.#isWeek,
        startsFor: this.#startsFor,
      });
    }
    if (state.status === 'ended') return renderSignin(this.#session, messages);
    if (state.status === 'loading' || (!desk && !failure)) return renderSkeleton(messages);
    if (!desk) return renderAlone(messages, { text: setupText(failure, messages), retry: true });
    return renderNobody(this.#session, messages, this.provider);
  }

  readonly #startsFor = (appointment: DeskAppointment, day: string) =>
    startsFor(
      this.#desk,
      day,
      this.#desk.state?.services.find(({ id }) => id === appointment.service_id),
      appointment,
    );

  readonly #requests: { readonly [Type in keyof DeskRequestEvents]?: (event: DeskRequestEvents[Type]) => void } = {
    'openslot-desk-turn': ({ detail }) => this.#desk.turn(detail.by, this.#isWeek ? 7 : 1),
    'openslot-desk-day': ({ detail }) => this.#desk.go(detail.day),
    'openslot-desk-provider': ({ detail }) => this.#choose(detail.provider),
    'openslot-desk-panel': ({ detail: { panel } }) => {
      if (panel === 'menu') this.#anchor = this.header?.menuButton?.getBoundingClientRect() ?? null;
      if (panel === null) this.agenda?.clearSelection();
      this.#desk.open(panel && { kind: panel });
    },
    'openslot-desk-range': ({ detail }) => {
      if (this.#desk.panel?.kind !== 'range') this.#anchor = this.agenda?.anchor ?? null;
      this.#desk.open({ kind: 'range', ...detail });
    },
    'openslot-desk-appointment': ({ detail: { id } }) => void this.#openAppointment(id),
    'openslot-desk-set-slots': ({ detail }) => {
      this.agenda?.clearSelection();
      void this.#desk.setSlots(detail);
    },
    'openslot-desk-book-form': ({ detail: { start } }) => {
      this.agenda?.clearSelection();
      this.#desk.day = this.#languages.current.display.dayOf(start);
      this.#desk.open({ kind: 'book', start });
    },
    'openslot-desk-book': ({ detail }) => void this.#desk.book(detail),
    'openslot-desk-move-form': ({ detail: { id, start } }) => {
      const from = start ?? this.#desk.appointment(id)?.start;
      if (from) this.#desk.go(this.#languages.current.display.dayOf(from));
      this.#desk.open({ kind: 'move', id, start });
    },
    'openslot-desk-move': ({ detail }) => void this.#desk.move(detail),
    'openslot-desk-cancel-form': ({ detail: { id } }) => this.#desk.open({ kind: 'cancel', id }),
    'openslot-desk-cancel': ({ detail }) => void this.#desk.cancel(detail),
    'openslot-desk-mark': ({ detail }) => void this.#desk.mark(detail),
    'openslot-desk-preview-hours': ({ detail }) => void this.#desk.previewHours(detail),
    'openslot-desk-save-hours': ({ detail }) => void this.#desk.saveHours(detail),
    'openslot-desk-save-settings': ({ detail }) => void this.#desk.saveSettings(detail),
    'openslot-desk-team': ({ detail }) => void this.#desk.team.ask(detail),
    'openslot-desk-sign': ({ detail }) => void this.#sign(detail),
    'openslot-desk-undo': () => void this.#desk.undo(),
    'openslot-desk-dismiss': () => this.#desk.dismiss(),
    'openslot-desk-retry': () => void Promise.all([this.#session.load(), this.#desk.desk?.refresh()]),
  };

  async #sign(request: DeskRequestEvents['openslot-desk-sign']['detail']): Promise<void> {
    await this.#session.sign(request);
    if (request.do === 'out') this.#desk.open(null);
    else if (this.#session.state.status === 'signed-in') await this.#desk.desk?.refresh();
  }

  #choose(id: string): void {
    const chosen = this.#session.desk?.providers.find((one) => one.id === id);
    if (chosen) this.#desk.show(chosen);
    this.requestUpdate();
  }

  /** Also one of another week, out of the news. */
  async #openAppointment(id: string): Promise<void> {
    const desk = this.#desk;
    const start = desk.appointment(id)?.start ?? desk.state?.news.find((entry) => entry.appointment_id === id)?.start;
    if (!start) return;
    const day = this.#languages.current.display.dayOf(start);
    const isShown = this.#layout.days.some((column) => column.day === day);
    if (!isShown) desk.go(day);
    else desk.day = day;
    await this.updateComplete;
    this.agenda?.pointTo(day, id);
    this.#anchor = isShown ? (this.agenda?.anchor ?? null) : null;
    desk.open({ kind: 'appointment', id });
  }

  #first() {
    const providers = this.#session.desk?.providers ?? [];
    return this.provider ? null : (providers[0] ?? null);
  }

  get #isWeek(): boolean {
    return this.view === 'week' || (this.view !== 'day' && this.roomy);
  }

  #states(): Record<string, boolean> {
    const { fault, state, desk: works, failure } = this.#session;
    const desk = this.#desk;
    const failed = fault !== null || (works === null && failure !== null) || desk.state?.status === 'error';
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

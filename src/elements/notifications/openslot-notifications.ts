import { html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Arrival, Inbox } from '../../core/inbox/types.ts';
import { base } from '../shared/base.styles.ts';
import { iconBell, iconClose } from '../shared/icons.ts';
import { type Handlers, listen } from '../shared/requests.ts';
import { setStates } from '../shared/states.ts';
import { MOST_TOASTS, textsOfArrival } from './arrival.ts';
import { InboxController } from './controller.ts';
import { OpenslotNotificationEvent, OpenslotNotificationSelectEvent } from './events.ts';
import { InboxLanguage } from './language.ts';
import { inboxStyles } from './openslot-notifications.styles.ts';
import type { Toast } from './openslot-toasts.ts';
import type { InboxRequestEvents } from './requests.ts';
import { inboxTrouble } from './wording.ts';

/** The badge has room for this number. */
const MOST_COUNTED = 99;

/**
 * @summary What just happened to one's appointments: a bell with the number of unread notifications, a list, and toasts.
 *
 * @tagname openslot-notifications
 *
 * @event {OpenslotNotificationEvent} openslot-notification - Notifications arrived. If the page cancels the event, no toast appears. Only one of a browser's tabs fires it.
 * @event {OpenslotNotificationSelectEvent} openslot-notification-select - The reader chose a notification; only with `selectable`.
 * @event {OpenslotUnreadChangeEvent} openslot-unread-change - The number of unread notifications changed.
 * @event {OpenslotErrorEvent} openslot-error - The set-up is wrong or a call failed.
 *
 * @csspart bell - The button.
 * @csspart badge - The number on it.
 * @csspart panel - The panel that the bell opens.
 *
 * @cssproperty [--openslot-accent] - New notifications, and buttons that act. This and the others as for `<openslot-booking>`.
 * @cssproperty [--openslot-surface] - Background.
 * @cssproperty [--openslot-text] - Text.
 * @cssproperty [--openslot-radius=0.75em] - Roundness.
 * @cssproperty [--openslot-shadow] - Shadow of panel and toasts.
 *
 * @cssstate unread - There are unread notifications.
 * @cssstate open - The panel is open.
 * @cssstate failed - The list can't be shown, or the set-up is wrong.
 * @cssstate connecting - The bell has no live connection yet. One of this, `live`, `polling` and `offline` holds at a time.
 * @cssstate live - The server sends each change as it happens, and the bell shows it.
 * @cssstate polling - Messages don't arrive, or leave something out; the bell asks the server for changes regularly.
 * @cssstate offline - The bell can’t reach the server, or no member is signed in.
 */
export class OpenslotNotifications extends LitElement {
  /** URL of the Supabase project. */
  @property({ attribute: 'supabase-url' }) supabaseUrl = '';
  /** Its publishable (or legacy anon) key. */
  @property({ attribute: 'supabase-key' }) supabaseKey = '';
  /**
   * A patient's manage token. `page` takes it from the page's `#openslot-appointment=…`, and shows nothing if there is
   * none. Without this attribute the element is for the member who is signed in.
   */
  @property() token = '';
  /** `viewer`, `provider` or an IANA zone; without it, the viewer's for patients and the provider's for members. */
  @property({ attribute: 'time-zone' }) timeZone = '';
  /** `h12` or `h23`; without it, the usual one of the language. */
  @property({ attribute: 'hour-cycle' }) hourCycle = '';
  /** `on` or `off`: show what arrives in a corner of the window. */
  @property() toasts = 'on';
  /** The reader can choose a notification, and the page handles `openslot-notification-select`. */
  @property({ type: Boolean }) selectable = false;
  /** VAPID public key of the worker that sends web push; without it the element offers no web push. */
  @property({ attribute: 'push-key' }) pushKey = '';
  /** URL of the service worker, `openslot-push.js` or one that imports it. */
  @property({ attribute: 'push-worker' }) pushWorker = '';
  /** The page's own `SupabaseClient`, or an `Inbox`, in place of URL and key. */
  @property({ attribute: false }) client: Inbox | object | null = null;

  @state() private shown: readonly Toast[] = [];
  @state() private isOpen = false;
  @state() private announcement = '';
  /** Ids of the notifications that were unread when the panel opened, or arrived since then. */
  @state() private fresh: ReadonlySet<number> = new Set();

  @query('.bell') private readonly bell!: HTMLButtonElement | null;
  @query('#panel') private readonly panel!: HTMLElement | null;
  @query('#title') private readonly heading!: HTMLElement | null;

  readonly #language = new InboxLanguage(this);
  readonly #source = new InboxController(this);
  readonly #internals = this.attachInternals();
  #keys = 0;
  /** The focus was in the panel when it began to close. */
  #hadFocus = false;

  readonly inboxLocale = (): string => this.#language.lang;

  readonly arrived = (arrival: Arrival): void => {
    const showsToasts = this.dispatchEvent(new OpenslotNotificationEvent(arrival.notifications));
    const { announcement, toasts } = textsOfArrival(arrival, this.#language.display);
    this.announcement = announcement;
    if (!showsToasts || this.toasts !== 'on' || this.isOpen) return;
    const added = toasts.map((toast) => ({ key: ++this.#keys, ...toast }));
    const isSummary = added.some((toast) => toast.isSummary);
    this.shown = [...(isSummary ? [] : this.shown), ...added].slice(-MOST_TOASTS);
  };

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    listen(root, this.#requests);
    return root;
  }

  protected override willUpdate(): void {
    this.#source.configure(this);
    this.#language.update(this, this.#source.token === null ? 'member' : 'patient');
    const { state } = this.#source;
    if (this.isOpen && state) {
      const news = state.notifications.filter(({ id, read }) => !read && !this.fresh.has(id));
      if (news.length > 0) this.fresh = new Set([...this.fresh, ...news.map(({ id }) => id)]);
    }
    if (state?.status !== 'ready' && this.shown.length > 0) this.shown = [];
  }

  protected override updated(): void {
    // With this, a press on the bell while the panel is open closes the panel, and does not open it again.
    if (this.bell) this.bell.popoverTargetElement = this.panel;
    const { state, fault } = this.#source;
    const states = {
      unread: (state?.unread ?? 0) > 0,
      open: this.isOpen,
      failed: fault !== null || state?.status === 'error',
    };
    setStates(this.#internals, states, state?.connection);
  }

  protected override render() {
    if (this.#source.token === '') return nothing;
    const unread = this.#source.state?.unread ?? 0;
    const { display } = this.#language;
    const { messages } = display;
    return html`
      <div lang=${display.lang} class="all">
        <button
          part="bell"
          class="bell"
          aria-haspopup="dialog"
          aria-label=${unread > 0 ? messages.titleWithUnread(unread) : messages.title}
        >
          ${iconBell}
          ${
            unread > 0
              ? html`<span part="badge" class="badge">${unread > MOST_COUNTED ? `${MOST_COUNTED}+` : unread}</span>`
              : nothing
          }
        </button>
        <section
          id="panel"
          part="panel"
          .popover=${'auto'}
          role="dialog"
          aria-labelledby="title"
          @beforetoggle=${this.#toggling}
          @toggle=${this.#toggled}
        >
          ${this.#renderPanel()}
        </section>
        <openslot-toasts .display=${display} .toasts=${this.shown}></openslot-toasts>
        <p class="visually-hidden" role="status">${this.announcement}</p>
      </div>
    `;
  }

  #renderPanel() {
    const { display } = this.#language;
    const { messages } = display;
    const { fault, push } = this.#source;
    return html`
      <header>
        <div>
          <h2 id="title" tabindex="-1">${messages.title}</h2>
          ${
            this.fresh.size > 0
              ? html`<button class="link" @click=${() => this.#markAll()}>${messages.markAll}</button>`
              : nothing
          }
        </div>
        <button class="close" aria-label=${messages.close} @click=${() => this.panel?.hidePopover()}>
          ${iconClose}
        </button>
      </header>
      <div class="scroller" tabindex="0" role="group" aria-labelledby="title">
        ${fault ? this.#renderFault() : this.#renderList()}
      </div>
      ${push ? html`<openslot-push .display=${display} .state=${push}></openslot-push>` : nothing}
    `;
  }

  #renderList() {
    return html`<openslot-notification-list
      .display=${this.#language.display}
      .state=${this.#source.state}
      .fresh=${this.fresh}
      .selectable=${this.selectable}
    ></openslot-notification-list>`;
  }

  #renderFault() {
    const { fault } = this.#source;
    if (!fault) return nothing;
    const { messages } = this.#language.display;
    const { text, isSetup } = inboxTrouble(fault, messages);
    return html`
      <div class="fault ${isSetup ? 'setup' : ''}">
        <p>${isSetup ? html`<strong>${messages.setup.title}</strong> ` : nothing}${text}</p>
        ${isSetup ? nothing : html`<button @click=${() => this.#source.retry()}>${messages.tryAgain}</button>`}
      </div>
    `;
  }

  readonly #requests: Handlers<InboxRequestEvents> = {
    'openslot-inbox-select': ({ detail }) => {
      this.panel?.hidePopover();
      this.dispatchEvent(new OpenslotNotificationSelectEvent(detail.notification));
    },
    'openslot-inbox-older': () => void this.#source.inbox?.loadOlder(),
    'openslot-inbox-retry': () => this.#source.retry(),
    'openslot-toast-dismiss': ({ detail }) => {
      this.shown = this.shown.filter(({ key }) => key !== detail.key);
    },
    'openslot-toast-show': () => this.panel?.showPopover(),
    'openslot-push-on': () => this.#source.turnPushOn(),
    'openslot-push-off': () => this.#source.turnPushOff(),
  };

  get #isFocusInside(): boolean {
    return this.panel?.contains(this.shadowRoot?.activeElement ?? null) ?? false;
  }

  readonly #toggling = (event: Event): void => {
    this.isOpen = (event as ToggleEvent).newState === 'open';
    this.shown = [];
    this.#hadFocus = this.#isFocusInside;
    if (this.isOpen) {
      const unread = this.#source.state?.notifications.filter(({ read }) => !read) ?? [];
      this.fresh = new Set(unread.map(({ id }) => id));
    } else {
      this.fresh = new Set();
    }
    // Opening the panel marks all as read. What arrives while it is open is marked when it closes.
    void this.#source.inbox?.markRead();
  };

  readonly #toggled = (event: Event): void => {
    if ((event as ToggleEvent).newState === 'open') this.heading?.focus();
    else if (this.#hadFocus && (this.#isFocusInside || !this.shadowRoot?.activeElement)) this.bell?.focus();
  };

  #markAll(): void {
    this.fresh = new Set();
    this.heading?.focus();
    void this.#source.inbox?.markRead();
  }

  static override styles = [base, inboxStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-notifications': OpenslotNotifications;
  }
}

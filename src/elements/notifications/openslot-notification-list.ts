import { html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { InboxNotification, InboxState } from '../../core/inbox/types.ts';
import { request } from '../shared/requests.ts';
import { defaultInboxDisplay, inboxTrouble } from './wording.ts';
import { notificationListStyles } from './openslot-notification-list.styles.ts';
import { base } from '../shared/base.styles.ts';
import { ringStyles } from '../shared/ring.styles.ts';

/** How often the list renders again, so that "4 min ago" stays true. */
const REFRESH_MS = 20_000;

/**
 * @summary Notifications by day, the newest first, in words. New ones stand out.
 *
 * @tagname openslot-notification-list
 *
 * @event openslot-inbox-select - The reader chose `detail.notification`.
 * @event openslot-inbox-older - Show older notifications.
 * @event openslot-inbox-retry - Try again to load them.
 *
 * @csspart notification - One notification; also `notification unread`, and one of `booked`, `cancelled`, `rescheduled`, `reminder`.
 * @csspart day - A day's heading.
 * @csspart notice - A notice above the notifications or in place of them.
 */
export class OpenslotNotificationList extends LitElement {
  @property({ attribute: false }) display = defaultInboxDisplay;
  @property({ attribute: false }) state: InboxState | null = null;
  /** Ids of notifications that stand out as new although they are read. */
  @property({ attribute: false }) fresh: ReadonlySet<number> = new Set();
  /** The reader can choose a notification. */
  @property({ type: Boolean }) selectable = false;
  @property({ attribute: false }) now: () => number = () => Date.now();

  #refresh: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#refresh = setInterval(() => this.requestUpdate(), REFRESH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#refresh);
  }

  protected override render() {
    const { state } = this;
    if (!state || state.status === 'loading') return this.#renderSkeleton();
    if (state.status === 'error') return this.#renderFailure(state);
    const { messages, audience } = this.display;
    if (state.notifications.length > 0) return html`${this.#renderNotice(state)} ${this.#renderDays(state)}`;
    return html`
      ${this.#renderNotice(state)}
      <div class="empty">
        <p><strong>${messages.empty}</strong></p>
        <p class="muted">${audience === 'member' ? messages.emptyForMember : messages.emptyForPatient}</p>
      </div>
    `;
  }

  #renderSkeleton() {
    return html`
      <div class="skeleton" role="img" aria-label=${this.display.messages.loading}>
        ${[1, 2, 3].map(() => html`<div><i></i><i></i></div>`)}
      </div>
    `;
  }

  #renderFailure({ error }: InboxState) {
    if (!error) return nothing;
    const { messages } = this.display;
    const { text, isSetup } = inboxTrouble(error, messages);
    const isFinal = isSetup || error.code === 'not_signed_in' || error.code === 'appointment_not_found';
    return html`
      <div part="notice" class="empty ${isSetup ? 'setup' : ''}">
        <p>${isSetup ? html`<strong>${messages.setup.title}</strong> ` : nothing}${text}</p>
        ${
          isFinal
            ? nothing
            : html`<button @click=${() => request(this, 'openslot-inbox-retry', null)}>${messages.tryAgain}</button>`
        }
      </div>
    `;
  }

  /** The notice above the list, which may be old. */
  #renderNotice({ connection, error }: InboxState) {
    const { messages } = this.display;
    const isOffline = connection === 'offline';
    if (!isOffline && !error) return nothing;
    const text = isOffline || !error ? messages.offline : inboxTrouble(error, messages).text;
    return html`<p part="notice" class="notice muted">${text}</p>`;
  }

  #renderDays(state: InboxState) {
    const { display } = this;
    const now = this.now() + state.clockOffset;
    const days = new Map<string, InboxNotification[]>();
    for (const notification of state.notifications) {
      const day = display.dayOf(notification);
      days.set(day, [...(days.get(day) ?? []), notification]);
    }
    return html`
      ${repeat(
        days,
        ([day]) => day,
        ([day, notifications]) => html`
          <section aria-labelledby="day-${day}">
            <h3 part="day" id="day-${day}" class="muted">${display.dayName(day, now)}</h3>
            <ol>
              ${repeat(
                notifications,
                ({ id }) => id,
                (notification) => this.#renderNotification(notification, now),
              )}
            </ol>
          </section>
        `,
      )}
      ${this.#renderOlder(state)}
    `;
  }

  #renderNotification(notification: InboxNotification, now: number) {
    const { display, fresh, selectable } = this;
    const { what, about, message } = display.words(notification);
    const isNew = !notification.read || fresh.has(notification.id);
    const text = html`${isNew ? html`<span class="visually-hidden">${display.messages.isNew}</span> ` : nothing}${what}`;
    const choose = () => request(this, 'openslot-inbox-select', { notification });
    return html`
      <li part="notification ${notification.kind} ${isNew ? 'unread' : ''}" class="ringed ${isNew ? 'new' : ''}">
        <p class="what">${selectable ? html`<button class="link" @click=${choose}>${text}</button>` : text}</p>
        ${message ? html`<p class="message">${message}</p>` : nothing}
        <p class="muted">
          <span>${about}</span>
          <time datetime=${notification.created_at}>${display.ago(notification, now)}</time>
        </p>
      </li>
    `;
  }

  #renderOlder({ older }: InboxState) {
    const { messages } = this.display;
    if (older === 'none') return nothing;
    const isLoading = older === 'loading';
    const more = () => isLoading || request(this, 'openslot-inbox-older', null);
    return html`
      <div class="older">
        ${older === 'failed' ? html`<p class="muted" role="alert">${messages.olderFailed}</p>` : nothing}
        <button aria-disabled=${isLoading} @click=${more}>
          ${isLoading ? messages.loadingOlder : older === 'failed' ? messages.tryAgain : messages.older}
        </button>
      </div>
    `;
  }

  static override styles = [base, ringStyles, notificationListStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-notification-list': OpenslotNotificationList;
  }
}

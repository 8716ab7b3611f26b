import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { InboxNotification, InboxState } from '../core/inbox-state.ts';
import { ask } from './inbox-requests.ts';
import { defaultInboxDisplay, inboxTrouble } from './inbox-words.ts';
import { base } from './styles.ts';

/** How old something is, is told anew this often. */
const REFRESH_MS = 20_000;

/**
 * @summary What one was told, by day, the newest first: what happened in words, and what is new of it.
 *
 * @tagname openslot-notification-list
 *
 * @event openslot-inbox-select - One was chosen; `detail.notification`.
 * @event openslot-inbox-older - Older ones shall be shown.
 * @event openslot-inbox-retry - It shall be tried again.
 *
 * @csspart notification - One of them; also `notification unread`, and one of `booked`, `cancelled`, `rescheduled`, `reminder`.
 * @csspart day - A day's heading.
 * @csspart notice - Whatever is told in place of them or above them.
 */
export class OpenslotNotificationList extends LitElement {
  @property({ attribute: false }) display = defaultInboxDisplay;
  @property({ attribute: false }) state: InboxState | null = null;
  /** Ids of those that count as new though they are read. */
  @property({ attribute: false }) fresh: ReadonlySet<number> = new Set();
  /** They can be chosen. */
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
            : html`<button @click=${() => ask(this, 'openslot-inbox-retry', null)}>${messages.tryAgain}</button>`
        }
      </div>
    `;
  }

  /** Above what is shown all the same. */
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
    const choose = () => ask(this, 'openslot-inbox-select', { notification });
    return html`
      <li
        part="notification ${notification.kind} ${isNew ? 'unread' : ''}"
        class="${notification.kind} ${isNew ? 'unread' : ''}"
      >
        <p class="what">${selectable ? html`<button class="link" @click=${choose}>${text}</button>` : text}</p>
        ${message ? html`<p class="message">${message}</p>` : nothing}
        <p class="muted">
          <span>${about}</span>
          <time datetime=${notification.created_at}>${display.told(notification, now)}</time>
        </p>
      </li>
    `;
  }

  #renderOlder({ older }: InboxState) {
    const { messages } = this.display;
    if (older === 'none') return nothing;
    const isLoading = older === 'loading';
    const more = () => isLoading || ask(this, 'openslot-inbox-older', null);
    return html`
      <div class="older">
        ${older === 'failed' ? html`<p class="muted" role="alert">${messages.olderFailed}</p>` : nothing}
        <button aria-disabled=${isLoading} @click=${more}>
          ${isLoading ? messages.loadingOlder : older === 'failed' ? messages.tryAgain : messages.older}
        </button>
      </div>
    `;
  }

  static override styles = [
    base,
    css`
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
      }

      section + section {
        margin-block-start: calc(var(--_gap) * 1.5);
      }

      h3 {
        /* Of a smaller type, which its padding is not to be. */
        padding-inline: calc(var(--_pad) / 0.8667);
        font-weight: 650;
      }

      li {
        position: relative;
        padding: calc(var(--_gap) * 1.3) var(--_pad);
        padding-inline-start: calc(var(--_pad) + 1.35em);
      }

      li + li {
        border-block-start: 1px solid var(--_line);
      }

      li::before {
        content: '';
        position: absolute;
        inset-block-start: calc(var(--_gap) * 1.3 + 0.45em);
        inset-inline-start: var(--_pad);
        inline-size: 0.6em;
        block-size: 0.6em;
        border: 1.5px solid var(--_line);
        border-radius: 50%;
      }

      .unread::before {
        border-color: var(--_accent);
        background: var(--_accent);
      }

      .unread {
        background: var(--_tint);
      }

      .what {
        line-height: 1.4;
      }

      .unread .what {
        font-weight: 650;
      }

      .link {
        color: inherit;
        font-weight: inherit;
        line-height: inherit;
        min-block-size: 0;
      }

      /* The whole of it can be pressed. */
      .link::after {
        content: '';
        position: absolute;
        inset: 0;
      }

      .message {
        margin-block-start: 0.15em;
        font-size: 0.9333em;
        line-height: 1.45;
      }

      li .muted {
        display: flex;
        justify-content: space-between;
        gap: 1em;
        margin-block-start: 0.1em;
      }

      .muted span {
        min-inline-size: 0;
        unicode-bidi: plaintext;
      }

      time {
        flex: none;
        unicode-bidi: plaintext;
        font-variant-numeric: tabular-nums;
      }

      .empty {
        display: grid;
        justify-items: center;
        gap: var(--_gap);
        padding: calc(var(--_pad) * 1.25) var(--_pad) calc(var(--_pad) * 1.5);
        text-align: center;
        line-height: 1.45;
        text-wrap: balance;
      }

      .empty p {
        text-align: center;
      }

      .setup {
        margin-inline: var(--_pad);
        margin-block-end: var(--_pad);
        padding: var(--_pad);
        border: 1px dashed var(--_field);
        border-radius: var(--_radius);
      }

      .setup strong {
        display: block;
      }

      .notice {
        padding: var(--_gap) var(--_pad);
        margin-block-end: var(--_gap);
        border-block: 1px solid color-mix(in oklab, var(--_warn) 45%, var(--_surface));
        background: var(--_warn-tint);
        color: var(--_text);
      }

      .older {
        display: grid;
        justify-items: center;
        gap: var(--_gap);
        padding: calc(var(--_gap) * 1.5) var(--_pad);
        border-block-start: 1px solid var(--_line);
      }

      .skeleton {
        display: grid;
        gap: calc(var(--_gap) * 2.5);
        padding: var(--_gap) var(--_pad) calc(var(--_pad) * 1.25);
      }

      .skeleton div {
        display: grid;
        gap: 0.5em;
        padding-inline-start: 1.35em;
      }

      .skeleton i {
        block-size: 0.8em;
        border-radius: 0.4em;
        background: var(--_line);
        animation: breathe 1.6s ease-in-out infinite alternate;
      }

      .skeleton i:first-child {
        inline-size: 85%;
      }

      .skeleton i:last-child {
        inline-size: 55%;
      }

      @keyframes breathe {
        to {
          opacity: 0.45;
        }
      }

      @media (pointer: coarse) {
        .link {
          min-block-size: 0;
        }
      }

      @media (forced-colors: active) {
        li::before {
          border-color: GrayText;
        }

        .unread::before {
          border-color: Highlight;
          background: Highlight;
          forced-color-adjust: none;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-notification-list': OpenslotNotificationList;
  }
}

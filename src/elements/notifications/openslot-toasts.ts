import { css, html, LitElement, nothing } from 'lit';
import { property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { type Cancel, type Clock, systemClock } from '../../core/time/clock.ts';
import { iconClose } from '../shared/icons.ts';
import { request } from '../shared/requests.ts';
import { defaultInboxDisplay } from './wording.ts';
import { base } from '../shared/base.styles.ts';

export interface Toast {
  readonly key: number;
  readonly what: string;
  /** A second line, in smaller type. */
  readonly about: string | null;
  /** The toast sums up several notifications. */
  readonly isSummary: boolean;
}

/** Long enough to be read twice. The list still has what is gone from here. */
const SHOWN_MS = 8_000;

/**
 * @summary Shows what arrived in a corner of the window for some seconds, and longer while a toast has the pointer or the focus.
 *
 * @tagname openslot-toasts
 *
 * @event openslot-toast-dismiss - Remove a toast, `detail.key`: its time is over, or the reader closed it.
 * @event openslot-toast-show - Open the list.
 *
 * @csspart toast - One toast.
 */
export class OpenslotToasts extends LitElement {
  @property({ attribute: false }) display = defaultInboxDisplay;
  /** Oldest first. */
  @property({ attribute: false }) toasts: readonly Toast[] = [];
  @property({ attribute: false }) clock: Clock = systemClock;

  @query('.stack') private readonly stack!: HTMLElement;

  readonly #timers = new Map<number, Cancel>();
  #isPointedAt = false;
  #hasFocus = false;
  #hadFocus = false;
  /** The element that had the focus before a toast had it. */
  #before: HTMLElement | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#time);
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#time);
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  protected override willUpdate(): void {
    this.#hadFocus = Boolean(this.shadowRoot?.activeElement);
  }

  protected override updated(): void {
    if (!this.isConnected) return;
    const { stack, toasts } = this;
    const isShown = stack.matches(':popover-open');
    if (toasts.length > 0 && !isShown) stack.showPopover();
    this.#keepFocus();
    if (toasts.length === 0) {
      // The toasts that had the pointer and the focus are gone. No later one has them yet.
      this.#isPointedAt = this.#hasFocus = false;
      if (isShown) stack.hidePopover();
    }
    this.#time();
  }

  /** After a toast is dismissed by keyboard, the focus moves to the next one, and after the last to where it came from. */
  #keepFocus(): void {
    if (!this.#hadFocus || this.shadowRoot?.activeElement) return;
    const next = this.stack.querySelector<HTMLElement>('li:last-of-type .dismiss');
    if (next) next.focus();
    else this.#before?.focus();
  }

  protected override render() {
    const { messages } = this.display;
    return html`
      <ol
        class="stack"
        .popover=${'manual'}
        aria-label=${messages.toasts}
        @pointerenter=${() => this.#hold({ pointer: true })}
        @pointerleave=${() => this.#hold({ pointer: false })}
        @focusin=${this.#focused}
        @focusout=${this.#blurred}
      >
        ${repeat(
          this.toasts,
          ({ key }) => key,
          (toast) => this.#renderToast(toast),
        )}
      </ol>
    `;
  }

  #renderToast({ key, what, about, isSummary }: Toast) {
    const { messages } = this.display;
    return html`
      <li part="toast" class=${isSummary ? 'summary' : ''}>
        <div>
          <p class="what">${what}</p>
          ${about ? html`<p class="muted">${about}</p>` : nothing}
        </div>
        ${
          isSummary
            ? html`<button @click=${() => request(this, 'openslot-toast-show', null)}>${messages.show}</button>`
            : nothing
        }
        <button
          class="dismiss"
          aria-label=${messages.dismiss(what)}
          @click=${() => request(this, 'openslot-toast-dismiss', { key })}
        >
          ${iconClose}
        </button>
      </li>
    `;
  }

  #focused({ relatedTarget }: FocusEvent): void {
    // `relatedTarget` is another toast if the focus moved between toasts, and null if the focused toast was removed.
    if (relatedTarget instanceof HTMLElement && !this.shadowRoot?.contains(relatedTarget)) this.#before = relatedTarget;
    this.#hold({ focus: true });
  }

  #blurred(): void {
    this.#hold({ focus: false });
  }

  #hold({ pointer = this.#isPointedAt, focus = this.#hasFocus }: { pointer?: boolean; focus?: boolean }): void {
    this.#isPointedAt = pointer;
    this.#hasFocus = focus;
    this.#time();
  }

  /** The time of all toasts runs while none has the pointer or the focus and the page is visible. It always starts in full. */
  readonly #time = (): void => {
    const stands = this.#isPointedAt || this.#hasFocus || document.visibilityState === 'hidden';
    const keys = new Set(this.toasts.map(({ key }) => key));
    for (const [key, cancel] of this.#timers) {
      if (!stands && keys.has(key)) continue;
      cancel();
      this.#timers.delete(key);
    }
    if (stands) return;
    for (const key of keys) {
      if (this.#timers.has(key)) continue;
      const dismiss = () => request(this, 'openslot-toast-dismiss', { key });
      this.#timers.set(key, this.clock.after(SHOWN_MS, dismiss));
    }
  };

  static override styles = [
    base,
    css`
      :host {
        display: contents;
      }

      .stack {
        position: fixed;
        inset: auto;
        inset-block-end: max(1em, env(safe-area-inset-bottom));
        inset-inline-end: max(1em, env(safe-area-inset-right));
        inline-size: min(24em, 100vw - 2em);
        max-block-size: calc(100dvb - 2em);
        margin: 0;
        padding: 0;
        border: 0;
        overflow: visible;
        background: none;
        color: inherit;
        font-size: var(--openslot-font-size, 0.9375em);
        list-style: none;
      }

      .stack:popover-open {
        display: grid;
        gap: var(--_gap);
      }

      li {
        display: flex;
        align-items: start;
        gap: 0.75em;
        padding: calc(var(--_gap) * 1.75) 0.6em calc(var(--_gap) * 1.75) 1.1em;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_surface);
        box-shadow: var(--openslot-shadow, 0 0.5em 2em rgb(0 0 0 / 0.14));
        animation: arrive var(--_motion);
      }

      li::before {
        content: '';
        flex: none;
        inline-size: 0.6em;
        block-size: 0.6em;
        margin-block-start: 0.4em;
        border-radius: 50%;
        background: var(--_accent);
      }

      .summary {
        align-items: center;
      }

      .summary::before,
      .summary .dismiss {
        margin-block: 0;
      }

      li > div {
        flex: 1;
        min-inline-size: 0;
      }

      /* All of it is in the list. */
      p {
        display: -webkit-box;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 3;
        line-clamp: 3;
      }

      .what {
        font-weight: 650;
        line-height: 1.4;
      }

      .dismiss {
        flex: none;
        display: grid;
        place-items: center;
        inline-size: 2.1em;
        min-block-size: 2.1em;
        margin-block: -0.35em;
        padding: 0;
        border-color: transparent;
        color: var(--_muted);
      }

      @media (forced-colors: active) {
        li::before {
          forced-color-adjust: none;
          background: Highlight;
        }
      }

      @keyframes arrive {
        from {
          opacity: 0;
          transform: translateY(0.75em);
        }
      }

      @media (pointer: coarse) {
        .dismiss {
          inline-size: 44px;
          min-block-size: 44px;
          margin-block: -0.6em;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-toasts': OpenslotToasts;
  }
}

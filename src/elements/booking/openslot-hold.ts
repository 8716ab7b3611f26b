import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { enDetails } from '../../locales/en/details.ts';
import { request } from '../shared/requests.ts';
import { base } from '../shared/base.styles.ts';

const SECOND_MS = 1_000;
/** From here on the ring is amber. */
const URGENT_S = 30;
/** Seconds left at which a screen reader is told, once each. */
const SPOKEN_S = [60, URGENT_S, 10];

/**
 * @summary A ring that drains while a time is held, with a way to get more of it.
 *
 * @tagname openslot-hold
 *
 * @event openslot-hold-extend - More time is asked for; also once the hold has ended, to hold the time again.
 *
 * @csspart hold - The box; also `hold urgent`, `hold ended`.
 */
export class OpenslotHold extends LitElement {
  @property({ attribute: false }) messages = enDetails;
  /** `pending` until the server confirmed; `none` when it could not be held but may be booked all the same. */
  @property() status: 'pending' | 'held' | 'ended' | 'none' = 'pending';
  /** ISO instant by the server's clock. */
  @property({ attribute: 'held-until' }) heldUntil: string | null = null;
  /** More time can be had. */
  @property({ type: Boolean }) extendable = false;
  /** The time of day that is held, as the patient reads it. */
  @property() time = '';
  /** Epoch ms by the server's clock. */
  @property({ attribute: false }) now: () => number = Date.now;

  /** Whole seconds left. */
  @state() private left = 0;
  @state() private spoken = '';

  /** Seconds that the ring stands for when it is full. */
  #full = 1;
  #tick: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate('heldUntil');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('heldUntil') && !changed.has('status')) return;
    this.#measure();
    this.#full = Math.max(1, this.left);
    this.spoken = '';
  }

  protected override render() {
    const { messages } = this;
    const { status, left } = this;
    const isUrgent = status === 'held' && left <= URGENT_S;
    const part = `hold ${isUrgent ? 'urgent' : status}`;
    return html`
      <div part=${part} class=${part}>
        ${status === 'held' ? this.#renderRing() : nothing}
        <p>${this.#text()}</p>
        ${
          this.extendable && (status === 'ended' || status === 'held')
            ? html`<button @click=${() => request(this, 'openslot-hold-extend', null)}>
                ${status === 'ended' ? messages.holdAgain : messages.moreTime}
              </button>`
            : nothing
        }
        <span class="visually-hidden" role="status">${this.spoken}</span>
      </div>
    `;
  }

  #text() {
    const { messages } = this;
    switch (this.status) {
      case 'pending':
        return messages.holding;
      case 'none':
        return messages.notHeld;
      case 'ended':
        return messages.holdEnded(this.time);
      case 'held': {
        const remaining = `${Math.floor(this.left / 60)}:${String(this.left % 60).padStart(2, '0')}`;
        return html`<strong>${messages.heldForYou}</strong> <span role="timer">${messages.heldFor(remaining)}</span>`;
      }
    }
  }

  #renderRing() {
    const share = Math.min(1, this.left / this.#full);
    return html`
      <svg viewBox="0 0 36 36" aria-hidden="true">
        <circle class="track" cx="18" cy="18" r="14" />
        <circle
          class="rest"
          cx="18"
          cy="18"
          r="14"
          pathLength="1"
          stroke-dasharray="1"
          stroke-dashoffset=${1 - share}
        />
      </svg>
    `;
  }

  readonly #measure = (): void => {
    clearTimeout(this.#tick);
    if (this.status !== 'held' || !this.heldUntil) return;
    const ms = Math.max(0, Date.parse(this.heldUntil) - this.now());
    const before = this.left;
    this.left = Math.ceil(ms / SECOND_MS);
    const due = SPOKEN_S.find((seconds) => before > seconds && this.left <= seconds);
    if (due && this.left > 0) this.spoken = this.messages.holdLeft(this.left);
    // The text changes when the next whole second is reached.
    if (ms > 0 && this.isConnected) this.#tick = setTimeout(this.#measure, ms % SECOND_MS || SECOND_MS);
  };

  static override styles = [
    base,
    css`
      .hold {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.3em 0.7em;
        min-block-size: 3.2em;
        padding: 0.4em 0.7em;
        border: 1px solid transparent;
        border-radius: var(--_radius);
        background: var(--_tint);
        line-height: 1.4;
      }

      p {
        flex: 1 1 8em;
      }

      [role='timer'] {
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }

      svg {
        flex: none;
        inline-size: 1.75em;
        block-size: 1.75em;
        fill: none;
        stroke-width: 5;
        rotate: -90deg;
      }

      .track {
        stroke: color-mix(in oklab, var(--_accent) 22%, var(--_surface));
      }

      .rest {
        stroke: var(--_accent);
        stroke-linecap: butt;
        transition:
          stroke-dashoffset 1s linear,
          stroke var(--_motion);
      }

      button {
        min-block-size: calc(var(--_target) * 0.8);
        padding-inline: 0.7em;
        background: var(--_surface);
        font-size: 0.9em;
      }

      .urgent,
      .ended,
      .none {
        border-color: color-mix(in oklab, var(--_warn) 45%, var(--_surface));
        background: var(--_warn-tint);
      }

      .urgent .rest {
        stroke: var(--_warn);
      }

      .urgent .track {
        stroke: color-mix(in oklab, var(--_warn) 25%, var(--_surface));
      }

      @media (pointer: coarse) {
        button {
          min-block-size: 44px;
        }
      }

      @media (forced-colors: active) {
        .hold {
          border-color: CanvasText;
        }

        .track {
          stroke: Canvas;
        }

        .rest {
          stroke: CanvasText;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-hold': OpenslotHold;
  }
}

import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { enDesk } from '../../../locales/en/desk.ts';
import { iconClose } from '../../shared/icons.ts';
import { request } from '../../shared/requests.ts';
import { base } from '../../shared/base.styles.ts';

/** A sentence about the latest action: what it did, or why it failed. */
export interface Toast {
  readonly text: string;
  readonly kind: 'done' | 'failed';
  readonly undoable: boolean;
}

const SHOWN_MS = 10_000;

/**
 * @summary Says what the latest action did, or why it failed, and offers to undo it. A success goes away after some
 * seconds, unless it has the pointer or the focus.
 *
 * @tagname openslot-desk-toast
 *
 * @event openslot-desk-undo - Undo the latest action.
 * @event openslot-desk-dismiss - Remove the toast: its time is over, or staff closed it.
 *
 * @csspart toast - The box; also `toast done`, `toast failed`.
 */
export class OpenslotDeskToast extends LitElement {
  @property({ attribute: false }) messages = enDesk;
  @property({ attribute: false }) toast: Toast | null = null;

  /** Whether there is a toast; the desk sets it. */
  @property({ type: Boolean, reflect: true }) shown = false;

  @state() private attended = false;

  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('toast') && !changed.has('attended')) return;
    clearTimeout(this.#timer);
    if (this.toast?.kind !== 'done' || this.attended) return;
    this.#timer = setTimeout(() => request(this, 'openslot-desk-dismiss', null), SHOWN_MS);
  }

  protected override render() {
    const { toast, messages } = this;
    // Screen readers only announce what changes in a live region, so the regions are always there.
    return html`
      <div role="status">${toast?.kind === 'done' ? this.#renderText(toast) : nothing}</div>
      <div role="alert">${toast?.kind === 'failed' ? this.#renderText(toast) : nothing}</div>
      ${
        toast
          ? html`<div
              class="buttons ${toast.kind}"
              @pointerenter=${this.#attend}
              @pointerleave=${this.#leave}
              @focusin=${this.#attend}
              @focusout=${this.#leave}
            >
              ${
                toast.undoable
                  ? html`<button @click=${() => request(this, 'openslot-desk-undo', null)}>${messages.undo}</button>`
                  : nothing
              }
              <button
                class="close"
                aria-label=${messages.close}
                @click=${() => request(this, 'openslot-desk-dismiss', null)}
              >
                ${iconClose}
              </button>
            </div>`
          : nothing
      }
    `;
  }

  readonly #attend = (): void => {
    this.attended = true;
  };

  readonly #leave = (): void => {
    this.attended = false;
  };

  #renderText({ text, kind }: Toast) {
    return html`<p part="toast ${kind}">${text}</p>`;
  }

  static override styles = [
    base,
    css`
      :host {
        position: sticky;
        z-index: 5;
        inset-block-end: 1em;
        display: flex;
        align-items: center;
        gap: 0.5em;
        inline-size: fit-content;
        max-inline-size: calc(100% - 2em);
        margin: -4.2em auto 1em;
        padding: 0.35em 0.4em 0.35em 1em;
        border-radius: calc(var(--_radius) * 0.9);
        background: var(--_text);
        color: var(--_surface);
        box-shadow: 0 12px 28px -8px rgb(0 0 0 / 45%);
        line-height: 1.45;
      }

      :host(:not([shown])) {
        display: contents;
      }

      .buttons {
        flex: none;
        display: flex;
        align-items: center;
      }

      button {
        border-color: transparent;
        font-weight: 650;
        text-decoration: underline;
        text-underline-offset: 0.25em;
      }

      .close {
        display: grid;
        place-items: center;
        inline-size: var(--_target);
        padding: 0;
      }

      @media (hover: hover) {
        button:not(:disabled):hover {
          border-color: currentcolor;
          background: none;
        }
      }

      :focus-visible {
        outline-color: var(--_surface);
        outline-offset: -3px;
      }

      @media (forced-colors: active) {
        :host([shown]) {
          border: 1px solid CanvasText;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-desk-toast': OpenslotDeskToast;
  }
}

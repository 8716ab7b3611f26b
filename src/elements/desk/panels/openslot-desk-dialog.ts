import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';
import { enDesk } from '../../../locales/en/desk.ts';
import { iconClose } from '../../shared/icons.ts';
import { request } from '../../shared/requests.ts';
import { base } from '../../shared/base.styles.ts';

/** Space between the dialog and its anchor. */
const GAP_PX = 8;

/**
 * @summary A native dialog over the desk: beside its anchor where there is room, at the bottom of a narrow window.
 *
 * @tagname openslot-desk-dialog
 *
 * @slot - The contents.
 *
 * @event openslot-desk-panel - Close the dialog: `detail.panel` is null.
 *
 * @csspart dialog - The dialog.
 * @csspart heading - The heading.
 * @csspart close-button - The button that closes it.
 */
export class OpenslotDeskDialog extends LitElement {
  @property({ attribute: false }) messages = enDesk;
  @property() heading = '';
  /** Where on the screen the dialog belongs beside; null puts it in the middle. */
  @property({ attribute: false }) anchor: DOMRect | null = null;
  /** Staff can't close it. */
  @property({ type: Boolean }) firm = false;
  /** Gives long forms more width. */
  @property({ type: Boolean, reflect: true }) wide = false;

  @query('dialog') private readonly dialog!: HTMLDialogElement;
  @query('h3') private readonly title3!: HTMLElement;

  /** Focuses the heading. The desk calls it when the focused element has gone away. */
  override focus(): void {
    this.title3.focus();
  }

  #sizes: ResizeObserver | undefined;
  /** The element that had the focus before the dialog opened. */
  #opener: HTMLElement | null = null;

  protected override firstUpdated(): void {
    this.#opener = deepActive();
    this.dialog.showModal();
    this.title3.focus();
    // The contents render later, and may grow.
    this.#sizes = new ResizeObserver(() => this.#settle());
    this.#sizes.observe(this.dialog);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('anchor')) this.#settle();
    // The dialog now shows something else. With the focus on its heading, screen readers announce it.
    if (changed.get('heading') !== undefined) this.title3.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
    this.dialog.close();
    const opener = this.#opener;
    queueMicrotask(() => {
      if (opener?.isConnected && document.activeElement === document.body) opener.focus();
    });
  }

  protected override render() {
    return html`
      <dialog
        part="dialog"
        class=${this.anchor ? 'anchored' : ''}
        aria-labelledby="heading"
        @cancel=${this.#onCancel}
        @close=${this.#onClose}
        @pointerdown=${this.#onPointerDown}
      >
        <div class="box">
          <header>
            <h3 id="heading" part="heading" tabindex="-1">${this.heading}</h3>
            ${
              this.firm
                ? nothing
                : html`<button
                    part="close-button"
                    class="close"
                    aria-label=${this.messages.close}
                    @click=${this.#close}
                  >
                    ${iconClose}
                  </button>`
            }
          </header>
          <slot></slot>
        </div>
      </dialog>
    `;
  }

  readonly #close = (): void => {
    if (this.firm) return;
    request(this, 'openslot-desk-panel', { panel: null });
  };

  readonly #onCancel = (event: Event): void => {
    event.preventDefault();
    this.#close();
  };

  /** If staff press Escape twice, browsers close the dialog in spite of `preventDefault`. */
  readonly #onClose = (): void => {
    if (!this.isConnected) return;
    if (this.firm) this.dialog.showModal();
    else this.#close();
  };

  /** A press on the dialog itself, and not on its box, is a press on the backdrop. */
  readonly #onPointerDown = (event: PointerEvent): void => {
    if (event.target === this.dialog) this.#close();
  };

  /** Places the dialog beside its anchor, on the side with more room, and wholly inside the window. */
  #settle(): void {
    const { anchor, dialog } = this;
    if (!anchor || !dialog.open) return;
    const { width, height } = dialog.getBoundingClientRect();
    const after = innerWidth - anchor.right;
    const left =
      after > width + 2 * GAP_PX || after > anchor.left ? anchor.right + GAP_PX : anchor.left - width - GAP_PX;
    const within = (value: number, size: number, room: number) =>
      Math.max(GAP_PX, Math.min(value, room - size - GAP_PX));
    dialog.style.setProperty('--_left', `${within(left, width, innerWidth)}px`);
    dialog.style.setProperty('--_top', `${within(anchor.top, height, innerHeight)}px`);
  }

  static override styles = [
    base,
    css`
      dialog {
        inline-size: 25em;
        max-inline-size: min(100vw - 2em, 100%);
        max-block-size: calc(100dvh - 2em);
        padding: 0;
        border: 1px solid var(--_line);
        border-radius: calc(var(--_radius) * 1.2);
        background: var(--_surface);
        color: var(--_text);
        box-shadow:
          0 2px 6px rgb(0 0 0 / 8%),
          0 24px 48px -16px rgb(0 0 0 / 30%);
        overscroll-behavior: contain;
      }

      :host([wide]) dialog {
        inline-size: 46em;
      }

      dialog::backdrop {
        background: rgb(0 0 0 / 32%);
      }

      dialog.anchored::backdrop {
        background: rgb(0 0 0 / 8%);
      }

      .box {
        container-type: inline-size;
        padding: 1.1em 1.25em 1.25em;
      }

      header {
        display: flex;
        align-items: start;
        gap: 1em;
        margin-block-end: 0.75em;
      }

      h3 {
        flex: 1;
        padding-block: 0.3em;
      }

      .close {
        flex: none;
        display: grid;
        place-items: center;
        inline-size: var(--_target);
        min-block-size: var(--_target);
        margin: -0.15em -0.35em 0 0;
        padding: 0;
        border-color: transparent;
        color: var(--_muted);
      }

      @media (min-width: 40em) {
        .anchored {
          position: fixed;
          inset: auto;
          /* Measured in the window, so physical. */
          left: var(--_left, 50%);
          top: var(--_top, 50%);
          margin: 0;
          max-inline-size: 24em;
        }
      }

      @media (max-width: 39.99em) {
        dialog {
          inline-size: 100%;
          max-inline-size: 100%;
          max-block-size: calc(100dvh - 1.5em);
          margin: auto 0 0;
          border-width: 1px 0 0;
          border-end-start-radius: 0;
          border-end-end-radius: 0;
          padding-block-end: env(safe-area-inset-bottom);
        }
      }

      @media (prefers-reduced-motion: no-preference) {
        dialog[open] {
          animation: appear 160ms ease-out;
        }
      }

      @keyframes appear {
        from {
          opacity: 0;
          transform: translateY(0.4em);
        }
      }
    `,
  ];
}

function deepActive(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : null;
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-desk-dialog': OpenslotDeskDialog;
  }
}

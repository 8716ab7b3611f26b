import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { request } from '../shared/requests.ts';
import { base } from '../shared/base.styles.ts';

/** What there is to tell, in words, and what can be done about it. */
export interface Notice {
  /**
   * `empty`: nothing to book here. `stale`: the times are old. `error`: something failed. `setup`: for the owner of the
   * page. `moving`: a new time is being chosen. `taken`: the wanted time can't be had.
   */
  readonly kind: 'empty' | 'stale' | 'error' | 'setup' | 'moving' | 'taken';
  readonly title?: string;
  readonly text: string;
  readonly actions?: readonly NoticeAction[];
  /** What the actions have in common. */
  readonly actionsLabel?: string;
}

export interface NoticeAction {
  readonly label: string;
  /** Stands small above the label. */
  readonly above?: string;
  readonly request:
    'openslot-time-show' | 'openslot-time-select' | 'openslot-retry' | 'openslot-back' | 'openslot-book-another';
  /** ISO instant of the time that it is about. */
  readonly start?: string;
}

/**
 * @summary Says in words what is the matter, and offers what can be done about it.
 *
 * @tagname openslot-notice
 *
 * @event openslot-time-show - A time shall be shown; `detail.start` is its ISO instant.
 * @event openslot-time-select - A time was chosen; `detail.start` is its ISO instant.
 * @event openslot-retry - It shall be tried again.
 * @event openslot-back - The patient stays with what there was.
 * @event openslot-book-another - A time shall be booked instead.
 *
 * @csspart notice - The box; also `notice` with one of `empty`, `stale`, `error`, `setup`, `moving`, `taken`.
 */
export class OpenslotNotice extends LitElement {
  @property({ attribute: false }) notice: Notice | null = null;
  /** Across the whole width of what is around it, as a line of its own. */
  @property({ type: Boolean, reflect: true }) flush = false;

  protected override render() {
    const { notice } = this;
    if (!notice) return nothing;
    const { kind, title, text, actions = [], actionsLabel } = notice;
    const isAlert = kind === 'taken' || kind === 'error';
    return html`
      <div part="notice ${kind}" class="notice ${kind}" role=${isAlert ? 'alert' : 'none'}>
        <p>${title ? html`<strong>${title}</strong> ` : nothing}${text}</p>
        ${
          actions.length > 0
            ? html`<div role="group" aria-label=${actionsLabel ?? text}>
                ${actions.map((action) => this.#renderAction(action))}
              </div>`
            : nothing
        }
      </div>
    `;
  }

  #renderAction({ label, above, request: type, start }: NoticeAction) {
    const ask = () => request(this, type, start ? { start } : null);
    return html`<button class=${start ? 'time' : ''} @click=${ask}>
      ${above ? html`<small>${above}</small> ` : nothing}${label}
    </button>`;
  }

  static override styles = [
    base,
    css`
      .notice {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: calc(var(--_gap) * 1.25) 1em;
        padding: calc(var(--_gap) * 1.5) 0.9em;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_tile);
        line-height: 1.45;
      }

      :host([flush]) .notice {
        padding-inline: var(--_pad);
        border-width: 0 0 1px;
        border-radius: 0;
      }

      p {
        flex: 1 1 12em;
      }

      button {
        background: var(--_surface);
      }

      .stale,
      .moving,
      .taken {
        border-color: color-mix(in oklab, var(--_warn) 45%, var(--_surface));
        background: var(--_warn-tint);
      }

      .error {
        border-color: color-mix(in oklab, var(--_danger) 40%, var(--_surface));
        background: color-mix(in oklab, var(--_danger) 7%, var(--_surface));
      }

      .setup {
        border-style: dashed;
        border-color: var(--_field);
      }

      .setup strong {
        display: block;
      }

      .taken div {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(5em, 100%), 1fr));
        flex: 1 0 100%;
        gap: var(--_gap);
      }

      small {
        display: block;
        font-size: 0.8em;
        font-weight: 400;
        color: var(--_muted);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-notice': OpenslotNotice;
  }
}

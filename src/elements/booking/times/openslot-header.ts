import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { Connection } from '../../../core/sync/refresher.ts';
import type { Provider } from '../../../core/wire.ts';
import { defaultDisplay } from '../../shared/display.ts';
import { Avatar } from '../../shared/avatar.ts';
import { identityStyles } from '../../shared/card.styles.ts';
import { base } from '../../shared/base.styles.ts';

/**
 * @summary Who the patient is about to see, how many others are looking, and whether the times are live.
 *
 * @tagname openslot-header
 *
 * @csspart avatar - The picture, or the initials in its place.
 * @csspart name - The provider's name.
 * @csspart badge - The pills with viewers and connection.
 */
export class OpenslotHeader extends LitElement {
  @property({ attribute: false }) display = defaultDisplay;
  @property({ attribute: false }) provider: Provider | null = null;
  /** People viewing, this one included; null hides the count. */
  @property({ type: Number }) viewers: number | null = null;
  /** There are more than `viewers`. */
  @property({ type: Boolean, attribute: 'viewers-capped' }) viewersCapped = false;
  @property() connection: Connection = 'connecting';

  readonly #avatar = new Avatar(this);

  protected override render() {
    const { provider } = this;
    if (!provider) return nothing;
    const { title, clinic } = provider;
    return html`
      ${this.#avatar.render(provider)}
      <div class="who">
        <h2 part="name">${provider.name}</h2>
        <p class="muted">${title ? html`<span>${title}</span> <span class="clinic">${clinic}</span>` : clinic}</p>
      </div>
      ${this.#renderBadges()}
    `;
  }

  #renderBadges() {
    const { messages } = this.display;
    const { viewers, viewersCapped, connection } = this;
    return html`
      <div class="badges">
        ${
          viewers === null
            ? nothing
            : html`<span part="badge" class="viewers">
                <span class="long">${messages.peopleViewing(viewers, viewersCapped)}</span>
                <span class="short" aria-hidden="true">${messages.peopleViewingShort(viewers, viewersCapped)}</span>
              </span>`
        }
        <span part="badge" class="connection ${connection}">
          <i></i
          ><span class=${connection === 'live' && viewers !== null ? 'long' : ''}
            >${messages.connection[connection]}</span
          >
        </span>
      </div>
    `;
  }

  static override styles = [
    base,
    identityStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5em 0.75em;
      }

      .who {
        flex: 1 1 8.5em;
        min-inline-size: 0;
      }

      .clinic::before {
        content: '· ';
      }

      .badges {
        display: flex;
        flex-wrap: wrap;
        justify-content: end;
        gap: 0.5em;
      }

      .badges > span {
        display: flex;
        align-items: center;
        gap: 0.45em;
        padding: 0.3em 0.75em;
        border: 1px solid var(--_line);
        border-radius: 2em;
        font-size: 0.8em;
        line-height: 1.4;
        color: var(--_muted);
        font-variant-numeric: tabular-nums;
      }

      .badges span span {
        unicode-bidi: plaintext;
      }

      .connecting i {
        animation: breathe 1.6s ease-in-out infinite alternate;
      }

      .short {
        display: none;
      }

      @keyframes breathe {
        to {
          opacity: 0.25;
        }
      }

      /* Narrow: one pill, the dot beside the count. What it says stays the same for a screen reader. */
      @container (inline-size < 34em) {
        .badges {
          flex-wrap: nowrap;
          gap: 0;
          padding: 0.3em 0.75em;
          border: 1px solid var(--_line);
          border-radius: 1.1em;
        }

        .badges > span {
          padding: 0;
          border: 0;
        }

        .connection {
          order: -1;
        }

        .viewers + .connection.live i {
          margin-inline-end: 0.5em;
        }

        .long {
          position: absolute;
          inline-size: 1px;
          block-size: 1px;
          overflow: hidden;
          clip-path: inset(50%);
          white-space: nowrap;
        }

        .short {
          display: block;
        }

        .clinic {
          display: none;
        }

        .avatar {
          inline-size: 2.5em;
          block-size: 2.5em;
        }

        /* Anything but live has words of its own, and those count more. */
        .badges:has(.polling, .offline, .connecting) .short {
          display: none;
        }
      }

      @media print {
        .badges {
          display: none;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-header': OpenslotHeader;
  }
}

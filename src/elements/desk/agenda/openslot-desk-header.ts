import { css, html, LitElement, nothing } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { DeskProvider } from '../../../core/desk/types.ts';
import type { Connection } from '../../../core/sync/refresher.ts';
import { enDesk } from '../../../locales/en/desk.ts';
import { defaultDeskDisplay } from '../display.ts';
import { request } from '../../shared/requests.ts';
import { iconBack, iconForward, iconMenu } from '../../shared/icons.ts';
import { Avatar } from '../../shared/avatar.ts';
import { identityStyles } from '../../shared/card.styles.ts';
import { base } from '../../shared/base.styles.ts';

/**
 * @summary The days and the provider that the desk shows, buttons to other days, and the connection.
 *
 * @tagname openslot-desk-header
 *
 * @event openslot-desk-turn - Show other days: `detail.by` is -1, 1, or null for today.
 * @event openslot-desk-provider - Show another provider: `detail.provider` is the id.
 * @event openslot-desk-panel - Open the menu.
 *
 * @csspart avatar - The picture, or the initials in its place.
 * @csspart title - The days.
 * @csspart nav-button - The buttons to other days.
 * @csspart badge - The pill with connection and viewers.
 * @csspart menu-button - The button that opens the menu.
 */
export class OpenslotDeskHeader extends LitElement {
  @property({ attribute: false }) display = defaultDeskDisplay;
  @property({ attribute: false }) messages = enDesk;
  @property({ attribute: false }) provider: DeskProvider | null = null;
  /** The providers that staff can choose from. */
  @property({ attribute: false }) providers: readonly DeskProvider[] = [];
  /** The days shown, `YYYY-MM-DD`. */
  @property({ attribute: false }) days: readonly string[] = [];
  /** Epoch ms by the server's clock. */
  @property({ attribute: false }) now: () => number = () => Date.now();
  /** People viewing the public page; null hides the count. */
  @property({ type: Number }) viewers: number | null = null;
  @property({ type: Boolean, attribute: 'viewers-capped' }) viewersCapped = false;
  @property() connection: Connection = 'connecting';

  @query('.menu') readonly menuButton!: HTMLElement | null;

  readonly #avatar = new Avatar(this);

  protected override render() {
    const { provider, messages } = this;
    if (!provider) return nothing;
    const single = this.days.length === 1;
    return html`
      <div class="who">
        ${this.#avatar.render(provider)}
        <div class="titles">
          <h2 part="title" tabindex="-1" aria-live="polite">${this.#title()}</h2>
          <p class="muted">
            ${this.#renderProvider(provider)}
            <span class="zone">${this.display.zoneName(provider.time_zone, this.now())}</span>
          </p>
        </div>
      </div>
      <nav>
        <button
          part="nav-button"
          class="icon"
          aria-label=${single ? messages.previousDay : messages.previousWeek}
          @click=${() => request(this, 'openslot-desk-turn', { by: -1 })}
        >
          ${iconBack}
        </button>
        <button part="nav-button" @click=${() => request(this, 'openslot-desk-turn', { by: null })}>
          ${messages.today}
        </button>
        <button
          part="nav-button"
          class="icon"
          aria-label=${single ? messages.nextDay : messages.nextWeek}
          @click=${() => request(this, 'openslot-desk-turn', { by: 1 })}
        >
          ${iconForward}
        </button>
      </nav>
      <span part="badge" class="badge ${this.connection}"><i></i><span>${this.#state()}</span></span>
      <button
        part="menu-button"
        class="icon menu"
        aria-label=${messages.menu}
        aria-haspopup="dialog"
        @click=${() => request(this, 'openslot-desk-panel', { panel: 'menu' })}
      >
        ${iconMenu}
      </button>
    `;
  }

  #title(): string {
    const { days, display, messages } = this;
    const [first = '', last = ''] = [days[0], days.at(-1)];
    if (days.length === 1) return display.day(first, 'long');
    return messages.week(display.week(days[3] ?? first), display.dayRange(first, last));
  }

  #renderProvider(provider: DeskProvider) {
    const { providers, messages } = this;
    if (providers.length < 2) return html`<span class="name">${provider.name}</span>`;
    return html`<select
      aria-label=${messages.provider}
      @change=${(event: Event) =>
        request(this, 'openslot-desk-provider', { provider: (event.target as HTMLSelectElement).value })}
    >
      ${providers.map(({ id, name }) => html`<option value=${id} .selected=${id === provider.id}>${name}</option>`)}
    </select>`;
  }

  #state() {
    const { viewers, viewersCapped, connection, display, messages } = this;
    const text = display.messages.connection[connection];
    return viewers === null ? text : messages.liveAnd(text, messages.viewing(viewers, viewersCapped));
  }

  static override styles = [
    base,
    identityStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.6em 0.55em;
      }

      .who {
        flex: 1 1 16em;
        display: flex;
        align-items: center;
        gap: 0.75em;
        min-inline-size: 0;
        margin-inline-end: auto;
      }

      .titles {
        flex: 1;
        min-inline-size: 0;
      }

      .titles .muted {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        column-gap: 0.4em;
      }

      .name {
        min-inline-size: 0;
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
      }

      .zone::before {
        content: '· ';
      }

      select {
        max-inline-size: 100%;
        min-block-size: 1.85em;
        margin-inline-start: -0.45em;
        padding: 0 0.1em;
        border: 1px solid transparent;
        border-radius: calc(var(--_radius) * 0.5);
        background: var(--_surface);
        text-overflow: ellipsis;
      }

      select:hover {
        border-color: var(--_line);
      }

      nav {
        display: flex;
        gap: 0.55em;
      }

      .icon {
        flex: none;
        display: grid;
        place-items: center;
        inline-size: var(--_target);
        padding: 0;
      }

      .badge {
        display: flex;
        align-items: center;
        gap: 0.5em;
        padding: 0.3em 0.75em;
        border: 1px solid var(--_line);
        border-radius: 2em;
        font-size: 0.8em;
        line-height: 1.4;
        color: var(--_muted);
        font-variant-numeric: tabular-nums;
      }

      @container (inline-size < 40em) {
        .who {
          flex-basis: 60%;
        }

        .menu {
          order: 1;
        }

        nav {
          order: 2;
        }

        .badge {
          order: 3;
          margin-inline-start: auto;
        }

        .avatar {
          display: none;
        }
      }

      @media (pointer: coarse) {
        select {
          min-block-size: 44px;
          font-size: max(16px, 1em);
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-desk-header': OpenslotDeskHeader;
  }
}

import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { BookableStart } from '../../../core/calendar/availability.ts';
import { defaultDisplay } from '../../shared/display.ts';
import { request } from '../../shared/requests.ts';
import { base } from '../../shared/base.styles.ts';

/**
 * @summary In which zone times are shown, the other one where patient and provider have different clocks, and the next free time.
 *
 * @tagname openslot-footer
 *
 * @event openslot-zone-change - Times shall be shown in `otherZone`; `detail.zone` is its IANA name.
 * @event openslot-zone-list - Another zone shall be chosen from all there are.
 * @event openslot-time-show - The next free time shall be shown; `detail.start` is its ISO instant.
 *
 * @csspart zone - The zone that times are shown in.
 * @csspart link - The buttons that change the zone and show the next free time.
 */
export class OpenslotFooter extends LitElement {
  @property({ attribute: false }) display = defaultDisplay;
  /** IANA name of a zone that may be shown instead, if there is one. */
  @property({ attribute: 'other-zone' }) otherZone: string | null = null;
  /** Epoch ms by the server's clock: when the zones' offsets are those that are named. */
  @property({ type: Number }) now = 0;
  /** The page says which zone is shown: no other can be chosen. */
  @property({ type: Boolean }) fixed = false;
  @property({ attribute: false }) next: BookableStart | null = null;

  protected override render() {
    const { display, otherZone, next, now } = this;
    const { messages } = display;
    const zone = display.zoneName(display.zone, now);
    return html`
      <p class="muted">
        ${messages.timesShownIn}
        ${
          this.fixed
            ? html`<strong part="zone">${zone}</strong>`
            : html`<button
                part="zone link"
                class="link zone"
                aria-haspopup="dialog"
                @click=${() => request(this, 'openslot-zone-list', null)}
              >
                ${zone}
              </button>`
        }
        ${
          otherZone
            ? html`<button
                part="link"
                class="link"
                @click=${() => request(this, 'openslot-zone-change', { zone: otherZone })}
              >
                ${messages.showInZone(display.zoneName(otherZone, now))}
              </button>`
            : nothing
        }
      </p>
      ${
        next
          ? html`<p class="muted">
              ${messages.nextFree}
              <button
                part="link"
                class="link time"
                @click=${() => request(this, 'openslot-time-show', { start: next.start })}
              >
                ${display.when(next.at, 'short')}
              </button>
            </p>`
          : nothing
      }
    `;
  }

  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0.1em 1.5em;
      }

      p {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        column-gap: 0.4em;
      }

      .link + .link {
        margin-inline-start: 0.3em;
      }

      .zone,
      strong {
        color: var(--_text);
        font-weight: 650;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-footer': OpenslotFooter;
  }
}

import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { defaultDisplay } from './display.ts';
import { base } from './styles.ts';

const WEEKS = 5;
const TIMES = 9;

/**
 * @summary Holds the place of header, services, calendar and times while they load, in their sizes, so that nothing jumps.
 *
 * @tagname openslot-skeleton
 */
export class OpenslotSkeleton extends LitElement {
  @property({ attribute: false }) display = defaultDisplay;

  protected override render() {
    const tiles = (count: number) => Array.from({ length: count }, () => html`<i></i>`);
    return html`
      <p class="visually-hidden" role="status">${this.display.messages.loading}</p>
      <div aria-hidden="true">
        <div class="header">
          <i class="avatar"></i><span><i class="line"></i><i class="line short"></i></span>
        </div>
        <div class="services">${tiles(3)}</div>
        <div class="columns">
          <div>
            <i class="line title"></i>
            <div class="days">${tiles(7 * WEEKS)}</div>
          </div>
          <div>
            <i class="line"></i>
            <i class="line short"></i>
            <div class="times">${tiles(TIMES)}</div>
          </div>
        </div>
        <div class="footer"><i class="line"></i></div>
      </div>
    `;
  }

  static override styles = [
    base,
    css`
      i {
        display: block;
        border-radius: calc(var(--_radius) * 0.8);
        background: color-mix(in oklab, var(--_text) 6%, var(--_surface));
        animation: breathe 1.4s ease-in-out infinite alternate;
      }

      .header,
      .services,
      .footer {
        display: flex;
        align-items: center;
        gap: 0.75em;
        padding: calc(var(--_pad) * 0.75) var(--_pad);
        border-block-end: 1px solid var(--_line);
      }

      .footer {
        border: 0;
        border-block-start: 1px solid var(--_line);
      }

      .header span {
        display: grid;
        gap: 0.5em;
      }

      .avatar {
        inline-size: 2.8em;
        block-size: 2.8em;
        border-radius: 50%;
      }

      .line {
        inline-size: 11em;
        max-inline-size: 100%;
        block-size: 1em;
      }

      .short {
        inline-size: 7em;
      }

      .services {
        gap: var(--_gap);
      }

      .services i {
        inline-size: 8em;
        block-size: var(--_target);
      }

      .columns > div {
        padding: var(--_pad);
      }

      .columns .short {
        margin-block-start: 0.5em;
      }

      .title {
        margin-block: 0.75em 2.9em;
      }

      .days,
      .times {
        display: grid;
        grid-template-columns: repeat(7, 1fr);
        gap: 0.15em;
      }

      .days i {
        block-size: max(var(--_target), 2.9em);
      }

      .times {
        grid-template-columns: repeat(auto-fill, minmax(5.6em, 1fr));
        gap: var(--_gap);
        margin-block-start: 2.75em;
      }

      .times i {
        block-size: var(--_target);
      }

      @container (inline-size >= 40em) {
        .columns {
          display: grid;
          grid-template-columns: 1.1fr 1fr;
        }

        .columns > div + div {
          border-inline-start: 1px solid var(--_line);
        }
      }

      @keyframes breathe {
        to {
          opacity: 0.45;
        }
      }

      @media (forced-colors: active) {
        i {
          border: 1px solid GrayText;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-skeleton': OpenslotSkeleton;
  }
}

import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { defaultDisplay } from '../../shared/display.ts';
import { base } from '../../shared/base.styles.ts';

const DAYS = 35;
const TIMES = 18;
const SERVICES = 3;
const BARS = 4;

/**
 * @summary Holds the place of header, services, calendar and times while they load, in their sizes, so that nothing jumps; or of an appointment.
 *
 * @tagname openslot-skeleton
 */
export class OpenslotSkeleton extends LitElement {
  @property({ attribute: false }) display = defaultDisplay;
  /** Of an appointment. */
  @property({ type: Boolean }) brief = false;

  protected override render() {
    const { messages } = this.display;
    const tiles = (count: number) => Array.from({ length: count }, () => html`<i></i>`);
    const status = (text: string) => html`<p class="visually-hidden" role="status">${text}</p>`;
    if (this.brief)
      return html`${status(messages.loadingAppointment)}
        <div class="brief">${tiles(BARS)}</div>`;
    return html`
      ${status(messages.loading)}
      <div class="row">
        <i class="avatar"></i>
        <i></i>
      </div>
      <div class="row">${tiles(SERVICES)}</div>
      <div class="columns">
        <div class="days">${tiles(DAYS)}</div>
        <div class="times">${tiles(TIMES)}</div>
      </div>
      <div class="row footer"></div>
    `;
  }

  static override styles = [
    base,
    css`
      i,
      .columns div::before {
        display: block;
        min-block-size: var(--_target);
        border-radius: calc(var(--_radius) * 0.8);
        background: color-mix(in oklab, var(--_text) 6%, var(--_surface));
        animation: breathe 1.4s ease-in-out infinite alternate;
      }

      .row {
        display: flex;
        gap: 0.5em;
        padding: calc(var(--_pad) * 0.8) var(--_pad);
        border-block-end: 1px solid var(--_line);
      }

      .row i {
        inline-size: 8em;
      }

      .row .avatar {
        inline-size: 2.8em;
        block-size: 2.8em;
        border-radius: 50%;
      }

      .brief {
        display: grid;
        justify-content: center;
        justify-items: center;
        gap: 1em;
        padding: 3em;
      }

      .brief i {
        inline-size: min(16em, 60cqi);
      }

      .brief :first-child {
        inline-size: 3.6em;
        block-size: 3.6em;
        border-radius: 50%;
      }

      .footer {
        border-block: 1px solid var(--_line);
        border-block-end: 0;
      }

      .columns div {
        display: grid;
        grid-template-columns: repeat(7, 1fr);
        align-content: start;
        gap: 0.15em;
        padding: var(--_pad);
      }

      .columns div::before {
        content: '';
        grid-column: 1 / -1;
        inline-size: 50%;
        min-block-size: 1.2em;
        margin-block: 0.3em 3em;
      }

      .days i {
        min-block-size: max(var(--_target), calc(var(--openslot-density, 1) * 2.9em));
      }

      .columns .times {
        grid-template-columns: repeat(3, 1fr);
        gap: var(--_gap);
      }

      @container (inline-size >= 40em) {
        .columns {
          display: grid;
          grid-template-columns: 1.12fr 1fr;
        }

        .times {
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

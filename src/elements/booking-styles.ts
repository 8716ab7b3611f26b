/** Layout of `<openslot-booking>`: one column, or two where there is room for them. */
import { css } from 'lit';

export const bookingStyles = css`
  :host {
    container-type: inline-size;
    /* Without a width of its own, as in a flex row, it takes this one instead of none. */
    contain-intrinsic-inline-size: 44em;
    /* In a grid or flex row that has less it takes less. */
    min-inline-size: 0;
    max-inline-size: 100%;
    font-size: var(--openslot-font-size, 0.9375em);
    line-height: 1.5;
  }

  .card {
    position: relative;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.35);
    background: var(--_surface);
    box-shadow: var(--openslot-shadow, 0 1px 2px rgb(0 0 0 / 4%), 0 12px 32px -12px rgb(0 0 0 / 14%));
    overflow: clip;
  }

  .row {
    padding: calc(var(--_pad) * 0.8) var(--_pad);
    border-block-end: 1px solid var(--_line);
  }

  .alone {
    display: block;
    margin: var(--_pad);
  }

  .column {
    padding: calc(var(--_pad) * 0.9) var(--_pad) var(--_pad);
    min-inline-size: 0;
  }

  .column openslot-notice {
    margin-block-start: calc(var(--_gap) * 1.5);
  }

  .columns .times {
    border-block-start: 1px solid var(--_line);
  }

  .footer {
    padding: calc(var(--_pad) * 0.55) var(--_pad);
    border-block-start: 1px solid var(--_line);
  }

  openslot-form,
  openslot-confirmation,
  openslot-move,
  .columns {
    animation: enter 220ms ease-out;
  }

  @keyframes enter {
    from {
      opacity: 0;
      transform: translateY(0.3em);
    }
  }

  @container (inline-size < 26em) {
    .card {
      --_inset: 0.9em;
      --_pad: calc(var(--openslot-density, 1) * var(--_inset));
    }
  }

  @container (inline-size >= 40em) {
    .columns {
      display: grid;
      grid-template-columns: minmax(0, 1.12fr) minmax(0, 1fr);
    }

    .columns .times {
      border-block-start: 0;
      border-inline-start: 1px solid var(--_line);
    }
  }

  @media print {
    .card {
      border: 0;
      box-shadow: none;
    }
  }
`;

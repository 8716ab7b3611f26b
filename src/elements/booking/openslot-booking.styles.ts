/** Layout of `<openslot-booking>`: one column, or two where there is room for them. */
import { css } from 'lit';

export const bookingStyles = css`
  :host {
    /* Without a width of its own, as in a flex row, it takes this one instead of none, but never more than the page has. */
    contain-intrinsic-inline-size: min(44em, 80vw);
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

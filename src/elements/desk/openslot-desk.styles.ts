/** Layout of `<openslot-desk>`: the agenda, with the column of news and hours beside it or below. */
import { css } from 'lit';

export const deskStyles = css`
  :host {
    /* In a flex row, for example, the desk has no width of its own. Then it takes this one, but never more than the page has. */
    contain-intrinsic-inline-size: min(70em, 80vw);
  }

  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }

  .side {
    padding: var(--_pad);
    border-block-start: 1px solid var(--_line);
  }

  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5em 1em;
    padding: calc(var(--_gap) * 1.5) var(--_pad);
    border-block-end: 1px solid color-mix(in oklab, var(--_warn) 45%, var(--_surface));
    background: var(--_warn-tint);
    line-height: 1.45;
  }

  .calm {
    border-color: var(--_line);
    background: var(--_tint);
  }

  .alone {
    display: block;
    margin-block: clamp(1.5em, 8cqi, 5em);
    padding-inline: var(--_pad);
  }

  openslot-desk-dialog .alone {
    margin-block: 0;
    padding-inline: 0;
  }

  /* About as high as the panel that loads, so that the dialog moves little when the panel appears. */
  .awaited {
    min-block-size: min(60dvh, 32em);
    color: var(--_muted);
  }

  .empty {
    display: grid;
    justify-items: center;
    gap: 0.6em;
    text-align: center;
  }

  .empty p {
    max-inline-size: 34em;
  }

  .menu {
    display: grid;
    gap: 0.5em;
  }

  .menu button {
    text-align: start;
  }

  .strip {
    display: grid;
    grid-template-columns: repeat(7, minmax(0, 1fr));
    gap: 0.2em;
    padding: 0.5em calc(var(--_pad) * 0.6);
    border-block-end: 1px solid var(--_line);
  }

  .strip button {
    position: relative;
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 0.1em;
    min-block-size: max(44px, 3.1em);
    padding: 0;
    border-color: transparent;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }

  .strip [data-letter]::before {
    content: attr(data-letter) / '';
    display: block;
    font-size: 0.8em;
    font-weight: 400;
    line-height: 1.3;
    color: var(--_muted);
  }

  .strip .today {
    color: var(--_accent);
  }

  .strip [aria-pressed='true'] {
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .strip [aria-pressed='true'] [data-letter]::before {
    color: inherit;
  }

  .strip .busy::after {
    content: '';
    position: absolute;
    inset-block-end: 0.25em;
    inline-size: 0.3em;
    block-size: 0.3em;
    border-radius: 50%;
    background: currentcolor;
  }

  .skeleton {
    display: grid;
    grid-template-columns: repeat(5, 1fr);
    align-items: start;
    gap: 0.6em;
    padding: var(--_pad);
    min-block-size: 30em;
  }

  .skeleton i {
    block-size: 5em;
    border-radius: calc(var(--_radius) * 0.8);
    background: color-mix(in oklab, var(--_text) 6%, var(--_surface));
    animation: breathe 1.4s ease-in-out infinite alternate;
  }

  .skeleton i:nth-of-type(2) {
    margin-block-start: 4em;
  }

  .skeleton i:nth-of-type(3) {
    margin-block-start: 9em;
    block-size: 8em;
  }

  .skeleton i:nth-of-type(4) {
    margin-block-start: 2em;
  }

  .skeleton i:nth-of-type(5) {
    margin-block-start: 14em;
  }

  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }

  @container (inline-size < 26em) {
    .card {
      --_inset: 0.9em;
      --_pad: calc(var(--openslot-density, 1) * var(--_inset));
    }
  }

  @container (inline-size >= 62em) {
    .columns {
      grid-template-columns: minmax(0, 1fr) 19em;
    }

    .side {
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

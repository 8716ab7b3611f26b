/** The column beside the agenda. The rings before the news are in `shared/ring.styles.ts`. */
import { css } from 'lit';

export const sideStyles = css`
  :host {
    container-type: inline-size;
  }

  section + section {
    margin-block-start: 1.5em;
  }

  h3 {
    margin-block-end: 0.65em;
    font-size: 0.8667em;
    color: var(--_muted);
  }

  ol,
  ul,
  dl {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  ol {
    display: grid;
    gap: 0.7em;
  }

  ol li {
    padding-inline-start: 1.15em;
    line-height: 1.45;
  }

  ol li::before {
    inset-inline-start: 0;
    inset-block-start: 0.5em;
    inline-size: 0.5em;
  }

  ol .link {
    display: block;
    max-inline-size: 100%;
    color: inherit;
    font-weight: 400;
    line-height: 1.45;
    overflow-wrap: anywhere;
  }

  /* Cuts a long name off; the appointment's panel shows all of it. */
  ol strong {
    display: inline-block;
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    vertical-align: bottom;
  }

  dl {
    display: grid;
    gap: 0.45em;
    margin-block-end: 0.9em;
  }

  dl div {
    display: grid;
    grid-template-columns: 2.9em minmax(2em, 1fr) minmax(3.2em, auto);
    align-items: center;
    gap: 0.6em;
  }

  dt {
    white-space: nowrap;
  }

  .closed dt {
    color: var(--_muted);
  }

  dd {
    margin: 0;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }

  .bar {
    position: relative;
    block-size: 0.5em;
    border-radius: 0.25em;
    background: var(--_tile);
    overflow: hidden;
  }

  .bar i {
    position: absolute;
    inset-block: 0;
    inset-inline: calc((var(--_at) - var(--_from)) / (var(--_until) - var(--_from)) * 100%)
      calc((var(--_until) - var(--_end)) / (var(--_until) - var(--_from)) * 100%);
    border-radius: 0.2em;
    background: var(--_accent);
  }

  button:not(.link) {
    inline-size: 100%;
  }

  .exception {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1em;
    padding-block: 0.2em;
  }

  .exception span {
    min-inline-size: 0;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }

  @media (forced-colors: active) {
    .bar {
      border: 1px solid GrayText;
    }

    .bar i {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;

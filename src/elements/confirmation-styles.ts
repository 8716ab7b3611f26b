/** The one celebratory screen; in print it is the patient's slip. */
import { css } from 'lit';

export const confirmationStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: center;
    gap: 0.4em;
    padding: calc(var(--_pad) * 2) var(--_pad);
    text-align: center;
    line-height: 1.5;
  }

  h3 {
    font-size: 1.45em;
    letter-spacing: -0.015em;
  }

  .seal {
    display: grid;
    place-items: center;
    inline-size: 2.4em;
    block-size: 2.4em;
    margin-block-end: 0.45em;
    border-radius: 50%;
    background: var(--_tint);
    color: var(--_accent);
    font-size: 1.5em;
    animation: settle 500ms cubic-bezier(0.2, 1.3, 0.4, 1);
  }

  .seal.gone {
    display: none;
  }

  .seal path {
    stroke-dasharray: 16;
    animation: draw 450ms 200ms ease-out backwards;
  }

  .when {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    column-gap: 0.6em;
    margin-block: 0.35em;
    font-size: 1.3em;
    line-height: 1.35;
  }

  .when .time {
    color: var(--_accent);
    white-space: nowrap;
  }

  .when.gone,
  .when.gone .time,
  dl .gone dd {
    color: var(--_muted);
    text-decoration: line-through;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_gap);
    margin-block-start: 1.25em;
  }

  .next {
    max-inline-size: 44ch;
    margin-block-start: 1.25em;
    text-wrap: pretty;
  }

  .ask {
    max-inline-size: 26em;
    margin-block-start: 1.25em;
    padding: 1em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_tile);
  }

  .ask .actions {
    margin-block-start: 0.75em;
  }

  .ask button {
    background: var(--_surface);
  }

  #ask:focus {
    outline: none;
  }

  dl {
    display: grid;
    gap: 0.4em;
    margin: 0.75em 0;
    font-size: 1.0667em;
    text-align: start;
  }

  dl > div {
    display: grid;
    grid-template-columns: 4em 1fr;
    gap: 0.5em;
  }

  dt {
    color: var(--_muted);
  }

  dd {
    margin: 0;
  }

  ::slotted(*) {
    inline-size: 100%;
    max-inline-size: 30em;
    margin-block-start: 1em;
    text-align: start;
  }

  @keyframes settle {
    from {
      opacity: 0;
      transform: scale(0.6);
    }
  }

  @keyframes draw {
    from {
      stroke-dashoffset: 16;
    }
  }

  @media print {
    .actions,
    .seal {
      display: none;
    }
  }
`;

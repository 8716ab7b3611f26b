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

  /* Large, as long as the longest word finds room. */
  h3 {
    font-size: clamp(1.1em, 7cqi, 1.45em);
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

  .seal.changed {
    background: var(--_warn-tint);
    color: var(--_warn);
  }

  .seal.gone,
  .seal.over {
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
    font-size: clamp(1em, 6cqi, 1.3em);
    line-height: 1.35;
  }

  .time {
    color: var(--_accent);
    white-space: nowrap;
  }

  .gone,
  .over,
  .gone .time,
  .over .time {
    color: var(--_muted);
  }

  .when.gone {
    text-decoration: line-through;
  }

  .what {
    margin-block-start: 0.2em;
  }

  figure {
    max-inline-size: min(34em, 100%);
    margin: 1em 0 0;
    padding: 0.75em 1em;
    border-inline-start: 3px solid color-mix(in oklab, var(--_warn) 45%, var(--_surface));
    border-radius: calc(var(--_radius) * 0.4);
    background: var(--_warn-tint);
    text-align: start;
  }

  figcaption,
  blockquote {
    margin: 0;
    white-space: pre-line;
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    overflow-wrap: anywhere;
  }

  .next {
    max-inline-size: 44ch;
    margin-block-start: 1.25em;
    text-wrap: pretty;
  }

  ::slotted(*) {
    inline-size: 100%;
    margin-block-start: 1.25em;
  }

  ::slotted(openslot-notice) {
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
    .seal {
      display: none;
    }
  }
`;

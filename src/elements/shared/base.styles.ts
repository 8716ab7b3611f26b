/**
 * The base of all elements: the public tokens with their defaults, and rules that several elements need. Sizes are in em,
 * so that the elements follow the page's font.
 */
import { css } from 'lit';

export const base = css`
  :host {
    --_accent: var(--openslot-accent, light-dark(oklch(0.47 0.085 190), oklch(0.78 0.09 187)));
    /* Black or white, whichever is readable on the accent. */
    --_on-accent: var(--openslot-on-accent, oklch(from var(--_accent) clamp(0.16, (0.66 - l) * 1000, 1) 0 0));
    --_surface: var(--openslot-surface, light-dark(#fff, oklch(0.215 0.008 190)));
    --_text: var(--openslot-text, light-dark(oklch(0.22 0.012 190), oklch(0.95 0.006 190)));
    --_muted: var(--openslot-muted, color-mix(in oklab, var(--_text) 68%, var(--_surface)));
    --_line: var(--openslot-line, color-mix(in oklab, var(--_text) 13%, var(--_surface)));
    --_field: color-mix(in oklab, var(--_text) 48%, var(--_surface));
    --_tile: color-mix(in oklab, var(--_text) 4%, var(--_surface));
    --_tint: color-mix(in oklab, var(--_accent) 9%, var(--_surface));
    --_warn: var(--openslot-warn, light-dark(oklch(0.55 0.12 60), oklch(0.82 0.12 80)));
    --_warn-tint: color-mix(in oklab, var(--_warn) 10%, var(--_surface));
    --_danger: var(--openslot-danger, light-dark(oklch(0.5 0.17 25), oklch(0.77 0.13 25)));
    --_radius: var(--openslot-radius, 0.75em);
    --_gap: calc(var(--openslot-density, 1) * 0.5em);
    --_pad: calc(var(--openslot-density, 1) * var(--_inset, 1.25em));
    --_target: calc(var(--openslot-density, 1) * 2.5em);
    --_motion: 300ms cubic-bezier(0.2, 0, 0, 1);
    display: block;
    color: var(--_text);
    overflow-wrap: break-word;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  h2,
  h3,
  p {
    margin: 0;
  }

  /* Each text runs in the direction of its own language, but begins on the side where the page's lines begin. */
  h2,
  h3,
  h4,
  p,
  dd,
  label,
  legend,
  small,
  .link {
    min-inline-size: 0;
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  button {
    unicode-bidi: plaintext;
  }

  h2,
  h3 {
    font-size: 1.0667em;
    font-weight: 650;
    line-height: 1.35;
    letter-spacing: -0.005em;
    text-wrap: balance;
  }

  h2:focus,
  h3:focus {
    outline: none;
  }

  strong {
    font-weight: 650;
  }

  .muted {
    font-size: 0.8667em;
    line-height: 1.5;
    color: var(--_muted);
  }

  button,
  input,
  textarea,
  select {
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
    margin: 0;
  }

  button {
    min-block-size: var(--_target);
    padding: 0.35em 0.85em;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.8);
    background: none;
    line-height: 1.3;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
    transition:
      background-color 120ms,
      border-color 120ms,
      color 120ms,
      opacity 120ms;
  }

  button:disabled,
  button[aria-disabled='true'] {
    cursor: default;
  }

  @media (hover: hover) {
    button:not(:disabled, [aria-disabled='true']):hover {
      border-color: color-mix(in oklab, var(--_accent) 55%, var(--_line));
      background-color: var(--_tint);
    }
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .link {
    min-block-size: max(24px, 1.5em);
    padding: 0;
    border: 0;
    border-radius: 0.2em;
    color: var(--_accent);
    font-weight: 650;
  }

  @media (hover: hover) {
    .link:not(:disabled):hover {
      background: none;
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
  }

  .time {
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }

  svg {
    display: block;
  }

  .directed:dir(rtl) {
    transform: scaleX(-1);
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (pointer: coarse) {
    :host {
      --_target: max(44px, calc(var(--openslot-density, 1) * 2.5em));
    }

    .link {
      min-block-size: 44px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;

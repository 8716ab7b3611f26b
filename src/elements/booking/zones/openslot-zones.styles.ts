import { css } from 'lit';

export const zonesStyles = css`
  dialog {
    inline-size: min(26em, 100vw - 1.5em);
    max-block-size: min(34em, 100dvh - 1.5em);
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.35);
    background: var(--_surface);
    color: var(--_text);
    font-size: var(--openslot-font-size, 0.9375em);
    box-shadow: 0 1.5em 4em -1em rgb(0 0 0 / 35%);
  }

  dialog[open] {
    display: flex;
    animation: appear 180ms ease-out;
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 35%);
  }

  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(0.4em);
    }
  }

  .box {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
  }

  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 0.75em 0.75em 0.5em 1.1em;
  }

  .close {
    display: grid;
    place-items: center;
    inline-size: var(--_target);
    padding: 0;
    border: 0;
  }

  input {
    flex: none;
    margin-inline: 1.1em;
    min-block-size: var(--_target);
    padding: 0.45em 0.75em;
    border: 1px solid var(--_field);
    border-radius: calc(var(--_radius) * 0.8);
    background: var(--_surface);
    line-height: 1.4;
  }

  input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  input:focus-visible {
    border-color: var(--_accent);
    outline-offset: -1px;
  }

  .zones {
    flex: 1;
    min-block-size: 3em;
    margin-block-start: 0.75em;
    padding: 0 0.6em 0.75em;
    overflow-y: auto;
    overscroll-behavior: contain;
    border-block-start: 1px solid var(--_line);
  }

  .zones:empty,
  .zones:not(:has([role='option'])) {
    display: none;
  }

  h4 {
    margin: 0;
    padding: 0.9em 0.5em 0.35em;
    font-weight: 500;
  }

  .option {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 0.75em;
    min-block-size: var(--_target);
    padding: 0.55em 0.5em;
    border-radius: calc(var(--_radius) * 0.6);
    cursor: pointer;
  }

  .option > :last-child {
    flex: none;
    font-variant-numeric: tabular-nums;
  }

  .option strong {
    font-weight: 650;
  }

  .place {
    min-inline-size: 0;
  }

  .clock {
    color: var(--_text);
  }

  [aria-selected='true'] strong,
  [aria-selected='true'] .clock {
    color: var(--_accent);
    font-weight: 700;
  }

  [data-active] {
    background: var(--_tint);
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  @media (hover: hover) {
    .option:hover {
      background: var(--_tint);
    }
  }

  .none {
    padding: 1.25em 1.1em 1.75em;
  }

  @media (pointer: coarse) {
    input {
      font-size: max(16px, 1em);
    }
  }
`;

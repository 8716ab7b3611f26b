/** The agenda. Heights are minutes: the days reach from `--_from` to `--_until`, an item in them from `--_at` to `--_end`. */
import { css } from 'lit';

export const agendaStyles = css`
  :host {
    --_cell: 1.85em;
    --_heading: 3.9em;
    --_red: light-dark(oklch(0.58 0.2 25), oklch(0.68 0.19 25));
    --_booked: color-mix(in oklab, var(--_accent) 15%, var(--_surface));
    --_hatch: color-mix(in oklab, var(--_text) 9%, transparent);
    --_dash: color-mix(in oklab, var(--_text) 32%, var(--_surface));
  }

  [role='grid'] {
    --_hour: clamp(4em, calc(60 / var(--_step) * var(--_cell)), 11.1em);
    display: flex;
    user-select: none;
  }

  .hours {
    position: relative;
    flex: none;
    inline-size: 4.1em;
    margin-block-start: var(--_heading);
  }

  .hours span {
    position: absolute;
    inset-inline-end: 0.75em;
    font-size: 0.8em;
    line-height: 1.5;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    unicode-bidi: plaintext;
    /* This font is smaller than the one that the height of an hour is measured in. */
    inset-block-start: calc((var(--_at) - var(--_from)) / 60 * var(--_hour) / 0.8 - 0.75em);
  }

  .day {
    flex: 1 1 0;
    min-inline-size: 0;
    border-inline-start: 1px solid var(--_line);
  }

  .quiet {
    flex-grow: 0.42;
  }

  .heading {
    position: sticky;
    inset-block-start: 0;
    z-index: 3;
    display: grid;
    align-content: center;
    justify-items: center;
    block-size: var(--_heading);
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
    line-height: 1.35;
  }

  .heading span {
    font-size: 0.8667em;
    color: var(--_muted);
  }

  .heading strong {
    font-size: 1.0667em;
    font-variant-numeric: tabular-nums;
  }

  .today .heading strong {
    color: var(--_accent);
    text-decoration: underline;
    text-decoration-thickness: 0.12em;
    text-underline-offset: 0.3em;
  }

  .quiet strong {
    font-weight: 400;
    color: var(--_muted);
  }

  .column {
    position: relative;
    block-size: calc((var(--_until) - var(--_from)) / 60 * var(--_hour));
    background: repeating-linear-gradient(
      to bottom,
      transparent 0,
      transparent calc(var(--_hour) - 1px),
      var(--_line) calc(var(--_hour) - 1px),
      var(--_line) var(--_hour)
    );
  }

  .run,
  .cell,
  .appointment,
  .buffer,
  .ghost {
    position: absolute;
    inset-inline: 0.3em;
    inset-block-start: calc((var(--_at) - var(--_from)) / 60 * var(--_hour) + 1px);
    block-size: calc((var(--_end) - var(--_at)) / 60 * var(--_hour) - 3px);
  }

  .run {
    overflow: hidden;
    border: 1px dashed var(--_dash);
    border-radius: calc(var(--_radius) * 0.6);
    background: repeating-linear-gradient(-45deg, transparent 0 0.5em, var(--_hatch) 0.5em calc(0.5em + 1px));
    color: var(--_muted);
    pointer-events: none;
  }

  .run span {
    display: inline-block;
    padding: 0.15em 0.55em;
    border-end-end-radius: calc(var(--_radius) * 0.4);
    background: var(--_surface);
    font-size: 0.8667em;
    line-height: 1.45;
  }

  .run.past {
    border-color: var(--_line);
    opacity: 0.7;
  }

  .run.blocked,
  .run.full {
    border-color: transparent;
    background:
      repeating-linear-gradient(
        45deg,
        transparent 0 0.3em,
        color-mix(in oklab, var(--_text) 10%, transparent) 0.3em calc(0.3em + 1px)
      ),
      color-mix(in oklab, var(--_text) 5%, var(--_surface));
  }

  .run.blocked span,
  .run.full span {
    background: none;
    font-weight: 650;
  }

  .run.held {
    border: 0;
    border-inline-start: 3px solid var(--_warn);
    background: var(--_warn-tint);
    color: var(--_text);
  }

  .run.held span {
    background: none;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }

  button {
    min-block-size: 0;
  }

  .cell {
    padding: 0;
    border: 0;
    border-radius: calc(var(--_radius) * 0.5);
  }

  .cell.past {
    cursor: default;
  }

  @media (hover: hover) {
    .cell:not(.past):hover {
      background: color-mix(in oklab, var(--_accent) 14%, transparent);
    }

    .cell.past:hover {
      background: none;
    }
  }

  .cell[aria-selected='true'] {
    background: color-mix(in oklab, var(--_accent) 24%, transparent);
    box-shadow: 0 0 0 1.5px var(--_accent);
  }

  .cell:focus-visible,
  .appointment:focus-visible {
    z-index: 2;
    outline-offset: 1px;
  }

  .now {
    position: absolute;
    z-index: 2;
    inset-inline: -0.3em 0;
    inset-block-start: calc((var(--_at) - var(--_from)) / 60 * var(--_hour) - 1px);
    block-size: 2px;
    background: var(--_red);
    pointer-events: none;
  }

  .now::before {
    content: '';
    position: absolute;
    inset-block-start: -0.22em;
    inset-inline-start: 0;
    inline-size: 0.55em;
    block-size: 0.55em;
    border-radius: 50%;
    background: var(--_red);
  }

  .one .heading {
    display: none;
  }

  .one .hours {
    margin-block-start: 0;
  }

  .one .column {
    margin-block-start: 0;
  }

  @media (pointer: coarse) {
    :host {
      --_cell: 44px;
    }

    [role='grid'] {
      --_hour: clamp(4em, calc(60 / var(--_step) * var(--_cell)), 12em);
    }
  }

  @media (forced-colors: active) {
    .cell[aria-selected='true'] {
      forced-color-adjust: none;
      background: Highlight;
      opacity: 0.6;
    }

    .run {
      border: 1px dashed GrayText;
    }

    .now,
    .now::before {
      forced-color-adjust: none;
      background: Mark;
    }
  }

  @media print {
    .cell {
      display: none;
    }
  }
`;

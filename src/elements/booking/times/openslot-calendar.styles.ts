/** A page of days: tiles for those that can be booked, the rest recede. */
import { css } from 'lit';

export const calendarStyles = css`
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_gap);
    margin-block-end: calc(var(--_gap) * 0.75);
  }

  h3 {
    flex: 1 1 auto;
  }

  header button {
    display: grid;
    place-items: center;
    inline-size: var(--_target);
    padding: 0;
  }

  header [aria-disabled='true'] {
    opacity: 0.4;
  }

  table {
    inline-size: calc(100% + 0.3em);
    margin-inline: -0.15em;
    table-layout: fixed;
    border-collapse: separate;
    border-spacing: 0.15em;
  }

  th {
    padding: 0.35em 0;
    font-size: min(0.8em, 4cqi);
    font-weight: 400;
    color: var(--_muted);
    overflow: hidden;
    white-space: nowrap;
  }

  td {
    padding: 0;
  }

  .day {
    position: relative;
    display: grid;
    place-content: center;
    justify-items: center;
    inline-size: 100%;
    min-block-size: max(var(--_target), calc(var(--openslot-density, 1) * 2.9em));
    padding: 0;
    border-color: transparent;
    /* Seven days side by side: where letters are very large, the width decides. */
    font-size: min(1em, 6.5cqi);
    font-variant-numeric: tabular-nums;
    color: color-mix(in oklab, var(--_text) 56%, var(--_surface));
  }

  .day:focus-visible {
    z-index: 1;
  }

  .day:hover {
    border-color: transparent;
  }

  .bookable {
    background: var(--_tile);
    color: var(--_text);
    font-weight: 650;
  }

  .today {
    border-color: color-mix(in oklab, var(--_text) 30%, var(--_surface));
  }

  .selected {
    border-color: var(--_accent);
  }

  .selected.bookable,
  .selected.bookable:hover {
    background: var(--_accent);
    color: var(--_on-accent);
  }

  [data-month]::before {
    content: attr(data-month);
    position: absolute;
    inset-block-start: 0.2em;
    inset-inline: 0;
    text-align: center;
    font-size: 0.6667em;
    font-weight: 400;
    line-height: 1;
  }

  i {
    position: absolute;
    inset-block-end: 0.4em;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: 12%;
    block-size: 3px;
    border-radius: 3px;
    background: currentcolor;
    color: var(--_accent);
    transition: inline-size var(--_motion);
  }

  .selected i {
    color: inherit;
    opacity: 0.75;
  }

  i[data-share='2'] {
    inline-size: 22%;
  }

  i[data-share='3'] {
    inline-size: 34%;
  }

  i[data-share='4'] {
    inline-size: 48%;
  }

  .legend {
    margin-block-start: var(--_gap);
    font-size: 0.8em;
  }

  @media (forced-colors: active) {
    .selected.bookable {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }

    .day {
      border-color: Canvas;
    }

    .bookable {
      border-color: ButtonText;
    }

    .today {
      outline: 2px dotted CanvasText;
      outline-offset: -4px;
    }
  }
`;

/** As many days side by side as there is room for; a list of days where there is little. */
import { css } from 'lit';

export const weekStyles = css`
  :host {
    container-type: inline-size;
  }

  header {
    display: flex;
    align-items: center;
    gap: var(--_gap);
    padding: calc(var(--_pad) * 0.9) var(--_pad) calc(var(--_gap) * 0.75);
  }

  h3 {
    flex: 1 1 auto;
  }

  header button {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: var(--_target);
    padding: 0;
  }

  header [aria-disabled='true'] {
    opacity: 0.4;
  }

  .days {
    display: grid;
    padding: 0 var(--_pad) var(--_pad);
  }

  .day {
    min-inline-size: 0;
    padding-block: calc(var(--_gap) * 1.25);
    border-block-start: 1px solid var(--_line);
  }

  .day:first-child {
    border-block-start: 0;
  }

  .name {
    font-size: 0.9333em;
    font-weight: 650;
    line-height: 1.4;
  }

  .empty {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.75em;
  }

  .empty .name {
    color: var(--_muted);
    font-weight: 400;
  }

  .today .name {
    text-decoration: underline 2px var(--_accent);
    text-underline-offset: 0.3em;
  }

  openslot-times::part(count) {
    display: none;
  }

  /* The day is named above. Screen readers still read its heading. */
  openslot-times::part(heading),
  openslot-times::part(group-label) {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  openslot-times {
    position: relative;
    margin-block-start: var(--_gap);
  }

  .link {
    margin-block-start: var(--_gap);
  }

  @container (inline-size >= 40em) {
    /* Rows in common: where one day's name takes two lines, the times of all begin below. */
    .days {
      grid-auto-flow: column;
      grid-auto-columns: minmax(0, 1fr);
      grid-template-rows: auto auto 1fr;
      column-gap: var(--_gap);
    }

    .day,
    .empty {
      display: grid;
      grid-row: 1 / -1;
      grid-template-rows: subgrid;
      border: 0;
      padding: 0;
    }

    .name {
      text-align: center;
    }

    .nothing {
      padding-block: 0.6em;
      text-align: center;
    }

    .link {
      inline-size: 100%;
      text-align: center;
    }
  }
`;

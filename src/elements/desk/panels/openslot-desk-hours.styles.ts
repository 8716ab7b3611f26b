/** The panel that edits the hours. */
import { css } from 'lit';

export const hoursStyles = css`
  form {
    gap: 1.4em;
  }

  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    margin-block-end: 0.5em;
    padding: 0;
    font-weight: 650;
  }

  .day {
    display: grid;
    grid-template-columns: 7em minmax(0, 1fr) auto;
    align-items: start;
    gap: 0.5em;
    padding-block: 0.4em;
    border-block-start: 1px solid var(--_line);
  }

  .day .name {
    padding-block: 0.5em;
  }

  .day .ranges > .muted {
    padding-block: 0.65em;
  }

  .ranges {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4em 1em;
  }

  .times {
    display: flex;
    align-items: center;
    gap: 0.3em;
  }

  .times input {
    flex: 0 1 8.8em;
    min-inline-size: 0;
    padding-inline: 0.5em;
  }

  .times .muted {
    white-space: nowrap;
  }

  .icon {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: var(--_target);
    padding: 0;
  }

  .quiet {
    border-color: transparent;
    color: var(--_muted);
  }

  .exception {
    position: relative;
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(14.5em, 100%), 1fr));
    gap: 0.3em 0.6em;
    padding: 0.6em 3em 0.8em 0;
    border-block-start: 1px solid var(--_line);
  }

  .exception:dir(rtl) {
    padding-inline: 0 3em;
  }

  .exception .kind,
  .exception .problem {
    grid-column: 1 / -1;
  }

  .exception .icon {
    position: absolute;
    inset-inline-end: 0;
    inset-block-start: 0.4em;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6em;
    margin-block-start: 0.6em;
  }

  .preview {
    padding: 0.7em 0.9em;
    border: 1px solid color-mix(in oklab, var(--_accent) 35%, var(--_surface));
    border-radius: var(--_radius);
    background: var(--_tint);
  }

  .preview.note {
    border-color: color-mix(in oklab, var(--_warn) 45%, var(--_surface));
    background: var(--_warn-tint);
  }

  ul {
    margin: 0.2em 0;
    padding-inline-start: 1.2em;
  }

  .note ul {
    columns: 12em;
  }

  /* Stays visible while the form scrolls. */
  .foot {
    position: sticky;
    inset-block-end: 0;
    display: grid;
    gap: 0.6em;
    margin-block-end: -1.25em;
    padding-block: 0.8em 1.25em;
    background: linear-gradient(transparent, var(--_surface) 0.8em);
  }

  .preview {
    max-block-size: 12em;
    overflow-y: auto;
  }

  .field input {
    font-weight: 400;
  }

  :host {
    container-type: inline-size;
  }

  @container (inline-size < 30em) {
    .day {
      grid-template-columns: minmax(0, 1fr) auto;
    }

    .day .ranges {
      grid-row: 2;
      grid-column: 1 / -1;
    }

    .times input::-webkit-calendar-picker-indicator {
      display: none;
    }
  }
`;

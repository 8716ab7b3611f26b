/** What can be done, in the middle of the card. */
import { css } from 'lit';

export const manageStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: center;
    gap: calc(var(--_gap) * 1.5);
  }

  .more::after {
    content: '';
    display: inline-block;
    inline-size: 0.4em;
    block-size: 0.4em;
    /* On both sides, as the text may run against the page. */
    margin-inline: 0.5em;
    border: solid;
    border-width: 0 0.12em 0.12em 0;
    rotate: 45deg;
    translate: 0 -0.2em;
    transition: rotate 160ms;
  }

  .more[aria-expanded='true']::after {
    rotate: 225deg;
    translate: 0 0.05em;
  }

  .calendars {
    padding: calc(var(--_gap) * 1.25);
    border-radius: var(--_radius);
    background: var(--_tile);
    animation: unfold 160ms ease-out;
  }

  .calendars[hidden] {
    display: none;
  }

  .calendars > * {
    background: var(--_surface);
  }

  .links {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.25em 1.5em;
    font-size: 0.9333em;
  }

  .ask {
    inline-size: 100%;
    max-inline-size: 28em;
    padding: min(1em, 4cqi);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_tile);
  }

  .ask .field {
    margin-block: 0.9em;
    text-align: start;
  }

  .ask button {
    background: var(--_surface);
  }

  #ask:focus {
    outline: none;
  }

  textarea {
    min-block-size: 3.6em;
  }

  [readonly] {
    opacity: 0.6;
  }

  @keyframes unfold {
    from {
      opacity: 0;
      transform: translateY(-0.3em);
    }
  }

  @media print {
    :host {
      display: none;
    }
  }
`;

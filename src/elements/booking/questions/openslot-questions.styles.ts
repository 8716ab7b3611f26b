import { css } from 'lit';

export const questionStyles = css`
  :host {
    display: grid;
    gap: calc(var(--_gap) * 2);
  }

  fieldset {
    display: grid;
    gap: 0.1em;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0 0 0.25em;
    font-size: 0.9333em;
    font-weight: 650;
    line-height: 1.4;
  }

  legend .muted {
    font-size: 0.9286em;
    font-weight: 400;
  }

  textarea {
    min-block-size: var(--_target);
  }

  select {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: 0.5em 0.6em;
    border: 1px solid var(--_field);
    border-radius: calc(var(--_radius) * 0.8);
    background: var(--_surface);
  }

  input[type='date'] {
    inline-size: auto;
    min-inline-size: min(100%, 11em);
    justify-self: start;
  }

  .option {
    display: flex;
    align-items: start;
    gap: 0.65em;
    padding-block: 0.4em;
    font-size: 1em;
    font-weight: 400;
    cursor: pointer;
  }

  .option span {
    min-inline-size: 0;
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .option input {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    min-block-size: 0;
    margin-block-start: 0.1em;
    accent-color: var(--_accent);
  }

  a {
    color: var(--_accent);
    font-weight: 650;
    text-underline-offset: 0.2em;
  }

  @media (pointer: coarse) {
    .option {
      padding-block: 0.7em;
    }

    select {
      font-size: max(16px, 1em);
    }
  }
`;

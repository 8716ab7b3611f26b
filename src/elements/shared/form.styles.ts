/** Main buttons and labelled fields. The first paint of the booking widget needs neither, so they are apart from `base`. */
import { css } from 'lit';

export const actions = css`
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_gap);
  }

  .primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 650;
  }

  @media (hover: hover) {
    .button:hover {
      border-color: color-mix(in oklab, var(--_accent) 55%, var(--_line));
      background-color: var(--_tint);
    }

    .primary:not(:disabled, [aria-disabled='true']):hover {
      border-color: transparent;
      background-color: color-mix(in oklab, var(--_accent) 90%, var(--_text));
    }
  }

  .primary[aria-disabled='true'] {
    opacity: 0.55;
  }

  .danger {
    color: var(--_danger);
  }

  /* A link in a row of buttons. */
  .button {
    display: inline-grid;
    place-items: center;
    min-block-size: var(--_target);
    padding: 0.35em 0.85em;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.8);
    line-height: 1.3;
    color: inherit;
    text-decoration: none;
  }

  @media (forced-colors: active) {
    .primary {
      forced-color-adjust: none;
      border-color: ButtonText;
      background: ButtonText;
      color: ButtonFace;
    }
  }
`;

export const fields = css`
  .field {
    display: grid;
    align-content: start;
    gap: 0.35em;
    min-inline-size: 0;
  }

  label {
    font-size: 0.9333em;
    font-weight: 650;
    line-height: 1.4;
  }

  label .muted {
    font-size: 0.9286em;
    font-weight: 400;
  }

  input,
  textarea {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: 0.5em 0.75em;
    border: 1px solid var(--_field);
    border-radius: calc(var(--_radius) * 0.8);
    background: var(--_surface);
    line-height: 1.4;
    transition: border-color 120ms;
  }

  textarea {
    resize: vertical;
    field-sizing: content;
    min-block-size: 4.9em;
    max-block-size: 16em;
  }

  input:focus-visible,
  textarea:focus-visible {
    border-color: var(--_accent);
    outline-offset: -1px;
  }

  [aria-invalid='true'] {
    border-color: var(--_danger);
  }

  .problem {
    font-size: 0.8667em;
    line-height: 1.4;
    color: var(--_danger);
  }

  /* A smaller font would make iOS zoom into the field. */
  @media (pointer: coarse) {
    input,
    textarea {
      font-size: max(16px, 1em);
    }
  }
`;

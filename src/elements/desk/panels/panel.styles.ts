/** What the forms of the desk have in common, besides the fields and actions of `shared/form.styles.ts`. */
import { css } from 'lit';

export const deskForms = css`
  form,
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.9em;
  }

  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(9em, 100%), 1fr));
    gap: 0.9em;
  }

  .pair > * {
    min-inline-size: 0;
  }

  select {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: 0.4em 0.6em;
    border: 1px solid var(--_field);
    border-radius: calc(var(--_radius) * 0.8);
    background: var(--_surface);
    text-overflow: ellipsis;
  }

  input[type='date'],
  input[type='time'],
  input[type='number'] {
    font-variant-numeric: tabular-nums;
  }

  input[type='checkbox'] {
    inline-size: 1.2em;
    block-size: 1.2em;
    min-block-size: 0;
    accent-color: var(--_accent);
  }

  .check {
    display: flex;
    align-items: center;
    gap: 0.5em;
    min-block-size: 1.75em;
    font-weight: 400;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: 0.6em;
    margin-block-start: 0.3em;
  }

  .error {
    padding: 0.7em 0.9em;
    border: 1px solid color-mix(in oklab, var(--_danger) 40%, var(--_surface));
    border-radius: var(--_radius);
    background: color-mix(in oklab, var(--_danger) 7%, var(--_surface));
    line-height: 1.45;
  }

  .note {
    padding: 0.7em 0.9em;
    border: 1px solid color-mix(in oklab, var(--_warn) 45%, var(--_surface));
    border-radius: var(--_radius);
    background: var(--_warn-tint);
    line-height: 1.45;
  }

  @media (pointer: coarse) {
    select {
      font-size: max(16px, 1em);
    }

    .check {
      min-block-size: 44px;
    }
  }
`;

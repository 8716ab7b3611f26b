/** Appointments in the agenda: short and long ones, by their state, and while staff drag one. */
import { css } from 'lit';

export const appointmentStyles = css`
  .buffer {
    border-radius: calc(var(--_radius) * 0.6);
    background: color-mix(in oklab, var(--_accent) 6%, var(--_surface));
    border-inline-start: 3px dotted color-mix(in oklab, var(--_accent) 45%, var(--_surface));
  }

  .appointment,
  .ghost {
    z-index: 1;
    display: flex;
    flex-direction: column;
    align-items: start;
    min-block-size: max(24px, 1.5em);
    padding: 0.15em 0.6em;
    overflow: hidden;
    border: 0;
    border-inline-start: 3px solid var(--_accent);
    border-radius: calc(var(--_radius) * 0.6);
    background: var(--_booked);
    font-size: 0.9333em;
    line-height: 1.4;
    text-align: start;
  }

  .appointment,
  .ghost {
    --_scale: 0.9333;
    inset-inline: calc(0.3em / var(--_scale));
    inset-block-start: calc((var(--_at) - var(--_from)) / 60 * var(--_hour) / var(--_scale) + 1px);
    block-size: calc((var(--_end) - var(--_at)) / 60 * var(--_hour) / var(--_scale) - 3px);
  }

  .appointment > *,
  .ghost > * {
    flex: none;
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: plaintext;
  }

  .appointment span {
    font-size: 0.93em;
  }

  .short {
    flex-flow: row wrap;
    align-content: start;
    gap: 2em 0.5em;
    padding-block: 0.1em 0;
  }

  .short strong {
    flex: 0 1 auto;
  }

  /* If the name leaves too little room, this wraps into the next line, which is clipped. */
  .short span {
    flex: 1 1 3.5em;
    min-inline-size: 0;
    line-height: 1.5;
    color: var(--_muted);
  }

  .tall {
    padding-block-start: 0.3em;
  }

  .roomy {
    padding-block-start: 0.3em;
  }

  .roomy strong {
    white-space: normal;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }

  @media (hover: hover) {
    .appointment:hover {
      background: color-mix(in oklab, var(--_accent) 24%, var(--_surface));
    }
  }

  .recent {
    box-shadow:
      0 0 0 2px var(--_surface),
      0 0 0 3.5px var(--_accent);
  }

  .completed,
  .no_show {
    border-inline-start-color: var(--_field);
    background: color-mix(in oklab, var(--_text) 6%, var(--_surface));
  }

  .completed strong::before {
    content: '✓ ' / '';
  }

  .no_show strong {
    text-decoration: line-through;
    font-weight: 400;
  }

  .outside {
    border-inline-start-style: dashed;
  }

  .saving {
    opacity: 0.65;
  }

  .dragged {
    opacity: 0.35;
  }

  .ghost {
    z-index: 4;
    pointer-events: none;
    box-shadow:
      0 0 0 2px var(--_accent),
      0 8px 20px rgb(0 0 0 / 18%);
  }

  .impossible {
    border-inline-start-color: var(--_danger);
    background: color-mix(in oklab, var(--_danger) 12%, var(--_surface));
    box-shadow: 0 0 0 2px var(--_danger);
  }

  @media (forced-colors: active) {
    .appointment {
      border: 1px solid ButtonText;
      border-inline-start-width: 4px;
    }
  }
`;

/** The panel of one appointment. */
import { css } from 'lit';

export const appointmentPanelStyles = css`
  .when {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.6em;
    font-size: 1.0667em;
  }

  .status {
    display: inline-block;
    margin-inline-start: 0.4em;
    padding: 0.05em 0.6em;
    border: 1px solid var(--_line);
    border-radius: 2em;
    font-size: 0.8em;
  }

  .status.confirmed {
    border-color: color-mix(in oklab, var(--_accent) 40%, var(--_surface));
    background: var(--_tint);
  }

  .status.cancelled,
  .status.no_show,
  .status.outside {
    border-color: color-mix(in oklab, var(--_warn) 45%, var(--_surface));
    background: var(--_warn-tint);
  }

  blockquote {
    margin: 0;
    padding-inline-start: 0.8em;
    border-inline-start: 3px solid var(--_line);
    white-space: pre-line;
  }

  dl,
  dd {
    margin: 0;
  }

  dl {
    display: grid;
    gap: 0.7em;
  }

  dd {
    overflow-wrap: anywhere;
  }

  .note-text {
    white-space: pre-line;
  }

  dd a {
    display: table;
    color: var(--_accent);
    line-height: 1.8;
    overflow-wrap: anywhere;
  }

  .start {
    justify-content: start;
  }

  .strong {
    border-color: var(--_danger);
    font-weight: 650;
  }

  @media (pointer: coarse) {
    dd a {
      line-height: 44px;
    }
  }
`;

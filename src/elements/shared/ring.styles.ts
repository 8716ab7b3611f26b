/** Lists of what happened: a ring before each entry, filled where the entry is new. */
import { css } from 'lit';

export const ringStyles = css`
  .ringed {
    position: relative;
  }

  .ringed::before {
    content: '';
    position: absolute;
    aspect-ratio: 1;
    border: 1.5px solid var(--_line);
    border-radius: 50%;
  }

  .ringed.new::before {
    border-color: var(--_accent);
    background: var(--_accent);
  }

  @media (forced-colors: active) {
    .ringed::before {
      border-color: GrayText;
    }

    .ringed.new::before {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
    }
  }
`;

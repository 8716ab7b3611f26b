/** The list behind the bell. The rings before its entries are in `shared/ring.styles.ts`. */
import { css } from 'lit';

export const notificationListStyles = css`
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  section + section {
    margin-block-start: calc(var(--_gap) * 1.5);
  }

  h3 {
    /* The type is smaller than that of the entries, but the padding must be as wide as theirs. */
    padding-inline: calc(var(--_pad) / 0.8667);
    font-weight: 650;
  }

  li {
    padding: calc(var(--_gap) * 1.3) var(--_pad);
    padding-inline-start: calc(var(--_pad) + 1.35em);
  }

  li + li {
    border-block-start: 1px solid var(--_line);
  }

  li::before {
    inset-block-start: calc(var(--_gap) * 1.3 + 0.45em);
    inset-inline-start: var(--_pad);
    inline-size: 0.6em;
  }

  .new {
    background: var(--_tint);
  }

  .what {
    line-height: 1.4;
  }

  .new .what {
    font-weight: 650;
  }

  .link {
    color: inherit;
    font-weight: inherit;
    line-height: inherit;
    min-block-size: 0;
  }

  /* The link covers the whole entry. */
  .link::after {
    content: '';
    position: absolute;
    inset: 0;
  }

  .message {
    margin-block-start: 0.15em;
    font-size: 0.9333em;
    line-height: 1.45;
  }

  li .muted {
    display: flex;
    justify-content: space-between;
    gap: 1em;
    margin-block-start: 0.1em;
  }

  .muted span {
    min-inline-size: 0;
    unicode-bidi: plaintext;
  }

  time {
    flex: none;
    unicode-bidi: plaintext;
    font-variant-numeric: tabular-nums;
  }

  .empty {
    display: grid;
    justify-items: center;
    gap: var(--_gap);
    padding: calc(var(--_pad) * 1.25) var(--_pad) calc(var(--_pad) * 1.5);
    text-align: center;
    line-height: 1.45;
    text-wrap: balance;
  }

  .empty p {
    text-align: center;
  }

  .setup {
    margin-inline: var(--_pad);
    margin-block-end: var(--_pad);
    padding: var(--_pad);
    border: 1px dashed var(--_field);
    border-radius: var(--_radius);
  }

  .setup strong {
    display: block;
  }

  .notice {
    padding: var(--_gap) var(--_pad);
    margin-block-end: var(--_gap);
    border-block: 1px solid color-mix(in oklab, var(--_warn) 45%, var(--_surface));
    background: var(--_warn-tint);
    color: var(--_text);
  }

  .older {
    display: grid;
    justify-items: center;
    gap: var(--_gap);
    padding: calc(var(--_gap) * 1.5) var(--_pad);
    border-block-start: 1px solid var(--_line);
  }

  .skeleton {
    display: grid;
    gap: calc(var(--_gap) * 2.5);
    padding: var(--_gap) var(--_pad) calc(var(--_pad) * 1.25);
  }

  .skeleton div {
    display: grid;
    gap: 0.5em;
    padding-inline-start: 1.35em;
  }

  .skeleton i {
    block-size: 0.8em;
    border-radius: 0.4em;
    background: var(--_line);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }

  .skeleton i:first-child {
    inline-size: 85%;
  }

  .skeleton i:last-child {
    inline-size: 55%;
  }

  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }

  @media (pointer: coarse) {
    .link {
      min-block-size: 0;
    }
  }
`;

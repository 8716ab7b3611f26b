/** The bell of `<openslot-notifications>` and the panel that it opens. */
import { css } from 'lit';

export const inboxStyles = css`
  :host {
    display: inline-block;
  }

  .all {
    font-size: var(--openslot-font-size, 0.9375em);
    line-height: 1.5;
  }

  .bell {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: max(var(--_target), 2.75em);
    min-block-size: max(var(--_target), 2.75em);
    padding: 0;
    background: var(--_surface);
    anchor-name: --openslot-bell;
  }

  .bell svg {
    inline-size: 1.35em;
    block-size: 1.35em;
  }

  .badge {
    position: absolute;
    inset-block-start: -0.55em;
    inset-inline-end: -0.55em;
    min-inline-size: 1.75em;
    padding: 0.1em 0.4em;
    border: 2px solid var(--_surface);
    border-radius: 1em;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: 0.75em;
    font-weight: 700;
    line-height: 1.3;
    text-align: center;
    font-variant-numeric: tabular-nums;
    animation: arrive var(--_motion);
  }

  #panel {
    position: fixed;
    inset: auto;
    inline-size: min(25em, 100vw - 1em);
    max-block-size: min(38em, 100dvb - 1em);
    margin: auto;
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.4);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--openslot-shadow, 0 0.75em 2.5em rgb(0 0 0 / 0.16));
    overflow: hidden;
  }

  #panel:popover-open {
    display: flex;
    flex-direction: column;
    animation: arrive var(--_motion);
  }

  /* Browsers without anchor positioning open the panel in the middle. */
  @supports not (anchor-name: --openslot-bell) {
    #panel {
      inset: 0.5em;
      block-size: fit-content;
    }
  }

  @supports (anchor-name: --openslot-bell) {
    #panel {
      position-anchor: --openslot-bell;
      position-area: block-end span-inline-start;
      position-try-fallbacks:
        flip-inline,
        flip-block,
        flip-block flip-inline;
      margin: 0.4em 0;
    }
  }

  header {
    flex: none;
    display: flex;
    align-items: start;
    gap: 0.75em;
    padding: calc(var(--_gap) * 1.5) var(--_pad) calc(var(--_gap) * 1.25);
  }

  header div {
    flex: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 1em;
    min-block-size: 2.1em;
  }

  header .link {
    font-size: 0.9333em;
  }

  .close {
    display: grid;
    place-items: center;
    inline-size: 2.1em;
    min-block-size: 2.1em;
    margin-inline-end: -0.6em;
    padding: 0;
    border-color: transparent;
    color: var(--_muted);
  }

  .scroller {
    flex: 0 1 auto;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
  }

  .scroller:focus-visible {
    outline-offset: -2px;
  }

  openslot-push {
    flex: none;
  }

  .fault {
    display: grid;
    justify-items: center;
    gap: var(--_gap);
    padding: var(--_pad);
    text-align: center;
    text-wrap: balance;
  }

  .fault p {
    text-align: center;
  }

  .setup {
    margin-inline: var(--_pad);
    margin-block-end: var(--_pad);
    border: 1px dashed var(--_field);
    border-radius: var(--_radius);
  }

  .setup strong {
    display: block;
  }

  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(0.4em);
    }
  }

  /* On a phone the panel is at the bottom, within reach of the thumb. */
  @media (max-width: 30em) {
    #panel {
      position-area: none;
      inset: auto 0.5em max(0.5em, env(safe-area-inset-bottom));
      inline-size: auto;
      max-block-size: 85dvb;
      margin: 0;
    }
  }

  @media (pointer: coarse) {
    .bell {
      inline-size: max(44px, 2.75em);
      min-block-size: max(44px, 2.75em);
    }

    .close {
      inline-size: 44px;
      min-block-size: 44px;
    }

    header div {
      min-block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .badge {
      forced-color-adjust: none;
      border-color: Canvas;
      background: Highlight;
      color: HighlightText;
    }
  }
`;

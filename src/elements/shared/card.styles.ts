/** What the booking widget and the desk share: the card, and the head with the avatar and the connection. */
import { css } from 'lit';

export const cardStyles = css`
  :host {
    container-type: inline-size;
    /* The card shrinks in a narrow grid cell or flex row. */
    min-inline-size: 0;
    max-inline-size: 100%;
    font-size: var(--openslot-font-size, 0.9375em);
    line-height: 1.5;
  }

  .card {
    position: relative;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.35);
    background: var(--_surface);
    box-shadow: var(--openslot-shadow, 0 1px 2px rgb(0 0 0 / 4%), 0 12px 32px -12px rgb(0 0 0 / 14%));
    overflow: clip;
  }

  .row {
    padding: calc(var(--_pad) * 0.8) var(--_pad);
    border-block-end: 1px solid var(--_line);
  }
`;

export const identityStyles = css`
  .avatar {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 2.8em;
    block-size: 2.8em;
    border-radius: 50%;
    object-fit: cover;
    background: linear-gradient(
      160deg,
      color-mix(in oklab, var(--_accent) 30%, var(--_surface)),
      color-mix(in oklab, var(--_accent) 10%, var(--_surface))
    );
    color: color-mix(in oklab, var(--_accent) 85%, var(--_text));
    font-weight: 650;
    letter-spacing: 0.02em;
    user-select: none;
  }

  i {
    flex: none;
    inline-size: 0.6em;
    block-size: 0.6em;
    border-radius: 50%;
    background: var(--_muted);
  }

  .live i {
    background: light-dark(oklch(0.6 0.15 150), oklch(0.8 0.18 150));
    box-shadow: 0 0 0 0.2em color-mix(in oklab, light-dark(oklch(0.6 0.15 150), oklch(0.8 0.18 150)) 22%, transparent);
  }

  .polling i,
  .offline i {
    background: var(--_warn);
  }

  @media (forced-colors: active) {
    i {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;

import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { PushState } from '../../core/push/push.ts';
import { request } from '../shared/requests.ts';
import { defaultInboxDisplay } from './wording.ts';
import { base } from '../shared/base.styles.ts';

const CAN_BE_SWITCHED: ReadonlySet<PushState> = new Set<PushState>(['off', 'asking', 'on', 'failed']);

/**
 * @summary Turns web push on and off, and says why it is not possible.
 *
 * @tagname openslot-push
 *
 * @event openslot-push-on - Turn web push on.
 * @event openslot-push-off - Turn web push off.
 *
 * @csspart push - The offer; also `push` with one of `unsupported`, `install`, `off`, `asking`, `on`, `denied`, `failed`.
 */
export class OpenslotPush extends LitElement {
  @property({ attribute: false }) display = defaultInboxDisplay;
  @property() state: PushState = 'unknown';

  protected override render() {
    const { state } = this;
    const { push } = this.display.messages;
    if (state === 'unknown') return nothing;
    return html`
      <div part="push ${state}" class="push ${state}">
        <div role="status">
          <h3>${push.title}</h3>
          <p class="muted">${push.states[state]}</p>
        </div>
        ${CAN_BE_SWITCHED.has(state) ? this.#renderSwitch(state) : nothing}
      </div>
    `;
  }

  /** Both states use one button, so that it keeps the focus. */
  #renderSwitch(state: PushState) {
    const { push } = this.display.messages;
    const isOn = state === 'on';
    const turn = () => state !== 'asking' && request(this, isOn ? 'openslot-push-off' : 'openslot-push-on', null);
    return html`<button aria-disabled=${state === 'asking'} @click=${turn}>
      ${isOn ? push.turnOff : push.turnOn}
    </button>`;
  }

  static override styles = [
    base,
    css`
      .push {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--_gap) 1em;
        padding: calc(var(--_gap) * 1.75) var(--_pad);
        border-block-start: 1px solid var(--_line);
      }

      .push > div {
        flex: 1 1 12em;
        min-inline-size: 0;
      }

      h3 {
        font-size: 0.9333em;
      }

      button[aria-disabled='true'] {
        opacity: 0.55;
      }

      .failed .muted,
      .denied .muted {
        color: color-mix(in oklab, var(--_danger) 80%, var(--_text));
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-push': OpenslotPush;
  }
}

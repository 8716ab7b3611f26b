import { css, html, LitElement, nothing } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Appointment } from '../../../core/wire.ts';
import { enAppointment } from '../../../locales/en/appointment.ts';
import { enDetails } from '../../../locales/en/details.ts';
import { defaultDisplay } from '../../shared/display.ts';
import { request } from '../../shared/requests.ts';
import { actions } from '../../shared/form.styles.ts';
import { base } from '../../shared/base.styles.ts';

/**
 * @summary Asks whether the appointment shall go from its time to a new one.
 *
 * @tagname openslot-move
 *
 * @slot hold - How long the new time is held.
 * @slot notice - What is the matter with it.
 *
 * @event openslot-move-confirm - The patient agreed.
 * @event openslot-back - The patient rather chooses a different new time.
 *
 * @csspart heading - The question.
 * @csspart when - The old time and the new one.
 * @csspart submit-button - The button that moves the appointment.
 */
export class OpenslotMove extends LitElement {
  @property({ attribute: false }) display = defaultDisplay;
  @property({ attribute: false }) messages = enDetails;
  @property({ attribute: false }) texts = enAppointment;
  @property({ attribute: false }) appointment: Appointment | null = null;
  /** ISO instant of the new time. */
  @property() to = '';
  /** The move is on its way. */
  @property({ type: Boolean }) busy = false;
  /** The new time is gone: the appointment can't be moved there. */
  @property({ type: Boolean }) taken = false;

  @query('h3') private readonly heading!: HTMLElement | null;

  override focus(): void {
    this.heading?.focus();
  }

  protected override render() {
    const { appointment, display, messages, texts, to } = this;
    if (!appointment) return nothing;
    const { start, service, provider } = appointment;
    return html`
      <h3 part="heading" tabindex="-1">${texts.askMove}</h3>
      <dl part="when">
        <div class="from">
          <dt>${texts.moveFrom}</dt>
          <dd>${display.when(start, 'long')}</dd>
        </div>
        <div>
          <dt>${texts.moveTo}</dt>
          <dd><strong>${display.when(to, 'long')}</strong></dd>
        </div>
      </dl>
      <p class="muted">
        ${messages.serviceLine(service.name, display.duration(service.duration_minutes), provider.name)}
      </p>
      <slot name="hold"></slot>
      <slot name="notice"></slot>
      <div class="actions">
        <button @click=${() => request(this, 'openslot-back', null)}>${texts.otherTime}</button>
        <button
          part="submit-button"
          class="primary"
          aria-disabled=${this.busy || this.taken ? 'true' : 'false'}
          @click=${this.#confirm}
        >
          ${this.busy ? texts.working : texts.confirmMove(display.time(to))}
        </button>
      </div>
    `;
  }

  readonly #confirm = (): void => {
    if (!this.busy && !this.taken) request(this, 'openslot-move-confirm', null);
  };

  static override styles = [
    base,
    actions,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        justify-items: center;
        gap: 0.4em;
        padding: calc(var(--_pad) * 2) var(--_pad);
        text-align: center;
        line-height: 1.5;
      }

      h3 {
        font-size: clamp(1.1em, 7cqi, 1.45em);
        letter-spacing: -0.015em;
      }

      dl {
        display: grid;
        gap: 0.4em;
        margin: 0.75em 0;
        font-size: 1.0667em;
        text-align: start;
      }

      dl > div {
        display: grid;
        grid-template-columns: 4em 1fr;
        gap: 0.5em;
      }

      dt,
      .from dd {
        color: var(--_muted);
      }

      dd {
        margin: 0;
      }

      .from dd {
        text-decoration: line-through;
      }

      .actions {
        margin-block-start: 1.25em;
      }

      ::slotted(*) {
        inline-size: 100%;
        max-inline-size: 30em;
        margin-block-start: 1em;
        text-align: start;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-move': OpenslotMove;
  }
}

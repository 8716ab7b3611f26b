import { html, LitElement, nothing, svg } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Appointment } from '../../../core/wire.ts';
import { enAppointment } from '../../../locales/en/appointment.ts';
import { confirmationStyles } from './openslot-confirmation.styles.ts';
import { defaultDisplay } from '../../shared/display.ts';
import { icon } from '../../shared/icons.ts';
import { base } from '../../shared/base.styles.ts';

const iconCheck = icon(svg`<path d="m3 8.5 3.5 3.5L13 4.5" />`);

/** Languages in which what is later stands on the left. */
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;

/** How an appointment stands, in words. */
export interface StatusText {
  /** `good`: it will be. `changed`: it will be, but otherwise than it was. `gone`: it won't be. `over`: it was. */
  readonly kind: 'good' | 'changed' | 'gone' | 'over';
  readonly heading: string;
  /** What the time is by other clocks, or was before. */
  readonly notes?: readonly string[];
  /** What the clinic wrote about it. */
  readonly quote?: { readonly from: string; readonly text: string } | null;
  /** What is left to do. */
  readonly hint?: string;
}

/**
 * @summary The appointment: how it stands, when, what for and with whom.
 *
 * @tagname openslot-confirmation
 *
 * @slot - What can still be done about it.
 * @slot notice - What is the matter with the latest attempt.
 *
 * @csspart heading - What the matter is: booked, moved, cancelled.
 * @csspart when - Day and time.
 * @csspart quote - What the clinic wrote.
 */
export class OpenslotConfirmation extends LitElement {
  @property({ attribute: false }) display = defaultDisplay;
  @property({ attribute: false }) messages = enAppointment;
  @property({ attribute: false }) appointment: Appointment | null = null;
  @property({ attribute: false }) standing: StatusText = { kind: 'good', heading: enAppointment.booked };

  @query('h3') private readonly heading!: HTMLElement | null;

  override focus(): void {
    this.heading?.focus();
  }

  protected override render() {
    const { appointment, display, messages } = this;
    if (!appointment) return nothing;
    const { provider, service, start, end } = appointment;
    const { kind, heading, notes = [], quote, hint } = this.standing;
    return html`
      <span class="seal ${kind}">${iconCheck}</span>
      <h3 part="heading" tabindex="-1">${heading}</h3>
      <p part="when" class="when ${kind}">
        <strong>${display.dayAt(start, 'long')}</strong>
        <strong class="time" dir=${RIGHT_TO_LEFT.test(display.lang) ? 'rtl' : 'ltr'}
          >${display.timeRange(start, end)}</strong
        >
      </p>
      ${notes.map((note) => html`<p class="muted">${note}</p>`)}
      <p class="what">${service.name}</p>
      <p class="muted">${messages.withWhom(provider.name, provider.clinic)}</p>
      ${
        quote
          ? html`<figure part="quote">
              <figcaption class="muted">${quote.from}</figcaption>
              <blockquote>${quote.text}</blockquote>
            </figure>`
          : nothing
      }
      <slot></slot>
      <slot name="notice"></slot>
      ${hint ? html`<p class="muted next">${hint}</p>` : nothing}
    `;
  }

  static override styles = [base, confirmationStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-confirmation': OpenslotConfirmation;
  }
}

import { html, LitElement, nothing } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Appointment } from '../../../core/wire.ts';
import { enAppointment } from '../../../locales/en/appointment.ts';
import { confirmationStyles } from './openslot-confirmation.styles.ts';
import { defaultDisplay } from '../../shared/display.ts';
import { icon } from '../../shared/icons.ts';
import { base } from '../../shared/base.styles.ts';

const iconCheck = icon('m3 8.5 3.5 3.5L13 4.5');

/** Languages that write a range of times from right to left. */
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;

/** The status of an appointment, in words. */
export interface StatusText {
  /** `good`: it takes place. `changed`: it takes place at another time. `gone`: it is cancelled. `over`: it is past. */
  readonly kind: 'good' | 'changed' | 'gone' | 'over';
  readonly heading: string;
  /** The time by the clinic's clock, or the former time. */
  readonly notes?: readonly string[];
  /** What the clinic wrote about it. */
  readonly quote?: { readonly from: string; readonly text: string } | null;
  /** What the patient can or must still do. */
  readonly hint?: string;
}

/**
 * @summary The appointment: how it stands, when, what for and with whom.
 *
 * @tagname openslot-confirmation
 *
 * @slot - What can still be done about it.
 * @slot notice - What is the matter with the latest attempt.
 * @slot terms - What the patient should know about moving and cancelling.
 *
 * @csspart heading - The status: booked, moved, cancelled.
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
      <slot name="terms"></slot>
    `;
  }

  static override styles = [base, confirmationStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-confirmation': OpenslotConfirmation;
  }
}

import { html, nothing, type TemplateResult } from 'lit';
import type { AppointmentMessages } from '../../../locales/index.ts';
import type { View } from '../screen.ts';

/**
 * What the patient should know about moving and cancelling, before they book and as long as the appointment is ahead: the last
 * moment, if that is before the start and not over, and the clinic's words. Each line has its own direction.
 */
export function renderTerms(
  { flow, offer, selection: { display } }: View,
  { changeableUntil }: AppointmentMessages,
): TemplateResult | typeof nothing {
  const appointment = flow.booked?.appointment;
  const { change_notice_minutes: minutes = 0, change_policy: policy } = appointment?.provider ?? offer?.provider ?? {};
  const lines = policy?.split('\n') ?? [];
  if (minutes && appointment?.changeable !== false) {
    const start = Date.parse(appointment?.start ?? flow.chosen?.start ?? '');
    lines.unshift(changeableUntil(display.when(start - minutes * 60_000, 'long')));
  }
  return lines.length > 0
    ? html`<div slot="terms" class="muted">${lines.map((line) => html`<p dir="auto">${line}</p>`)}</div>`
    : nothing;
}

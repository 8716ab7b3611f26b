/** Says in words how an appointment stands. */
import type { Appointment } from '../../../core/wire.ts';
import type { AppointmentMessages } from '../../../locales/index.ts';
import type { View } from '../screen.ts';
import type { StatusText } from './openslot-confirmation.ts';

/** Nothing can be done about the appointment any more. */
export function isSettled({ status, end }: Appointment, now: number): boolean {
  return status !== 'confirmed' || Date.parse(end) <= now;
}

export function statusTextOf(
  { selection: { display }, flow, now }: View,
  texts: AppointmentMessages,
  appointment: Appointment,
): StatusText {
  const { status, start, provider, cancelled_by, cancel_reason, patient, changeable } = appointment;
  if (status === 'cancelled') {
    const byClinic = cancelled_by === 'provider';
    const heading = byClinic ? texts.cancelledByClinic : texts.cancelled;
    return { kind: 'gone', heading, quote: byClinic ? quoteOf(appointment, texts, cancel_reason) : null };
  }
  if (status === 'no_show') return { kind: 'over', heading: texts.missed };
  if (status === 'completed') return { kind: 'over', heading: texts.completed };
  if (isSettled(appointment, now())) return { kind: 'over', heading: texts.over };
  const notes: string[] = [];
  const theirs = display.in(provider.time_zone).when(start, 'long');
  if (theirs !== display.when(start, 'long')) {
    notes.push(texts.inZone(theirs, display.zoneName(provider.time_zone, Date.parse(start))));
  }
  if (Date.parse(start) <= now()) return { kind: 'good', heading: texts.begun, notes };
  const hint = !changeable
    ? texts.notChangeable(provider.clinic)
    : flow.isFixed
      ? texts.notMovable(provider.clinic)
      : texts.whatNext(provider.clinic, patient.email);
  if (flow.move?.by === 'provider' && !flow.moved) {
    const instead = texts.insteadOf(display.when(flow.move.previousStart, 'long'));
    const quote = quoteOf(appointment, texts, flow.move.message);
    return { kind: 'changed', heading: texts.movedByClinic, notes: [instead, ...notes], quote, hint };
  }
  const heading = flow.moved ? texts.moved : flow.isNew ? texts.booked : texts.yours;
  return { kind: 'good', heading, notes, hint };
}

/** The status and the time in one line, for screen readers, and that it is too late for changes. */
export function announcementOf(view: View, texts: AppointmentMessages, appointment: Appointment): string {
  const { heading, hint } = statusTextOf(view, texts, appointment);
  const text = `${heading}: ${view.selection.display.when(appointment.start, 'long')}`;
  return hint && !appointment.changeable ? `${text}. ${hint}` : text;
}

function quoteOf(
  { provider }: Appointment,
  { writes }: AppointmentMessages,
  text: string | null,
): NonNullable<StatusText['quote']> | null {
  return text ? { from: writes(provider.clinic), text } : null;
}

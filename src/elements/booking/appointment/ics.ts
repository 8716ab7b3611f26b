/** An appointment as an iCalendar file (RFC 5545). Pure: the time of making comes in. */
import type { Appointment } from '../../../core/wire.ts';

export interface CalendarTexts {
  readonly title: string;
  readonly location: string;
}

/**
 * The UID is the appointment's for good and SEQUENCE grows with every change, so a file of a moved or cancelled
 * appointment replaces the earlier one in the patient's calendar.
 * @param madeAt Epoch ms.
 */
export function calendarFile(appointment: Appointment, texts: CalendarTexts, madeAt: number): string {
  const isCancelled = appointment.status === 'cancelled';
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Openslot//EN',
    `METHOD:${isCancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${appointment.id}@openslot`,
    `SEQUENCE:${appointment.sequence}`,
    `DTSTAMP:${basicTime(madeAt)}`,
    `DTSTART:${basicTime(Date.parse(appointment.start))}`,
    `DTEND:${basicTime(Date.parse(appointment.end))}`,
    `SUMMARY:${escaped(texts.title)}`,
    `LOCATION:${escaped(texts.location)}`,
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** `20261124T122000Z` */
export function basicTime(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');
}

/** Lines are at most 75 octets long; what follows begins with a blank. No character is cut in two. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let out = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > 75) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += size;
  }
  return out;
}

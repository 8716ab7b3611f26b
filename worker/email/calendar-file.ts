import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Sender } from '../config.ts';
import type { Delivery } from '../delivery.ts';
import { required } from '../failure.ts';
import { Writing } from '../writing.ts';
import { factsOf } from './letter.ts';

export interface CalendarFile {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly content: string;
}

/**
 * The appointment as an event (RFC 5545, 5546) for the recipient's calendar. The UID stays and SEQUENCE grows, so that a
 * later mail moves or removes the event of an earlier mail. Every value, DTSTAMP included, dates from the notification: a
 * mail that is sent twice has the same file twice. The file has no manage link, because people share calendars.
 * @returns `null` for a message that changes nothing in a calendar
 */
export function calendarFile(delivery: Delivery, organizer: Sender): CalendarFile | null {
  if (delivery.kind === 'invitation' || delivery.kind === 'reminder') return null;
  const writing = new Writing(delivery);
  const { notification, ...facts } = factsOf(delivery, writing);
  const { messages } = writing;
  const isPatient = delivery.audience === 'patient';
  const isCancelled = delivery.kind === 'cancelled';
  const method = isCancelled ? 'CANCEL' : 'REQUEST';
  const calendar = ical({
    prodId: { company: 'Openslot', product: 'Openslot', language: 'EN' },
    method: ICalCalendarMethod[method],
  });
  calendar.createEvent({
    id: `${required(delivery.appointment?.id, 'appointment.id', 'the appointment is gone')}@openslot`,
    sequence: notification.sequence,
    stamp: new Date(notification.created_at),
    start: new Date(notification.start),
    end: new Date(notification.end),
    summary: isPatient ? messages.eventForPatient(facts) : messages.eventForProvider(facts),
    location: facts.clinic,
    organizer: { name: facts.clinic, email: organizer.address },
    attendees: [
      {
        name: isPatient ? facts.patient : facts.provider,
        email: delivery.recipient,
        role: ICalAttendeeRole.REQ,
        // The recipient accepted by booking, so the calendar program doesn't request a reply.
        status: ICalAttendeeStatus.ACCEPTED,
        rsvp: false,
      },
    ],
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return { method, content: `${calendar.toString()}\r\n` };
}

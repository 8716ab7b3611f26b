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
 * The appointment as an event (RFC 5545, 5546) for the recipient's calendar: the same UID for good and a SEQUENCE that grows,
 * so that a later mail moves or removes what an earlier one added. Everything in it is of the notification's own time, DTSTAMP
 * too: sent twice, it is the same file twice. Without the manage link, because calendars are shared.
 * @returns `null` for what changes nothing in a calendar
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
        // They have said yes by booking: calendars that ask for an answer have none to ask for.
        status: ICalAttendeeStatus.ACCEPTED,
        rsvp: false,
      },
    ],
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return { method, content: `${calendar.toString()}\r\n` };
}

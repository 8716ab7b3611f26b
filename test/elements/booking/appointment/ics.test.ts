import { expect } from '@open-wc/testing';
import type { Appointment } from '../../../../src/core/wire.ts';
import { googleCalendarLink, outlookLink } from '../../../../src/elements/booking/appointment/calendar-links.ts';
import { calendarFile } from '../../../../src/elements/booking/appointment/ics.ts';
import { MIRA, SERVICES } from '../../../support/memory/memory-backend.ts';

const APPOINTMENT: Appointment = {
  id: 'a1',
  status: 'confirmed',
  start: '2026-11-24T12:20:00Z',
  end: '2026-11-24T12:40:00Z',
  sequence: 0,
  provider: MIRA,
  service: SERVICES.consultation,
  patient: { name: 'Jonas Ek', email: 'jonas@example.com' },
  cancelled_by: null,
  cancel_reason: null,
  changeable: true,
  changeable_until: '2026-11-24T12:20:00Z',
};
const TEXTS = { title: 'Consultation with Dr. Mira Lindqvist', location: 'Northside Clinic' };
const MADE = Date.UTC(2026, 10, 23, 8);

/** Lines as a calendar reads them, unfolded. */
function lines(file: string): string[] {
  return file.replaceAll('\r\n ', '').trimEnd().split('\r\n');
}

describe('the file for the calendar', () => {
  it('has one event at the instant of the appointment', () => {
    expect(lines(calendarFile(APPOINTMENT, TEXTS, MADE))).to.deep.equal([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Openslot//EN',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      'UID:a1@openslot',
      'SEQUENCE:0',
      'DTSTAMP:20261123T080000Z',
      'DTSTART:20261124T122000Z',
      'DTEND:20261124T124000Z',
      'SUMMARY:Consultation with Dr. Mira Lindqvist',
      'LOCATION:Northside Clinic',
      'STATUS:CONFIRMED',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
  });

  it('keeps its UID when the appointment is moved or cancelled, with a higher sequence', () => {
    const cancelled = lines(calendarFile({ ...APPOINTMENT, status: 'cancelled', sequence: 2 }, TEXTS, MADE));
    expect(cancelled).to.include.members(['UID:a1@openslot', 'SEQUENCE:2', 'STATUS:CANCELLED', 'METHOD:CANCEL']);
  });

  it('escapes what has a meaning, and folds long lines between characters', () => {
    const location = `Väg 1; 2nd floor, door \\ B\nring 🔔 ${'ä'.repeat(80)}`;
    const file = calendarFile(APPOINTMENT, { ...TEXTS, location }, MADE);
    expect(lines(file)).to.include(`LOCATION:Väg 1\\; 2nd floor\\, door \\\\ B\\nring 🔔 ${'ä'.repeat(80)}`);
    expect(lines(calendarFile(APPOINTMENT, { ...TEXTS, title: 'a\r\nb\rc' }, MADE))).to.include('SUMMARY:a\\nb\\nc');
    for (const line of file.split('\r\n')) expect(new TextEncoder().encode(line).length).to.be.at.most(75);
  });
});

describe('the links to web calendars', () => {
  const AWKWARD = { title: 'Check & talk + tea', location: 'Väg 1, Malmö' };

  it('fill in title, place and instant, and nothing that opens the appointment', () => {
    const google = new URL(googleCalendarLink(APPOINTMENT, AWKWARD));
    expect([google.host, Object.fromEntries(google.searchParams)]).to.deep.equal([
      'calendar.google.com',
      {
        action: 'TEMPLATE',
        text: 'Check & talk + tea',
        dates: '20261124T122000Z/20261124T124000Z',
        location: 'Väg 1, Malmö',
      },
    ]);
    const outlook = new URL(outlookLink(APPOINTMENT, AWKWARD));
    expect([outlook.host, Object.fromEntries(outlook.searchParams)]).to.deep.equal([
      'outlook.live.com',
      {
        path: '/calendar/action/compose',
        rru: 'addevent',
        subject: 'Check & talk + tea',
        startdt: '2026-11-24T12:20:00Z',
        enddt: '2026-11-24T12:40:00Z',
        location: 'Väg 1, Malmö',
      },
    ]);
  });

  it('write blanks as every calendar reads them', () => {
    expect(outlookLink(APPOINTMENT, AWKWARD)).to.include('subject=Check%20%26%20talk%20%2B%20tea');
  });
});

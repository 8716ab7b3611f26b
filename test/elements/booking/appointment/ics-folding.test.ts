import { expect } from '@open-wc/testing';
import type { Appointment } from '../../../../src/core/wire.ts';
import { calendarFile } from '../../../../src/elements/booking/appointment/ics.ts';
import { MIRA, SERVICES } from '../../../support/memory/memory-seed.ts';

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

/** The lines that a title takes in the file, as they stand there. */
function linesOf(title: string): string[] {
  const file = calendarFile(APPOINTMENT, { title, location: '' }, Date.UTC(2026, 10, 23, 8));
  const lines = file.split('\r\n');
  const first = lines.findIndex((line) => line.startsWith('SUMMARY'));
  return lines.slice(
    first,
    lines.findIndex((line) => line.startsWith('LOCATION')),
  );
}

/** `SUMMARY:` takes 8 octets of the 75. */
const FULL = 'x'.repeat(67);

describe('a long line of the file for the calendar', () => {
  it('is one line up to 75 octets, and goes on after a blank from there', () => {
    expect(linesOf(FULL)).to.deep.equal([`SUMMARY:${FULL}`]);
    expect(linesOf(`${FULL}yz`)).to.deep.equal([`SUMMARY:${FULL}`, ' yz']);
  });

  it('is 75 octets with its blank, however long it goes on', () => {
    expect(linesOf(`${FULL}${'y'.repeat(74)}z`)).to.deep.equal([`SUMMARY:${FULL}`, ` ${'y'.repeat(74)}`, ' z']);
  });

  it('is cut before a character that doesn’t fit as a whole', () => {
    expect(linesOf(`${'x'.repeat(66)}ä`)).to.deep.equal([`SUMMARY:${'x'.repeat(66)}`, ' ä']);
    expect(linesOf(`${'x'.repeat(65)}ä`)).to.deep.equal([`SUMMARY:${'x'.repeat(65)}ä`]);
  });
});

import { expect } from '@open-wc/testing';
import {
  toAppointmentResult,
  toBookingResult,
  toHoldResult,
  toMissedChanges,
  toNotificationsResult,
  toSnapshot,
} from '../../../src/core/calendar/answers.ts';
import { isOpenslotError } from '../../../src/core/errors.ts';
import { toAgenda, toDesk, toMembers, toSetHours, toStaffResult } from '../../../src/core/desk/answers.ts';

const SERVER_TIME = '2026-11-23T07:00:00Z';
const SLOT = { id: 7, revision: 4, start: '2026-11-24T08:00:00Z' };
const CHANGE = { after: 3, revision: 4, slots: [SLOT] };
const APPOINTMENT = { id: 'a', start: SLOT.start, provider: {} };

/** The code that it fails with; `none` when the answer is taken. */
function codeOf(read: (answer: unknown) => unknown, answer: unknown): string {
  try {
    expect(read(answer)).to.equal(answer);
    return 'none';
  } catch (error) {
    if (!isOpenslotError(error)) throw error;
    return error.code;
  }
}

const READERS: [name: string, read: (answer: unknown) => unknown, whole: Record<string, unknown>][] = [
  [
    'a snapshot',
    toSnapshot,
    {
      schema_version: 1,
      provider: { id: 'p' },
      services: [],
      announced_revision: 4,
      server_time: SERVER_TIME,
      revision: 4,
      slots: [SLOT],
    },
  ],
  [
    'missed changes',
    toMissedChanges,
    { ...CHANGE, announced_revision: 4, check_after_seconds: 15, server_time: SERVER_TIME },
  ],
  ['a hold', toHoldResult, { change: CHANGE, server_time: SERVER_TIME }],
  [
    'a booking',
    toBookingResult,
    { appointment: APPOINTMENT, change: CHANGE, manage_token: 't', server_time: SERVER_TIME },
  ],
  ['an appointment', toAppointmentResult, { appointment: APPOINTMENT, topic: 'openslot:t', server_time: SERVER_TIME }],
  ['notifications', toNotificationsResult, { notifications: [], server_time: SERVER_TIME }],
  ['the desk', toDesk, { tenants: [], providers: [], user: {}, server_time: SERVER_TIME }],
  ['an agenda', toAgenda, { services: [], slots: [], appointments: [], provider: {}, server_time: SERVER_TIME }],
  ['an appointment of staff', toStaffResult, { appointment: {}, server_time: SERVER_TIME }],
  ['hours', toSetHours, { outside: [], hours: {}, server_time: SERVER_TIME }],
  ['members', toMembers, { members: [], invitations: [], server_time: SERVER_TIME }],
];

describe('an answer', () => {
  for (const [name, read, whole] of READERS) {
    it(`that should be ${name} is taken as a whole, and counts as none without any part of it`, () => {
      expect(codeOf(read, whole)).to.equal('none');
      for (const nothing of [null, undefined, 7, 'text', []]) expect(codeOf(read, nothing)).to.equal('bad_response');
      for (const [field, value] of Object.entries(whole)) {
        const wrong = field === 'server_time' ? 'soon' : typeof value === 'string' ? 7 : 'text';
        for (const other of [undefined, wrong]) {
          expect(codeOf(read, { ...whole, [field]: other }), `${field}: ${other ?? ''}`).to.equal('bad_response');
        }
      }
    });
  }

  it('may say that nothing changed', () => {
    expect(codeOf(toHoldResult, { change: null, server_time: SERVER_TIME })).to.equal('none');
  });

  it('counts as none when one of its slots is no slot', () => {
    for (const wrong of [null, 'slot', { ...SLOT, id: '7' }, { ...SLOT, revision: null }, { ...SLOT, start: 8 }]) {
      const change = { ...CHANGE, slots: [SLOT, wrong] };
      expect(codeOf(toHoldResult, { change, server_time: SERVER_TIME })).to.equal('bad_response');
    }
  });

  it('counts as none when its change follows nothing, or its appointment is none', () => {
    const hold = (change: object) => codeOf(toHoldResult, { change, server_time: SERVER_TIME });
    expect(hold({ ...CHANGE, after: null })).to.equal('bad_response');
    expect(hold({ ...CHANGE, revision: '4' })).to.equal('bad_response');
    for (const wrong of [{ id: 1 }, { start: null }, { provider: null }]) {
      const appointment = { ...APPOINTMENT, ...wrong };
      expect(codeOf(toAppointmentResult, { appointment, topic: 't', server_time: SERVER_TIME })).to.equal(
        'bad_response',
      );
    }
  });

  it('of a provider needs its id', () => {
    const [, read, whole] = READERS[0]!;
    expect(codeOf(read, { ...whole, provider: {} })).to.equal('bad_response');
  });

  it('of an older schema says which one is needed', () => {
    const [, read, whole] = READERS[0]!;
    expect(codeOf(read, { ...whole, schema_version: 0 })).to.equal('schema_outdated');
    expect(codeOf(read, { ...whole, schema_version: 2 })).to.equal('none');
  });
});

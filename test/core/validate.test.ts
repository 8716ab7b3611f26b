import { expect } from '@open-wc/testing';
import type { Backend } from '../../src/core/calendar/backend.ts';
import { createSupabaseBackend } from '../../src/core/calendar/supabase-backend.ts';
import type { StaffBackend } from '../../src/core/desk/backend.ts';
import { createStaffBackend } from '../../src/core/desk/supabase-backend.ts';
import { isOpenslotError } from '../../src/core/errors.ts';
import { unpackChange, unpackSnapshot } from '../../src/core/runs.ts';
import type { InboxBackend } from '../../src/core/inbox/backend.ts';
import { createInboxBackend } from '../../src/core/inbox/supabase-backend.ts';
import { createFakeClock } from '../support/fakes/fake-clock.ts';
import { FakeRealtime } from '../support/fakes/fake-realtime.ts';

const SERVER_TIME = '2026-11-23T07:00:00Z';
const START = '2026-11-24T08:00:00Z';
const MINUTE = Date.parse(START) / 60_000;
const CHANGE = { after: 3, revision: 4, slot_minutes: 20, runs: [[MINUTE, 1]], full_days: [] };
const APPOINTMENT = { id: 'a', start: START, provider: {} };

/** Backends on a project whose functions all return this answer. */
function answering(answer: unknown): { patient: Backend; staff: StaffBackend; inbox: InboxBackend } {
  const clock = createFakeClock();
  const rpc = () => ({ abortSignal: () => Promise.resolve({ data: answer, error: null, status: 200 }) });
  const client = { rpc, realtime: new FakeRealtime() };
  return {
    patient: createSupabaseBackend({ client }, { clock }),
    staff: createStaffBackend(client, clock),
    inbox: createInboxBackend({ client }, 'token', { clock }),
  };
}

type Backends = ReturnType<typeof answering>;
type Call = (backends: Backends) => Promise<unknown>;

/** The code that a call fails with; `none` when it returns the answer, with slots in place of runs. */
async function codeOf(call: Call, answer: unknown): Promise<string> {
  try {
    expect(await call(answering(answer))).to.deep.equal(unpacked(answer as Record<string, unknown>));
    return 'none';
  } catch (error) {
    if (!isOpenslotError(error)) throw error;
    return error.code;
  }
}

function unpacked(answer: Record<string, unknown>): unknown {
  if ('schema_version' in answer) return unpackSnapshot(answer as never);
  if ('runs' in answer) return unpackChange(answer as never);
  return answer['change'] ? { ...answer, change: unpackChange(answer['change'] as never) } : answer;
}

const request = {} as never;
const hold: Call = ({ patient }) => patient.hold(request);
const calendar: Call = ({ patient }) => patient.calendar(request);
const appointment: Call = ({ patient }) => patient.appointment(request);

const NOTIFICATION = { id: 7, start: START };

const SNAPSHOT = {
  schema_version: 2,
  provider: { id: 'p', slot_minutes: 20 },
  services: [],
  announced_revision: 4,
  server_time: SERVER_TIME,
  revision: 4,
  runs: [[MINUTE, 1]],
  full_days: [],
};

const ANSWERS: [name: string, call: Call, whole: Record<string, unknown>][] = [
  ['a snapshot', calendar, SNAPSHOT],
  [
    'missed changes',
    ({ patient }) => patient.changes(request),
    { ...CHANGE, announced_revision: 4, check_after_seconds: 15, server_time: SERVER_TIME },
  ],
  ['a hold', hold, { change: CHANGE, server_time: SERVER_TIME }],
  [
    'a booking',
    ({ patient }) => patient.book(request),
    { appointment: APPOINTMENT, change: CHANGE, manage_token: 't', server_time: SERVER_TIME },
  ],
  ['an appointment', appointment, { appointment: APPOINTMENT, topic: 'openslot:t', server_time: SERVER_TIME }],
  ['notifications', ({ patient }) => patient.notifications(request), { notifications: [], server_time: SERVER_TIME }],
  [
    'an inbox',
    ({ inbox }) => inbox.notifications(request),
    { notifications: [NOTIFICATION], topics: [], unread: 1, server_time: SERVER_TIME },
  ],
  ['what is unread', ({ inbox }) => inbox.read(request), { unread: 1 }],
  ['the desk', ({ staff }) => staff.desk(), { tenants: [], providers: [], user: {}, server_time: SERVER_TIME }],
  [
    'an agenda',
    ({ staff }) => staff.agenda(request),
    { services: [], slots: [], appointments: [], provider: {}, server_time: SERVER_TIME },
  ],
  ['an appointment of staff', ({ staff }) => staff.mark(request), { appointment: {}, server_time: SERVER_TIME }],
  ['hours', ({ staff }) => staff.setHours(request), { outside: [], hours: {}, server_time: SERVER_TIME }],
  ['members', ({ staff }) => staff.members(request), { members: [], invitations: [], server_time: SERVER_TIME }],
];

describe('an answer', () => {
  for (const [name, call, whole] of ANSWERS) {
    it(`that should be ${name} is taken as a whole, and refused without any part of it`, async () => {
      expect(await codeOf(call, whole)).to.equal('none');
      for (const nothing of [null, undefined, 7, 'text', []]) {
        expect(await codeOf(call, nothing)).to.equal('bad_response');
      }
      for (const [field, value] of Object.entries(whole)) {
        const wrong = field === 'server_time' ? 'soon' : typeof value === 'string' ? 7 : 'text';
        for (const other of [undefined, wrong]) {
          expect(await codeOf(call, { ...whole, [field]: other }), `${field}: ${other ?? ''}`).to.equal('bad_response');
        }
      }
    });
  }

  it('may say that nothing changed', async () => {
    expect(await codeOf(hold, { change: null, server_time: SERVER_TIME })).to.equal('none');
  });

  it('is refused when one of its runs or full days is none', async () => {
    for (const wrong of [{ runs: [null] }, { full_days: [[MINUTE]] }, { slot_minutes: 0 }]) {
      expect(await codeOf(hold, { change: { ...CHANGE, ...wrong }, server_time: SERVER_TIME })).to.equal(
        'bad_response',
      );
    }
  });

  it('is refused when its change follows nothing, or its appointment is none', async () => {
    for (const wrong of [{ after: null }, { revision: '4' }]) {
      const change = { ...CHANGE, ...wrong };
      expect(await codeOf(hold, { change, server_time: SERVER_TIME })).to.equal('bad_response');
    }
    for (const wrong of [{ id: 1 }, { start: null }, { provider: null }]) {
      const answer = { appointment: { ...APPOINTMENT, ...wrong }, topic: 't', server_time: SERVER_TIME };
      expect(await codeOf(appointment, answer)).to.equal('bad_response');
    }
  });

  it('is refused when one of its notifications is none', async () => {
    const answer = { topics: [], unread: 1, server_time: SERVER_TIME };
    for (const wrong of [null, { ...NOTIFICATION, id: '7' }, { ...NOTIFICATION, start: null }]) {
      const notifications = [NOTIFICATION, wrong];
      const code = await codeOf(({ inbox }) => inbox.notifications(request), { ...answer, notifications });
      expect(code).to.equal('bad_response');
    }
  });

  it('of a provider needs its id, and the length of its slots', async () => {
    expect(await codeOf(calendar, { ...SNAPSHOT, provider: { slot_minutes: 20 } })).to.equal('bad_response');
    expect(await codeOf(calendar, { ...SNAPSHOT, provider: { id: 'p' } })).to.equal('bad_response');
  });

  it('of an older schema says which one is needed', async () => {
    expect(await codeOf(calendar, { schema_version: 1, server_time: SERVER_TIME })).to.equal('schema_outdated');
    expect(await codeOf(calendar, { ...SNAPSHOT, schema_version: 3 })).to.equal('none');
  });
});

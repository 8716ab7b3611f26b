/**
 * Patients hold, book, move and cancel times over HTTP, while staff change hours, blocks and settings, operators write facts by
 * hand, and holds run out. A seed fixes what each caller wants. The machine decides how the calls interleave. At no moment may a
 * rule be broken or the calendar differ from the facts; in the end, every open page must show it.
 *
 * `OPENSLOT_SEED=7` runs one seed again; `OPENSLOT_RUNS=20 OPENSLOT_OPERATIONS=1000` makes a long run of many seeds.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { unpackChange } from '../../src/core/runs.ts';
import type { PackedChange } from '../../src/core/wire.ts';
import { Clinic } from './support/clinic.ts';
import { seededRandom } from './support/random.ts';
import { assertAnswers, BusyClinic } from './support/schedule/busy-clinic.ts';
import { Operator } from './support/schedule/operator.ts';
import { Patient } from './support/schedule/patient.ts';
import { Staff } from './support/schedule/staff.ts';
import { Watcher } from './support/schedule/watcher.ts';

const FIRST_SEED = Number(process.env['OPENSLOT_SEED'] ?? 1);
const SEEDS = Number(process.env['OPENSLOT_RUNS'] ?? 1);
const OPERATIONS = Number(process.env['OPENSLOT_OPERATIONS'] ?? 300);

const PATIENTS = 12;
const STAFF = 5;
const OPERATORS = 3;
const WATCHERS = 3;

const NO_TIME = ['too_soon', 'outside_hours', 'slot_taken'];
const NO_TIME_FOR_PATIENTS = [...NO_TIME, 'outside_window', 'daily_limit_reached'];
/** The codes of refusals that a call may get here. All other calls, and all statements by hand, must succeed. */
const REFUSALS: Readonly<Record<string, readonly string[]>> = {
  openslot_hold: [...NO_TIME_FOR_PATIENTS, 'hold_limit_reached'],
  openslot_book: NO_TIME_FOR_PATIENTS,
  openslot_reschedule: [...NO_TIME_FOR_PATIENTS, 'appointment_cancelled'],
  openslot_set_hours: ['hours_changed'],
  openslot_staff_book: NO_TIME,
  openslot_staff_cancel: ['appointment_changed'],
  openslot_staff_reschedule: [...NO_TIME, 'appointment_changed', 'appointment_cancelled'],
};
/** Answers that a run must have, or it proves little. */
const MUST_OCCUR = [
  'openslot_hold: ok',
  'openslot_book: ok',
  'openslot_release: ok',
  'openslot_cancel: ok',
  'openslot_set_slots: ok',
  'openslot_set_hours: ok',
  'openslot_set_provider: ok',
  'by hand: ok',
  'slot_taken',
  'daily_limit_reached',
];

describe('any schedule', () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());

  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) {
    describe(`of seed ${seed}`, () => {
      let busy: BusyClinic;
      let watchers: Watcher[] = [];
      let operators: Operator[];

      before(async () => {
        busy = await BusyClinic.open(clinic, `seed-${seed}`);
        watchers = await Promise.all(
          Array.from({ length: WATCHERS }, () => Watcher.open(clinic.sandbox, busy.providers)),
        );
        const randomOf = (caller: number): (() => number) => seededRandom(seed * 1_000 + caller);
        operators = Array.from({ length: OPERATORS }, (_, index) => new Operator(busy, randomOf(index)));
        const callers = [
          ...operators,
          ...Array.from({ length: STAFF }, (_, index) => new Staff(busy, randomOf(100 + index))),
          ...Array.from({ length: PATIENTS }, (_, index) => new Patient(busy, randomOf(200 + index))),
        ];
        await Promise.all(
          callers.map(async (caller) => {
            for (let made = 0; made < OPERATIONS / callers.length; made += 1) await caller.act();
          }),
        );
      });
      after(async () => {
        for (const watcher of watchers) await watcher.close();
      });

      it('answers each call with success or a code that gives the reason', (t) => {
        assertAnswers(busy.attempts, REFUSALS);
        const counts = new Map<string, number>();
        for (const { what, code } of busy.attempts) {
          for (const answer of [`${what}: ${code ?? 'ok'}`, code ?? 'ok'])
            counts.set(answer, (counts.get(answer) ?? 0) + 1);
        }
        t.diagnostic(JSON.stringify(Object.fromEntries([...counts].sort())));
        assert.deepEqual(
          MUST_OCCUR.filter((answer) => !counts.has(answer)),
          [],
        );
      });

      it('breaks no rule at any moment, and always shows what the facts say', async () => {
        for (const { violations } of operators) assert.deepEqual(violations, []);
        assert.deepEqual(await busy.violations(), []);
      });

      it('lets holds run out', () => {
        assert.ok(operators.some(({ ranOut }) => ranOut > 0));
      });

      it('broadcasts every change correctly and without a gap', async () => {
        for (const id of busy.ids) await assertBroadcasts(id);
      });

      it('is shown by every open page', async () => {
        for (const watcher of watchers) await watcher.isEqual();
      });
    });
  }

  async function assertBroadcasts(provider: string): Promise<void> {
    const { rows: messages } = await clinic.sandbox.query<{ payload: PackedChange }>(
      "select payload from realtime.messages where topic = $1 order by payload -> 'revision'",
      [`openslot:provider:${provider}`],
    );
    const announced = new Map<string, string>();
    let revision = 0;
    for (const { payload } of messages) {
      assert.deepEqual([payload.after, payload.revision], [revision, revision + 1]);
      revision = payload.revision;
      if (payload.reload) announced.clear();
      for (const { start, status, held_until } of unpackChange(payload).slots) {
        announced.set(start, [status, held_until].join(' '));
      }
    }
    const calendar = await clinic.row<{ revision: number }>(
      'select revision::int from openslot.calendars where provider_id = $1',
      [provider],
    );
    assert.equal(revision, calendar.revision, 'the last message is of the newest revision');
    const { rows: shown } = await clinic.sandbox.query<{ start: string; status: string }>(
      `select openslot.iso(start_time) as start,
         case when status = 'held' then 'held ' || openslot.iso(held_until) when status = 'open' then 'open ' else 'removed ' end as status
       from openslot.availability_slots slot, openslot.calendars calendar
       where slot.provider_id = $1 and start_time > now()
         and calendar.provider_id = $1 and slot.revision > calendar.reload_revision
       order by start_time`,
      [provider],
    );
    assert.deepEqual(
      shown.map(({ start }) => `${start} ${announced.get(start)}`),
      shown.map(({ start, status }) => `${start} ${status}`),
    );
  }
});

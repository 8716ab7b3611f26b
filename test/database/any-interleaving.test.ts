import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { unpackChange } from '../../src/core/runs.ts';
import type { BookingResult, PackedChange } from '../../src/core/wire.ts';
import { AMARA, Clinic, MIRA, type Reply, tally } from './support/clinic.ts';
import { pick, seededRandom } from './support/random.ts';

// Patients book, hold, move and cancel overlapping times of different lengths, all at once. A seed fixes the calls of each
// patient. The machine decides how the calls interleave, and the result must be right in any order.

const PATIENTS = 200;
const EXPECTED = new Set(['ok', 'slot_taken', 'outside_hours', 'daily_limit_reached']);

describe('any interleaving', { timeout: 300_000 }, () => {
  let clinic: Clinic;
  let replies: Reply<unknown>[];

  before(async () => {
    clinic = await Clinic.open();
    await clinic.sandbox.query(
      `insert into openslot.services (provider_id, slug, name, duration_minutes, buffer_before_minutes, buffer_after_minutes)
       values ($1, 'operation', 'Operation', 60, 20, 10), ($2, 'operation', 'Operation', 60, 15, 10)`,
      [MIRA.id, AMARA.id],
    );
    // Patients who answer no questions.
    await clinic.sandbox.query("update openslot.services set questions = '[]'");
    const wishes = [
      { provider: MIRA.slug, services: ['consultation', 'first-visit', 'vaccination', 'operation'] },
      { provider: AMARA.slug, services: ['session', 'follow-up', 'operation'] },
    ];
    const starts = new Map(
      await Promise.all(
        wishes.map(async ({ provider }) => [provider, (await clinic.openStarts(provider)).slice(20, 70)] as const),
      ),
    );
    const someTime = (random: () => number): { provider: string; service: string; start: string } => {
      const { provider, services } = pick(random, wishes);
      return { provider, service: pick(random, services), start: pick(random, starts.get(provider)!) };
    };
    const runs = Array.from({ length: PATIENTS }, (_, number) => runPatient(number + 1, someTime));
    replies = (await Promise.all(runs)).flat();
  });
  after(() => clinic.close());

  /** One patient's calls, one after the other. The seed also determines the ids. */
  async function runPatient(
    seed: number,
    someTime: (random: () => number) => { provider: string; service: string; start: string },
  ): Promise<Reply<unknown>[]> {
    const random = seededRandom(seed);
    const id = (kind: number): string =>
      `${kind}0000000-0000-4000-8000-${Math.floor(random() * 2 ** 48)
        .toString(16)
        .padStart(12, '0')}`;
    const visitor = id(5);
    const made: Reply<unknown>[] = [];
    const call = async <Body>(name: string, args: object): Promise<Reply<Body>> => {
      const reply = await clinic.call<Body>(name, args);
      made.push(reply);
      return reply;
    };

    let wish = someTime(random);
    for (let hesitations = Math.floor(random() * 3); hesitations > 0; hesitations -= 1) {
      wish = someTime(random);
      await call('openslot_hold', { ...wish, visitor });
    }
    if (random() < 0.1) await call('openslot_release', { visitor });
    const patient = { name: `Patient ${seed}`, email: `patient-${seed}@example.com` };
    const booked = await call<BookingResult>('openslot_book', { ...wish, patient, request_id: id(4), visitor });
    if (booked.code !== null) return made;

    const token = booked.body.manage_token;
    for (let changes = Math.floor(random() * 3); changes > 0; changes -= 1) {
      const other = someTime(random);
      if (random() < 0.5) await call('openslot_hold', { ...other, visitor });
      await call('openslot_reschedule', { token, start: other.start, request_id: id(4), visitor });
    }
    if (random() < 0.3) await call('openslot_cancel', { token, reason: null });
    return made;
  }

  it('answers each call with success or a code that gives the reason', () => {
    const counts = tally(replies);
    assert.deepEqual(
      Object.keys(counts).filter((code) => !EXPECTED.has(code)),
      [],
    );
    assert.ok(counts['ok']! > PATIENTS / 2 && counts['slot_taken']! > PATIENTS / 4, JSON.stringify(counts));
  });

  it('never gives two patients the same minute', async () => {
    const { rows } = await clinic.sandbox.query(
      `select one.id, other.id from openslot.appointments one join openslot.appointments other
         on other.provider_id = one.provider_id and other.id > one.id and other.busy && one.busy
       where one.status = 'confirmed' and other.status = 'confirmed'`,
    );
    assert.deepEqual(rows, []);
  });

  it('marks as booked exactly the slots of the busy ranges', async () => {
    const { rows } = await clinic.sandbox.query(
      `select provider.slug, appointments.taken, slots.taken
       from openslot.providers provider
       left join lateral (
         select range_agg(busy) as taken from openslot.appointments
         where provider_id = provider.id and status = 'confirmed' and lower(busy) > now()
       ) as appointments on true
       left join lateral (
         select range_agg(tstzrange(start_time, end_time)) as taken from openslot.availability_slots
         where provider_id = provider.id and status = 'booked' and start_time > now()
       ) as slots on true
       where appointments.taken is distinct from slots.taken`,
    );
    assert.deepEqual(rows, []);
  });

  it('shows exactly what the facts say', async () => {
    const { rows } = await clinic.sandbox.query(
      'select slug, difference.* from openslot.providers provider, openslot.check_calendar(provider.id) difference',
    );
    assert.deepEqual(rows, []);
  });

  it('leaves each visitor at most one held time', async () => {
    const held = await clinic.row<{ some: boolean }>(
      `select exists (select from openslot.availability_slots where status = 'held') as some`,
    );
    assert.ok(held.some, 'a visitor holds a time');
    const { rows } = await clinic.sandbox.query(
      `select slot.start_time, count(*)
       from openslot.availability_slots slot
       left join openslot.holds hold
         on hold.provider_id = slot.provider_id and hold.busy && tstzrange(slot.start_time, slot.end_time)
       where slot.status = 'held' group by slot.provider_id, slot.start_time having count(hold.holder) <> 1`,
    );
    assert.deepEqual(rows, []);
  });

  it('keeps the daily limit', async () => {
    const { rows } = await clinic.sandbox.query(
      `select provider.id from openslot.appointments appointment join openslot.providers provider on provider.id = provider_id
       where status <> 'cancelled'
       group by provider.id, provider.daily_limit, (start_time at time zone provider.time_zone)::date
       having count(*) > provider.daily_limit`,
    );
    assert.deepEqual(rows, []);
    // One after the other, so that the limit is reached in every run: the first day with room fills up.
    const provider = AMARA.slug;
    const patient = { name: 'One more', email: 'one-more@example.com' };
    const codes = new Set<string | null>();
    for (const start of await clinic.openStarts(provider)) {
      const request_id = crypto.randomUUID();
      const { code } = await clinic.call('openslot_book', {
        provider,
        service: 'follow-up',
        start,
        patient,
        request_id,
      });
      codes.add(code);
      if (code === 'daily_limit_reached') break;
    }
    assert.ok(codes.has('daily_limit_reached'), [...codes].join(', '));
  });

  for (const provider of [MIRA, AMARA]) {
    it(`broadcasts every change of ${provider.slug} correctly and without a gap`, async () => {
      const { rows: messages } = await clinic.sandbox.query<{ payload: PackedChange }>(
        "select payload from realtime.messages where topic = $1 order by payload -> 'revision'",
        [`openslot:provider:${provider.id}`],
      );
      const announced = new Map<string, string>();
      let revision = 0;
      for (const { payload } of messages) {
        assert.equal(payload.after, revision);
        revision = payload.revision;
        // The hours of the seed: more than a message should carry.
        if (payload.reload) announced.clear();
        for (const slot of unpackChange(payload).slots) announced.set(slot.start, slot.status);
      }
      const { rows: shown } = await clinic.sandbox.query<{ start: string; status: string }>(
        `select openslot.iso(start_time) as start, case when status in ('open', 'held') then status else 'removed' end as status
         from openslot.availability_slots slot, openslot.calendars calendar
         where slot.provider_id = $1 and start_time > now()
           and calendar.provider_id = $1 and slot.revision > calendar.reload_revision`,
        [provider.id],
      );
      assert.ok(shown.length > 20, `${shown.length} slots were announced`);
      assert.deepEqual(
        shown.map(({ start }) => [start, announced.get(start)]),
        shown.map(({ start, status }) => [start, status]),
      );
    });
  }
});

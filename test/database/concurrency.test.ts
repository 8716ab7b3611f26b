import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { AMARA, Clinic, MIRA, PATIENT, type Reply, tally } from './support/clinic.ts';

// Behaviour that a single connection can't show: many callers at the same moment.

describe('many callers at once', { timeout: 300_000 }, () => {
  let clinic: Clinic;
  let starts: string[];

  before(async () => {
    clinic = await Clinic.open();
    starts = await clinic.openStarts(MIRA.slug);
  });
  after(() => clinic.close());

  function appointmentsAt(start: string): Promise<{ count: number }> {
    return clinic.row(
      `select count(*)::int as count from openslot.appointments
       where provider_id = $1 and start_time = $2 and status = 'confirmed'`,
      [MIRA.id, start],
    );
  }

  it('sells one slot once to 500 callers, and answers slot_taken to all others', async () => {
    const start = starts[20]!;
    const replies = await Promise.all(
      Array.from({ length: 500 }, () => clinic.book(MIRA.slug, 'consultation', start, { visitor: randomUUID() })),
    );
    assert.deepEqual(tally(replies), { ok: 1, slot_taken: 499 });
    assert.deepEqual(new Set(replies.map((reply) => reply.status)), new Set([200, 409]));
    assert.deepEqual(await appointmentsAt(start), { count: 1 });
  });

  it('holds one slot for one of 100 visitors', async () => {
    const [start, visitors] = [starts[22]!, Array.from({ length: 100 }, () => randomUUID())];
    const replies = await Promise.all(
      visitors.map((visitor) =>
        clinic.call('openslot_hold', { provider: MIRA.slug, service: 'consultation', start, visitor }),
      ),
    );
    assert.deepEqual(tally(replies), { ok: 1, slot_taken: 99 });
  });

  it('lets a visitor who requests 40 holds at once, with two providers, keep one of them', async () => {
    const visitor = randomUUID();
    const times = [
      ...starts.slice(100, 120).map((start) => ({ provider: MIRA.slug, service: 'consultation', start })),
      ...(await clinic.openStarts(AMARA.slug)).slice(100, 120).map((start) => ({
        provider: AMARA.slug,
        service: 'follow-up',
        start,
      })),
    ];
    const replies = await Promise.all(times.map((time) => clinic.call('openslot_hold', { ...time, visitor })));
    assert.ok(replies.every(({ code }) => code === null || code === 'outside_hours'));
    const held = await clinic.row(
      `select (select count(*)::int from openslot.holds where holder = openslot.holder($1)) as holds,
         (select count(distinct provider_id)::int from openslot.availability_slots where status = 'held'
          and held_until = (select held_until from openslot.holds where holder = openslot.holder($1))) as providers`,
      [visitor],
    );
    assert.deepEqual(held, { holds: 1, providers: 1 });
  });

  it('answers a request that is sent 20 times at once with the same appointment', async () => {
    const args = { request_id: randomUUID(), visitor: randomUUID() };
    const start = starts[24]!;
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => clinic.book(MIRA.slug, 'consultation', start, args)),
    );
    assert.deepEqual(tally(replies), { ok: 20 });
    assert.equal(new Set(replies.map((reply) => reply.body.appointment.id)).size, 1);
    assert.equal(new Set(replies.map((reply) => reply.body.manage_token)).size, 1);
    assert.equal(replies.filter((reply) => reply.body.change !== null).length, 1, 'only one request made a change');
    assert.deepEqual(await appointmentsAt(start), { count: 1 });
  });

  it('accepts one of 20 different times under the same request id', async () => {
    const args = { request_id: randomUUID() };
    const replies = await Promise.all(
      starts.slice(30, 50).map((start) => clinic.book(MIRA.slug, 'consultation', start, args)),
    );
    assert.deepEqual(tally(replies), { ok: 1, request_id_reused: 19 });
  });

  it('moves an appointment once when the move is sent 20 times at once', async () => {
    const { body } = await clinic.book(MIRA.slug, 'consultation', starts[60]!);
    const move = { token: body.manage_token, start: starts[64]!, request_id: randomUUID() };
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => clinic.call<typeof body>('openslot_reschedule', move)),
    );
    assert.deepEqual(tally(replies), { ok: 20 });
    assert.deepEqual(new Set(replies.map((reply) => reply.body.appointment.sequence)), new Set([1]));
    assert.equal(replies.filter((reply) => reply.body.change !== null).length, 1);
  });

  it('keeps all rules while staff block and open slots in SQL', async () => {
    const start = starts[130]!;
    const flip = async (): Promise<void> => {
      for (let round = 0; round < 5; round++) {
        await clinic.sandbox.query(
          `insert into openslot.overrides (provider_id, effect, during)
           values ($1, 'closed', tstzrange($2::timestamptz, $2::timestamptz + interval '20 minutes'))`,
          [MIRA.id, start],
        );
        await clinic.sandbox.query('delete from openslot.overrides where provider_id = $1', [MIRA.id]);
      }
    };
    const visit = async (): Promise<Reply<unknown>[]> => {
      const visitor = randomUUID();
      const time = { provider: MIRA.slug, service: 'consultation', start, visitor };
      return [await clinic.call('openslot_hold', time), await clinic.call('openslot_release', { visitor })];
    };
    const [replies] = await Promise.all([
      Promise.all(Array.from({ length: 100 }, visit)),
      ...Array.from({ length: 6 }, flip),
    ]);
    assert.ok(replies.flat().every(({ code }) => code === null || code === 'slot_taken'));
    const { rows } = await clinic.sandbox.query('select * from openslot.check_calendar($1)', [MIRA.id]);
    assert.deepEqual(rows, []);
  });

  it('lets two patients swap times without a deadlock, in either order', async () => {
    const booked = await Promise.all([
      clinic.book(MIRA.slug, 'consultation', starts[70]!),
      clinic.book(MIRA.slug, 'consultation', starts[71]!),
    ]);
    const replies = await Promise.all(
      booked.flatMap((reply, index) =>
        Array.from({ length: 5 }, () =>
          clinic.call('openslot_reschedule', {
            token: reply.body.manage_token,
            start: starts[71 - index]!,
            request_id: randomUUID(),
          }),
        ),
      ),
    );
    assert.deepEqual(tally(replies), { slot_taken: 10 });
  });

  it('still books while Realtime is missing', async () => {
    await clinic.sandbox.query('alter function realtime.send(jsonb, text, text, boolean) rename to send_is_away');
    try {
      const replies = await Promise.all(
        starts.slice(80, 90).map((start) => clinic.book(MIRA.slug, 'consultation', start, { patient: PATIENT })),
      );
      assert.deepEqual(tally(replies), { ok: 10 });
    } finally {
      await clinic.sandbox.query('alter function realtime.send_is_away(jsonb, text, text, boolean) rename to send');
    }
  });
});

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { unpackChange } from '../../src/core/runs.ts';
import type { BookingResult, PackedChange } from '../../src/core/wire.ts';
import { Clinic, MIRA } from './support/clinic.ts';
import { Listener } from './support/listener.ts';

// The messages on the live topics, as the unmodified client receives them with the public key.

const SECRETIVE = {
  name: 'Zebulon Quist',
  email: 'zq@example.org',
  phone: '+99 111 222 333',
  note: 'a rare complaint',
};
const PUBLIC_COLUMNS = ['end_time', 'held_until', 'id', 'provider_id', 'revision', 'start_time', 'status'];

describe('live topics', { timeout: 300_000 }, () => {
  let clinic: Clinic;
  let page: Listener;
  let stranger: Listener;
  let impostor: Listener;

  before(async () => {
    clinic = await Clinic.open();
  });
  after(() => clinic.close());
  beforeEach(() => {
    page = new Listener(clinic);
    stranger = new Listener(clinic);
    impostor = new Listener(clinic);
  });
  afterEach(() => Promise.all([page, stranger, impostor].map((listener) => listener.close())));

  it('carry each change of slots and no patient data', async () => {
    await page.slots(MIRA.id);
    await page.viewers(MIRA.id, 'page');
    await page.tables('openslot', 'availability_slots');
    const starts = await clinic.openStarts(MIRA.slug);
    const visitor = randomUUID();

    await clinic.call('openslot_hold', { provider: MIRA.slug, service: 'consultation', start: starts[30], visitor });
    const booked = await clinic.book(MIRA.slug, 'consultation', starts[30]!, { patient: SECRETIVE, visitor });
    const token = booked.body.manage_token;
    const moved = await clinic.call<BookingResult>('openslot_reschedule', {
      token,
      start: starts[32],
      request_id: randomUUID(),
    });
    const cancelled = await clinic.call<BookingResult>('openslot_cancel', { token, reason: 'a private reason' });
    const own = [booked, moved, cancelled].map((reply) => reply.body.change);

    const last = own[2]!.revision;
    await page.until(() => page.changes.at(-1)?.revision === last && page.rows.some((row) => row['revision'] === last));
    assert.deepEqual(page.changes.slice(1).map(withoutId), own, 'other clients receive the same change as the patient');
    assert.deepEqual(
      page.changes.map((change) => change.revision - change.after),
      [1, 1, 1, 1],
    );
    assert.deepEqual(
      page.changes.map((change) => unpackChange(change).slots.map((slot) => slot.status)),
      [['held'], ['removed'], ['open', 'removed'], ['open']],
    );
    for (const row of page.rows) assert.deepEqual(Object.keys(row).sort(), PUBLIC_COLUMNS);

    const received = page.frames.join('\n').toLowerCase();
    const { rows: facts } = await clinic.sandbox.query<{ fact: string }>(
      `select distinct lower(fact) as fact from openslot.appointments,
         unnest(array[id::text, patient_name, patient_email, patient_phone, patient_note, cancel_reason]) as fact
       where fact is not null`,
    );
    assert.deepEqual(
      [...facts.map(({ fact }) => fact), token.toLowerCase(), visitor].filter((fact) => received.includes(fact)),
      [],
    );
  });

  it('carry no broadcast from an anonymous client', async () => {
    await page.slots(MIRA.id);
    await page.viewers(MIRA.id, 'page');
    const channels = [await stranger.slots(MIRA.id), await stranger.viewers(MIRA.id, 'stranger')];
    const asPublic = await impostor.open(`openslot:provider:${MIRA.id}`);
    const forged = { after: 0, revision: 1_000_000, slot_minutes: 20, runs: [], full_days: [] };
    for (const channel of [...channels, asPublic]) {
      // The server sends no reply here, and the client's timer for one would keep the process alive.
      await channel.send({ type: 'broadcast', event: 'slots', payload: forged }, { timeout: 1 });
    }
    // The server handles a socket's frames in order: a reply to this one shows that the earlier ones are handled.
    assert.equal(await channels[1]!.track({}), 'ok');
    assert.equal(await asPublic.unsubscribe(), 'ok');

    const start = (await clinic.openStarts(MIRA.slug))[40]!;
    const booked = await clinic.book(MIRA.slug, 'consultation', start);
    await page.until(() => page.changes.length > 0);
    assert.deepEqual(page.changes.map(withoutId), [booked.body.change]);
    assert.ok(!page.frames.some((frame) => frame.includes('1000000')));
  });

  it('count viewers, on their own topic only', async () => {
    const [viewers, others] = [await page.viewers(MIRA.id, 'page'), await stranger.viewers(MIRA.id, 'stranger')];
    assert.deepEqual([await viewers.track({}), await others.track({})], ['ok', 'ok']);
    await page.until(() => Object.keys(viewers.presenceState()).length === 2);
    await others.untrack();
    await page.until(() => Object.keys(viewers.presenceState()).length === 1);

    const slots = await stranger.slots(MIRA.id);
    assert.equal(await slots.track({}), 'error');
  });
});

/** The message as the database wrote it; Realtime adds an id. */
function withoutId({ id, ...change }: PackedChange & { id?: string }): PackedChange {
  assert.ok(id);
  return change;
}

/** What waits for a provider's lock goes on with the settings as they are then, not as they were before. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import pg from 'pg';
import { until } from '../support/until.ts';
import { Clinic, MIRA } from './support/clinic.ts';

describe('settings that change while a function waits', { timeout: 60_000 }, () => {
  let clinic: Clinic;
  let starts: string[];
  let slow: pg.Client;

  before(async () => {
    clinic = await Clinic.open();
    starts = await clinic.openStarts(MIRA.slug);
  });
  after(() => clinic.close());

  beforeEach(async () => {
    slow = new pg.Client({ connectionString: clinic.sandbox.databaseUrl });
    await slow.connect();
  });
  afterEach(() => slow.end());

  /** Changes settings in a transaction that ends once the function waits for its locks. */
  async function changeMeanwhile<T>(statement: string, params: unknown[], call: () => Promise<T>): Promise<T> {
    await slow.query('begin');
    await slow.query(statement, params);
    const answer = call();
    await until(async () => {
      const { waits } = await clinic.row<{ waits: boolean }>(
        'select exists (select from pg_stat_activity where $1 = any (pg_blocking_pids(pid))) as waits',
        [(slow as unknown as { processID: number }).processID],
      );
      return waits;
    });
    await slow.query('commit');
    return answer;
  }

  const setService = `update openslot.services set duration_minutes = $2, active = $3
    where provider_id = $1 and slug = 'consultation'`;

  it('books a service with its new length', async () => {
    const { body } = await changeMeanwhile(setService, [MIRA.id, 55, true], () =>
      clinic.book(MIRA.slug, 'consultation', starts[20]!),
    );
    const { start, end } = body.appointment;
    assert.equal(Date.parse(end) - Date.parse(start), 55 * 60_000);
  });

  it('holds a service with its new length', async () => {
    const start = starts[40]!;
    await changeMeanwhile(setService, [MIRA.id, 70, true], () =>
      clinic.call('openslot_hold', { provider: MIRA.slug, service: 'consultation', start, visitor: randomUUID() }),
    );
    const { takes } = await clinic.row<{ takes: boolean }>(
      `select upper(busy) - start_time >= interval '70 minutes' as takes from openslot.holds where start_time = $1`,
      [start],
    );
    assert.equal(takes, true);
  });

  it('books no service that is not offered any more', async () => {
    const { code } = await changeMeanwhile(setService, [MIRA.id, 55, false], () =>
      clinic.book(MIRA.slug, 'consultation', starts[60]!),
    );
    assert.equal(code, 'service_not_found');
  });

  it('extends the horizon by the new window', async () => {
    await clinic.sandbox.query(
      'update openslot.calendars set opened_until = opened_until - 20 where provider_id = $1',
      [MIRA.id],
    );
    const worker = new pg.Client({ connectionString: clinic.sandbox.databaseUrl });
    await worker.connect();
    const shorter = 'update openslot.providers set booking_window_days = booking_window_days - 10 where id = $1';
    const { rows } = await changeMeanwhile(shorter, [MIRA.id], () =>
      worker.query('select openslot.extend_horizon($1) as extended', [MIRA.id]),
    );
    await worker.end();
    assert.deepEqual(rows, [{ extended: false }]);
  });
});

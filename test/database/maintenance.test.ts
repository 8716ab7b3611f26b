/** Maintenance of many providers takes them one by one: it waits for one of them, and keeps none locked meanwhile. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, describe, it } from 'node:test';
import pg from 'pg';
import { until } from '../support/until.ts';
import { Clinic } from './support/clinic.ts';

const PROVIDERS = 200;

describe('maintenance of 200 providers', { timeout: 120_000 }, () => {
  let clinic: Clinic;
  /** In the order in which the procedures take them. */
  let ids: readonly string[];
  let [first, locked, last] = ['', '', ''];
  /** The session of a function that has locked one provider and goes on for a while. */
  let slow: pg.Client;
  let worker: pg.Client;

  before(async () => {
    clinic = await Clinic.open({ seed: false });
    const { sandbox } = clinic;
    await sandbox.query(
      `insert into openslot.tenants (slug, name, rate_limit_per_hour) values ('clinic', 'Clinic', null)`,
    );
    await sandbox.query(
      `insert into openslot.providers (tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days)
       select tenant.id, 'provider-' || number, 'Dr. Test', 'Europe/Stockholm', 30, 0, 14
       from openslot.tenants tenant, generate_series(1, $1) as number`,
      [PROVIDERS],
    );
    await sandbox.query(
      `insert into openslot.services (provider_id, slug, name, duration_minutes) select id, 'visit', 'Visit', 30 from openslot.providers`,
    );
    await sandbox.query(
      `insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
       select id, weekday, '09:00', '17:00' from openslot.providers, generate_series(1, 7) as weekday`,
    );
    const { rows } = await sandbox.query<{ id: string }>('select id from openslot.providers order by id');
    ids = rows.map(({ id }) => id);
    [first, locked, last] = [ids[0]!, ids[PROVIDERS / 2]!, ids.at(-1)!];
  });
  after(() => clinic.close());

  beforeEach(async () => {
    [slow, worker] = [
      new pg.Client({ connectionString: clinic.sandbox.databaseUrl }),
      new pg.Client({ connectionString: clinic.sandbox.databaseUrl }),
    ];
    await slow.connect();
    await worker.connect();
  });
  afterEach(async () => {
    await slow.end();
    await worker.end();
  });

  /** Runs a procedure while one provider is locked, and looks around once it waits. */
  async function runBeside(procedure: string, lookAround: () => Promise<void>): Promise<void> {
    await slow.query('begin');
    await slow.query('select openslot.lock_providers(array[$1::uuid])', [locked]);
    const done = worker.query(procedure);
    await isWaiting();
    await lookAround();
    for (const provider of [first, last]) {
      const [start] = await clinic.openStarts(provider);
      const { code } = await clinic.book(provider, 'visit', start!);
      assert.equal(code, null, 'patients book with the other providers meanwhile');
    }
    await isWaiting();
    await slow.query('commit');
    await done;
  }

  function isWaiting(): Promise<void> {
    return until(async () => {
      const { waits } = await clinic.row<{ waits: boolean }>(
        `select exists (select from pg_locks where pid = $1 and not granted) as waits`,
        [(worker as unknown as { processID: number }).processID],
      );
      return waits;
    });
  }

  /** Those that neither the procedure nor the slow function has locked. */
  async function unlocked(): Promise<readonly string[]> {
    const { rows } = await clinic.sandbox.query<{ id: string }>(
      'select provider_id as id from openslot.calendars order by provider_id for no key update skip locked',
    );
    return rows.map(({ id }) => id);
  }

  async function providersWhere(condition: string): Promise<readonly string[]> {
    const { rows } = await clinic.sandbox.query<{ id: string }>(
      `select provider_id as id from openslot.calendars calendar where ${condition} order by provider_id`,
    );
    return rows.map(({ id }) => id);
  }

  it('extends the horizon of one after the other', async () => {
    await clinic.sandbox.query('update openslot.calendars set opened_until = opened_until - 1');
    const { goal } = await clinic.row<{ goal: string }>(
      'select max(opened_until + 1)::text as goal from openslot.calendars',
    );
    const extended = () => providersWhere(`opened_until = '${goal}'`);
    assert.deepEqual(await extended(), []);

    await runBeside('call openslot.extend_horizon()', async () => {
      assert.deepEqual(
        await unlocked(),
        ids.filter((id) => id !== locked),
      );
      assert.deepEqual(await extended(), ids.slice(0, PROVIDERS / 2));
    });
    assert.deepEqual(await extended(), ids);
    const { rows } = await clinic.sandbox.query(
      'select difference.* from openslot.providers provider, openslot.check_calendar(provider.id) difference',
    );
    assert.deepEqual(rows, []);
  });

  it('purges one after the other', async () => {
    for (const id of ids) {
      await clinic.sandbox.query(
        `insert into openslot.changes (provider_id, revision, touched, days, changed_at)
         select provider_id, revision, '{}', '{}', now() - interval '2 days' from openslot.calendars where provider_id = $1
         on conflict on constraint changes_pkey do update set changed_at = excluded.changed_at`,
        [id],
      );
    }
    const purged = () =>
      providersWhere(
        `not exists (select from openslot.changes
           where provider_id = calendar.provider_id and changed_at < now() - interval '1 day')`,
      );
    assert.deepEqual(await purged(), []);

    await runBeside('call openslot.purge()', async () => {
      assert.deepEqual(
        await unlocked(),
        ids.filter((id) => id !== locked),
      );
      assert.deepEqual(await purged(), ids.slice(0, PROVIDERS / 2));
    });
    assert.deepEqual(await purged(), ids);
  });

  it('deletes old holds while all providers are locked', async () => {
    const [start] = await clinic.openStarts(first);
    const visitor = crypto.randomUUID();
    await clinic.call('openslot_hold', { provider: first, service: 'visit', start, visitor });
    await clinic.sandbox.query(
      `update openslot.holds set began_at = now() - interval '3 hours', held_until = now() - interval '2 hours'`,
    );
    await slow.query('begin');
    await slow.query('select openslot.lock_providers(array(select provider_id from openslot.calendars))');
    const { rows } = await worker.query('select openslot.release_expired_holds() as released');
    assert.deepEqual(rows, [{ released: 1 }]);
    await slow.query('rollback');
  });

  for (const [table, statement] of [
    ['providers', `update openslot.providers set title = 'Doctor' where id = $1`],
    ['services', `update openslot.services set description = 'Half an hour' where provider_id = $1`],
    [
      'tenants',
      `update openslot.tenants set slug = 'renamed' where id = (select tenant_id from openslot.providers where id = $1)`,
    ],
  ] as const) {
    it(`changes ${table} by hand without a deadlock with a function that saves settings`, async () => {
      await slow.query('begin');
      await slow.query('select openslot.lock_providers(array[$1::uuid])', [locked]);
      const done = worker.query(statement, [locked]);
      await isWaiting();
      await slow.query(statement, [locked]);
      await slow.query('commit');
      await done;
    });
  }
});

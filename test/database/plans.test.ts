/** What runs often must not read more rows as tables grow. PostgreSQL reports how it carried out each statement of a function. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { Clinic } from './support/clinic.ts';

const DAYS = 366;

describe('plans of a large clinic', { timeout: 120_000 }, () => {
  let clinic: Clinic;
  let client: pg.Client;
  let provider: string;
  let report: string[] = [];

  before(async () => {
    clinic = await Clinic.open({ seed: false });
    const { sandbox } = clinic;
    await sandbox.query(
      `insert into openslot.tenants (slug, name, rate_limit_per_hour, reminder_minutes) values ('clinic', 'Clinic', null, '{1440,60}')`,
    );
    await sandbox.query(
      `insert into openslot.providers (tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days)
       select id, 'provider-' || number, 'Dr. Test', 'Europe/Berlin', 20, 0, case number when 1 then $1 else 1 end
       from openslot.tenants, generate_series(1, 200) as number`,
      [DAYS],
    );
    await sandbox.query(
      `insert into openslot.services (provider_id, slug, name, duration_minutes) select id, 'visit', 'Visit', 20 from openslot.providers`,
    );
    await sandbox.query(
      `insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
       select id, weekday, '08:00', '18:00' from openslot.providers, generate_series(1, 7) as weekday where slug = 'provider-1'`,
    );
    // Past appointments of years, and some to come. Nothing follows them, which would take long.
    await sandbox.query('alter table openslot.appointments disable trigger user');
    await sandbox.query(
      `insert into openslot.appointments (provider_id, service_id, start_time, end_time, busy, patient_name, token_hash)
       select provider_id, id, start, start + interval '20 minutes', tstzrange(start, start + interval '20 minutes'), 'Ada Example',
         sha256((id || start::text)::bytea)
       from openslot.services, generate_series(now() - interval '470 days', now() + interval '30 days', interval '1 day') as start`,
    );
    await sandbox.query('alter table openslot.appointments enable trigger user');
    await sandbox.query('analyze');
    ({ id: provider } = await clinic.row<{ id: string }>(
      "select id from openslot.providers where slug = 'provider-1'",
    ));

    client = new pg.Client({
      connectionString: clinic.sandbox.databaseUrl.replace('postgres:postgres@', 'supabase_admin:postgres@'),
    });
    await client.connect();
    client.on('notice', ({ message }) => report.push(message ?? ''));
    await client.query(`load 'auto_explain'`);
    await client.query(
      `set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on; set auto_explain.log_analyze = on;
       set auto_explain.log_timing = off; set client_min_messages = log`,
    );
  });
  after(async () => {
    await client.end();
    await clinic.close();
  });

  /** What matches the pattern in the plans of all statements that a statement carries out. */
  async function lines(statement: string, pattern: RegExp): Promise<string[]> {
    report = [];
    await client.query(statement);
    return report.flatMap((plan) => plan.split('\n')).flatMap((line) => pattern.exec(line)?.[0] ?? []);
  }

  it('searches the slots of each changed time in the index', async () => {
    const { revision } = await clinic.row<{ revision: number }>(
      'select revision::int from openslot.calendars where provider_id = $1',
      [provider],
    );
    await clinic.sandbox.query(
      `insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at)
       select $1, 'off', day + time '12:00', day + time '13:00' from generate_series(current_date + 1, current_date + $2::int, interval '1 day') as day`,
      [provider, DAYS],
    );
    assert.deepEqual(
      await lines(
        `select openslot.changes_since('${provider}', ${revision})`,
        /Rows Removed by Join Filter|(Seq|Index) Scan.* on availability_slots/,
      ),
      ['Index Scan using availability_slots_pkey on availability_slots'],
    );
  });

  it('finds due reminders without reading past appointments', async () => {
    const scans = await lines(
      'select openslot.due_reminders()',
      /(Seq|Index) Scan.* on (appointments|one_appointment_per_start)/,
    );
    assert.ok(scans.length > 0);
    assert.ok(!scans.includes('Seq Scan on appointments'), scans.join('\n'));
  });

  it('reads the hours of one time, and not those of all days before it', async () => {
    const start = `now() + interval '${DAYS - 10} days'`;
    const span = `tstzrange(${start}, ${start} + interval '20 minutes')`;
    const reading = /Rows Removed by Filter: \d\d+|Seq Scan on opening_ranges|Index Only Scan Backward/;
    for (const statement of [`hours_within('${provider}', ${span})`, `is_in_phase('${provider}', 20, ${span})`]) {
      assert.deepEqual(await lines(`select openslot.${statement}`, reading), ['Index Only Scan Backward']);
    }
  });
});

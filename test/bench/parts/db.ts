/**
 * The calendar query while the tables that it reads grow from 2,000 appointments to 200,000: a hundred times as many providers,
 * each with as many appointments and hours, a third of the appointments past. The plans are those that PostgreSQL really ran inside
 * the functions.
 */
import pg from 'pg';
import { startSandbox } from '../../../sandbox/index.ts';
import { addProvider } from '../provider.ts';
import type { Part, Row } from '../report/result.ts';
import { atMost } from '../report/result.ts';
import { spreadOf, timed } from '../report/spread.ts';
import { SUPERUSER } from '../../../sandbox/database/postgres.ts';

const SIZES = [2_000, 20_000, 200_000];
const APPOINTMENTS_PER_PROVIDER = 200;
const RUNS = 200;
const BUDGET = 2;

export const db: Part = async (log) => {
  const sandbox = await startSandbox({ seed: false });
  const client = new pg.Client({ connectionString: sandbox.databaseUrl.replace('postgres:', `${SUPERUSER}:`) });
  try {
    await client.connect();
    const providerId = await addProvider(sandbox.query, { slug: 'watched', slotMinutes: 60, windowDays: 28 });
    const rows: Row[] = [];
    const plans: string[] = [];
    let smallest = 0;
    for (const size of SIZES) {
      log(`${size.toLocaleString('en')} appointments`);
      await grow(client, providerId, size);
      const times = await timed(RUNS, () => client.query("select openslot_calendar('watched')"));
      const measured = spreadOf(times);
      smallest ||= measured.p50;
      const ratio = measured.p50 / smallest;
      rows.push({
        what: `openslot_calendar, ${size.toLocaleString('en')} appointments in the table`,
        unit: 'ms',
        measured,
        ...(size > SIZES[0]! && {
          budget: atMost(BUDGET, ratio, `within ${BUDGET}x of ${SIZES[0]!.toLocaleString('en')}`),
          note: `${ratio.toFixed(2)}x`,
        }),
      });
      plans.push(`${size.toLocaleString('en')} appointments in the table\n\n${await planOf(client)}`);
    }
    const nothingNew = await timed(RUNS, () =>
      client.query(
        "select openslot_changes('watched', (select revision from openslot.calendars where provider_id = (select id from openslot.providers where slug = 'watched')))",
      ),
    );
    rows.push({
      what: 'openslot_changes that finds nothing, in the largest table',
      unit: 'ms',
      measured: spreadOf(nothingNew),
    });
    return { rows, files: { 'db-plans.txt': `${plans.join('\n\n\n')}\n` } };
  } finally {
    await client.end();
    await sandbox.stop();
  }
};

/** Adds other providers with hours and appointments, without the triggers: only the number of rows matters here. */
async function grow(client: pg.Client, providerId: string, size: number): Promise<void> {
  await client.query('begin');
  await client.query("set local session_replication_role = 'replica'");
  const { rows } = await client.query<{ missing: number }>(
    'select greatest(0, ceil(($1 - count(*)) / $2::numeric))::integer as missing from openslot.appointments',
    [size, APPOINTMENTS_PER_PROVIDER],
  );
  await client.query(
    `with provider as (
       insert into openslot.providers (tenant_id, slug, name, time_zone)
       select tenant_id, 'other-' || gen_random_uuid(), 'Other', 'UTC'
       from openslot.providers cross join generate_series(1, $2) where id = $1
       returning id
     ), service as (
       insert into openslot.services (provider_id, slug, name, duration_minutes)
       select id, 'visit', 'Visit', 60 from provider
       returning id, provider_id
     ), hours as (
       insert into openslot.opening_ranges (provider_id, starts, ends, anchor)
       select id, starts, starts + interval '8 hours', starts
       from provider cross join generate_series(1, 35) number,
         lateral (select date_trunc('day', now()) + number * interval '1 day' + interval '9 hours') as day (starts)
     )
     insert into openslot.appointments (provider_id, service_id, start_time, end_time, busy, patient_name, token_hash)
     select provider_id, id, starts, starts + interval '1 hour', tstzrange(starts, starts + interval '1 hour'), 'Patient',
       sha256((provider_id::text || number)::bytea)
     from service cross join generate_series(1, $3) number,
       lateral (select date_trunc('hour', now()) + (number - $3 / 3) * interval '1 hour') as time (starts)`,
    [providerId, rows[0]!.missing, APPOINTMENTS_PER_PROVIDER],
  );
  await client.query('commit');
  await client.query('vacuum analyze');
}

/** auto_explain reports the plans of statements inside a function; at this level it sends them to the client. */
async function planOf(client: pg.Client): Promise<string> {
  const plans: string[] = [];
  const heard = ({ message }: { message: string | undefined }) => {
    if (/opening_ranges|appointments/.test(message ?? '')) plans.push(message!);
  };
  await client.query(`load 'auto_explain'; set client_min_messages = log; set auto_explain.log_min_duration = 0;
    set auto_explain.log_nested_statements = on; set auto_explain.log_analyze = on; set auto_explain.log_buffers = on`);
  client.on('notice', heard);
  await client.query("select openslot_calendar('watched')");
  client.off('notice', heard);
  await client.query('set auto_explain.log_min_duration = -1; set client_min_messages = notice');
  if (!plans[0]) throw new Error('auto_explain told no plan');
  return plans.map((plan) => plan.trim()).join('\n\n');
}

/** A world on the sandbox: real sockets through proxies, a real database, and the hurried clock. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '../../../sandbox/index.ts';
import { createOpenslotClient } from '../../../src/core/client.ts';
import { unpackSnapshot } from '../../../src/core/runs.ts';
import type { PackedSnapshot } from '../../../src/core/wire.ts';
import { seededRandom } from '../../support/fakes/fake-clock.ts';
import { createFakePage } from '../../support/fakes/fake-page.ts';
import { FaultyNetwork } from './faulty-network.ts';
import { createHurriedClock } from './hurried-clock.ts';
import { LONG, openProvider, SHORT, type TestProvider } from './provider.ts';
import type { Scenario, StaffEdit } from './steps.ts';
import { TabClock } from './tab-clock.ts';
import { Tab } from './tab.ts';
import { until } from '../../support/until.ts';
import type { World } from './world.ts';

const HURRY = 50;
const LONGEST_PASS_MS = 150;
/** Longer than a hurried client waits for an answer. */
const LATE_MS = 1_500;
/** `restrict_violation`, `deadlock_detected` */
const REFUSED_TO_STAFF = new Set(['23001', '40P01']);

export async function createSandboxWorld(sandbox: Sandbox, { seed, realtime, skews }: Scenario): Promise<World> {
  const random = seededRandom(seed);
  const provider = await openProvider(sandbox);
  const networks = await Promise.all(
    realtime.map(() => FaultyNetwork.start(sandbox.url, provider.id, () => random() * LATE_MS)),
  );

  const tabs = networks.map((network, index) => {
    const clock = new TabClock(createHurriedClock({ seed: seed + index }), skews[index] ?? 0);
    const page = createFakePage();
    const client = createOpenslotClient(
      { supabaseUrl: network.proxy.url, supabaseKey: sandbox.publishableKey },
      { clock, page },
    );
    const calendar = client.calendar({ provider: provider.slug, realtime: realtime[index] ?? 'broadcast' });
    const services = { short: SHORT, long: LONG };
    return new Tab({ name: `tab ${index}`, client, calendar, clock, page, network, services });
  });

  return {
    tabs,
    async staff(edit, at, count) {
      try {
        await staff(sandbox, provider, { edit, at, count });
      } catch (error) {
        // A patient booked the time meanwhile, or was about to. Staff get an error and do something else.
        if (!REFUSED_TO_STAFF.has((error as { code?: string }).code ?? '')) throw error;
      }
    },
    pass: (ms) => pause(Math.min(ms / HURRY, LONGEST_PASS_MS)),
    until,
    truth: async () => {
      const [snapshot, booked, confirmed] = await Promise.all([
        sandbox.query<{ calendar: PackedSnapshot; now: number }>(
          'select public.openslot_calendar($1) as calendar, extract(epoch from clock_timestamp())::float8 * 1000 as now',
          [provider.id],
        ),
        sandbox.query<{ from: number; until: number }>(
          `select extract(epoch from start_time)::float8 * 1000 as from, extract(epoch from end_time)::float8 * 1000 as until
           from openslot.availability_slots where provider_id = $1 and status = 'booked'`,
          [provider.id],
        ),
        sandbox.query<{ id: string; start: string; patient: string; from: number; until: number }>(
          `select id, openslot.iso(start_time) as start, patient_name as patient,
             extract(epoch from lower(busy))::float8 * 1000 as from, extract(epoch from upper(busy))::float8 * 1000 as until
           from openslot.appointments where provider_id = $1 and status = 'confirmed'`,
          [provider.id],
        ),
      ]);
      const { calendar, now } = snapshot.rows[0]!;
      return {
        snapshot: unpackSnapshot(calendar),
        now,
        booked: booked.rows,
        confirmed: new Map(
          confirmed.rows.map(({ id, start, patient, from, until }) => [id, { start, patient, busy: { from, until } }]),
        ),
      };
    },
    close: async () => {
      await Promise.all(networks.map(({ proxy }) => proxy.stop()));
    },
  };
}

interface Edit {
  readonly edit: StaffEdit;
  readonly at: number;
  readonly count: number;
}

/** Edits a schedule directly in SQL, as a clinic's own tools may do. */
async function staff(sandbox: Sandbox, { id }: TestProvider, { edit, at, count }: Edit): Promise<void> {
  switch (edit) {
    case 'block':
      await sandbox.query(
        `insert into openslot.overrides (provider_id, effect, during)
         select $1, 'closed', tstzrange(start_time, end_time) from openslot.availability_slots
         where provider_id = $1 and status in ('open', 'held') and start_time > now() + interval '10 minutes'
         order by start_time offset $2 limit $3`,
        [id, at, count],
      );
      break;
    case 'open':
      await sandbox.query('delete from openslot.overrides where provider_id = $1', [id]);
      await sandbox.query('delete from openslot.availability_exceptions where provider_id = $1', [id]);
      break;
    case 'day off':
      await sandbox.query(
        `insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at)
         select $1, 'off', day + interval '9 hours', day + make_interval(hours => 9 + $3)
         from (select date_trunc('day', now() at time zone 'UTC') + make_interval(days => 1 + $2 % 2) as day) as chosen`,
        [id, at, count],
      );
      break;
    case 'settings':
      await sandbox.query('update openslot.providers set title = $2 where id = $1', [id, `Title ${at}`]);
  }
}

import type { Sandbox } from '../../../sandbox/index.ts';

/** Slugs of a test provider's services: one slot, and two with a buffer. */
export const SHORT = 'short';
export const LONG = 'long';

export interface TestProvider {
  readonly id: string;
  readonly slug: string;
}

let opened = 0;

/** A provider for one test: hours from 9 to 14 UTC on every day, in slots of an hour, bookable three days ahead. */
export async function openProvider(sandbox: Sandbox): Promise<TestProvider> {
  const slug = `provider-${++opened}`;
  const { rows } = await sandbox.query<{ id: string }>(
    `with provider as (
       insert into openslot.providers (tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days, daily_limit)
       select id, $1, 'Dr. Test', 'UTC', 60, 0, 3, 4 from openslot.tenants where slug = 'northside'
       returning id
     ), service as (
       insert into openslot.services (provider_id, slug, name, duration_minutes, buffer_before_minutes, buffer_after_minutes)
       select id, name, name, minutes, 0, buffer from provider, (values ($2, 20, 0), ($3, 90, 15)) as kind (name, minutes, buffer)
     )
     select id from provider`,
    [slug, SHORT, LONG],
  );
  const { id } = rows[0]!;
  await sandbox.query(
    `insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
     select $1, weekday, '09:00', '14:00' from generate_series(1, 7) as weekday`,
    [id],
  );
  return { id, slug };
}

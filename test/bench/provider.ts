import type { Sandbox } from '../../sandbox/index.ts';

type Query = Sandbox['query'];

export interface ProviderOptions {
  readonly slug: string;
  readonly slotMinutes: number;
  readonly windowDays: number;
  /** `tenants.broadcast_gap_ms` of the provider's clinic. */
  readonly gapMs?: number;
}

/**
 * Adds a provider who works day and night, in a clinic without a limit on callers. One service, `visit`, takes one slot. The
 * schema itself generates the slots.
 * @returns the provider's id
 */
export async function addProvider(
  query: Query,
  { slug, slotMinutes, windowDays, gapMs = 0 }: ProviderOptions,
): Promise<string> {
  const { rows } = await query<{ id: string }>(
    `with tenant as (
       insert into openslot.tenants (slug, name, rate_limit_per_hour, broadcast_gap_ms) values ($1, 'Clinic', null, $4)
       returning id
     )
     insert into openslot.providers (tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days)
     select id, $1, 'Dr. Bench', 'UTC', $2, 0, $3 from tenant returning id`,
    [slug, slotMinutes, windowDays, gapMs],
  );
  const id = rows[0]!.id;
  await query(
    `insert into openslot.services (provider_id, slug, name, duration_minutes) values ($1, 'visit', 'Visit', $2)`,
    [id, slotMinutes],
  );
  await query(
    `insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
     select $1, weekday, '00:00', '24:00' from generate_series(1, 7) weekday`,
    [id],
  );
  return id;
}

export interface OpenSlot {
  readonly id: number;
  /** ISO instant. */
  readonly start: string;
}

/** Open slots, soonest first, at least a few hours from now, so that none begins during the run. */
export async function openSlots(query: Query, providerId: string, count: number): Promise<OpenSlot[]> {
  const { rows } = await query<OpenSlot & { id: number }>(
    `select openslot.minute(start_time)::integer as id, openslot.iso(start_time) as start from openslot.availability_slots
     where provider_id = $1 and status = 'open' and start_time > now() + interval '3 hours' order by start_time limit $2`,
    [providerId, count],
  );
  if (rows.length < count) throw new Error(`Only ${rows.length} open slots of ${count}`);
  return rows;
}

-- What is done at intervals, by the worker or pg_cron, and what an operator may call.
--
-- Each of these does one provider in one transaction, so that a booking never waits for all of them. The procedures go through
-- all providers and commit after each: call them outside a transaction.

create function openslot.extend_horizon(of_provider uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  provider openslot.providers;
  calendar openslot.calendars;
  last_day date;
begin
  -- Most calls find nothing to do, and lock nothing. A call that finds a new day locks the provider and reads everything again,
  -- since the settings may have changed before the lock.
  for reading in 1..2 loop
    select * into provider from openslot.providers where id = of_provider and active;
    select * into calendar from openslot.calendars where provider_id = of_provider;
    last_day := openslot.last_day(provider);
    if provider.id is null or last_day <= calendar.opened_until then
      return false;
    end if;
    perform openslot.lock_providers(array[of_provider]);
  end loop;
  if not isfinite(calendar.opened_until) then
    perform openslot.reopen(of_provider);
    return true;
  end if;
  perform openslot.write_openings(provider, calendar.opened_until, last_day);
  update openslot.calendars set opened_until = last_day where provider_id = of_provider;
  perform openslot.project(of_provider, tstzmultirange(tstzrange(
    openslot.local_instant(calendar.opened_until::timestamp, provider.time_zone),
    openslot.local_instant((last_day + 1)::timestamp, provider.time_zone))));
  return true;
end;
$$;
comment on function openslot.extend_horizon(uuid) is
  'Makes the slots of the days that have come into the window. Returns whether there were such days.';

create procedure openslot.extend_horizon()
language plpgsql
as $$
declare
  next_provider uuid;
begin
  for next_provider in select id from openslot.providers where active order by id loop
    perform openslot.extend_horizon(next_provider);
    commit;
  end loop;
end;
$$;
comment on procedure openslot.extend_horizon() is 'Extends the horizon of each active provider; daily.';

create function openslot.purge_provider(of_provider uuid, keep interval, keep_changes interval) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  forgotten bigint;
  purged integer := 0;
  more integer;
begin
  perform openslot.lock_providers(array[of_provider]);
  select max(revision) into forgotten from openslot.changes where provider_id = of_provider and changed_at < now() - keep_changes;
  if forgotten is not null then
    delete from openslot.changes where provider_id = of_provider and revision <= forgotten;
    delete from openslot.availability_slots where provider_id = of_provider and status = 'removed' and revision <= forgotten;
    get diagnostics purged = row_count;
    update openslot.calendars set reload_revision = greatest(reload_revision, forgotten) where provider_id = of_provider;
  end if;
  delete from openslot.availability_slots where provider_id = of_provider and start_time < now() - keep;
  get diagnostics more = row_count;
  delete from openslot.opening_ranges where provider_id = of_provider and ends < now() - keep;
  delete from openslot.overrides where provider_id = of_provider and upper(during) < now() - keep;
  delete from openslot.full_days where provider_id = of_provider and ends < now() - keep;
  return purged + more;
end;
$$;
comment on function openslot.purge_provider(uuid, interval, interval) is
  'Deletes a provider''s slots, hours and overrides that are over for longer than `keep`, and changes and tombstones older than '
  '`keep_changes`: clients that missed them must reload. Returns the number of slots.';

create function openslot.purge_answers(keep interval) returns void
language plpgsql security definer set search_path = ''
as $$
begin
  delete from openslot.requests where created_at < now() - keep;
  delete from openslot.rate_limits where hour < now() - interval '1 day';
  delete from openslot.notifications where created_at < now() - 3 * keep;
  delete from openslot.deliveries where state in ('sent', 'skipped') and created_at < now() - keep;
  delete from openslot.invitations where expires_at < now() - keep;
end;
$$;
comment on function openslot.purge_answers(interval) is 'Deletes old requests, notifications, deliveries and invitations.';

create procedure openslot.purge(keep interval default '30 days', keep_changes interval default '1 day')
language plpgsql
as $$
declare
  next_provider uuid;
begin
  for next_provider in select id from openslot.providers order by id loop
    perform openslot.purge_provider(next_provider, keep, keep_changes);
    commit;
  end loop;
  perform openslot.purge_answers(keep);
end;
$$;
comment on procedure openslot.purge(interval, interval) is
  'Purges each provider, then old requests, notifications, deliveries and invitations; daily. Appointments stay.';

create function openslot.release_expired_holds() returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  released integer;
begin
  -- Nothing shows a hold that ran out, so nothing follows, and a hold that is being renewed just now is left to its visitor.
  perform openslot.follow_facts_later();
  perform set_config('openslot.providers_are_locked', 'yes', true);
  delete from openslot.holds where holder in (
    select holder from openslot.holds where held_until < clock_timestamp() - interval '1 hour' for update skip locked);
  get diagnostics released = row_count;
  perform set_config('openslot.facts_are_followed_later', '', true);
  perform set_config('openslot.providers_are_locked', '', true);
  return released;
end;
$$;
comment on function openslot.release_expired_holds() is
  'Deletes holds that ran out more than an hour ago; hourly. All functions treat them as gone anyway. Returns how many.';

-- Proof ------------------------------------------------------------------------------------------------------------------

create function openslot.check_calendar(of_provider uuid)
returns table (what text, start_time timestamptz, is_now text, should_be text)
language plpgsql stable security definer set search_path = ''
as $$
declare
  provider openslot.providers;
  horizon timestamptz := openslot.horizon(of_provider);
begin
  select * into provider from openslot.providers where id = of_provider;
  return query
  with cells as materialized (
    select * from openslot.derive_cells(provider, tstzrange(now(), horizon))
  ),
  days as materialized (
    select derived.day, derived.full_until, lower(range) as starts, upper(range) as ends
    from openslot.derive_full_days(provider, (now() at time zone provider.time_zone)::date, (horizon at time zone provider.time_zone)::date) derived
    cross join lateral openslot.local_day(derived.day, provider.time_zone) as range
  ),
  -- A hold may run out while this derives. So both sides are compared as they are at one moment after that.
  compared as materialized (
    select clock_timestamp() as at from (select count(*) from cells) as derived_cells, (select count(*) from days) as derived_days
  ),
  cells_then as (
    select cells.start_time, cells.end_time,
      case when cells.held_until <= at then 'open' else cells.status end as status,
      case when cells.held_until > at then cells.held_until end as held_until
    from cells, compared
  ),
  slots_then as (
    select slot.start_time, slot.end_time,
      case when slot.held_until <= at then 'open' else slot.status end as status,
      case when slot.held_until > at then slot.held_until end as held_until
    from openslot.availability_slots slot, compared
    where slot.provider_id = of_provider and slot.start_time > now() and slot.status <> 'removed'
  )
  select 'slot', coalesce(shown.start_time, derived.start_time),
    concat_ws(' ', shown.status, shown.held_until, 'until ' || shown.end_time),
    concat_ws(' ', derived.status, derived.held_until, 'until ' || derived.end_time)
  from cells_then derived full join slots_then shown on shown.start_time = derived.start_time
  where (shown.status, shown.held_until, shown.end_time) is distinct from (derived.status, derived.held_until, derived.end_time)
  union all
  select 'full day', coalesce(shown.starts, derived.starts), shown.full_until::text, derived.full_until::text
  from (select days.* from days, compared where days.full_until > at) as derived
  full join (
    select full_day.* from openslot.full_days full_day, compared
    -- When the window becomes shorter, full days beyond the horizon stay, and no calendar shows them.
    where full_day.provider_id = of_provider and full_day.ends > now() and full_day.full_until > at
      and full_day.day <= (horizon at time zone provider.time_zone)::date
  ) as shown on shown.starts = derived.starts and shown.ends = derived.ends
  where shown.full_until is distinct from derived.full_until;
end;
$$;
comment on function openslot.check_calendar(uuid) is
  'Derives a provider''s slots and full days anew from the facts and compares them with what is shown. No row: all is right. '
  'openslot.reopen() repairs what differs.';

revoke execute on all functions in schema openslot from public;
revoke execute on all procedures in schema openslot from public;

-- Slots follow from hours. This file writes the cells that availability computes, when hours or settings change and when the
-- horizon is extended, and removes old ones.

create function openslot.generate_slots(of_provider uuid, from_date date default null, to_date date default null)
returns void
language plpgsql set search_path = ''
as $$
declare
  -- Slots exist a week beyond the booking window, so that none is missing while the worker is down.
  margin_days constant integer := 7;
  provider openslot.providers;
  today date;
  starts timestamptz;
  ends timestamptz;
begin
  perform openslot.lock_providers(array[of_provider]);
  select * into provider from openslot.providers where id = of_provider;
  if not found then
    return;
  end if;
  today := (now() at time zone provider.time_zone)::date;
  from_date := greatest(from_date, today);
  to_date := coalesce(to_date, today + provider.booking_window_days + margin_days);
  starts := greatest(now(), openslot.local_instant(from_date::timestamp, provider.time_zone));
  ends := openslot.local_instant((to_date + 1)::timestamp, provider.time_zone);

  -- One statement, so one revision and one broadcast.
  with existing as materialized (
    select slot.*,
      slot.status = 'booked'
      or slot.status = 'blocked' and slot.blocked_by = 'staff'
      or slot.status = 'held' and slot.held_until > clock_timestamp() as is_kept
    from openslot.availability_slots slot
    where slot.provider_id = of_provider and slot.start_time < ends
      and slot.start_time > starts - interval '1 day' and slot.end_time > starts
  ),
  kept as (
    select coalesce(range_agg(tstzrange(start_time, end_time)), '{}') as ranges from existing where is_kept
  ),
  full_day as materialized (
    select day from openslot.full_days(array[of_provider])
  ),
  -- A cell of a changed grid that would overlap a kept cell waits until the kept cell becomes free.
  desired as materialized (
    select wish.start_time, wish.end_time, tstzrange(wish.start_time, wish.end_time) && kept.ranges as is_covered,
      exists (select from full_day where wish.start_time <@ full_day.day) as is_full
    from openslot.desired_slots(of_provider, from_date, to_date) wish, kept
    where wish.start_time > now()
  ),
  target as (
    select existing.id, desired.start_time is null as outside_hours,
      coalesce(desired.end_time, existing.end_time) as end_time,
      case
        when existing.is_kept then existing.status
        when desired.start_time is null then 'removed'
        when desired.is_full then 'blocked'
        else 'open'
      end as status,
      case when existing.is_kept then existing.blocked_by when desired.is_full then 'daily_limit' end as blocked_by
    from existing
    left join desired on desired.start_time = existing.start_time
      and case when existing.is_kept then desired.end_time = existing.end_time else not desired.is_covered end
    where existing.start_time > starts
  ),
  changed as (
    update openslot.availability_slots slot
    set outside_hours = target.outside_hours, end_time = target.end_time, status = target.status,
      blocked_by = target.blocked_by
    from target
    where slot.id = target.id
      and (slot.outside_hours, slot.end_time, slot.status) is distinct from (target.outside_hours, target.end_time, target.status)
  )
  insert into openslot.availability_slots (provider_id, start_time, end_time, status, blocked_by)
  select of_provider, desired.start_time, desired.end_time,
    case when desired.is_full then 'blocked' else 'open' end,
    case when desired.is_full then 'daily_limit' end
  from desired
  where not desired.is_covered
    and not exists (select from existing where existing.start_time = desired.start_time)
  order by desired.start_time;
end;
$$;
comment on function openslot.generate_slots(uuid, date, date) is
  'Adapts a provider''s future slots on these local dates to the hours: adds and reopens cells, turns others into tombstones. '
  'Never changes slots that are booked, validly held or blocked by staff. Default dates: from today to past the window.';

create function openslot.extend_horizon(provider uuid default null) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  next_provider uuid;
  extended integer := 0;
begin
  for next_provider in
    select id from openslot.providers where active and id = coalesce(provider, id) order by id
  loop
    perform openslot.generate_slots(next_provider);
    extended := extended + 1;
  end loop;
  return extended;
end;
$$;
comment on function openslot.extend_horizon(uuid) is
  'Generates the slots of the days that have come into the window, for one provider or all; for the worker, daily. Returns for '
  'how many providers.';

create function openslot.purge(keep interval default '30 days', keep_tombstones interval default '1 day') returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  purged_tombstones integer;
  purged_slots integer;
begin
  -- As everywhere, lock the providers before any slot.
  perform openslot.lock_providers(array(
    select distinct provider_id from openslot.availability_slots
    where status = 'removed' and changed_at < now() - keep_tombstones));
  delete from openslot.availability_slots where status = 'removed' and changed_at < now() - keep_tombstones;
  get diagnostics purged_tombstones = row_count;

  delete from openslot.availability_slots where start_time < now() - keep;
  get diagnostics purged_slots = row_count;
  delete from openslot.requests where created_at < now() - keep;
  delete from openslot.rate_limits where hour < now() - interval '1 day';
  delete from openslot.notifications where created_at < now() - 3 * keep;
  delete from openslot.deliveries where state in ('sent', 'skipped') and created_at < now() - keep;
  delete from openslot.invitations where expires_at < now() - keep;
  return purged_tombstones + purged_slots;
end;
$$;
comment on function openslot.purge(interval, interval) is
  'Deletes slots that began longer ago than `keep`, tombstones older than `keep_tombstones`, and old requests, notifications, '
  'deliveries and invitations. Appointments stay. Returns the number of slots. Clients that may have missed a tombstone must '
  'reload.';

create function openslot.release_expired_holds() returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  next_provider uuid;
  run_out bigint[];
  released integer := 0;
begin
  for next_provider in
    select distinct provider_id from openslot.availability_slots
    where status = 'held' and held_until < clock_timestamp() - interval '1 hour' order by 1
  loop
    perform openslot.lock_providers(array[next_provider]);
    select array_agg(id) into run_out from openslot.availability_slots
    where provider_id = next_provider and status = 'held' and held_until < clock_timestamp() - interval '1 hour';
    if run_out is not null then
      perform openslot.change_slots(array[next_provider], '{}', run_out);
      released := released + cardinality(run_out);
    end if;
  end loop;
  return released;
end;
$$;
comment on function openslot.release_expired_holds() is
  'Opens holds that expired more than an hour ago; for the worker, hourly. All functions treat them as open anyway, so this is '
  'never urgent, and costs one message for each provider. Returns the number of slots.';

create function openslot.regenerate_for_hours() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed uuid;
begin
  for changed in select distinct provider_id from changed_hours order by 1 loop
    update openslot.providers set hours_version = hours_version + 1 where id = changed;
    -- openslot_set_hours changes rules and exceptions first and then generates the slots, so that it makes one revision.
    continue when coalesce(current_setting('openslot.slots_follow_later', true), '') = 'yes';
    perform openslot.generate_slots(changed);
  end loop;
  return null;
end;
$$;
comment on function openslot.regenerate_for_hours() is 'Updates the slots when rules or exceptions change.';

create function openslot.regenerate_for_settings() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed uuid;
begin
  for changed in
    select now_is.id
    from new_providers now_is join old_providers was on was.id = now_is.id
    where (now_is.time_zone, now_is.slot_minutes, now_is.booking_window_days, now_is.daily_limit, now_is.active)
      is distinct from (was.time_zone, was.slot_minutes, was.booking_window_days, was.daily_limit, was.active)
    order by 1
  loop
    perform openslot.generate_slots(changed);
  end loop;
  return null;
end;
$$;
comment on function openslot.regenerate_for_settings() is
  'Updates the slots when the zone, the grid, the window or the daily limit changes, or a provider becomes active again.';

create trigger regenerate_for_settings after update on openslot.providers
  referencing old table as old_providers new table as new_providers
  for each statement execute function openslot.regenerate_for_settings();

create trigger regenerate_after_insert after insert on openslot.availability_rules
  referencing new table as changed_hours for each statement execute function openslot.regenerate_for_hours();
create trigger regenerate_after_update after update on openslot.availability_rules
  referencing new table as changed_hours for each statement execute function openslot.regenerate_for_hours();
create trigger regenerate_after_delete after delete on openslot.availability_rules
  referencing old table as changed_hours for each statement execute function openslot.regenerate_for_hours();

create trigger regenerate_after_insert after insert on openslot.availability_exceptions
  referencing new table as changed_hours for each statement execute function openslot.regenerate_for_hours();
create trigger regenerate_after_update after update on openslot.availability_exceptions
  referencing new table as changed_hours for each statement execute function openslot.regenerate_for_hours();
create trigger regenerate_after_delete after delete on openslot.availability_exceptions
  referencing old table as changed_hours for each statement execute function openslot.regenerate_for_hours();

revoke execute on all functions in schema openslot from public;

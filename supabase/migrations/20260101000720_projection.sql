-- The projection: slots and full days are written here, and nowhere else. Each call makes one revision.

create function openslot.facts_are_followed() returns boolean
language sql stable
return coalesce(current_setting('openslot.facts_are_followed_later', true), '') = '';

create function openslot.follow_facts_later() returns void
language plpgsql set search_path = ''
as $$
begin
  perform set_config('openslot.facts_are_followed_later', 'yes', true);
end;
$$;
comment on function openslot.follow_facts_later() is
  'A function that writes several facts calls this before, and project() after: so they make one revision. Until then, triggers '
  'don''t follow them.';
comment on function openslot.facts_are_followed() is 'Whether triggers follow a fact that is written now.';

create function openslot.write_cells(provider openslot.providers, area tstzrange, new_revision bigint) returns openslot.cell[]
language plpgsql set search_path = ''
as $$
declare
  -- The longest cell, so that old cells of another length are found, too.
  longest constant interval := interval '4 hours';
  -- Hours that run past the horizon have no slots there yet, nor do hours that staff open far ahead.
  horizon timestamptz := openslot.horizon(provider.id);
  written openslot.cell[];
begin
  with desired as materialized (
    select * from openslot.derive_cells(provider, area) cell where cell.start_time < horizon
  ),
  existing as materialized (
    -- A hold that ran out counts as open without an update.
    select slot.start_time, slot.end_time, case when slot.held_until <= clock_timestamp() then 'open' else slot.status end as status,
      case when slot.held_until > clock_timestamp() then slot.held_until end as held_until
    from openslot.availability_slots slot
    where slot.provider_id = provider.id and slot.start_time > greatest(lower(area) - longest, now())
      and slot.start_time < upper(area) and slot.end_time > lower(area)
  ),
  different as (
    select coalesce(desired.start_time, existing.start_time) as start_time, coalesce(desired.end_time, existing.end_time) as end_time,
      coalesce(desired.status, 'removed') as status, desired.held_until
    from desired full join existing on existing.start_time = desired.start_time
    where (desired.end_time, desired.status, desired.held_until) is distinct from (existing.end_time, existing.status, existing.held_until)
      and (desired.status is not null or existing.status <> 'removed')
  ),
  projected as (
    insert into openslot.availability_slots as slot (provider_id, start_time, end_time, status, held_until, revision)
    select provider.id, start_time, end_time, status, held_until, new_revision from different
    on conflict on constraint availability_slots_pkey do update
      set end_time = excluded.end_time, status = excluded.status, held_until = excluded.held_until, revision = excluded.revision
    returning openslot.cell_of(slot.start_time, slot.status, slot.held_until) as cell
  )
  select coalesce(array_agg(cell), '{}') into written from projected;
  return written;
end;
$$;
comment on function openslot.write_cells(openslot.providers, tstzrange, bigint) is
  'Makes the cells that touch an area equal to what the facts say. Returns those that differed.';

create function openslot.write_full_days(provider openslot.providers, from_day date, to_day date) returns date[]
language plpgsql set search_path = ''
as $$
declare
  written date[];
begin
  with desired as materialized (
    select * from openslot.derive_full_days(provider, from_day, to_day)
  ),
  has_room as (
    delete from openslot.full_days full_day
    where provider_id = provider.id and full_day.day between from_day and to_day
      and not exists (select from desired where desired.day = full_day.day)
    returning full_day.day, full_day.full_until
  ),
  became_full as (
    insert into openslot.full_days as full_day (provider_id, day, starts, ends, full_until)
    select provider.id, desired.day, lower(range), upper(range), desired.full_until
    from desired cross join lateral openslot.local_day(desired.day, provider.time_zone) as range
    on conflict on constraint full_days_pkey do update
      set starts = excluded.starts, ends = excluded.ends, full_until = excluded.full_until
      where full_day.full_until <> excluded.full_until
    returning full_day.day
  )
  select coalesce(array_agg(changed.day), '{}') into written from (
    select became_full.day from became_full
    union all
    -- A day that had room again by the clock has it without a message.
    select has_room.day from has_room where full_until > clock_timestamp()
  ) as changed;
  return written;
end;
$$;
comment on function openslot.write_full_days(openslot.providers, date, date) is
  'Makes the full days among these local dates equal to what the facts say. Returns those that differed.';

create function openslot.project(of_provider uuid, areas tstzmultirange, reload boolean default false) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  -- More than a message should carry: then clients take a snapshot, which is small.
  most_runs constant integer := 500;
  provider openslot.providers;
  calendar openslot.calendars;
  area tstzrange;
  cells openslot.cell[] := '{}';
  changed_days date[] := '{}';
  has_full_days boolean := exists (select from openslot.full_days where provider_id = of_provider);
  change jsonb;
begin
  perform set_config('openslot.facts_are_followed_later', '', true);
  select * into provider from openslot.providers where id = of_provider;
  select * into calendar from openslot.calendars where provider_id = of_provider;
  for area in select unnest(areas) loop
    cells := cells || openslot.write_cells(provider, area, calendar.revision + 1);
    if provider.daily_limit is not null or has_full_days then
      changed_days := changed_days || openslot.write_full_days(provider,
        (lower(area) at time zone provider.time_zone)::date, (upper(area) at time zone provider.time_zone)::date);
    end if;
  end loop;
  if not reload and cells = '{}' and changed_days = '{}' then
    return null;
  end if;

  change := jsonb_build_object('after', calendar.revision, 'revision', calendar.revision + 1, 'slot_minutes', provider.slot_minutes,
    'runs', openslot.runs_json(cells, provider.slot_minutes), 'full_days', '[]'::jsonb);
  if reload or jsonb_array_length(change -> 'runs') > most_runs then
    change := change || '{"runs": [], "reload": true}';
    update openslot.calendars set revision = revision + 1, reload_revision = revision + 1 where provider_id = of_provider;
  else
    update openslot.calendars set revision = revision + 1 where provider_id = of_provider;
    insert into openslot.changes (provider_id, revision, touched, days)
    select of_provider, calendar.revision + 1,
      coalesce(range_agg(tstzrange(start_time, start_time + make_interval(mins => provider.slot_minutes))), '{}'), changed_days
    from unnest(cells);
    if changed_days <> '{}' then
      change := change || jsonb_build_object('full_days', openslot.full_days_json(provider, changed_days));
    end if;
  end if;
  perform openslot.announce(of_provider, change);
  return change;
end;
$$;
comment on function openslot.project(uuid, tstzmultirange, boolean) is
  'Brings slots and full days of these areas up to date with the facts: the only writer of both. What differed is one revision, '
  'one row in `changes`, one broadcast, and returned: {after, revision, slot_minutes, runs, full_days}; null if nothing differed. '
  'reload: settings changed, too, so that clients must take a new snapshot. The provider must be locked.';

create function openslot.last_day(provider openslot.providers) returns date
language sql stable
-- Slots exist a week beyond the booking window, so that none is missing while the worker is down.
return (now() at time zone provider.time_zone)::date + provider.booking_window_days + 7;
comment on function openslot.last_day(openslot.providers) is 'The last local date that should have slots by now.';

create function openslot.reopen(of_provider uuid, reload boolean default false) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  provider openslot.providers;
  last_day date;
begin
  perform openslot.lock_providers(array[of_provider]);
  select * into provider from openslot.providers where id = of_provider;
  last_day := openslot.last_day(provider);
  -- The dates of another zone are other instants.
  delete from openslot.full_days
  where provider_id = of_provider and tstzrange(starts, ends) <> openslot.local_day(day, provider.time_zone);
  perform openslot.write_time_off(provider);
  -- Hours of yesterday may still be running.
  perform openslot.write_openings(provider, (now() at time zone provider.time_zone)::date - 1, last_day);
  delete from openslot.opening_ranges where provider_id = of_provider
    and starts >= openslot.local_instant((last_day + 1)::timestamp, provider.time_zone);
  update openslot.calendars set opened_until = last_day where provider_id = of_provider;
  return openslot.project(of_provider, tstzmultirange(tstzrange(now(), greatest(
    openslot.local_instant((last_day + 1)::timestamp, provider.time_zone),
    (select max(end_time) from openslot.availability_slots where provider_id = of_provider)))), reload);
end;
$$;
comment on function openslot.reopen(uuid, boolean) is
  'Computes hours, slots and full days of a provider anew, from today to past the booking window. Returns the change, as project() '
  'does.';

create function openslot.horizon(of_provider uuid) returns timestamptz
language plpgsql stable set search_path = ''
as $$
begin
  return (
    -- A provider who never had hours has none to compute.
    select greatest(now() + interval '1 minute',
      case when isfinite(opened_until) then openslot.local_instant((opened_until + 1)::timestamp, provider.time_zone) end)
    from openslot.calendars calendar join openslot.providers provider on provider.id = calendar.provider_id
    where calendar.provider_id = of_provider);
end;
$$;
comment on function openslot.horizon(uuid) is 'The instant until which a provider''s hours and slots have been computed.';

revoke execute on all functions in schema openslot from public;

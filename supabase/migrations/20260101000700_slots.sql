-- Slots follow from facts: hours, time off, overrides, appointments and holds.
--
-- `derive_runs` is the only place that turns facts into cells of the grid. Snapshots read it directly. `project` writes its
-- result into `availability_slots` and `full_days`, for Realtime and for the desk, and makes the revision. No decision is made
-- by these two tables: bookings ask the facts.

create table openslot.availability_slots (
  id bigint generated always as identity,
  provider_id uuid not null references openslot.providers on delete cascade,
  start_time timestamptz not null,
  end_time timestamptz not null check (end_time > start_time),
  status text not null check (status in ('open', 'held', 'booked', 'blocked', 'removed')),
  held_until timestamptz check ((status = 'held') = (held_until is not null)),
  revision bigint not null,
  primary key (provider_id, start_time)
)
with (fillfactor = 70);
alter table openslot.availability_slots enable row level security;
comment on table openslot.availability_slots is
  'Computed: the cells of providers'' grids, public. A statement by hand changes nothing: the next change of the facts writes over '
  'it. To block a time, write an override; to change hours, their rules.';
comment on column openslot.availability_slots.status is
  'held: until held_until; after that the slot counts as open without an update. blocked: by staff; also held by a visitor whose '
  'time staff blocked. removed: a tombstone, by which clients that missed the removal receive it later.';
comment on column openslot.availability_slots.revision is 'The provider''s revision that last changed the cell.';

create table openslot.full_days (
  provider_id uuid not null references openslot.providers on delete cascade,
  day date not null,
  starts timestamptz not null,
  ends timestamptz not null,
  full_until timestamptz not null,
  primary key (provider_id, day)
);
alter table openslot.full_days enable row level security;
comment on table openslot.full_days is
  'Computed: local dates on which as many appointments and holds begin as the daily limit allows. Their cells stay open, because a '
  'service that takes them may begin on the day before.';
comment on column openslot.full_days.full_until is
  'infinity, or the end of the hold whose end makes room: then the day has room again without an update.';

-- From facts to cells ----------------------------------------------------------------------------------------------------

create function openslot.derive_runs(
  provider openslot.providers, from_time timestamptz, to_time timestamptz, only_offered boolean default false
) returns table (starts timestamptz, cells integer, status text, held_until timestamptz)
language plpgsql stable set search_path = ''
as $$
declare
  cell interval := make_interval(mins => provider.slot_minutes);
  -- date_bin rounds down to the grid. To round up: the grid's instant at or after x is the one at or before x + almost_cell.
  almost_cell interval := cell - interval '1 microsecond';
  seconds integer := provider.slot_minutes * 60;
  -- One moment for all of it: a hold that ran out in between would be held without an end.
  server_now timestamptz := clock_timestamp();
  area tstzrange;
  booked tstzmultirange;
  closed tstzmultirange;
  held tstzmultirange;
  free tstzmultirange;
  unheld tstzmultirange;
begin
  -- The past has no slots.
  if from_time >= to_time then
    return;
  end if;
  -- Cells that begin before to_time may end after it.
  area := tstzrange(from_time, to_time + cell);
  select coalesce(range_agg(busy), '{}') into booked from openslot.appointments appointment
  -- No appointment takes more than two days with its buffers. This condition lets PostgreSQL use the index.
  where appointment.provider_id = provider.id and appointment.status <> 'cancelled'
    and start_time > lower(area) - interval '2 days' and start_time < upper(area) + interval '1 day';
  select coalesce(range_agg(during), '{}') into closed from openslot.overrides
  where provider_id = provider.id and effect = 'closed' and during && area;
  select coalesce(range_agg(busy), '{}') into held from openslot.holds hold
  where hold.provider_id = provider.id and hold.held_until > server_now and busy && area;
  free := openslot.hours_within(provider.id, area) - booked - closed;
  unheld := free - held;

  -- A cell is open if all of it is free.
  return query
  select first, (extract(epoch from last - first) / seconds)::integer, 'open', null::timestamptz
  from openslot.grids(provider, from_time, to_time) grid
  cross join unnest(unheld * tstzmultirange(grid.range)) as piece
  cross join lateral (
    select date_bin(cell, lower(piece) + almost_cell, grid.origin), date_bin(cell, upper(piece), grid.origin)
  ) as whole (first, last)
  where first < last;

  -- A cell is held if it would be free without the holds that touch it. Each is a run: its neighbour may have another hold.
  if not isempty(held) then
    return query
    select start, 1, 'held', (
      select max(hold.held_until) from openslot.holds hold
      where hold.provider_id = provider.id and hold.held_until > server_now and hold.busy && tstzrange(start, start + cell))
    from openslot.grids(provider, from_time, to_time) grid
    cross join unnest(openslot.touched_cells(held, grid.range, cell, grid.origin)) as piece
    cross join generate_series(lower(piece), upper(piece) - cell, cell) as start
    where tstzrange(start, start + cell) <@ free;
  end if;
  if only_offered then
    return;
  end if;

  -- Whatever touches a cell takes all of it. Staff see which: booked before blocked, and no cell in time off.
  return query
  with taken as materialized (
    select openslot.touched_cells(booked, grid.range, cell, grid.origin) as booked,
      openslot.touched_cells(closed, grid.range, cell, grid.origin) as closed,
      openslot.touched_cells(tstzmultirange(grid.range) - openslot.hours_within(provider.id, grid.range), grid.range, cell, grid.origin) as off
    from openslot.grids(provider, from_time, to_time) grid
    where grid.range && booked or grid.range && closed
  )
  select lower(piece), (extract(epoch from upper(piece) - lower(piece)) / seconds)::integer, 'booked', null::timestamptz
  from taken, unnest(taken.booked - taken.off) as piece
  union all
  select lower(piece), (extract(epoch from upper(piece) - lower(piece)) / seconds)::integer, 'blocked', null::timestamptz
  from taken, unnest(taken.closed - taken.booked - taken.off) as piece;
end;
$$;
comment on function openslot.derive_runs(openslot.providers, timestamptz, timestamptz, boolean) is
  'The cells that begin from from_time on and before to_time, as runs of equal cells: open, held, blocked (by staff) or booked; '
  'only_offered: open and held alone. Time off and time outside the hours have no cells. In any order. The cost follows the number '
  'of facts, not of cells.';

create function openslot.grids(provider openslot.providers, from_time timestamptz, to_time timestamptz)
returns table (range tstzrange, origin timestamptz)
language plpgsql stable set search_path = ''
as $$
declare
  cell interval := make_interval(mins => provider.slot_minutes);
  almost_cell interval := cell - interval '1 microsecond';
begin
  return query
  select tstzrange(first, last), counted.origin
  from openslot.opening_ranges opening
  -- date_bin is only reliable for instants after its origin, and the anchor may lie after the begin of the hours.
  cross join lateral (select opening.anchor - cell * 250000) as counted (origin)
  cross join lateral (
    select date_bin(cell, greatest(opening.starts, from_time) + almost_cell, counted.origin),
      date_bin(cell, least(opening.ends, to_time + almost_cell), counted.origin)
  ) as whole (first, last)
  where opening.provider_id = provider.id and opening.starts < to_time and opening.ends > from_time and first < last;
end;
$$;
comment on function openslot.grids(openslot.providers, timestamptz, timestamptz) is
  'The whole cells of each opening that begin from from_time on and before to_time, as one range, with an instant from which the '
  'cells of the opening can be counted.';

create function openslot.touched_cells(facts tstzmultirange, grid tstzrange, cell interval, origin timestamptz)
returns tstzmultirange
language plpgsql immutable set search_path = ''
as $$
begin
  if not facts && grid then
    return '{}';
  end if;
  return (
    select range_agg(tstzrange(
      date_bin(cell, lower(range), origin), date_bin(cell, upper(range) + cell - interval '1 microsecond', origin)))
    from unnest(facts * tstzmultirange(grid)) as range);
end;
$$;
comment on function openslot.touched_cells(tstzmultirange, tstzrange, interval, timestamptz) is
  'The part of a grid whose cells, counted from the origin, these ranges touch.';

create function openslot.derive_cells(provider openslot.providers, area tstzrange)
returns table (start_time timestamptz, end_time timestamptz, status text, held_until timestamptz)
language plpgsql stable set search_path = ''
as $$
declare
  cell interval := make_interval(mins => provider.slot_minutes);
begin
  return query
  select start, start + cell, run.status, run.held_until
  from openslot.derive_runs(
      provider, greatest(lower(area) - cell + interval '1 minute', now() + interval '1 microsecond'), upper(area)) run,
    generate_series(run.starts, run.starts + cell * (run.cells - 1), cell) as start;
end;
$$;
comment on function openslot.derive_cells(openslot.providers, tstzrange) is 'The future cells that touch an area.';

create function openslot.derive_full_days(provider openslot.providers, from_day date, to_day date)
returns table (day date, full_until timestamptz)
language plpgsql stable set search_path = ''
as $$
declare
  starts timestamptz := openslot.local_instant(from_day::timestamp, provider.time_zone);
  ends timestamptz := openslot.local_instant((to_day + 1)::timestamp, provider.time_zone);
begin
  if provider.daily_limit is null then
    return;
  end if;
  return query
  select counted.day,
    case
      when counted.booked >= provider.daily_limit then 'infinity'
      else counted.hold_ends[counted.booked + cardinality(counted.hold_ends) - provider.daily_limit + 1]
    end
  from (
    select taken.day, (count(*) filter (where until is null))::integer as booked,
      coalesce(array_agg(until order by until) filter (where until is not null), '{}') as hold_ends
    from (
      select (appointment.start_time at time zone provider.time_zone)::date, null::timestamptz
      from openslot.appointments appointment
      where provider_id = provider.id and status <> 'cancelled' and start_time >= starts and start_time < ends
      union all
      select (hold.start_time at time zone provider.time_zone)::date, held_until
      from openslot.holds hold
      where provider_id = provider.id and held_until > clock_timestamp() and start_time >= starts and start_time < ends
    ) as taken (day, until)
    group by taken.day
  ) as counted
  where counted.booked + cardinality(counted.hold_ends) >= provider.daily_limit;
end;
$$;
comment on function openslot.derive_full_days(openslot.providers, date, date) is
  'The local dates among these on which no more appointments may begin, and until when. None without a daily limit.';

-- What travels -----------------------------------------------------------------------------------------------------------

create function openslot.minute(instant timestamptz) returns bigint
language sql immutable
return floor(extract(epoch from instant) / 60)::bigint;
comment on function openslot.minute(timestamptz) is 'Whole minutes since 1970.';

create function openslot.full_day_json(starts timestamptz, ends timestamptz, full_until timestamptz) returns jsonb
language sql immutable
return jsonb_build_array(openslot.minute(starts), openslot.minute(ends), case
  when full_until is null then 0 when isfinite(full_until) then extract(epoch from full_until)::bigint else -1 end);
comment on function openslot.full_day_json(timestamptz, timestamptz, timestamptz) is
  '[first minute, minute of the end, second until which the day is full, or -1]. Null: 0, the day has room again.';

create type openslot.cell as (start_time timestamptz, code bigint);
comment on type openslot.cell is
  'A cell as it travels. code: null is open, 0 is gone (booked, blocked or removed), else the second until which it is held.';

create function openslot.cell_of(start_time timestamptz, status text, held_until timestamptz) returns openslot.cell
language sql immutable
return (start_time, case status when 'open' then null when 'held' then extract(epoch from held_until)::bigint else 0 end);
comment on function openslot.cell_of(timestamptz, text, timestamptz) is 'A row of availability_slots as a cell that travels.';

create function openslot.runs_json(cells openslot.cell[], slot_minutes integer) returns jsonb
language plpgsql immutable set search_path = ''
as $$
declare
  length interval := make_interval(mins => slot_minutes);
begin
  return (
    select coalesce(jsonb_agg(
      case
        when code is null then jsonb_build_array(openslot.minute(first_start), size)
        else jsonb_build_array(openslot.minute(first_start), size, code)
      end order by first_start), '[]')
    from (
      select min(start_time) as first_start, count(*) as size, code
      from (
        select start_time, code, count(*) filter (where is_first) over (order by start_time) as run
        from (
          select start_time, code,
            lag(start_time) over later + length is distinct from start_time or lag(code) over later is distinct from code as is_first
          from unnest(cells) window later as (order by start_time)
        ) as marked
      ) as numbered
      group by run, code
    ) as runs);
end;
$$;
comment on function openslot.runs_json(openslot.cell[], integer) is
  'Cells as runs of equal ones: [[first minute, cells], [first minute, cells, code], ...].';

create function openslot.changes_since(of_provider uuid, after bigint) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  calendar openslot.calendars;
  provider openslot.providers;
  areas tstzmultirange;
  changed_days date[];
  change jsonb;
begin
  select * into calendar from openslot.calendars where provider_id = of_provider;
  select * into provider from openslot.providers where id = of_provider;
  change := jsonb_build_object('after', after, 'revision', calendar.revision, 'slot_minutes', provider.slot_minutes,
    'runs', '[]'::jsonb, 'full_days', '[]'::jsonb);
  if after < calendar.reload_revision or after > calendar.revision then
    return change || jsonb_build_object('reload', true);
  elsif after = calendar.revision then
    return change;
  end if;
  select range_agg(touched) into areas from openslot.changes where provider_id = of_provider and revision > after;
  select array_agg(distinct day) into changed_days
  from openslot.changes, unnest(days) as day where provider_id = of_provider and revision > after;
  return change || jsonb_build_object(
    'runs', openslot.runs_json((
      select array_agg(openslot.cell_of(slot.start_time, slot.status, slot.held_until))
      from unnest(areas) as area
      join openslot.availability_slots slot
        on slot.provider_id = of_provider and slot.start_time >= lower(area) and slot.start_time < upper(area)
      where slot.revision > after and slot.start_time > now()), provider.slot_minutes),
    'full_days', (
      select coalesce(jsonb_agg(openslot.full_day_json(lower(range), upper(range), full_day.full_until) order by changed.day), '[]')
      from unnest(changed_days) as changed (day)
      cross join lateral openslot.local_day(changed.day, provider.time_zone) as range
      left join openslot.full_days full_day
        on full_day.provider_id = of_provider and full_day.day = changed.day and full_day.full_until > clock_timestamp()));
end;
$$;
comment on function openslot.changes_since(uuid, bigint) is
  'What changed in a provider''s future slots after a revision: {after, revision, slot_minutes, runs, full_days}. {..., reload: '
  'true} if the database no longer has the changes, or has not reached that revision (a restored database).';

-- Writing the projection ---------------------------------------------------------------------------------------------------

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
      change := change || jsonb_build_object('full_days', openslot.changes_since(of_provider, calendar.revision) -> 'full_days');
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

create function openslot.reopen(of_provider uuid, reload boolean default false) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  -- Slots exist a week beyond the booking window, so that none is missing while the worker is down.
  margin_days constant integer := 7;
  provider openslot.providers;
  today date;
  last_day date;
begin
  perform openslot.lock_providers(array[of_provider]);
  select * into provider from openslot.providers where id = of_provider;
  today := (now() at time zone provider.time_zone)::date;
  last_day := today + provider.booking_window_days + margin_days;
  -- The dates of another zone are other instants.
  delete from openslot.full_days
  where provider_id = of_provider and tstzrange(starts, ends) <> openslot.local_day(day, provider.time_zone);
  perform openslot.write_time_off(provider);
  -- Hours of yesterday may still be running.
  perform openslot.write_openings(provider, today - 1, last_day);
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

-- Facts that are written by hand -----------------------------------------------------------------------------------------

create function openslot.follow_hours() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed uuid;
begin
  for changed in select distinct provider_id from changed_hours order by 1 loop
    update openslot.providers set hours_version = hours_version + 1 where id = changed;
    continue when not openslot.facts_are_followed();
    perform openslot.reopen(changed);
  end loop;
  return null;
end;
$$;
comment on function openslot.follow_hours() is 'Updates the slots when rules or exceptions change.';

create function openslot.follow_facts() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed record;
begin
  if openslot.facts_are_followed() then
    for changed in select provider_id, range_agg(busy) as areas from changed_facts group by 1 order by 1 loop
      perform openslot.lock_providers(array[changed.provider_id]);
      perform openslot.project(changed.provider_id, changed.areas);
    end loop;
  end if;
  return null;
end;
$$;
comment on function openslot.follow_facts() is 'Updates the slots when appointments or holds are written or deleted by hand.';

create function openslot.follow_updated_facts() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed record;
begin
  if openslot.facts_are_followed() then
    for changed in
      select provider_id, range_agg(busy) as areas
      from (select provider_id, busy from old_facts union all select provider_id, busy from new_facts) as facts
      group by 1 order by 1
    loop
      perform openslot.lock_providers(array[changed.provider_id]);
      perform openslot.project(changed.provider_id, changed.areas);
    end loop;
  end if;
  return null;
end;
$$;
comment on function openslot.follow_updated_facts() is 'Updates the slots when appointments or holds are changed by hand.';

create function openslot.follow_overrides() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed uuid;
begin
  if openslot.facts_are_followed() then
    for changed in select distinct provider_id from changed_overrides order by 1 loop
      perform openslot.reopen(changed);
    end loop;
  end if;
  return null;
end;
$$;
comment on function openslot.follow_overrides() is 'Updates the slots when overrides are written by hand.';

create function openslot.follow_settings() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed record;
begin
  for changed in
    select now_is.id,
      (now_is.time_zone, now_is.slot_minutes, now_is.booking_window_days, now_is.active)
        is distinct from (was.time_zone, was.slot_minutes, was.booking_window_days, was.active) as moves_slots,
      now_is.daily_limit is distinct from was.daily_limit as moves_limit,
      (now_is.slug, now_is.name, now_is.title, now_is.avatar_url, now_is.min_notice_minutes, now_is.change_notice_minutes,
          now_is.change_policy, now_is.tenant_id)
        is distinct from (was.slug, was.name, was.title, was.avatar_url, was.min_notice_minutes, was.change_notice_minutes,
          was.change_policy, was.tenant_id) as is_shown
    from new_providers now_is join old_providers was on was.id = now_is.id
    order by 1
  loop
    if changed.moves_slots then
      perform openslot.reopen(changed.id, reload => true);
    elsif changed.moves_limit then
      perform openslot.lock_providers(array[changed.id]);
      perform openslot.project(
        changed.id, tstzmultirange(tstzrange(now(), openslot.horizon(changed.id))), reload => changed.is_shown);
    elsif changed.is_shown then
      perform openslot.lock_providers(array[changed.id]);
      perform openslot.make_reload(changed.id);
    end if;
  end loop;
  return null;
end;
$$;
comment on function openslot.follow_settings() is
  'Updates the slots when the zone, the grid, the window or the daily limit changes, or a provider becomes active again, and makes '
  'clients reload public settings.';

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

create trigger follow_settings after update on openslot.providers
  referencing old table as old_providers new table as new_providers
  for each statement execute function openslot.follow_settings();

create trigger follow_insert after insert on openslot.availability_rules
  referencing new table as changed_hours for each statement execute function openslot.follow_hours();
create trigger follow_update after update on openslot.availability_rules
  referencing new table as changed_hours for each statement execute function openslot.follow_hours();
create trigger follow_delete after delete on openslot.availability_rules
  referencing old table as changed_hours for each statement execute function openslot.follow_hours();

create trigger follow_insert after insert on openslot.availability_exceptions
  referencing new table as changed_hours for each statement execute function openslot.follow_hours();
create trigger follow_update after update on openslot.availability_exceptions
  referencing new table as changed_hours for each statement execute function openslot.follow_hours();
create trigger follow_delete after delete on openslot.availability_exceptions
  referencing old table as changed_hours for each statement execute function openslot.follow_hours();

create trigger follow_insert after insert on openslot.overrides
  referencing new table as changed_overrides for each statement execute function openslot.follow_overrides();
create trigger follow_update after update on openslot.overrides
  referencing new table as changed_overrides for each statement execute function openslot.follow_overrides();
create trigger follow_delete after delete on openslot.overrides
  referencing old table as changed_overrides for each statement execute function openslot.follow_overrides();

create trigger follow_insert after insert on openslot.appointments
  referencing new table as changed_facts for each statement execute function openslot.follow_facts();
create trigger follow_update after update on openslot.appointments
  referencing old table as old_facts new table as new_facts for each statement execute function openslot.follow_updated_facts();
create trigger follow_delete after delete on openslot.appointments
  referencing old table as changed_facts for each statement execute function openslot.follow_facts();

create trigger follow_insert after insert on openslot.holds
  referencing new table as changed_facts for each statement execute function openslot.follow_facts();
create trigger follow_update after update on openslot.holds
  referencing old table as old_facts new table as new_facts for each statement execute function openslot.follow_updated_facts();
create trigger follow_delete after delete on openslot.holds
  referencing old table as changed_facts for each statement execute function openslot.follow_facts();

revoke execute on all functions in schema openslot from public;

-- Slots follow from facts: hours, time off, overrides, appointments and holds.
--
-- `derive_runs` is the only place that turns facts into cells of the grid. Snapshots read it directly. The file about the
-- projection writes its result into the two tables below, for Realtime and for the desk. No decision is made by these tables:
-- bookings ask the facts.

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
  -- Each day is compared with all facts of its part, so the cost of a long window would grow with its square without parts.
  part constant interval := '31 days';
  part_starts timestamptz;
begin
  for part_starts in select generate_series(from_time, to_time - interval '1 microsecond', part) loop
    return query
    select run.starts, run.cells, run.status, run.held_until
    from openslot.derive_part(provider, part_starts, least(part_starts + part, to_time), only_offered) run;
  end loop;
end;
$$;
comment on function openslot.derive_runs(openslot.providers, timestamptz, timestamptz, boolean) is
  'The cells that begin from from_time on and before to_time, as runs of equal cells: open, held, blocked (by staff) or booked; '
  'only_offered: open and held alone. Time off and time outside the hours have no cells. In any order. The cost follows the number '
  'of facts, not of cells.';

create function openslot.derive_part(
  provider openslot.providers, from_time timestamptz, to_time timestamptz, only_offered boolean
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
  -- Cells that begin before to_time may end after it.
  area := tstzrange(from_time, to_time + cell);
  select coalesce(range_agg(busy), '{}') into booked from openslot.appointments appointment
  -- No appointment ends more than two days after its start. This condition lets PostgreSQL use the index.
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
comment on function openslot.derive_part(openslot.providers, timestamptz, timestamptz, boolean) is 'A part of derive_runs.';

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

revoke execute on all functions in schema openslot from public;

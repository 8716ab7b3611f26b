-- A provider's hours as local times, and the grid of cells that follows from them.
--
-- Only this file converts local times to instants. It computes; slot_generation writes.

create function openslot.local_instant(local timestamp, zone text) returns timestamptz
language plpgsql immutable strict set search_path = ''
as $$
declare
  day_before timestamp := local - interval '1 day';
  day_after timestamp := local + interval '1 day';
  -- The same local time with the UTC offset of the day before, and with that of the day after.
  earlier timestamptz := (local - (day_before - (day_before at time zone zone at time zone 'UTC'))) at time zone 'UTC';
  later timestamptz := (local - (day_after - (day_after at time zone zone at time zone 'UTC'))) at time zone 'UTC';
begin
  if earlier at time zone zone <> local and later at time zone zone = local then
    return later;
  end if;
  -- The ordinary case; the first of two equal local times; and the moved time when the clocks skip this one.
  return earlier;
end;
$$;
comment on function openslot.local_instant(timestamp, text) is
  'The instant of a local time, as Temporal''s disambiguation "compatible": of a time that occurs twice it is the first, and a '
  'time that the clocks skip moves forward by the length of the gap. (`at time zone` alone takes the second of the two.)';

create function openslot.local_day(day date, zone text) returns tstzrange
language sql immutable strict
return tstzrange(openslot.local_instant(day::timestamp, zone), openslot.local_instant((day + 1)::timestamp, zone));
comment on function openslot.local_day(date, text) is
  'The instants of a local date: 24 hours, or 23, 23.5, 24.5, 25 when the clocks change, or empty if the zone skipped the date.';

create table openslot.availability_rules (
  id bigint generated always as identity primary key,
  provider_id uuid not null references openslot.providers on delete cascade,
  weekday smallint not null check (weekday between 1 and 7),
  start_time time not null,
  end_time time not null,
  valid_from date not null default '-infinity',
  valid_until date not null default 'infinity',
  check (end_time > start_time),
  check (valid_until >= valid_from)
);
create index availability_rules_by_provider on openslot.availability_rules (provider_id);
comment on table openslot.availability_rules is
  'Weekly hours in the provider''s zone. Several rules for one day add up. Hours past midnight are two rules: until 24:00, and '
  'from 00:00.';
comment on column openslot.availability_rules.weekday is 'ISO: 1 is Monday, 7 is Sunday.';
comment on column openslot.availability_rules.valid_until is 'The last day, inclusive.';

create table openslot.availability_exceptions (
  id bigint generated always as identity primary key,
  provider_id uuid not null references openslot.providers on delete cascade,
  kind text not null check (kind in ('off', 'extra')),
  starts_at timestamp not null check (isfinite(starts_at)),
  ends_at timestamp not null check (isfinite(ends_at)),
  note text check (length(note) <= 2000),
  check (ends_at > starts_at)
);
create index availability_exceptions_by_provider on openslot.availability_exceptions (provider_id, ends_at);
comment on table openslot.availability_exceptions is
  'Differences from the weekly hours: time off, which overrides everything, and extra hours. Local times in the provider''s '
  'zone; a whole day off runs from 00:00 to 00:00 of the next day.';
comment on column openslot.availability_exceptions.note is 'For the clinic; never public.';

alter table openslot.availability_rules enable row level security;
alter table openslot.availability_exceptions enable row level security;

create function openslot.desired_slots(of_provider uuid, from_date date, to_date date)
returns table (start_time timestamptz, end_time timestamptz)
language sql stable set search_path = ''
as $$
  with provider as (
    select id, time_zone as zone, make_interval(mins => slot_minutes) as cell
    from openslot.providers where id = of_provider
  ),
  days as (
    select day::date from generate_series(from_date::timestamp, to_date::timestamp, interval '1 day') as day
  ),
  local_hours as (
    select days.day, days.day + rule.start_time as opens, days.day + rule.end_time as closes
    from days
    join openslot.availability_rules rule
      on rule.provider_id = of_provider
      and rule.weekday = extract(isodow from days.day)
      and days.day between rule.valid_from and rule.valid_until
    union all
    select days.day, greatest(extra.starts_at, days.day), least(extra.ends_at, days.day + 1)
    from days
    join openslot.availability_exceptions extra
      on extra.provider_id = of_provider and extra.kind = 'extra'
      and extra.starts_at < days.day + 1 and extra.ends_at > days.day
  ),
  hours as (
    select local_hours.day, openslot.local_instant(opens, zone) as opens, openslot.local_instant(closes, zone) as closes, zone
    from local_hours, provider
  ),
  -- Each day is computed alone, so that its grid doesn't depend on the requested range. Hours that begin in a gap of the
  -- clock can end before they begin: those are dropped.
  opened as (
    select range_agg(tstzrange(opens, closes)) * tstzmultirange(openslot.local_day(day, zone)) as ranges
    from hours where opens < closes group by day, zone
  ),
  closed as (
    select coalesce(range_agg(tstzrange(
      openslot.local_instant(starts_at, zone), openslot.local_instant(ends_at, zone))), '{}') as ranges
    from openslot.availability_exceptions, provider
    where provider_id = of_provider and kind = 'off'
      and ends_at > from_date and starts_at < to_date + 1
      and openslot.local_instant(starts_at, zone) < openslot.local_instant(ends_at, zone)
  ),
  -- Cells are counted in real minutes from the opening, so a day of 23 or 25 hours has fewer or more of them. Time off
  -- removes the cells that it touches and doesn't move the others.
  grid as (
    select tstzrange(starts, starts + cell) as slot
    from opened, unnest(ranges) as range, provider,
      generate_series(lower(range), upper(range) - cell, cell) as starts
  )
  select lower(slot), upper(slot) from grid, closed where not slot && closed.ranges order by 1
$$;
comment on function openslot.desired_slots(uuid, date, date) is
  'The cells that follow from hours, extra hours and time off on the local dates from_date to to_date inclusive, past cells '
  'included.';

revoke execute on all functions in schema openslot from public;

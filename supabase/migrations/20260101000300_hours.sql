-- A provider's hours: the facts that staff write, in local time, and the same hours as instants.
--
-- Only this file converts local times to instants. `opening_ranges` and `time_off` follow from the facts; the cells of the grid
-- follow from all of these and are computed in the file about slots.

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

create function openslot.last_local_instant(local timestamp, zone text) returns timestamptz
language plpgsql immutable strict set search_path = ''
as $$
declare
  first timestamptz := openslot.local_instant(local, zone);
  second timestamptz := local at time zone zone;
begin
  return case when second > first and second at time zone zone = local then second else first end;
end;
$$;
comment on function openslot.last_local_instant(timestamp, text) is
  'As local_instant, but of a time that occurs twice it is the second. Time off ends then: nobody is booked in either.';

create function openslot.local_day(day date, zone text) returns tstzrange
language sql immutable strict
return tstzrange(openslot.local_instant(day::timestamp, zone), openslot.local_instant((day + 1)::timestamp, zone));
comment on function openslot.local_day(date, text) is
  'The instants of a local date: 24 hours, or 23, 23.5, 24.5, 25 when the clocks change, or empty if the zone skipped the date.';

-- Facts ----------------------------------------------------------------------------------------------------------------

create table openslot.availability_rules (
  id bigint generated always as identity primary key,
  provider_id uuid not null references openslot.providers on delete cascade,
  weekday smallint not null check (weekday between 1 and 7),
  start_time time not null check (start_time < '24:00' and extract(second from start_time) = 0),
  end_time time not null check (extract(second from end_time) = 0),
  valid_from date not null default '-infinity',
  valid_until date not null default 'infinity',
  check (end_time <> start_time),
  check (valid_until >= valid_from)
);
create index availability_rules_by_provider on openslot.availability_rules (provider_id);
comment on table openslot.availability_rules is
  'Weekly hours in the provider''s zone, in whole minutes. Several rules for one day add up.';
comment on column openslot.availability_rules.weekday is 'ISO: 1 is Monday, 7 is Sunday. The day on which the hours begin.';
comment on column openslot.availability_rules.end_time is 'An end before the start is on the next day.';
comment on column openslot.availability_rules.valid_until is 'The last day, inclusive.';

create table openslot.availability_exceptions (
  id bigint generated always as identity primary key,
  provider_id uuid not null references openslot.providers on delete cascade,
  kind text not null check (kind in ('off', 'extra')),
  starts_at timestamp not null check (isfinite(starts_at) and starts_at = date_trunc('minute', starts_at)),
  ends_at timestamp not null check (isfinite(ends_at) and ends_at = date_trunc('minute', ends_at)),
  note text check (length(note) <= 2000),
  check (ends_at > starts_at)
);
create index availability_exceptions_by_provider on openslot.availability_exceptions (provider_id, ends_at);
comment on table openslot.availability_exceptions is
  'Differences from the weekly hours: time off, which overrides everything, and extra hours. Local times in the provider''s '
  'zone, in whole minutes; a whole day off runs from 00:00 to 00:00 of the next day.';
comment on column openslot.availability_exceptions.note is 'For the clinic; never public.';

create table openslot.overrides (
  id bigint generated always as identity primary key,
  provider_id uuid not null references openslot.providers on delete cascade,
  effect text not null check (effect in ('open', 'closed')),
  during tstzrange not null check (
    not isempty(during) and not lower_inf(during) and not upper_inf(during) and lower_inc(during) and not upper_inc(during)
    and lower(during) = date_trunc('minute', lower(during)) and upper(during) = date_trunc('minute', upper(during))),
  created_at timestamptz not null default now()
);
create index overrides_by_time on openslot.overrides using gist (provider_id, during);
comment on table openslot.overrides is
  'What staff opened or blocked at the desk. These are instants and not local times, so that one of two equal local times can be '
  'opened, and a block stays where it is when the hours change.';
comment on column openslot.overrides.effect is
  'open: hours beside the weekly ones. closed: patients can''t book, staff still can. What staff open again is taken out of the '
  'range.';

-- The same as instants ---------------------------------------------------------------------------------------------------

create table openslot.opening_ranges (
  provider_id uuid not null references openslot.providers on delete cascade,
  starts timestamptz not null,
  ends timestamptz not null check (ends > starts),
  anchor timestamptz not null,
  primary key (provider_id, starts)
);
comment on table openslot.opening_ranges is
  'Computed: weekly hours, extra hours and what staff opened, up to the horizon. Ranges that touch are one, so that hours run on '
  'past midnight, except where that would move the cells of weekly hours.';
comment on column openslot.opening_ranges.anchor is
  'An instant from which the cells of the range are counted, in both directions: the begin of its first weekly hours, so that '
  'extra hours in front of them move no cell; without weekly hours, the begin of the range.';

create table openslot.time_off (
  id bigint generated always as identity primary key,
  provider_id uuid not null references openslot.providers on delete cascade,
  during tstzrange not null
);
create index time_off_by_time on openslot.time_off using gist (provider_id, during);
comment on table openslot.time_off is 'Computed: the exceptions of kind off that are not over yet.';

alter table openslot.availability_rules enable row level security;
alter table openslot.availability_exceptions enable row level security;
alter table openslot.overrides enable row level security;
alter table openslot.opening_ranges enable row level security;
alter table openslot.time_off enable row level security;

create function openslot.compute_openings(provider openslot.providers, from_date date, to_date date)
returns table (starts timestamptz, ends timestamptz, anchor timestamptz)
language plpgsql stable set search_path = ''
as $$
declare
  zone text := provider.time_zone;
  -- The range of the first date may begin on the day before. Whether it does depends on the hours of the day before that one,
  -- which may in turn have begun a day earlier. What was opened for several days is computed whole, because its anchor depends
  -- on its first weekly hours.
  first_date date := least(from_date - 3, (
    select min(begins)::date - 1 from (
      select starts_at from openslot.availability_exceptions
      where provider_id = provider.id and kind = 'extra' and ends_at > from_date - 3 and starts_at < to_date + 3
      union all
      select lower(during) at time zone zone from openslot.overrides
      where provider_id = provider.id and effect = 'open' and during && openslot.local_day(from_date, zone)
    ) as opened (begins)));
  last_date date := to_date + 2;
  piece record;
  -- Since when the hours have no gap; ranges that touch share it.
  without_gap_since timestamptz;
  -- When the weekly hours of the range end so far; null while it has none.
  weekly_ends timestamptz;
  whole_ends timestamptz;
begin
  for piece in
    select opens, closes, is_weekly, begins_day from (
      select openslot.local_instant(day + rule.start_time, zone) as opens,
        openslot.local_instant(
          day + rule.end_time + case when rule.end_time <= rule.start_time then interval '1 day' else interval '0' end, zone) as closes,
        true as is_weekly, rule.start_time = min(rule.start_time) over (partition by day) as begins_day
      from generate_series(first_date::timestamp, last_date::timestamp, interval '1 day') as day
      join openslot.availability_rules rule
        on rule.provider_id = provider.id
        and rule.weekday = extract(isodow from day)
        and day::date between rule.valid_from and rule.valid_until
      union all
      select openslot.local_instant(starts_at, zone), openslot.local_instant(ends_at, zone), false, false
      from openslot.availability_exceptions
      where provider_id = provider.id and kind = 'extra' and ends_at > first_date and starts_at < last_date + 1
      union all
      select lower(during), upper(during), false, false
      from openslot.overrides
      where provider_id = provider.id and effect = 'open'
        and during && tstzrange(openslot.local_instant(first_date::timestamp, zone), openslot.local_instant((last_date + 1)::timestamp, zone))
    ) as hours
    -- Hours that begin in a gap of the clock can end before they begin.
    where opens < closes
    order by opens, is_weekly desc
  loop
    if piece.opens > ends then
      return next;
      starts := null;
    -- Hours around the clock begin anew with the first weekly hours of each day: otherwise their cells would drift through the
    -- days, and where they are would depend on the date with which this computation begins.
    -- Extra hours in front of weekly ones would move their cells, if they continued earlier weekly hours on another beat.
    elsif piece.is_weekly and piece.opens > starts and (
      piece.begins_day and without_gap_since <= piece.opens - interval '23 hours'
      or piece.opens > weekly_ends and mod(extract(epoch from piece.opens - anchor)::bigint, provider.slot_minutes * 60) <> 0
    ) then
      whole_ends := ends;
      ends := piece.opens;
      return next;
      starts := piece.opens;
      ends := whole_ends;
      anchor := piece.opens;
    end if;
    if starts is null then
      starts := piece.opens;
      ends := piece.closes;
      anchor := piece.opens;
      without_gap_since := piece.opens;
      weekly_ends := null;
    elsif piece.is_weekly and weekly_ends is null then
      anchor := piece.opens;
    end if;
    ends := greatest(ends, piece.closes);
    if piece.is_weekly then
      weekly_ends := greatest(weekly_ends, piece.closes);
    end if;
  end loop;
  if starts is not null then
    return next;
  end if;
end;
$$;
comment on function openslot.compute_openings(openslot.providers, date, date) is
  'The ranges in which a provider works on these local dates, inclusive, and on some days before and after them.';

create function openslot.write_openings(provider openslot.providers, from_date date, to_date date) returns void
language plpgsql set search_path = ''
as $$
declare
  area tstzrange := tstzrange(openslot.local_instant(from_date::timestamp, provider.time_zone),
    openslot.local_instant((to_date + 1)::timestamp, provider.time_zone));
begin
  delete from openslot.opening_ranges old where provider_id = provider.id and tstzrange(old.starts, old.ends) && area;
  insert into openslot.opening_ranges (provider_id, starts, ends, anchor)
  select provider.id, opening.starts, opening.ends, opening.anchor
  from openslot.compute_openings(provider, from_date, to_date) opening
  where tstzrange(opening.starts, opening.ends) && area
  on conflict on constraint opening_ranges_pkey do update set ends = excluded.ends, anchor = excluded.anchor;
end;
$$;
comment on function openslot.write_openings(openslot.providers, date, date) is
  'Computes the opening ranges of these local dates anew, inclusive. The provider must be locked.';

create function openslot.write_time_off(provider openslot.providers) returns void
language plpgsql set search_path = ''
as $$
begin
  delete from openslot.time_off where provider_id = provider.id;
  insert into openslot.time_off (provider_id, during)
  select provider.id, tstzrange(begins, finishes)
  from (
    select openslot.local_instant(starts_at, provider.time_zone), openslot.last_local_instant(ends_at, provider.time_zone)
    from openslot.availability_exceptions
    where provider_id = provider.id and kind = 'off' and ends_at > now() at time zone provider.time_zone - interval '1 day'
  ) as off (begins, finishes)
  where begins < finishes;
end;
$$;
comment on function openslot.write_time_off(openslot.providers) is 'Computes a provider''s time off anew. The provider must be locked.';

create function openslot.openings_within(of_provider uuid, span tstzrange) returns setof openslot.opening_ranges
language plpgsql stable set search_path = ''
as $$
begin
  return query
  select * from openslot.opening_ranges
  where provider_id = of_provider and starts < upper(span) and ends > lower(span)
    -- Openings don't overlap. So of those before the span only the latest can reach into it, and the others need not be read.
    and starts >= coalesce((
      select max(earlier.starts) from openslot.opening_ranges earlier
      where earlier.provider_id = of_provider and earlier.starts <= lower(span)), '-infinity');
end;
$$;
comment on function openslot.openings_within(uuid, tstzrange) is 'The opening ranges that touch a span.';

create function openslot.hours_within(of_provider uuid, span tstzrange) returns tstzmultirange
language plpgsql stable set search_path = ''
as $$
begin
  return coalesce((
    select range_agg(tstzrange(starts, ends)) from openslot.openings_within(of_provider, span)
  ), '{}') - coalesce((
    select range_agg(during) from openslot.time_off where provider_id = of_provider and during && span
  ), '{}');
end;
$$;
comment on function openslot.hours_within(uuid, tstzrange) is
  'The hours, without time off, that touch a span, as instants. They know no grid.';

revoke execute on all functions in schema openslot from public;

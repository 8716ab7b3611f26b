-- Weekly hours are local times: nine o'clock stays nine o'clock when the clocks change. Their dates are fixed; only time off,
-- which ends with its last day, is tried at the next changes of the clocks.
begin;
create extension if not exists pgtap with schema extensions;
select plan(47);

insert into openslot.tenants (id, slug, name) values ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic');
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-york', 'Dr. York', 'America/New_York', 30),
  ('a2000000-0000-4000-8000-000000000002', 'a1000000-0000-4000-8000-000000000001', 'test-berlin', 'Dr. Berlin', 'Europe/Berlin', 30),
  ('a2000000-0000-4000-8000-000000000003', 'a1000000-0000-4000-8000-000000000001', 'test-howe', 'Dr. Howe', 'Australia/Lord_Howe', 30),
  ('a2000000-0000-4000-8000-000000000004', 'a1000000-0000-4000-8000-000000000001', 'test-kolkata', 'Dr. Kolkata', 'Asia/Kolkata', 30);

create function pg_temp.local(instant timestamptz, zone text) returns text language plpgsql as $$
begin
  perform set_config('timezone', zone, true);
  return to_char(instant, 'HH24:MI (TZH:TZM)');
end
$$;
-- The cells of these local dates, computed as they are for the days to come.
create function pg_temp.cells(of_provider text, from_date date, to_date date) returns table (start_time timestamptz, end_time timestamptz)
language plpgsql as $$
declare
  provider openslot.providers;
begin
  select * into provider from openslot.providers where slug = of_provider;
  perform openslot.write_openings(provider, from_date, to_date);
  return query
  select start, start + make_interval(mins => provider.slot_minutes)
  from openslot.derive_runs(provider, lower(openslot.local_day(from_date, provider.time_zone)),
      upper(openslot.local_day(to_date, provider.time_zone))) run,
    generate_series(run.starts, run.starts + make_interval(mins => provider.slot_minutes * (run.cells - 1)),
      make_interval(mins => provider.slot_minutes)) as start
  where run.status = 'open';
end
$$;
-- The hours of the cells of one date: `09:00 (-04)-17:00 (-04) x16`, one part for each gap between cells.
create function pg_temp.hours(of_provider text, on_date date) returns text language sql as $$
  with cell as (
    select slot.*, count(*) filter (where not follows) over (order by start_time) as part
    from (
      select *, start_time is not distinct from lag(end_time) over (order by start_time) as follows
      from pg_temp.cells(of_provider, on_date, on_date)
    ) as slot
  ),
  span as (select part, min(start_time) as opens, max(end_time) as closes, count(*) as cells from cell group by part)
  select string_agg(pg_temp.local(opens, time_zone) || '-' || pg_temp.local(closes, time_zone) || ' x' || cells, ', ' order by part)
  from span, openslot.providers where slug = of_provider
$$;
-- The next date of this length in hours.
create function pg_temp.next_day(zone text, hours integer) returns date language sql as $$
  select min(day) from (select now()::date + distance from generate_series(2, 400) as distance) as coming (day)
  where upper(openslot.local_day(day, zone)) - lower(openslot.local_day(day, zone)) = make_interval(hours => hours)
$$;
create function pg_temp.open(of_provider text, opens time, closes time) returns void language sql as $$
  delete from openslot.availability_rules where provider_id = (select id from openslot.providers where slug = of_provider);
  insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select id, weekday, opens, closes from openslot.providers, generate_series(1, 7) as weekday where slug = of_provider;
$$;

-- Nine to five, the days before, of and after each change ---------------------------------------------------------------
select pg_temp.open(slug, '09:00', '17:00') from openslot.providers where slug like 'test-%';
select is(pg_temp.hours('test-' || place, day), expected, place || ' on ' || day)
from (values
  ('york', date '2026-03-07', '09:00 (-05:00)-17:00 (-05:00) x16'),
  ('york', '2026-03-08', '09:00 (-04:00)-17:00 (-04:00) x16'),
  ('york', '2026-03-09', '09:00 (-04:00)-17:00 (-04:00) x16'),
  ('york', '2026-10-31', '09:00 (-04:00)-17:00 (-04:00) x16'),
  ('york', '2026-11-01', '09:00 (-05:00)-17:00 (-05:00) x16'),
  ('york', '2026-11-02', '09:00 (-05:00)-17:00 (-05:00) x16'),
  ('berlin', '2026-03-28', '09:00 (+01:00)-17:00 (+01:00) x16'),
  ('berlin', '2026-03-29', '09:00 (+02:00)-17:00 (+02:00) x16'),
  ('berlin', '2026-03-30', '09:00 (+02:00)-17:00 (+02:00) x16'),
  ('berlin', '2026-10-24', '09:00 (+02:00)-17:00 (+02:00) x16'),
  ('berlin', '2026-10-25', '09:00 (+01:00)-17:00 (+01:00) x16'),
  ('berlin', '2026-10-26', '09:00 (+01:00)-17:00 (+01:00) x16'),
  ('howe', '2026-04-04', '09:00 (+11:00)-17:00 (+11:00) x16'),
  ('howe', '2026-04-05', '09:00 (+10:30)-17:00 (+10:30) x16'),
  ('howe', '2026-04-06', '09:00 (+10:30)-17:00 (+10:30) x16'),
  ('howe', '2026-10-03', '09:00 (+10:30)-17:00 (+10:30) x16'),
  ('howe', '2026-10-04', '09:00 (+11:00)-17:00 (+11:00) x16'),
  ('howe', '2026-10-05', '09:00 (+11:00)-17:00 (+11:00) x16'),
  ('kolkata', '2026-03-29', '09:00 (+05:30)-17:00 (+05:30) x16'),
  ('kolkata', '2026-11-01', '09:00 (+05:30)-17:00 (+05:30) x16')
) as expectation (place, day, expected);

-- Round the clock: real days have 23, 23.5, 24, 24.5 and 25 hours ---------------------------------------------------------
select pg_temp.open(slug, '00:00', '24:00') from openslot.providers where slug like 'test-%';
select is(pg_temp.hours('test-' || place, day), expected, 'all day in ' || place || ' on ' || day)
from (values
  ('york', date '2026-03-08', '00:00 (-05:00)-00:00 (-04:00) x46'),
  ('york', '2026-11-01', '00:00 (-04:00)-00:00 (-05:00) x50'),
  ('berlin', '2026-03-29', '00:00 (+01:00)-00:00 (+02:00) x46'),
  ('berlin', '2026-10-25', '00:00 (+02:00)-00:00 (+01:00) x50'),
  ('howe', '2026-10-04', '00:00 (+10:30)-00:00 (+11:00) x47'),
  ('howe', '2026-04-05', '00:00 (+11:00)-00:00 (+10:30) x49'),
  ('kolkata', '2026-03-29', '00:00 (+05:30)-00:00 (+05:30) x48')
) as expectation (place, day, expected);
select is((select count(*) filter (where before <> start_time) || ' of ' || count(*)
    from (select lag(end_time) over (order by start_time) as before, start_time from pg_temp.cells('test-york', '2026-01-01', '2026-12-31')) as cell),
  '0 of ' || 365 * 48, 'a year of 24-hour days has no gap and no overlap, and the cells lost in spring are gained in autumn');

-- Hours at the change of the clocks ---------------------------------------------------------------------------------------
select pg_temp.open('test-york', '02:00', '03:00');
select is(pg_temp.hours('test-york', '2026-03-08'), null, 'hours that lie in the gap don''t exist');
select is(pg_temp.hours('test-york', '2026-03-09'), '02:00 (-04:00)-03:00 (-04:00) x2', 'the same hours exist on the next day');
select pg_temp.open('test-york', '02:30', '04:30');
select is(pg_temp.hours('test-york', '2026-03-08'), '03:30 (-04:00)-04:30 (-04:00) x2', 'an opening in the gap moves past it');
select pg_temp.open('test-york', '01:00', '02:30');
select is(pg_temp.hours('test-york', '2026-03-08'), '01:00 (-05:00)-03:30 (-04:00) x3', 'a closing in the gap moves past it, too');
select pg_temp.open('test-york', '02:30', '03:00');
select is(pg_temp.hours('test-york', '2026-03-08'), null, 'hours that would end before they begin don''t exist');
select pg_temp.open('test-york', '01:00', '02:00');
select is(pg_temp.hours('test-york', '2026-11-01'), '01:00 (-04:00)-02:00 (-05:00) x4', 'an hour that occurs twice is two hours');
select pg_temp.open('test-york', '01:30', '03:00');
select is(pg_temp.hours('test-york', '2026-11-01'), '01:30 (-04:00)-03:00 (-05:00) x5', 'an opening that occurs twice is the first one');
select pg_temp.open('test-york', '00:30', '01:30');
select is(pg_temp.hours('test-york', '2026-11-01'), '00:30 (-04:00)-01:30 (-04:00) x2', 'a closing that occurs twice is the first one');
select pg_temp.open('test-howe', '01:30', '02:30');
select is(pg_temp.hours('test-howe', '2026-10-04'), '01:30 (+10:30)-02:30 (+11:00) x1', 'half an hour is skipped on Lord Howe');
select is(pg_temp.hours('test-howe', '2026-04-05'), '01:30 (+11:00)-02:30 (+10:30) x3', 'half an hour occurs twice on Lord Howe');
select pg_temp.open('test-berlin', '02:15', '02:45');
select is(pg_temp.hours('test-berlin', '2026-03-29'), '03:15 (+02:00)-03:45 (+02:00) x1', 'hours within the gap of Berlin follow it');

-- Exceptions are local times as well --------------------------------------------------------------------------------------
select pg_temp.open('test-berlin', '00:00', '06:00');
insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at) values
  ('a2000000-0000-4000-8000-000000000002', 'off', pg_temp.next_day('Europe/Berlin', 25) + time '02:00', pg_temp.next_day('Europe/Berlin', 25) + time '03:00'),
  ('a2000000-0000-4000-8000-000000000002', 'off', pg_temp.next_day('Europe/Berlin', 23) + time '02:00', pg_temp.next_day('Europe/Berlin', 23) + time '03:00'),
  ('a2000000-0000-4000-8000-000000000002', 'extra', pg_temp.next_day('Europe/Berlin', 23) + time '22:00', pg_temp.next_day('Europe/Berlin', 23) + time '24:00');
select is(pg_temp.hours('test-berlin', pg_temp.next_day('Europe/Berlin', 25)), '00:00 (+02:00)-02:00 (+02:00) x4, 03:00 (+01:00)-06:00 (+01:00) x6',
  'time off from two to three is both of these hours');
select is(pg_temp.hours('test-berlin', pg_temp.next_day('Europe/Berlin', 23)), '00:00 (+01:00)-06:00 (+02:00) x10, 22:00 (+02:00)-00:00 (+02:00) x4',
  'time off in the gap removes nothing, and extra hours are added');

-- Single instants, as Temporal's "compatible" ---------------------------------------------------------------------------
select is(openslot.iso(openslot.local_instant(local, zone)), expected, local || ' in ' || zone)
from (values
  (timestamp '2026-10-25 02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'),
  ('2026-03-29 02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'),
  ('2026-04-05 01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00Z'),
  ('2026-09-06 00:00', 'America/Santiago', '2026-09-06T04:00:00Z'),
  ('2011-12-30 10:00', 'Pacific/Apia', '2011-12-30T20:00:00Z')
) as expectation (local, zone, expected);
select is_empty($$ select check_calendar.* from openslot.providers, openslot.check_calendar(id) where slug like 'test-%' $$, 'the slots are what the facts say');

select * from finish();
rollback;

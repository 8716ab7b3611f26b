-- When the clocks go back, one hour occurs twice. Staff open and block either of the two, time off covers both, and hours are
-- whole minutes, so that no slot is lost to seconds.
begin;
create extension if not exists pgtap with schema extensions;
select plan(46);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null);
-- The longest window, so that slots exist until the clocks go back.
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'America/New_York', 30, 0, 366);
insert into openslot.services (provider_id, slug, name, duration_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 30),
  ('a2000000-0000-4000-8000-000000000001', 'long', 'Long visit', 60);
insert into auth.users (id, email) values ('a6000000-0000-4000-8000-000000000001', 'owner@test.example');
insert into openslot.tenant_members (tenant_id, user_id, role) values
  ('a1000000-0000-4000-8000-000000000001', 'a6000000-0000-4000-8000-000000000001', 'owner');
select set_config('request.jwt.claims', '{"sub": "a6000000-0000-4000-8000-000000000001", "role": "authenticated"}', true);

-- The next date of 25 hours in New York. Its first 01:00 is in summer time, its second an hour later.
create temporary table change as
  select day, openslot.local_instant(day + time '01:00', 'America/New_York') as first, openslot.local_instant(day + time '01:00', 'America/New_York') + interval '1 hour' as second
  from (
    select (now() at time zone 'America/New_York')::date + distance as day from generate_series(1, 372) as distance
  ) as coming
  where upper(openslot.local_day(day, 'America/New_York')) - lower(openslot.local_day(day, 'America/New_York')) = interval '25 hours'
  order by day limit 1;
create function pg_temp.first(minutes integer default 0) returns timestamptz language sql as $$ select first + make_interval(mins => minutes) from change $$;
create function pg_temp.second(minutes integer default 0) returns timestamptz language sql as $$ select second + make_interval(mins => minutes) from change $$;
-- The slots from 00:00 to 03:00, with the offset from UTC: `01:00-04`, with ! if it is not open.
create function pg_temp.slots() returns text language plpgsql as $$
declare
  former text := current_setting('timezone');
  shown text;
begin
  perform set_config('timezone', 'America/New_York', true);
  select string_agg(to_char(start_time, 'HH24:MITZH') || case status when 'open' then '' else '!' end, ' ' order by start_time) into shown
  from openslot.availability_slots, change
  where provider_id = 'a2000000-0000-4000-8000-000000000001' and status <> 'removed'
    and start_time >= first - interval '1 hour' and start_time < second + interval '2 hours';
  perform set_config('timezone', former, true);
  return shown;
end
$$;
create function pg_temp.set_slots(from_time timestamptz, to_time timestamptz, status text) returns jsonb language sql
  return public.openslot_set_slots('test-doctor', from_time, to_time, status);
create function pg_temp.staff_book(start timestamptz, service text default 'visit') returns jsonb language sql
  return public.openslot_staff_book('test-doctor', service, start, '{"name": "Ada Example"}', gen_random_uuid());
create function pg_temp.exception(kind text, starts time, ends time) returns void language sql as $$
  insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at)
  select 'a2000000-0000-4000-8000-000000000001', kind, day + starts, day + ends from change
$$;
create function pg_temp.is_true(description text) returns text language sql as $$
  select is_empty($q$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $q$, description)
$$;

-- The two instants, on a fixed date -----------------------------------------------------------------------------------------
select is(openslot.iso(openslot.local_instant('2027-11-07 01:00', 'America/New_York')), '2027-11-07T05:00:00Z', 'a time that occurs twice begins at the first');
select is(openslot.iso(openslot.last_local_instant('2027-11-07 01:30', 'America/New_York')), '2027-11-07T06:30:00Z', 'time off ends at the second');
select is(openslot.iso(openslot.last_local_instant('2027-11-07 02:00', 'America/New_York')), '2027-11-07T07:00:00Z', 'a time after it occurs once');
select is(openslot.iso(openslot.last_local_instant('2027-03-14 02:30', 'America/New_York')), '2027-03-14T07:30:00Z', 'a time that is skipped moves on');
select is(upper(openslot.local_day('2027-11-07', 'America/New_York')) - lower(openslot.local_day('2027-11-07', 'America/New_York')), interval '25 hours', 'the day has 25 hours');
-- The function computes ranges around the date, too; there are no others.
select openslot.follow_facts_later();
insert into openslot.overrides (provider_id, effect, during) values
  ('a2000000-0000-4000-8000-000000000001', 'open', '[2027-11-07 06:00+00, 2027-11-07 06:30+00)');
select set_config('openslot.facts_are_followed_later', '', true);
select results_eq($$ select openslot.iso(starts), openslot.iso(ends), openslot.iso(anchor) from openslot.providers provider, openslot.compute_openings(provider, '2027-11-07', '2027-11-07')
    where slug = 'test-doctor' $$,
  $$ values ('2027-11-07T06:00:00Z', '2027-11-07T06:30:00Z', '2027-11-07T06:00:00Z') $$, 'opening 06:00Z to 06:30Z opens just that');
delete from openslot.overrides where provider_id = 'a2000000-0000-4000-8000-000000000001';

-- Staff open one of the two -------------------------------------------------------------------------------------------------
select is(pg_temp.slots(), null, 'without hours there are no slots');
select is(pg_temp.set_slots(pg_temp.second(), pg_temp.second(30), 'open') -> 'changed', '1', 'staff open the second 01:00');
select is(pg_temp.slots(), '01:00-05', 'just that is open');
select throws_ok($$ select pg_temp.staff_book(pg_temp.first()) $$, 'PT422', 'outside_hours', 'the first 01:00 can''t be booked');
select lives_ok($$ select pg_temp.staff_book(pg_temp.second()) $$, 'the second can');
select is(pg_temp.set_slots(pg_temp.first(30), pg_temp.second(), 'open') -> 'changed', '1', 'staff open the first 01:30');
select is(pg_temp.slots(), '01:30-04 01:00-05!', 'it is the one before');
select pg_temp.is_true('the slots are what the facts say with opened times');
delete from openslot.appointments where provider_id = 'a2000000-0000-4000-8000-000000000001';
delete from openslot.overrides where provider_id = 'a2000000-0000-4000-8000-000000000001';

-- Staff block one of the two ------------------------------------------------------------------------------------------------
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000001', weekday, '00:00', '03:00' from generate_series(1, 7) as weekday;
select is(pg_temp.slots(), '00:00-04 00:30-04 01:00-04 01:30-04 01:00-05 01:30-05 02:00-05 02:30-05', 'hours over the change have both');
select is(pg_temp.set_slots(pg_temp.first(), pg_temp.first(30), 'blocked') -> 'changed', '1', 'staff block the first 01:00');
select is(pg_temp.slots(), '00:00-04 00:30-04 01:00-04! 01:30-04 01:00-05 01:30-05 02:00-05 02:30-05', 'the second stays open');
select pg_temp.set_slots(pg_temp.first(), pg_temp.first(30), 'open'), pg_temp.set_slots(pg_temp.second(), pg_temp.second(30), 'blocked');
select is(pg_temp.slots(), '00:00-04 00:30-04 01:00-04 01:30-04 01:00-05! 01:30-05 02:00-05 02:30-05', 'staff block the second and open the first');
select pg_temp.set_slots(pg_temp.second(), pg_temp.second(30), 'open');
select pg_temp.is_true('the slots are what the facts say with blocks');

-- Time off ------------------------------------------------------------------------------------------------------------------
select pg_temp.exception('off', '00:00', '01:30');
select is(pg_temp.slots(), '01:30-05 02:00-05 02:30-05', 'time off until 01:30 covers both 01:00 to 01:30, and what lies between them');
select throws_ok($$ select pg_temp.staff_book(pg_temp.first()) $$, 'PT422', 'outside_hours', 'the first 01:00 can''t be booked');
select throws_ok($$ select pg_temp.staff_book(pg_temp.second()) $$, 'PT422', 'outside_hours', 'nor the second');
select throws_ok($$ select pg_temp.staff_book(pg_temp.first(30), 'long') $$, 'PT422', 'outside_hours', 'nor a time that reaches into it');
select pg_temp.is_true('the slots are what the facts say with time off');
delete from openslot.availability_exceptions where provider_id = 'a2000000-0000-4000-8000-000000000001';
select pg_temp.exception('off', '01:30', '02:00');
select is(pg_temp.slots(), '00:00-04 00:30-04 01:00-04 02:00-05 02:30-05', 'time off from 01:30 begins with the first');
delete from openslot.availability_exceptions where provider_id = 'a2000000-0000-4000-8000-000000000001';
select pg_temp.exception('off', '01:00', '01:30');
select is(pg_temp.slots(), '00:00-04 00:30-04 01:30-05 02:00-05 02:30-05', 'time off from 01:00 until 01:30 is from the first to the end of the second');
delete from openslot.availability_exceptions where provider_id = 'a2000000-0000-4000-8000-000000000001';

-- Appointments --------------------------------------------------------------------------------------------------------------
select pg_temp.staff_book(pg_temp.first());
select lives_ok($$ select pg_temp.staff_book(pg_temp.second()) $$, 'both 01:00 can be booked');
select is(pg_temp.slots(), '00:00-04 00:30-04 01:00-04! 01:30-04 01:00-05! 01:30-05 02:00-05 02:30-05', 'they are two times');
select throws_ok($$ select pg_temp.staff_book(pg_temp.first()) $$, 'PT409', 'slot_taken', 'each is taken');
select lives_ok($$ select pg_temp.staff_book(pg_temp.second(30), 'long') $$, 'an hour may begin at the second 01:30');
update openslot.providers set daily_limit = 3 where slug = 'test-doctor';
select is((select upper(tstzrange(starts, ends)) - lower(tstzrange(starts, ends)) from openslot.full_days, change where provider_id = 'a2000000-0000-4000-8000-000000000001'
  and full_days.day = change.day), interval '25 hours', 'the full day has 25 hours');
select is((select sum(count)::int from (select count(*) from jsonb_array_elements(openslot.desk_slots_json('a2000000-0000-4000-8000-000000000001', pg_temp.first(-60), pg_temp.second(120))) slot
  where slot ->> 'blocked_by' = 'daily_limit') as blocked), 4, 'its limit closes what is left before and after the change');
select pg_temp.is_true('slots and full days are what the facts say on the long day');
update openslot.providers set daily_limit = null where slug = 'test-doctor';

-- Whole minutes -------------------------------------------------------------------------------------------------------------
select throws_ok(format($$ insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  values ('a2000000-0000-4000-8000-000000000001', 1, %L, %L) $$, opens, closes), '23514', null, opens || ' to ' || closes || ' are no hours')
from (values ('09:00:01', '10:00'), ('09:00', '09:59:59'), ('09:00', '09:59:59.5')) as hours (opens, closes);
select throws_ok(format($$ insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at)
  values ('a2000000-0000-4000-8000-000000000001', 'off', %L, %L) $$, starts, ends), '23514', null, starts || ' to ' || ends || ' is no time off')
from (values ('2030-01-01 09:00:30', '2030-01-01 10:00'), ('2030-01-01 09:00', '2030-01-01 10:00:00.1')) as off (starts, ends);
select throws_ok(format($$ insert into openslot.overrides (provider_id, effect, during)
  values ('a2000000-0000-4000-8000-000000000001', 'closed', %L) $$, during), '23514', null, during || ' can''t be blocked')
from unnest(array['[2030-01-01 09:00:30+00,2030-01-01 10:00+00)', '[2030-01-01 09:00+00,2030-01-01 10:00:30+00)',
  '[2030-01-01 09:00+00,2030-01-01 10:00+00]', '[2030-01-01 09:00+00,)', 'empty']) as during;
select pg_temp.set_slots(pg_temp.first(90) + interval '20 seconds', pg_temp.first(90) + interval '40 seconds', 'blocked');
select is((select array_agg(during) from openslot.overrides where provider_id = 'a2000000-0000-4000-8000-000000000001'),
  array[tstzrange(pg_temp.first(90), pg_temp.first(120))], 'a block of some seconds takes the slot that it touches');
delete from openslot.overrides where provider_id = 'a2000000-0000-4000-8000-000000000001';
delete from openslot.availability_rules where provider_id = 'a2000000-0000-4000-8000-000000000001';
select pg_temp.set_slots(pg_temp.first() + interval '1 second', pg_temp.first(60) - interval '1 second', 'open');
select is(pg_temp.slots(), '01:00-04! 01:30-04', 'an opening of less than an hour by seconds opens the whole hour');
select pg_temp.is_true('the slots are what the facts say at the end');

select * from finish();
rollback;

-- The grid: slots are counted from the weekly hours, over midnight too, and extra hours beside them add slots without moving any.
begin;
create extension if not exists pgtap with schema extensions;
select plan(53);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'UTC', 20, 0, 10);
insert into openslot.services (provider_id, slug, name, duration_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 20),
  ('a2000000-0000-4000-8000-000000000001', 'session', 'Session', 45);
insert into auth.users (id, email) values ('a6000000-0000-4000-8000-000000000001', 'owner@test.example');
insert into openslot.tenant_members (tenant_id, user_id, role) values
  ('a1000000-0000-4000-8000-000000000001', 'a6000000-0000-4000-8000-000000000001', 'owner');
select set_config('request.jwt.claims', '{"sub": "a6000000-0000-4000-8000-000000000001", "role": "authenticated"}', true);

-- Dates: 1 is tomorrow.
create function pg_temp.at(day integer, at time) returns timestamptz language sql
  return ((now() at time zone 'UTC')::date + day + at) at time zone 'UTC';
-- Weekly hours as [[start, end], ...], extra hours of one day as the same.
create function pg_temp.hours(weekly jsonb, day integer default 0, extra jsonb default '[]') returns jsonb language sql as $$
  select jsonb_build_object(
    'rules', (select jsonb_agg(jsonb_build_object('weekday', weekday, 'start', hours ->> 0, 'end', hours ->> 1))
      from generate_series(1, 7) as weekday, jsonb_array_elements(weekly) as hours),
    'exceptions', (select coalesce(jsonb_agg(jsonb_build_object('kind', 'extra',
        'starts_at', to_char(date + (hours ->> 0)::time, 'YYYY-MM-DD"T"HH24:MI'), 'ends_at', to_char(date + (hours ->> 1)::time, 'YYYY-MM-DD"T"HH24:MI'))), '[]')
      from jsonb_array_elements(extra) as hours, lateral (select (now() at time zone 'UTC')::date + day) as at (date)))
$$;
create function pg_temp.save(hours jsonb, preview boolean default false) returns jsonb language sql as $$
  select public.openslot_set_hours('test-doctor', hours, (public.openslot_hours('test-doctor') ->> 'version')::integer, preview)
$$;
-- `09:00 09:20!`: a slot with ! is taken.
create function pg_temp.slots(day integer, from_time time default '00:00', hours integer default 24) returns text language sql as $$
  select string_agg(to_char(start_time at time zone 'UTC', 'HH24:MI') || case status when 'open' then '' else '!' end, ' ' order by start_time)
  from openslot.availability_slots
  where provider_id = 'a2000000-0000-4000-8000-000000000001' and status <> 'removed'
    and start_time >= pg_temp.at(day, from_time) and start_time < pg_temp.at(day, from_time) + make_interval(hours => hours)
$$;
create function pg_temp.book(day integer, at time, service text default 'visit') returns jsonb language sql
  return public.openslot_book('test-doctor', service, pg_temp.at(day, at), '{"name": "Ada Example", "email": "ada@example.com"}', gen_random_uuid());
create function pg_temp.is_true(description text) returns text language sql as $$
  select is_empty($q$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $q$, description)
$$;
create temporary table result (name text primary key, body jsonb);

-- Extra hours in front of the weekly ones -----------------------------------------------------------------------------------
select pg_temp.save(pg_temp.hours('[["09:00", "12:00"]]'));
select pg_temp.book(1, '09:20'), pg_temp.book(1, '10:40');
select is(pg_temp.slots(1), '09:00 09:20! 09:40 10:00 10:20 10:40! 11:00 11:20 11:40', 'a morning with two appointments');
insert into result values
  ('preview', pg_temp.save(pg_temp.hours('[["09:00", "12:00"]]', 1, '[["08:30", "09:00"]]'), true)),
  ('saved', pg_temp.save(pg_temp.hours('[["09:00", "12:00"]]', 1, '[["08:30", "09:00"]]')));
select is(array[body -> 'added', body -> 'removed', body -> 'outside'], '{1,0,[]}', name || ': extra hours from 08:30 add one time and remove none') from result;
select is(body #> '{change,runs}', jsonb_build_array(jsonb_build_array(openslot.minute(pg_temp.at(1, '08:40')), 1)), 'the change has that one time')
  from result where name = 'saved';
select is(pg_temp.slots(1), '08:40 09:00 09:20! 09:40 10:00 10:20 10:40! 11:00 11:20 11:40', 'no time moves');
select pg_temp.is_true('the slots are what the facts say');
select throws_ok($$ select pg_temp.book(1, '08:30') $$, 'PT422', 'outside_hours', 'no time begins with the extra hours');
select lives_ok($$ select pg_temp.book(1, '08:40') $$, 'the new time can be booked');
select pg_temp.save(pg_temp.hours('[["09:00", "12:00"]]'));

-- The same at the desk ------------------------------------------------------------------------------------------------------
select pg_temp.book(2, '09:20');
select is(public.openslot_set_slots('test-doctor', pg_temp.at(2, '08:30'), pg_temp.at(2, '09:00'), 'open') -> 'changed', '1', 'staff open the half hour before nine');
select is(pg_temp.slots(2), '08:40 09:00 09:20! 09:40 10:00 10:20 10:40 11:00 11:20 11:40', 'and no time moves');
select is(public.openslot_set_slots('test-doctor', pg_temp.at(2, '12:00'), pg_temp.at(2, '12:50'), 'open') -> 'changed', '2', 'staff open 50 minutes after twelve');
select is(pg_temp.slots(2), '08:40 09:00 09:20! 09:40 10:00 10:20 10:40 11:00 11:20 11:40 12:00 12:20', 'and no time moves');
select is(public.openslot_set_slots('test-doctor', pg_temp.at(2, '15:10'), pg_temp.at(2, '15:50'), 'open') -> 'changed', '2', 'staff open a time alone');
select is(pg_temp.slots(2, '13:00', 8), '15:10 15:30', 'which begins where they opened it');
select pg_temp.is_true('the slots are what the facts say with hours that staff opened');
select pg_temp.save(pg_temp.hours('[["09:00", "12:00"]]'));
select is(pg_temp.slots(2, '12:00', 10), '12:00 12:20 15:10 15:30', 'times that staff opened outlive a save of the hours');

-- Farther ahead than slots exist, a week beyond the window.
select is(public.openslot_set_slots('test-doctor', pg_temp.at(20, '15:00'), pg_temp.at(20, '15:40'), 'open') -> 'changed', '0', 'what staff open far ahead has no slots yet');
select pg_temp.is_true('the slots are what the facts say with hours far ahead');
update openslot.providers set booking_window_days = 20 where slug = 'test-doctor';
select is(pg_temp.slots(20, '13:00', 8), '15:00 15:20', 'it has once the window reaches it');
update openslot.providers set booking_window_days = 10 where slug = 'test-doctor';
select is(pg_temp.slots(20), null, 'and none when the window ends before it');
select pg_temp.is_true('the slots are what the facts say with a shorter window');

-- Extra hours within and between --------------------------------------------------------------------------------------------
select is(pg_temp.save(pg_temp.hours('[["09:00", "12:00"]]', 3, '[["10:10", "11:30"]]')) -> 'added', '0', 'extra hours within the weekly ones add nothing');
select is(pg_temp.slots(3), '09:00 09:20 09:40 10:00 10:20 10:40 11:00 11:20 11:40', 'and move nothing');
select pg_temp.save(pg_temp.hours('[["09:00", "12:00"], ["13:00", "14:00"]]', 3, '[["12:00", "13:00"]]'));
select is(pg_temp.slots(3, '11:00', 3), '11:00 11:20 11:40 12:00 12:20 12:40 13:00 13:20 13:40', 'extra hours in a break on the grid fill it');
select pg_temp.is_true('the slots are what the facts say with a filled break');

-- Hours past midnight ---------------------------------------------------------------------------------------------------
update openslot.providers set slot_minutes = 45 where slug = 'test-doctor';
select pg_temp.save(pg_temp.hours('[["20:00", "24:00"], ["00:00", "02:00"]]'));
select is(pg_temp.slots(4, '12:00'), '20:00 20:45 21:30 22:15 23:00 23:45 00:30 01:15', 'two entries that meet at midnight have eight starts');
insert into result values ('one entry', pg_temp.save(pg_temp.hours('[["20:00", "02:00"]]')));
select is(array[body -> 'change', body -> 'added', body -> 'removed']::text, '{"null",0,0}', 'one entry over midnight is the same') from result where name = 'one entry';
select is(pg_temp.slots(4, '12:00'), '20:00 20:45 21:30 22:15 23:00 23:45 00:30 01:15', 'with the same eight starts');
select lives_ok($$ select pg_temp.book(4, '23:45', 'session') $$, 'a session can be booked over midnight');
select is(pg_temp.slots(4, '12:00'), '20:00 20:45 21:30 22:15 23:00 23:45! 00:30 01:15', 'it takes one slot');
select throws_ok($$ select pg_temp.book(5, '00:00', 'session') $$, 'PT422', 'outside_hours', 'no session begins at midnight');
select is(pg_temp.slots(4, '02:00', 18), null, 'the day between has no hours');
select pg_temp.is_true('the slots are what the facts say over midnight');
-- A weekday's hours over midnight end on the next day, and a last day is the last on which they begin.
delete from openslot.availability_rules where provider_id = 'a2000000-0000-4000-8000-000000000001';
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time, valid_until)
  select 'a2000000-0000-4000-8000-000000000001', extract(isodow from day), '20:00', '02:00', day from (select (now() at time zone 'UTC')::date + 6) as date (day);
select is(pg_temp.slots(6, '00:00', 48), '20:00 20:45 21:30 22:15 23:00 23:45 00:30 01:15', 'one evening''s hours run into the next day');

-- Around the clock --------------------------------------------------------------------------------------------------------
select pg_temp.save(pg_temp.hours('[["00:00", "24:00"]]'));
update openslot.providers set slot_minutes = 50 where slug = 'test-doctor';
select is(left(pg_temp.slots(7), 11) || ' ' || right(pg_temp.slots(7), 5), '00:00 00:50 22:30', 'hours around the clock begin anew each midnight');
select is(pg_temp.slots(8), pg_temp.slots(7), 'so that each day has the same times');
select pg_temp.is_true('the slots are what the facts say around the clock');

-- Shifts around the clock -------------------------------------------------------------------------------------------------
create function pg_temp.extend() returns boolean language sql as $$
  -- As if the latest extension had been yesterday.
  update openslot.calendars set opened_until = opened_until - 1 where provider_id = 'a2000000-0000-4000-8000-000000000001';
  select openslot.extend_horizon('a2000000-0000-4000-8000-000000000001');
$$;
select pg_temp.save(pg_temp.hours('[["07:00", "19:00"], ["19:00", "07:00"]]'));
select is(left(pg_temp.slots(7, '07:00'), 11) || ' ' || right(pg_temp.slots(7, '07:00'), 5), '07:00 07:50 05:30', 'two shifts begin anew each morning');
select is(pg_temp.slots(8, '07:00'), pg_temp.slots(7, '07:00'), 'so that each day has the same times');
select ok(pg_temp.extend(), 'a day of shifts comes into the window');
select is(left(pg_temp.slots(7, '07:00'), 11) || ' ' || right(pg_temp.slots(7, '07:00'), 5), '07:00 07:50 05:30', 'the days before keep their times');
select pg_temp.is_true('the slots are what the facts say with shifts');
select lives_ok($$ select pg_temp.book(2, '07:50') $$, 'a time before the new day can be booked');
select pg_temp.save(pg_temp.hours('[["06:30", "19:10"], ["19:00", "07:00"]]'));
select is(left(pg_temp.slots(7, '06:30'), 11) || ' ' || right(pg_temp.slots(7, '06:30'), 5), '06:30 07:20 05:00', 'shifts that overlap begin anew with the first of the day');
select ok(pg_temp.extend(), 'a day of such shifts comes into the window');
select is(pg_temp.slots(8, '06:30'), pg_temp.slots(7, '06:30'), 'each day has the same times after that');
select pg_temp.is_true('the slots are what the facts say with shifts that overlap');

-- A break that is opened ------------------------------------------------------------------------------------------------
-- 09:00 to 12:00 is four times of 45 minutes, and the break is not a multiple of one.
select pg_temp.save(pg_temp.hours('[["09:00", "12:00"], ["13:00", "16:00"]]'));
update openslot.providers set slot_minutes = 45 where slug = 'test-doctor';
select is(pg_temp.slots(9), '09:00 09:45 10:30 11:15 13:00 13:45 14:30 15:15', 'a morning and an afternoon have their own times');
select pg_temp.save(pg_temp.hours('[["09:00", "12:00"], ["13:00", "16:00"]]', 9, '[["12:00", "13:00"]]'));
select is(pg_temp.slots(9), '09:00 09:45 10:30 11:15 12:00 13:00 13:45 14:30 15:15', 'a break that is opened adds the time that fits, and moves none');
select pg_temp.is_true('the slots are what the facts say in an opened break');

-- The hours of a day that no longer follow another -----------------------------------------------------------------------------
update openslot.providers set slot_minutes = 45 where slug = 'test-doctor';
select pg_temp.save(pg_temp.hours('[["00:00", "02:00"]]', 9, '[["23:00", "24:00"]]'));
select is(pg_temp.slots(9, '12:00'), '23:15 00:00 00:45', 'extra hours in front of midnight move none of the next day''s');
select pg_temp.save(pg_temp.hours('[["00:00", "02:00"]]'));
select is(pg_temp.slots(9, '12:00'), '00:00 00:45', 'nor does their end');
select pg_temp.is_true('the slots are what the facts say at the end');

select * from finish();
rollback;

-- The daily limit: once a local date has its appointments, patients can't begin another one on it; a cancellation makes room
-- again. Its slots stay open, and the calendar lists the date as a full day. Staff see its free slots as blocked by the limit.
begin;
create extension if not exists pgtap with schema extensions;
select plan(46);

-- New York, so that the provider's date differs from the server's date.
insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, daily_limit) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'America/New_York', 60, 0, 2);
insert into openslot.services (provider_id, slug, name, duration_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 60);
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000001', weekday, hours.opens, hours.closes
  from generate_series(1, 7) as weekday, (values (time '09:00', time '12:00'), ('21:00', '24:00')) as hours (opens, closes);

-- Local dates from tomorrow on: day 1, day 2, ...
create function pg_temp.at(day integer, local_time time) returns timestamptz language sql
  return openslot.local_instant((now() at time zone 'America/New_York')::date + day + local_time, 'America/New_York');
create function pg_temp.slots(day integer) returns text language sql as $$
  select string_agg(slot ->> 'status', ' ' order by slot ->> 'start')
  from jsonb_array_elements(openslot.desk_slots_json('a2000000-0000-4000-8000-000000000001', pg_temp.at(day, '00:00'), pg_temp.at(day + 1, '00:00'))) slot
$$;
-- A full day as it travels. full_until: a second since 1970, -1 without end, 0 for a day that has room again.
create function pg_temp.full_day(day integer, full_until bigint) returns jsonb language sql
  return jsonb_build_array(openslot.minute(pg_temp.at(day, '00:00')), openslot.minute(pg_temp.at(day + 1, '00:00')), full_until);
create function pg_temp.full_days() returns jsonb language sql return public.openslot_calendar('test-doctor') -> 'full_days';
create function pg_temp.book(day integer, local_time time) returns jsonb language sql
  return public.openslot_book('test-doctor', 'visit', pg_temp.at(day, local_time), '{"name": "Ada Example", "email": "ada@example.com"}', gen_random_uuid());
create function pg_temp.visitor(number integer) returns uuid language sql
  return ('a5000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;
create temporary table result (name text primary key, body jsonb);

select pg_temp.book(1, '09:00');
select is(pg_temp.full_days(), '[]', 'below the limit no day is full');
select is(pg_temp.slots(1), 'booked open open open open open', 'a day below the limit is open');
insert into result values ('filled', pg_temp.book(1, '22:00'));
select is(pg_temp.slots(1), 'booked blocked blocked blocked booked blocked', 'at the limit the rest of the local date is blocked');
select is(pg_temp.slots(2), 'open open open open open open', 'the next date is not, though its evening shares a UTC date with this one');
select is((body #>> '{change,revision}')::int - (body #>> '{change,after}')::int, 1, 'the booking and the full day are one revision') from result where name = 'filled';
select is(body #> '{change,runs}', jsonb_build_array(jsonb_build_array(openslot.minute(pg_temp.at(1, '22:00')), 1, 0)),
  'the change lists the booked slot') from result where name = 'filled';
select is(body #> '{change,full_days}', jsonb_build_array(pg_temp.full_day(1, -1)), 'the change lists the full day, too')
  from result where name = 'filled';
select is(pg_temp.full_days(), jsonb_build_array(pg_temp.full_day(1, -1)), 'the calendar lists the full day');
select is_empty($$ select from jsonb_array_elements(openslot.desk_slots_json('a2000000-0000-4000-8000-000000000001', now(), pg_temp.at(9, '00:00'))) slot
  where slot ->> 'blocked_by' is distinct from 'daily_limit' and slot ->> 'status' = 'blocked' $$, 'staff see that the limit blocked the slots');
select is((select array_agg(distinct status) from openslot.availability_slots where provider_id = 'a2000000-0000-4000-8000-000000000001'),
  '{booked,open}', 'the limit changes no slot');
select throws_ok($$ select pg_temp.book(1, '10:00') $$, 'PT409', 'daily_limit_reached', 'a booking past the limit is refused');
select throws_ok($$ select public.openslot_hold('test-doctor', 'visit', pg_temp.at(1, '10:00'), gen_random_uuid()) $$,
  'PT409', 'daily_limit_reached', 'a hold past the limit is refused');
select throws_ok($$ select pg_temp.book(1, '09:00') $$, 'PT409', 'slot_taken', 'a booked slot is refused as taken');

-- Moving --------------------------------------------------------------------------------------------------------------
select lives_ok($$ select public.openslot_reschedule(body ->> 'manage_token', pg_temp.at(1, '10:00'), gen_random_uuid()) from result
  where name = 'filled' $$, 'an appointment may move within a full day');
select is(pg_temp.slots(1), 'booked booked blocked blocked blocked blocked', 'a day stays full after a move within it');
insert into result values ('other', pg_temp.book(2, '09:00'));
select throws_ok($$ select public.openslot_reschedule(body ->> 'manage_token', pg_temp.at(1, '11:00'), gen_random_uuid()) from result
  where name = 'other' $$, 'PT409', 'daily_limit_reached', 'no appointment may move into a full day');
select lives_ok($$ select public.openslot_reschedule(body ->> 'manage_token', pg_temp.at(2, '23:00'), gen_random_uuid()) from result
  where name = 'filled' $$, 'an appointment may move to another day');
select is(pg_temp.slots(1), 'booked open open open open open', 'the day that it leaves is open again');
select is(pg_temp.slots(2), 'booked blocked blocked blocked blocked booked', 'the day that it enters is full');

-- Cancelling ----------------------------------------------------------------------------------------------------------
insert into openslot.overrides (provider_id, effect, during)
  values ('a2000000-0000-4000-8000-000000000001', 'closed', tstzrange(pg_temp.at(1, '11:00'), pg_temp.at(1, '12:00')));
select pg_temp.book(1, '10:00');
insert into result values ('cancelled', public.openslot_cancel((select body ->> 'manage_token' from result where name = 'other')));
select is(pg_temp.slots(2), 'open open open open open booked', 'a cancellation opens the day');
select is((body #>> '{change,revision}')::int - (body #>> '{change,after}')::int, 1, 'the cancellation is one revision') from result where name = 'cancelled';
select is(body #> '{change,full_days}', jsonb_build_array(pg_temp.full_day(2, 0)), 'the change says that the day has room') from result where name = 'cancelled';
update openslot.appointments set status = 'cancelled', cancelled_by = 'provider', cancelled_at = now()
  where provider_id = 'a2000000-0000-4000-8000-000000000001' and start_time = pg_temp.at(1, '10:00');
select is(pg_temp.slots(1), 'booked open blocked open open open', 'slots that staff blocked stay blocked');

-- Holds ---------------------------------------------------------------------------------------------------------------
-- A hold keeps its place in the limit, as the appointment that it may become.
select public.openslot_hold('test-doctor', 'visit', pg_temp.at(3, '09:00'), pg_temp.visitor(1));
insert into result values ('held', public.openslot_hold('test-doctor', 'visit', pg_temp.at(3, '10:00'), pg_temp.visitor(2)));
select is(pg_temp.slots(3), 'held held blocked blocked blocked blocked', 'two holds fill a day with a limit of two');
select is(body #> '{change,full_days}', jsonb_build_array(pg_temp.full_day(3, (
    select extract(epoch from min(held_until))::bigint from openslot.holds where provider_id = 'a2000000-0000-4000-8000-000000000001'))),
  'the day is full until the first of the holds ends') from result where name = 'held';
select throws_ok($$ select public.openslot_hold('test-doctor', 'visit', pg_temp.at(3, '11:00'), pg_temp.visitor(3)) $$,
  'PT409', 'daily_limit_reached', 'a third hold is refused');
select throws_ok($$ select pg_temp.book(3, '21:00') $$, 'PT409', 'daily_limit_reached', 'a booking beside two holds is refused');
update openslot.holds set held_until = now() - interval '1 second', began_at = now() - interval '5 minutes'
  where holder = openslot.holder(pg_temp.visitor(2));
select is(pg_temp.slots(3), 'held open open open open open', 'a hold that ran out keeps no place');
select pg_temp.book(3, '22:00');
select is(pg_temp.slots(3), 'held blocked blocked blocked booked blocked', 'a valid hold stays when its day becomes full');
select throws_ok($$ select public.openslot_book('test-doctor', 'visit', pg_temp.at(3, '10:00'),
  '{"name": "Ada Example", "email": "ada@example.com"}', gen_random_uuid(), pg_temp.visitor(2)) $$,
  'PT409', 'daily_limit_reached', 'a visitor whose hold ran out can''t book once the day is full');
select lives_ok($$ select public.openslot_book('test-doctor', 'visit', pg_temp.at(3, '09:00'),
  '{"name": "Ada Example", "email": "ada@example.com"}', gen_random_uuid(), pg_temp.visitor(1)) $$,
  'a visitor can book the time that the hold kept');
select is(pg_temp.slots(3), 'booked blocked blocked blocked booked blocked', 'then the day is full of appointments');
select public.openslot_hold('test-doctor', 'visit', pg_temp.at(4, '09:00'), pg_temp.visitor(1));
select public.openslot_hold('test-doctor', 'visit', pg_temp.at(4, '10:00'), pg_temp.visitor(2));
select is(public.openslot_release(pg_temp.visitor(1)) #> '{change,full_days}', jsonb_build_array(pg_temp.full_day(4, 0)),
  'a released hold makes room');
select is(pg_temp.slots(4), 'open held open open open open', 'a released slot is open');
select pg_temp.book(4, '21:00');
insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at)
  select 'a2000000-0000-4000-8000-000000000001', 'off', date + time '10:00', date + time '11:00'
  from (select (now() at time zone 'America/New_York')::date + 4) as day_4 (date);
select is(pg_temp.slots(4), 'blocked blocked booked blocked blocked', 'a held slot outside the hours is not shown, and its hold keeps its place');
select public.openslot_release(pg_temp.visitor(2));
select is(pg_temp.slots(4), 'open open booked open open', 'its release makes room');
delete from openslot.availability_exceptions where provider_id = 'a2000000-0000-4000-8000-000000000001';

-- Other limits --------------------------------------------------------------------------------------------------------
update openslot.providers set daily_limit = 1 where slug = 'test-doctor';
select is(pg_temp.slots(2), 'blocked blocked blocked blocked blocked booked', 'a lower limit blocks at once');
update openslot.providers set daily_limit = null where slug = 'test-doctor';
select is(pg_temp.slots(3), 'booked open open open booked open', 'removing the limit opens at once');
update openslot.providers set daily_limit = 2 where slug = 'test-doctor';
update openslot.appointments set status = 'completed' where start_time = pg_temp.at(3, '09:00')
  and provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(pg_temp.slots(3), 'booked blocked blocked blocked booked blocked', 'a completed appointment counts for the limit');
select throws_ok($$ update openslot.providers set daily_limit = 0 where slug = 'test-doctor' $$, '23514', null, 'an empty limit means no limit');
select is((select count(*)::int from openslot.full_days where provider_id = '20000000-0000-4000-8000-000000000002' and full_until = 'infinity'),
  1, 'the seed has a full day');
select is_empty($$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $$, 'slots and full days are what the facts say');
delete from openslot.full_days where provider_id = 'a2000000-0000-4000-8000-000000000001' and day = (now() at time zone 'America/New_York')::date + 3;
select is((select array_agg(what || ' ' || concat_ws(' ', start_time, is_now, should_be)) from openslot.check_calendar('a2000000-0000-4000-8000-000000000001')),
  array['full day ' || concat_ws(' ', pg_temp.at(3, '00:00'), 'infinity')], 'a check lists a full day that was deleted by hand');

-- Another zone ----------------------------------------------------------------------------------------------------------
update openslot.providers set time_zone = 'Asia/Tokyo', daily_limit = 1 where slug = 'test-doctor';
select is_empty($$ select from openslot.full_days where provider_id = 'a2000000-0000-4000-8000-000000000001'
  and tstzrange(starts, ends) <> openslot.local_day(day, 'Asia/Tokyo') $$, 'in another zone full days are its dates');
select is_empty($$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $$, 'and are what the facts say');
update openslot.full_days set starts = starts - interval '3 hours', ends = ends - interval '3 hours'
  where provider_id = 'a2000000-0000-4000-8000-000000000001' and day = (select max(day) from openslot.full_days
    where provider_id = 'a2000000-0000-4000-8000-000000000001');
select is((select count(*)::int from openslot.check_calendar('a2000000-0000-4000-8000-000000000001')), 2,
  'a check lists a full day at other instants, and the one that is missing');

select * from finish();
rollback;

-- The daily limit: once a local date has its appointments, its other slots are blocked; a cancellation opens them again.
begin;
create extension if not exists pgtap with schema extensions;
select plan(27);

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
  select string_agg(status, ' ' order by start_time) from openslot.availability_slots
  where provider_id = 'a2000000-0000-4000-8000-000000000001'
    and start_time >= pg_temp.at(day, '00:00') and start_time < pg_temp.at(day + 1, '00:00')
$$;
create function pg_temp.book(day integer, local_time time) returns jsonb language sql
  return public.openslot_book('test-doctor', 'visit', pg_temp.at(day, local_time), '{"name": "Ada Example", "email": "ada@example.com"}', gen_random_uuid());
create function pg_temp.visitor(number integer) returns uuid language sql
  return ('a5000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;
create temporary table result (name text primary key, body jsonb);

select pg_temp.book(1, '09:00');
select is(pg_temp.slots(1), 'booked open open open open open', 'a day below the limit is open');
insert into result values ('filled', pg_temp.book(1, '22:00'));
select is(pg_temp.slots(1), 'booked blocked blocked blocked booked blocked', 'at the limit the rest of the local date is blocked');
select is(pg_temp.slots(2), 'open open open open open open', 'the next date is not, though its evening shares a UTC date with this one');
select is((body #>> '{change,revision}')::int - (body #>> '{change,after}')::int, 1, 'the booking and the blocked slots are one revision') from result where name = 'filled';
select is(jsonb_array_length(body #> '{change,slots}'), 5, 'the change lists the blocked slots, too') from result where name = 'filled';
select is_empty($$ select from openslot.availability_slots where blocked_by is distinct from 'daily_limit' and status = 'blocked'
  and provider_id = 'a2000000-0000-4000-8000-000000000001' $$, 'the slots record that the limit blocked them');
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
update openslot.availability_slots set status = 'blocked' where start_time = pg_temp.at(1, '11:00')
  and provider_id = 'a2000000-0000-4000-8000-000000000001';
select pg_temp.book(1, '10:00');
insert into result values ('cancelled', public.openslot_cancel((select body ->> 'manage_token' from result where name = 'other')));
select is(pg_temp.slots(2), 'open open open open open booked', 'a cancellation opens the day');
select is((body #>> '{change,revision}')::int - (body #>> '{change,after}')::int, 1, 'the cancellation is one revision') from result where name = 'cancelled';
update openslot.appointments set status = 'cancelled', cancelled_by = 'provider', cancelled_at = now()
  where provider_id = 'a2000000-0000-4000-8000-000000000001' and start_time = pg_temp.at(1, '10:00');
update openslot.availability_slots set status = 'open' where start_time = pg_temp.at(1, '10:00')
  and provider_id = 'a2000000-0000-4000-8000-000000000001';
select openslot.extend_horizon('a2000000-0000-4000-8000-000000000001');
select is(pg_temp.slots(1), 'booked open blocked open open open', 'slots that staff blocked stay blocked');

-- Holds ---------------------------------------------------------------------------------------------------------------
select public.openslot_hold('test-doctor', 'visit', pg_temp.at(3, '09:00'), pg_temp.visitor(1));
select public.openslot_hold('test-doctor', 'visit', pg_temp.at(3, '10:00'), pg_temp.visitor(2));
select public.openslot_hold('test-doctor', 'visit', pg_temp.at(3, '11:00'), pg_temp.visitor(3));
select pg_temp.book(3, '21:00');
update openslot.availability_slots set held_until = now() - interval '1 second' where held_by = openslot.holder(pg_temp.visitor(2));
select pg_temp.book(3, '22:00');
select is(pg_temp.slots(3), 'held blocked held booked booked blocked', 'a valid hold stays when its day becomes full, an expired one does not');
select throws_ok($$ select public.openslot_book('test-doctor', 'visit', pg_temp.at(3, '09:00'),
  '{"name": "Ada Example", "email": "ada@example.com"}', gen_random_uuid(), pg_temp.visitor(1)) $$,
  'PT409', 'daily_limit_reached', 'a held slot can''t be booked once the day is full');
select public.openslot_release(pg_temp.visitor(1));
select is(pg_temp.slots(3), 'blocked blocked held booked booked blocked', 'a released slot of a full day is blocked');
insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at)
  select 'a2000000-0000-4000-8000-000000000001', 'off', date + time '11:00', date + time '12:00'
  from (select (now() at time zone 'America/New_York')::date + 3) as day_3 (date);
select public.openslot_release(pg_temp.visitor(3));
select is(pg_temp.slots(3), 'blocked blocked removed booked booked blocked', 'a released slot of a full day is removed if the hours no longer include it');
delete from openslot.availability_exceptions where provider_id = 'a2000000-0000-4000-8000-000000000001';

-- Other limits --------------------------------------------------------------------------------------------------------
update openslot.providers set daily_limit = 1 where slug = 'test-doctor';
select is(pg_temp.slots(2), 'blocked blocked blocked blocked blocked booked', 'a lower limit blocks at once');
update openslot.providers set daily_limit = null where slug = 'test-doctor';
select is(pg_temp.slots(3), 'open open open booked booked open', 'removing the limit opens at once');
update openslot.providers set daily_limit = 2 where slug = 'test-doctor';
update openslot.appointments set status = 'completed' where start_time = pg_temp.at(3, '21:00')
  and provider_id = 'a2000000-0000-4000-8000-000000000001';
select openslot.extend_horizon('a2000000-0000-4000-8000-000000000001');
select is(pg_temp.slots(3), 'blocked blocked blocked booked booked blocked', 'a completed appointment counts for the limit');
select throws_ok($$ update openslot.providers set daily_limit = 0 where slug = 'test-doctor' $$, '23514', null, 'an empty limit means no limit');
select is((select count(*)::int from openslot.availability_slots where provider_id = '20000000-0000-4000-8000-000000000002'
  and status = 'blocked'), 12, 'the seed has a full day');

select * from finish();
rollback;

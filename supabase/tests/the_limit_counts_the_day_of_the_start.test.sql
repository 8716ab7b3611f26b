-- An appointment counts for the local date on which the patient's part begins: not for the date of its end, nor of its buffers.
begin;
create extension if not exists pgtap with schema extensions;
select plan(31);

-- Auckland, so that most local dates differ from the server's. Hours around midnight, as one entry.
insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, daily_limit) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'Pacific/Auckland', 30, 0, 1);
insert into openslot.services (provider_id, slug, name, duration_minutes, buffer_before_minutes, buffer_after_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 60, 0, 0),
  ('a2000000-0000-4000-8000-000000000001', 'padded', 'Padded visit', 30, 30, 0);
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000001', weekday, '20:00', '03:00' from generate_series(1, 7) as weekday;

-- Local dates: 1 is tomorrow.
create function pg_temp.date(day integer) returns date language sql return (now() at time zone 'Pacific/Auckland')::date + day;
create function pg_temp.at(day integer, local_time time) returns timestamptz language sql
  return openslot.local_instant(pg_temp.date(day) + local_time, 'Pacific/Auckland');
create function pg_temp.visitor(number integer) returns uuid language sql
  return ('a5000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;
create function pg_temp.book(day integer, local_time time, service text default 'visit', visitor integer default null) returns jsonb language sql
  return public.openslot_book('test-doctor', service, pg_temp.at(day, local_time), '{"name": "Ada Example", "email": "ada@example.com"}',
    gen_random_uuid(), pg_temp.visitor(visitor));
-- The full days in the calendar, as numbers of days.
create function pg_temp.full_days() returns integer[] language sql as $$
  select array_agg((to_timestamp((full_day ->> 0)::bigint * 60) at time zone 'Pacific/Auckland')::date - pg_temp.date(0) order by full_day -> 0)
  from jsonb_array_elements(public.openslot_calendar('test-doctor') -> 'full_days') as full_day
$$;
create function pg_temp.is_true(description text) returns text language sql as $$
  select is_empty($q$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $q$, description)
$$;
create temporary table result (name text primary key, body jsonb);

-- The next day is full ----------------------------------------------------------------------------------------------------
insert into result values ('full', pg_temp.book(2, '21:00'));
select is(pg_temp.full_days(), '{2}', 'day 2 is full');
select throws_ok($$ select pg_temp.book(2, '00:00') $$, 'PT409', 'daily_limit_reached', 'no appointment begins on it, from its first minute on');
select throws_ok($$ select pg_temp.book(2, '02:00') $$, 'PT409', 'daily_limit_reached', 'though the hours began on the day before');
select is((select array_agg(distinct status) from openslot.availability_slots where provider_id = 'a2000000-0000-4000-8000-000000000001'
    and start_time >= pg_temp.at(2, '00:00') and start_time < pg_temp.at(2, '03:00')), '{open}', 'its slots are open, so that an earlier start can reach into it');
insert into result values ('before', pg_temp.book(1, '23:30'));
select is(body #>> '{appointment,end}', openslot.iso(pg_temp.at(2, '00:30')), 'an hour from 23:30 of the day before is booked, though it ends on the full day')
  from result where name = 'before';
select is(body #> '{change,full_days}', jsonb_build_array(jsonb_build_array(openslot.minute(pg_temp.at(1, '00:00')), openslot.minute(pg_temp.at(2, '00:00')), -1)),
  'it fills the day of its start') from result where name = 'before';
select is(pg_temp.full_days(), '{1,2}', 'now both days are full');
select throws_ok($$ select pg_temp.book(1, '22:30') $$, 'PT409', 'daily_limit_reached', 'no other appointment begins on the day of its start');
select public.openslot_cancel(body ->> 'manage_token') from result where name = 'before';
select is(pg_temp.full_days(), '{2}', 'its cancellation makes room on the day of its start only');
select pg_temp.is_true('slots and full days are what the facts say');

-- The day before is full --------------------------------------------------------------------------------------------------
select throws_ok($$ select pg_temp.book(2, '23:30') $$, 'PT409', 'daily_limit_reached', 'no appointment begins at 23:30 of a full day');
select lives_ok($$ select pg_temp.book(3, '00:00') $$, 'one begins at midnight');
select is(pg_temp.full_days(), '{2,3}', 'and fills the next day');
select throws_ok($$ select pg_temp.book(3, '20:00') $$, 'PT409', 'daily_limit_reached', 'whose evening takes none, either');

-- Buffers -----------------------------------------------------------------------------------------------------------------
insert into result values ('padded', pg_temp.book(6, '00:00', 'padded'));
select is(pg_temp.full_days(), '{2,3,6}', 'a buffer on the day before doesn''t count for that day');
select lives_ok($$ select pg_temp.book(5, '21:00') $$, 'which has room');
select throws_ok($$ select pg_temp.book(6, '21:00') $$, 'PT409', 'daily_limit_reached', 'the day of the patient''s part has none');

-- Holds -------------------------------------------------------------------------------------------------------------------
select pg_temp.book(9, '21:00');
select lives_ok($$ select public.openslot_hold('test-doctor', 'visit', pg_temp.at(8, '23:30'), pg_temp.visitor(1)) $$, 'an hour from 23:30 can be held before a full day');
select is(pg_temp.full_days(), '{2,3,5,6,8,9}', 'and keeps the place of the day of its start');
select throws_ok($$ select public.openslot_hold('test-doctor', 'visit', pg_temp.at(8, '20:00'), pg_temp.visitor(2)) $$, 'PT409', 'daily_limit_reached', 'there is no other');
select lives_ok($$ select pg_temp.book(8, '23:30', visitor => 1) $$, 'the visitor can book it');
select lives_ok($$ select public.openslot_hold('test-doctor', 'visit', pg_temp.at(11, '23:30'), pg_temp.visitor(3)) $$, 'another hour from 23:30 is held');
select lives_ok($$ select pg_temp.book(12, '20:00') $$, 'the day on which it ends has room');

-- Moving ------------------------------------------------------------------------------------------------------------------
select lives_ok($$ select public.openslot_reschedule(body ->> 'manage_token', pg_temp.at(2, '22:30'), gen_random_uuid()) from result where name = 'full' $$,
  'an appointment can move to 22:30 of its own full day');
select throws_ok($$ select public.openslot_reschedule(body ->> 'manage_token', pg_temp.at(3, '01:00'), gen_random_uuid()) from result where name = 'full' $$,
  'PT409', 'daily_limit_reached', 'but not past midnight into the next one');

-- Another zone has other days -----------------------------------------------------------------------------------------------
update openslot.appointments set status = 'cancelled', cancelled_by = 'provider', cancelled_at = now()
  where provider_id = 'a2000000-0000-4000-8000-000000000001' and start_time <> pg_temp.at(9, '21:00');
delete from openslot.holds where provider_id = 'a2000000-0000-4000-8000-000000000001';
update openslot.providers set time_zone = 'UTC' where slug = 'test-doctor';
select is((select array_agg(day) from openslot.full_days where provider_id = 'a2000000-0000-4000-8000-000000000001'),
  array[(pg_temp.at(9, '21:00') at time zone 'UTC')::date], 'in another zone, the same appointment fills the date that it has there');
select pg_temp.is_true('slots and full days of the other zone are what the facts say');

-- A shorter window -----------------------------------------------------------------------------------------------------------
update openslot.providers set booking_window_days = 1 where slug = 'test-doctor';
select pg_temp.is_true('an appointment beyond the horizon doesn''t disturb the check');
select is(pg_temp.full_days(), null, 'nor does its full day show in the calendar');
update openslot.providers set booking_window_days = 60 where slug = 'test-doctor';
select is(pg_temp.full_days(), '{9}', 'which it does once the window reaches it again');
select pg_temp.is_true('slots and full days are what the facts say at the end');

select * from finish();
rollback;

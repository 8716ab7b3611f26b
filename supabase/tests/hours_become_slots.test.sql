-- Slots follow hours, time off and settings at once. Appointments, holds and blocks are facts of their own: they stay, whatever
-- the hours become, and show again in slots once there are hours.
begin;
create extension if not exists pgtap with schema extensions;
select plan(52);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'Europe/Berlin', 20, 0, 10);
insert into openslot.services (provider_id, slug, name, duration_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 20),
  ('a2000000-0000-4000-8000-000000000001', 'long', 'Long visit', 60);

-- Local dates: 1 is tomorrow.
create function pg_temp.day(number integer) returns date language sql
  return (now() at time zone 'Europe/Berlin')::date + number;
create function pg_temp.at(number integer, local_time time) returns timestamptz language sql
  return openslot.local_instant(pg_temp.day(number) + local_time, 'Europe/Berlin');
-- `09:00 open, 09:20 booked`; tombstones only on request.
create function pg_temp.slots(number integer, removed boolean default false) returns text language sql as $$
  select string_agg(to_char(start_time at time zone 'Europe/Berlin', 'HH24:MI ') || status, ', ' order by start_time)
  from openslot.availability_slots
  where provider_id = 'a2000000-0000-4000-8000-000000000001' and (status <> 'removed' or removed)
    and start_time >= pg_temp.at(number, '00:00') and start_time < pg_temp.at(number + 1, '00:00')
$$;
create function pg_temp.book(number integer, local_time time, service text default 'visit') returns jsonb language sql
  return public.openslot_book('test-doctor', service, pg_temp.at(number, local_time), '{"name": "Ada Example", "email": "ada@example.com"}', gen_random_uuid());
create function pg_temp.except_for(kind text, starts timestamp, ends timestamp) returns void language sql as $$
  insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at)
  values ('a2000000-0000-4000-8000-000000000001', kind, starts, ends)
$$;

-- Rules ---------------------------------------------------------------------------------------------------------------
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000001', weekday, '09:00', '10:10' from generate_series(1, 7) as weekday;
select is(pg_temp.slots(1), '09:00 open, 09:20 open, 09:40 open', 'hours become whole cells; a rest that is too short is dropped');
select is((select count(distinct start_time::date)::int from openslot.availability_slots where start_time >= pg_temp.at(1, '00:00')
  and provider_id = 'a2000000-0000-4000-8000-000000000001'), 17, 'slots exist for the booking window and a week more');
select is((select count(*)::int from openslot.availability_slots where start_time < now()
  and provider_id = 'a2000000-0000-4000-8000-000000000001'), 0, 'no slots are made in the past');
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time, valid_from, valid_until)
  select 'a2000000-0000-4000-8000-000000000001', weekday, '10:00', '10:40', pg_temp.day(2), pg_temp.day(3) from generate_series(1, 7) as weekday;
select is(pg_temp.slots(1) || ' | ' || pg_temp.slots(2), '09:00 open, 09:20 open, 09:40 open | 09:00 open, 09:20 open, 09:40 open, 10:00 open, 10:20 open',
  'overlapping hours add up, from the first day of each rule');
select is(pg_temp.slots(4), '09:00 open, 09:20 open, 09:40 open', 'a rule applies until its last day');
delete from openslot.availability_rules where valid_from = pg_temp.day(2);
select is(pg_temp.slots(2), '09:00 open, 09:20 open, 09:40 open', 'deleting a rule removes its slots');
select is(pg_temp.slots(2, removed => true), '09:00 open, 09:20 open, 09:40 open, 10:00 removed, 10:20 removed', 'removed slots are tombstones');
update openslot.availability_rules set end_time = '10:20' where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(pg_temp.slots(2), '09:00 open, 09:20 open, 09:40 open, 10:00 open', 'changing a rule changes its slots');
select is((select count(*)::int from openslot.availability_slots where start_time = pg_temp.at(2, '10:00')
  and provider_id = 'a2000000-0000-4000-8000-000000000001'), 1, 'a tombstone becomes the same slot again');

-- Exceptions ----------------------------------------------------------------------------------------------------------
select pg_temp.except_for('off', pg_temp.day(3), pg_temp.day(4));
select is(pg_temp.slots(3), null, 'a day off has no slots');
select pg_temp.except_for('off', pg_temp.day(4) + time '09:10', pg_temp.day(4) + time '09:30');
select is(pg_temp.slots(4), '09:40 open, 10:00 open', 'time off takes the cells that it touches and does not move the others');
select pg_temp.except_for('extra', pg_temp.day(5) + time '10:10', pg_temp.day(5) + time '10:50');
select is(pg_temp.slots(5), '09:00 open, 09:20 open, 09:40 open, 10:00 open, 10:20 open', 'extra hours continue the day''s grid');
select pg_temp.except_for('extra', pg_temp.day(5) + time '22:50', pg_temp.day(6) + time '00:20');
select is(pg_temp.slots(5) || ' | ' || pg_temp.slots(6),
  '09:00 open, 09:20 open, 09:40 open, 10:00 open, 10:20 open, 22:50 open, 23:10 open, 23:30 open, 23:50 open | 09:00 open, 09:20 open, 09:40 open, 10:00 open',
  'hours run on past midnight, and so does their grid');
select pg_temp.except_for('extra', pg_temp.day(3) + time '12:00', pg_temp.day(3) + time '13:00');
select is(pg_temp.slots(3), null, 'time off overrides extra hours');
delete from openslot.availability_exceptions where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(pg_temp.slots(3) || ' | ' || pg_temp.slots(5), '09:00 open, 09:20 open, 09:40 open, 10:00 open | 09:00 open, 09:20 open, 09:40 open, 10:00 open',
  'without exceptions the week is as before');

-- Time that is taken --------------------------------------------------------------------------------------------------
create temporary table booking as select pg_temp.book(2, '09:20') ->> 'manage_token' as token;
select public.openslot_hold('test-doctor', 'visit', pg_temp.at(2, '10:00'), 'a5000000-0000-4000-8000-000000000001');
insert into openslot.overrides (provider_id, effect, during)
  values ('a2000000-0000-4000-8000-000000000001', 'closed', tstzrange(pg_temp.at(2, '09:00'), pg_temp.at(2, '09:20')));
select pg_temp.except_for('off', pg_temp.day(2), pg_temp.day(3));
select is(pg_temp.slots(2), null, 'a day off has no slots, whatever is booked, held and blocked');
delete from openslot.availability_exceptions where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(pg_temp.slots(2), '09:00 blocked, 09:20 booked, 09:40 open, 10:00 held', 'without the day off, all of it shows again');
select pg_temp.except_for('off', pg_temp.day(2), pg_temp.day(3));
select is(public.openslot_cancel(token) -> 'change', 'null', 'a cancellation on a day off changes no slot') from booking;
select is(public.openslot_release('a5000000-0000-4000-8000-000000000001') -> 'change', 'null', 'nor does the release of a hold');
delete from openslot.overrides where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(pg_temp.slots(2), null, 'nor does staff''s opening of a block');
delete from openslot.availability_exceptions where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(pg_temp.slots(2), '09:00 open, 09:20 open, 09:40 open, 10:00 open', 'deleting the day off opens all slots');

-- Another grid ----------------------------------------------------------------------------------------------------------
update booking set token = pg_temp.book(2, '09:20') ->> 'manage_token';
update openslot.providers set slot_minutes = 30 where slug = 'test-doctor';
select is(pg_temp.slots(1), '09:00 open, 09:30 open', 'another slot length makes another grid');
select is((select end_time - start_time from openslot.availability_slots where start_time = pg_temp.at(1, '09:00')
  and provider_id = 'a2000000-0000-4000-8000-000000000001'), interval '30 minutes', 'cells have the new length');
select is(pg_temp.slots(2), '09:00 booked, 09:30 booked', 'an appointment takes all cells that it touches');
select throws_ok($$ select pg_temp.book(2, '09:00') $$, 'PT409', 'slot_taken', 'such a cell can''t be booked');
insert into openslot.services (provider_id, slug, name, duration_minutes) values ('a2000000-0000-4000-8000-000000000001', 'half-hour', 'Half an hour', 30);
select public.openslot_cancel(token) from booking;
select is(pg_temp.slots(2), '09:00 open, 09:30 open', 'the cells open once the appointment frees its time');
select lives_ok($$ select pg_temp.book(2, '09:00', 'long') $$, 'then they can be booked');
update openslot.providers set time_zone = 'Europe/London' where slug = 'test-doctor';
select is(pg_temp.slots(1), '10:00 open, 10:30 open', 'another zone moves the hours');

update openslot.providers set active = false where slug = 'test-doctor';
delete from openslot.availability_slots where start_time = pg_temp.at(1, '10:00') and provider_id = 'a2000000-0000-4000-8000-000000000001';
select isnt_empty($$ select from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $$, 'a check finds slots that were deleted by hand');
update openslot.providers set active = true where slug = 'test-doctor';
select is(pg_temp.slots(1), '10:00 open, 10:30 open', 'a provider who becomes active again has all their slots');

-- The horizon -----------------------------------------------------------------------------------------------------------
update openslot.providers set time_zone = 'Europe/Berlin', booking_window_days = 20 where slug = 'test-doctor';
select is(pg_temp.slots(27), '09:00 open, 09:30 open', 'a longer window is filled at once');
-- As if the latest extension had been two days ago.
delete from openslot.availability_slots where provider_id = 'a2000000-0000-4000-8000-000000000001' and start_time >= pg_temp.at(26, '00:00');
delete from openslot.opening_ranges where provider_id = 'a2000000-0000-4000-8000-000000000001' and starts >= pg_temp.at(26, '00:00');
update openslot.calendars set opened_until = pg_temp.day(25) where provider_id = 'a2000000-0000-4000-8000-000000000001';
create temporary table before as select revision from openslot.calendars where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(openslot.extend_horizon('a2000000-0000-4000-8000-000000000001'), true, 'the worker extends the horizon');
select is(pg_temp.slots(26) || ' | ' || pg_temp.slots(27), '09:00 open, 09:30 open | 09:00 open, 09:30 open', 'the horizon includes the new days');
select is(pg_temp.slots(28), null, 'and no more');
select is(revision, (select revision + 1 from before), 'the new days are one revision') from openslot.calendars where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(openslot.extend_horizon('a2000000-0000-4000-8000-000000000001'), false, 'an extension without new days says so');
select is(revision, (select revision + 1 from before), 'and makes no revision') from openslot.calendars where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(openslot.extend_horizon('a2000000-0000-4000-8000-0000000000ff'), false, 'a provider who doesn''t exist has no horizon');

-- Purging ---------------------------------------------------------------------------------------------------------------
create function pg_temp.past(days integer) returns tstzrange language sql
  return tstzrange(date_trunc('hour', now()) - make_interval(days => days), date_trunc('hour', now()) - make_interval(days => days, mins => -30));
insert into openslot.availability_slots (provider_id, start_time, end_time, status, revision)
  select 'a2000000-0000-4000-8000-000000000001', lower(pg_temp.past(days)), upper(pg_temp.past(days)), 'open', 0 from unnest('{40,20}'::integer[]) as days;
insert into openslot.opening_ranges (provider_id, starts, ends, anchor)
  select 'a2000000-0000-4000-8000-000000000001', lower(pg_temp.past(days)), upper(pg_temp.past(days)), lower(pg_temp.past(days)) from unnest('{40,20}'::integer[]) as days;
insert into openslot.overrides (provider_id, effect, during)
  select 'a2000000-0000-4000-8000-000000000001', 'closed', pg_temp.past(days) from unnest('{40,20}'::integer[]) as days;
select pg_temp.except_for('off', pg_temp.day(1), pg_temp.day(2));
create temporary table due as
  select revision, (select count(*)::int from openslot.availability_slots
    where provider_id = calendar.provider_id and (start_time < now() - interval '30 days' or status = 'removed')) as slots
  from openslot.calendars calendar where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(public.openslot_changes('test-doctor', (select revision - 1 from due)) -> 'runs',
  jsonb_build_array(jsonb_build_array(openslot.minute(pg_temp.at(1, '09:00')), 2, 0)), 'a tombstone informs clients of a removal');
select is(openslot.purge_provider('a2000000-0000-4000-8000-000000000001', '50 days', '1 day'), 0, 'nothing is deleted before its time');
update openslot.changes set changed_at = now() - interval '2 days'
  where provider_id = 'a2000000-0000-4000-8000-000000000001' and revision = (select revision from due);
select is(openslot.purge_provider('a2000000-0000-4000-8000-000000000001', '30 days', '1 day'), (select slots from due), 'old slots and old tombstones are deleted');
select is((select array_agg(start_time) from openslot.availability_slots where provider_id = 'a2000000-0000-4000-8000-000000000001' and start_time < now()),
  array[lower(pg_temp.past(20))], 'newer past slots stay');
select is((select array_agg(starts) from openslot.opening_ranges where provider_id = 'a2000000-0000-4000-8000-000000000001' and ends < now() - interval '2 days'),
  array[lower(pg_temp.past(20))], 'so do newer past hours');
select is((select array_agg(lower(during)) from openslot.overrides where provider_id = 'a2000000-0000-4000-8000-000000000001'),
  array[lower(pg_temp.past(20))], 'and what staff blocked');
select is((select revision from openslot.calendars where provider_id = 'a2000000-0000-4000-8000-000000000001'), (select revision from due), 'purging makes no revision');
select is(public.openslot_changes('test-doctor', (select revision from due)) -> 'reload', null, 'a client that has the removal need not reload');
select is(public.openslot_changes('test-doctor', (select revision - 1 from due)) -> 'reload', 'true', 'a client that missed the removal must reload');

-- Answers that no one repeats any more are deleted, too.
insert into openslot.requests (id, fingerprint, appointment_id, created_at)
  select gen_random_uuid(), 'old', id, now() - interval '31 days' from openslot.appointments where provider_id = 'a2000000-0000-4000-8000-000000000001' limit 1;
select openslot.purge_answers('30 days');
select is((select count(*) filter (where fingerprint = 'old') || ' of ' || count(*) from openslot.requests
    where appointment_id in (select id from openslot.appointments where provider_id = 'a2000000-0000-4000-8000-000000000001')),
  '0 of 3', 'answered requests are kept for a month');
select is_empty($$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $$, 'the slots are what the facts say');

-- Another provider ------------------------------------------------------------------------------------------------------
insert into openslot.providers (id, tenant_id, slug, name, time_zone) values
  ('a2000000-0000-4000-8000-000000000002', 'a1000000-0000-4000-8000-000000000001', 'test-colleague', 'Dr. Colleague', 'Europe/Berlin');
update openslot.availability_rules set provider_id = 'a2000000-0000-4000-8000-000000000002'
  where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is_empty($$ select from openslot.availability_slots where provider_id = 'a2000000-0000-4000-8000-000000000001'
  and start_time > now() and status = 'open' $$, 'hours that are moved to a colleague leave no open slots behind');
select isnt_empty($$ select from openslot.availability_slots where provider_id = 'a2000000-0000-4000-8000-000000000002'
  and status = 'open' $$, 'the colleague has them');
select is_empty($$ select check_calendar.* from openslot.providers, openslot.check_calendar(id) where slug like 'test-%' $$,
  'the slots of both are what the facts say');

select * from finish();
rollback;

-- Slots follow hours, time off and settings at once, and never replace booked, held or blocked ones.
begin;
create extension if not exists pgtap with schema extensions;
select plan(40);

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
  '09:00 open, 09:20 open, 09:40 open, 10:00 open, 10:20 open, 22:50 open, 23:10 open, 23:30 open | 00:00 open, 09:00 open, 09:20 open, 09:40 open, 10:00 open',
  'hours past midnight belong to two days, each with its grid');
select pg_temp.except_for('extra', pg_temp.day(3) + time '12:00', pg_temp.day(3) + time '13:00');
select is(pg_temp.slots(3), null, 'time off overrides extra hours');
delete from openslot.availability_exceptions where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(pg_temp.slots(3) || ' | ' || pg_temp.slots(5), '09:00 open, 09:20 open, 09:40 open, 10:00 open | 09:00 open, 09:20 open, 09:40 open, 10:00 open',
  'without exceptions the week is as before');

-- Slots in use ----------------------------------------------------------------------------------------------------------
create temporary table booking as select pg_temp.book(2, '09:20') ->> 'manage_token' as token;
select public.openslot_hold('test-doctor', 'visit', pg_temp.at(2, '10:00'), 'a5000000-0000-4000-8000-000000000001');
update openslot.availability_slots set status = 'blocked' where provider_id = 'a2000000-0000-4000-8000-000000000001'
  and start_time = pg_temp.at(2, '09:00');
select pg_temp.except_for('off', pg_temp.day(2), pg_temp.day(3));
select is(pg_temp.slots(2), '09:00 blocked, 09:20 booked, 10:00 held', 'a day off leaves what is blocked, booked and held');
select is(public.openslot_cancel(token) #>> '{change,slots,0,status}', 'removed', 'a cancelled slot on a day off is removed') from booking;
select is(public.openslot_release('a5000000-0000-4000-8000-000000000001') #>> '{change,slots,0,status}', 'removed', 'a released hold on a day off is removed');
update openslot.availability_slots set status = 'open' where provider_id = 'a2000000-0000-4000-8000-000000000001'
  and start_time = pg_temp.at(2, '09:00');
select is(pg_temp.slots(2), null, 'a slot that staff unblock on a day off is removed');
delete from openslot.availability_exceptions where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(pg_temp.slots(2), '09:00 open, 09:20 open, 09:40 open, 10:00 open', 'deleting the day off opens all slots');
select public.openslot_hold('test-doctor', 'visit', pg_temp.at(2, '10:00'), 'a5000000-0000-4000-8000-000000000001');
update openslot.availability_slots set held_until = now() - interval '1 second' where status = 'held' and start_time = pg_temp.at(2, '10:00');
select pg_temp.except_for('off', pg_temp.day(2), pg_temp.day(3));
select is(pg_temp.slots(2), null, 'an expired hold does not keep its slot');
delete from openslot.availability_exceptions where provider_id = 'a2000000-0000-4000-8000-000000000001';

-- Another grid ----------------------------------------------------------------------------------------------------------
update booking set token = pg_temp.book(2, '09:20') ->> 'manage_token';
update openslot.providers set slot_minutes = 30 where slug = 'test-doctor';
select is(pg_temp.slots(1), '09:00 open, 09:30 open', 'another slot length makes another grid');
select is((select end_time - start_time from openslot.availability_slots where start_time = pg_temp.at(1, '09:00')
  and provider_id = 'a2000000-0000-4000-8000-000000000001'), interval '30 minutes', 'cells have the new length');
select is(pg_temp.slots(2), '09:20 booked', 'cells that overlap an appointment are not made');
select throws_ok($$ select pg_temp.book(2, '09:00') $$, 'PT422', 'outside_hours', 'cells that were not made can''t be booked');
insert into openslot.services (provider_id, slug, name, duration_minutes) values ('a2000000-0000-4000-8000-000000000001', 'half-hour', 'Half an hour', 30);
select public.openslot_cancel(token) from booking;
select is(pg_temp.slots(2), '09:00 open, 09:30 open', 'cells are made once the appointment frees its time');
select lives_ok($$ select pg_temp.book(2, '09:00', 'long') $$, 'new cells can be booked');
update openslot.providers set time_zone = 'Europe/London' where slug = 'test-doctor';
select is(pg_temp.slots(1), '10:00 open, 10:30 open', 'another zone moves the hours');

update openslot.providers set active = false where slug = 'test-doctor';
delete from openslot.availability_slots where start_time = pg_temp.at(1, '10:00') and provider_id = 'a2000000-0000-4000-8000-000000000001';
update openslot.providers set active = true where slug = 'test-doctor';
select is(pg_temp.slots(1), '10:00 open, 10:30 open', 'a provider who becomes active again has all their slots');

-- The horizon -----------------------------------------------------------------------------------------------------------
update openslot.providers set time_zone = 'Europe/Berlin', booking_window_days = 20 where slug = 'test-doctor';
select is(pg_temp.slots(27), '09:00 open, 09:30 open', 'a longer window is filled at once');
delete from openslot.availability_slots where provider_id = 'a2000000-0000-4000-8000-000000000001' and start_time >= pg_temp.at(26, '00:00');
select is(openslot.extend_horizon('a2000000-0000-4000-8000-000000000001'), 1, 'the worker extends the horizon of one provider');
select is(pg_temp.slots(27), '09:00 open, 09:30 open', 'the horizon includes the new days');
create temporary table before as select revision from openslot.providers where slug = 'test-doctor';
select is(openslot.extend_horizon(), (select count(*)::int from openslot.providers where active), 'the worker extends the horizon of all providers');
select is((select revision from openslot.providers where slug = 'test-doctor'), (select revision from before), 'an extension without new days makes no revision');

-- Purging ---------------------------------------------------------------------------------------------------------------
insert into openslot.availability_slots (provider_id, start_time, end_time)
  values ('a2000000-0000-4000-8000-000000000001', now() - interval '40 days', now() - interval '40 days' + interval '30 minutes'),
    ('a2000000-0000-4000-8000-000000000001', now() - interval '20 days', now() - interval '20 days' + interval '30 minutes');
select pg_temp.except_for('off', pg_temp.day(1), pg_temp.day(2));
create temporary table due as
  select provider.revision, provider.reload_revision, (select count(*)::int from openslot.availability_slots slot
    where start_time < now() - interval '30 days' or status = 'removed' and slot.revision = provider.revision and provider_id = provider.id) as slots
  from openslot.providers provider where slug = 'test-doctor';
select is(public.openslot_changes('test-doctor', (select revision - 1 from due)) -> 'reload', null, 'a tombstone informs clients of a removal');
update openslot.availability_slots set changed_at = now() - interval '2 days'
  where provider_id = 'a2000000-0000-4000-8000-000000000001' and revision = (select revision from due);
select is(openslot.purge(), (select slots from due), 'old slots and old tombstones are deleted');
select is((select count(*)::int from openslot.availability_slots where provider_id = 'a2000000-0000-4000-8000-000000000001' and start_time < now()),
  1, 'newer past slots stay');
select is((select revision from openslot.providers where slug = 'test-doctor'), (select revision from due), 'purging makes no revision');
select is(public.openslot_changes('test-doctor', (select revision from due)) -> 'reload', null, 'a client that has the removal need not reload');
select ok((public.openslot_changes('test-doctor', (select revision - 1 from due)) ->> 'reload')::boolean, 'a client that missed the removal must reload');

select * from finish();
rollback;

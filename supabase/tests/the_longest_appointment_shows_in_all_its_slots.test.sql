-- The longest service with the longest buffers takes two days, and more if the slots don't divide them. Each of its slots says so.
begin;
create extension if not exists pgtap with schema extensions;
select plan(5);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'UTC', 60, 0, 10);
insert into openslot.services (provider_id, slug, name, duration_minutes, buffer_before_minutes, buffer_after_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'stay', 'Stay', 1440, 720, 720);
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000001', weekday, '00:00', '24:00' from generate_series(1, 7) as weekday;

create function pg_temp.at(day integer, at time) returns timestamptz language sql
  return ((now() at time zone 'UTC')::date + day + at) at time zone 'UTC';
create temporary table booked as
  select (body #>> '{appointment,id}')::uuid as id from public.openslot_book('test-doctor', 'stay', pg_temp.at(4, '12:00'),
    '{"name": "Ada Example", "email": "ada@example.com"}', gen_random_uuid()) as body;

select is(busy, tstzrange(pg_temp.at(4, '00:00'), pg_temp.at(6, '00:00')), 'the appointment takes two days')
  from openslot.appointments join booked using (id);
select is(
  (select count(*) from openslot.availability_slots where provider_id = 'a2000000-0000-4000-8000-000000000001' and status = 'booked'),
  48::bigint, 'and all of their slots');
select is(
  (select count(*) from jsonb_array_elements(openslot.desk_slots_json(
      'a2000000-0000-4000-8000-000000000001', pg_temp.at(0, '00:00'), pg_temp.at(10, '00:00'))) slot, booked
    where slot ->> 'appointment_id' = booked.id::text),
  48::bigint, 'staff see in each slot whose it is');
select throws_ok(format($$ select public.openslot_book('test-doctor', 'stay', %L, '{"name": "Bo Example", "email": "bo@example.com"}', gen_random_uuid()) $$,
  pg_temp.at(6, '11:00')), 'PT409', 'slot_taken', 'no other appointment begins within its last slot');
select is_empty($$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $$, 'the slots are what the facts say');

select * from finish();
rollback;

-- The guarantee that doesn't depend on any function: constraints and triggers, tried with plain SQL. (test/database shows
-- that it also holds under concurrency.)
begin;
create extension if not exists pgtap with schema extensions;
select plan(17);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'UTC', 30, 0),
  ('a2000000-0000-4000-8000-000000000002', 'a1000000-0000-4000-8000-000000000001', 'test-colleague', 'Dr. Colleague', 'UTC', 30, 0);
insert into openslot.services (id, provider_id, slug, name, duration_minutes) values
  ('a3000000-0000-4000-8000-000000000001', 'a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 30),
  ('a3000000-0000-4000-8000-000000000002', 'a2000000-0000-4000-8000-000000000001', 'long', 'Long visit', 60),
  ('a3000000-0000-4000-8000-000000000003', 'a2000000-0000-4000-8000-000000000002', 'visit', 'Visit', 30);
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select id, weekday, '00:00', '24:00' from openslot.providers, generate_series(1, 7) as weekday where slug like 'test-%';

create function pg_temp.tomorrow(at time) returns timestamptz language sql
  return ((now() at time zone 'UTC')::date + 1 + at) at time zone 'UTC';
create function pg_temp.write_down(start timestamptz, minutes integer, service integer, provider integer default 1, status text default 'confirmed')
returns void language sql as $$
  insert into openslot.appointments (provider_id, service_id, status, start_time, end_time, busy, patient_name, patient_email,
    token_hash, cancelled_by, cancelled_at)
  select ('a2000000-0000-4000-8000-00000000000' || provider)::uuid, ('a3000000-0000-4000-8000-00000000000' || service)::uuid,
    status, start, ends, tstzrange(start, ends), 'Ada Example', 'ada@example.com', uuid_send(gen_random_uuid()),
    case when status = 'cancelled' then 'patient' end, case when status = 'cancelled' then now() end
  from (select start + make_interval(mins => minutes)) as length (ends)
$$;
create function pg_temp.book(start timestamptz, service text default 'visit') returns jsonb language sql
  return public.openslot_book('test-doctor', service, start, '{"name": "Ada Example", "email": "ada@example.com"}', gen_random_uuid());

-- Appointments ------------------------------------------------------------------------------------------------------
select lives_ok($$ select pg_temp.write_down(pg_temp.tomorrow('10:00'), 60, 2) $$, 'an hour from ten');
select index_is_unique('openslot', 'appointments', 'one_appointment_per_start', 'two confirmed appointments can''t have the same start');
select throws_ok($$ select pg_temp.write_down(pg_temp.tomorrow('10:30'), 30, 1) $$, '23P01', null,
  'a service of another length that overlaps is refused by the exclusion constraint');
select throws_ok($$ select pg_temp.write_down(pg_temp.tomorrow('09:45'), 30, 1) $$, '23P01', null, 'an overlap from the other side is refused, too');
select lives_ok($$ select pg_temp.write_down(pg_temp.tomorrow('11:00'), 30, 1) $$, 'one appointment may follow another directly');
select lives_ok($$ select pg_temp.write_down(pg_temp.tomorrow('10:00'), 30, 3, 2) $$, 'another provider may have an appointment at the same time');
select lives_ok($$ select pg_temp.write_down(pg_temp.tomorrow('10:00'), 60, 2, status => 'cancelled') $$, 'a cancelled appointment takes no time');
select throws_ok($$ select pg_temp.write_down(pg_temp.tomorrow('13:00'), 30, 3, 1) $$, '23503', null,
  'an appointment can''t have another provider''s service');

-- Slots that a person wrote by hand ---------------------------------------------------------------------------------------
-- No decision is made by the slots: a statement on them neither frees nor takes a time.
create function pg_temp.slots() returns text language sql as $$
  select string_agg(status, ' ' order by start_time) from openslot.availability_slots
  where provider_id = 'a2000000-0000-4000-8000-000000000001'
    and start_time >= pg_temp.tomorrow('14:30') and start_time < pg_temp.tomorrow('16:30') and status <> 'removed'
$$;
select pg_temp.book(pg_temp.tomorrow('15:00'));
select is(pg_temp.slots(), 'open booked open open', 'a time is booked');
select is_empty($$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $$, 'the slots are what the facts say');

update openslot.availability_slots set status = 'open' where provider_id = 'a2000000-0000-4000-8000-000000000001'
  and start_time = pg_temp.tomorrow('15:00');
update openslot.availability_slots set status = 'booked' where provider_id = 'a2000000-0000-4000-8000-000000000001'
  and start_time = pg_temp.tomorrow('15:30');
delete from openslot.availability_slots where provider_id = 'a2000000-0000-4000-8000-000000000001'
  and start_time = pg_temp.tomorrow('16:00');
select set_eq($$ select what, start_time, is_now, should_be from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $$, $$
  values
    ('slot', pg_temp.tomorrow('15:00'), 'open until ' || pg_temp.tomorrow('15:30'), 'booked until ' || pg_temp.tomorrow('15:30')),
    ('slot', pg_temp.tomorrow('15:30'), 'booked until ' || pg_temp.tomorrow('16:00'), 'open until ' || pg_temp.tomorrow('16:00')),
    ('slot', pg_temp.tomorrow('16:00'), '', 'open until ' || pg_temp.tomorrow('16:30'))
$$, 'a check lists each slot that a person opened, closed or deleted by hand');
select throws_ok($$ select pg_temp.book(pg_temp.tomorrow('15:00')) $$, 'PT409', 'slot_taken', 'a booked time that is shown as open can''t be booked');
select lives_ok($$ select pg_temp.book(pg_temp.tomorrow('15:30')) $$, 'a free time that is shown as booked can be booked');
select is((select status from openslot.availability_slots where provider_id = 'a2000000-0000-4000-8000-000000000001'
  and start_time = pg_temp.tomorrow('15:30')), 'booked', 'a booking writes its own slots');
select openslot.reopen('a2000000-0000-4000-8000-000000000001');
select is(pg_temp.slots(), 'open booked booked open', 'computing the slots anew repairs them');
select is_empty($$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $$, 'then the check finds nothing');

-- If find_time had a mistake ------------------------------------------------------------------------------------------
select throws_ok($$ select openslot.make_appointment(provider, service, pg_temp.tomorrow('15:00'),
    tstzrange(pg_temp.tomorrow('15:00'), pg_temp.tomorrow('15:30')), openslot.read_patient('{"name": "Eve", "email": "eve@example.com"}'), 'patient')
  from openslot.providers provider join openslot.services service on service.provider_id = provider.id and service.slug = 'visit'
  where provider.slug = 'test-doctor' $$, 'PT409', 'slot_taken', 'the constraint refuses a taken time, and the caller gets slot_taken');

select * from finish();
rollback;

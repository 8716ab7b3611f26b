-- Only members who work for a provider see and change the agenda.
begin;
create extension if not exists pgtap with schema extensions;
select plan(53);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null),
  ('a1000000-0000-4000-8000-000000000002', 'other-clinic', 'Other Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days, daily_limit) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'UTC', 30, 2880, 3, 2),
  ('a2000000-0000-4000-8000-000000000002', 'a1000000-0000-4000-8000-000000000001', 'test-nurse', 'Nurse Test', 'UTC', 30, 0, 3, null),
  ('a2000000-0000-4000-8000-000000000003', 'a1000000-0000-4000-8000-000000000002', 'other-doctor', 'Dr. Other', 'UTC', 30, 0, 3, null);
insert into openslot.services (provider_id, slug, name, duration_minutes)
  select id, 'visit', 'Visit', 30 from openslot.providers where slug in ('test-doctor', 'test-nurse', 'other-doctor');
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select id, weekday, '00:00', '24:00' from openslot.providers, generate_series(1, 7) as weekday
  where slug in ('test-doctor', 'test-nurse', 'other-doctor');

insert into auth.users (id, email) values
  ('a6000000-0000-4000-8000-000000000001', 'owner@test.example'),
  ('a6000000-0000-4000-8000-000000000002', 'desk@test.example'),
  ('a6000000-0000-4000-8000-000000000003', 'doctor@test.example'),
  ('a6000000-0000-4000-8000-000000000004', 'other@test.example'),
  ('a6000000-0000-4000-8000-000000000005', 'stranger@test.example');
insert into openslot.tenant_members (tenant_id, user_id, role, provider_id) values
  ('a1000000-0000-4000-8000-000000000001', 'a6000000-0000-4000-8000-000000000001', 'owner', null),
  ('a1000000-0000-4000-8000-000000000001', 'a6000000-0000-4000-8000-000000000002', 'staff', null),
  ('a1000000-0000-4000-8000-000000000001', 'a6000000-0000-4000-8000-000000000003', 'provider', 'a2000000-0000-4000-8000-000000000001'),
  ('a1000000-0000-4000-8000-000000000002', 'a6000000-0000-4000-8000-000000000004', 'owner', null);
select throws_ok($$ insert into openslot.tenant_members (tenant_id, user_id, role, provider_id) values
  ('a1000000-0000-4000-8000-000000000002', 'a6000000-0000-4000-8000-000000000005', 'provider', 'a2000000-0000-4000-8000-000000000001') $$,
  '23503', null, 'a member can''t work for a provider of another clinic');

create function pg_temp.sign_in(who text) returns void language sql as $$
  select set_config('request.jwt.claims',
    case when who is null then '' else jsonb_build_object('sub', id, 'role', 'authenticated')::text end, true)
  from (select (select id from auth.users where email = who || '@test.example')) as account (id)
$$;
create function pg_temp.tomorrow(at time) returns timestamptz language sql
  return ((now() at time zone 'UTC')::date + 1 + at) at time zone 'UTC';
-- As staff see them.
create function pg_temp.slots(from_time time, to_time time) returns text language sql as $$
  select string_agg(slot ->> 'status', ' ' order by slot ->> 'start')
  from jsonb_array_elements(openslot.desk_slots_json('a2000000-0000-4000-8000-000000000001', pg_temp.tomorrow(from_time), pg_temp.tomorrow(to_time))) slot
$$;
create temporary table result (name text primary key, body jsonb);
create function pg_temp.appointment(of_name text) returns jsonb language sql as $$ select body -> 'appointment' from result where name = of_name $$;
create function pg_temp.id_of(of_name text) returns uuid language sql as $$ select (pg_temp.appointment(of_name) ->> 'id')::uuid $$;
create function pg_temp.agenda(provider text default 'test-doctor', days integer default 2) returns jsonb language sql as $$
  select public.openslot_agenda(provider, (now() at time zone 'UTC')::date, (now() at time zone 'UTC')::date + days)
$$;

-- Access ----------------------------------------------------------------------------------------------------------------
select pg_temp.sign_in(null);
select throws_ok($$ select public.openslot_desk() $$, 'PT401', 'not_signed_in', 'the public key alone opens no desk');
select throws_ok($$ select pg_temp.agenda() $$, 'PT401', 'not_signed_in', 'the public key alone reads no agenda');
select pg_temp.sign_in('stranger');
select is(public.openslot_desk() - 'server_time', '{"user": {"id": "a6000000-0000-4000-8000-000000000005", "email": "stranger@test.example"},
  "tenants": [], "providers": []}', 'a user without a clinic has an empty desk');
select throws_ok($$ select pg_temp.agenda() $$, 'PT404', 'provider_not_found', 'a user without a clinic finds no provider');
select pg_temp.sign_in('other');
select throws_ok($$ select pg_temp.agenda() $$, 'PT404', 'provider_not_found', 'members of another clinic don''t find the provider');
select throws_ok($$ select pg_temp.agenda('nobody') $$, 'PT404', 'provider_not_found', 'an unknown provider gets the same error');
select pg_temp.sign_in('doctor');
select is(jsonb_path_query_array(public.openslot_desk(), '$.providers[*].slug'), '["test-doctor"]', 'a provider sees their own desk only');
select throws_ok($$ select pg_temp.agenda('test-nurse') $$, 'PT404', 'provider_not_found', 'a provider can''t read a colleague''s agenda');
select pg_temp.sign_in('desk');
select is(jsonb_path_query_array(public.openslot_desk(), '$.providers[*].slug'), '["test-doctor", "test-nurse"]', 'staff see all providers of the clinic');
select is(public.openslot_desk() #>> '{providers,0,role}', 'staff', 'the desk names the role');
select throws_ok($$ select pg_temp.agenda(days => 62) $$, 'PT422', 'invalid_argument', 'an agenda has at most 62 days');

-- On the phone ----------------------------------------------------------------------------------------------------------
insert into result values ('phone', public.openslot_staff_book('test-doctor', 'visit', pg_temp.tomorrow('10:00'),
  '{"name": "Ada Example", "phone": "+1 555 0100"}', 'a4000000-0000-4000-8000-000000000001'));
select is(pg_temp.slots('10:00', '10:30'), 'booked', 'staff book within the notice, and without an e-mail address');
select is(body #> '{appointment,patient,email}', 'null', 'a missing e-mail address is null') from result;
select is(body #>> '{appointment,version}', '0', 'a new appointment has version 0') from result;
select is(public.openslot_staff_book('test-doctor', 'visit', pg_temp.tomorrow('10:00'),
  '{"name": "Ada Example", "phone": "+1 555 0100"}', 'a4000000-0000-4000-8000-000000000001') #>> '{appointment,id}',
  pg_temp.id_of('phone')::text, 'a repeated request returns the same appointment');
select throws_ok($$ select public.openslot_staff_book('test-doctor', 'visit', pg_temp.tomorrow('10:00'), '{"name": "Bo"}', gen_random_uuid()) $$,
  'PT409', 'slot_taken', 'staff can''t book a taken time');
select throws_ok($$ select public.openslot_staff_book('test-doctor', 'visit', pg_temp.tomorrow('10:00') - interval '2 days', '{"name": "Bo"}', gen_random_uuid()) $$,
  'PT422', 'too_soon', 'staff can''t book in the past');
select throws_ok($$ select public.openslot_staff_book('test-doctor', 'visit', pg_temp.tomorrow('11:00'), '{"name": " "}', gen_random_uuid()) $$,
  'PT422', 'invalid_argument', 'a name is needed');
insert into result values ('second', public.openslot_staff_book('test-doctor', 'visit', pg_temp.tomorrow('11:00'), '{"name": "Bo", "email": "bo@example.com"}', gen_random_uuid()));
select is(pg_temp.slots('12:00', '13:00'), 'blocked blocked', 'the day is full for patients');
insert into result values ('third', public.openslot_staff_book('test-doctor', 'visit', pg_temp.tomorrow('12:00'), '{"name": "Cy"}', gen_random_uuid()));
select is(pg_temp.slots('12:00', '13:00'), 'booked blocked', 'staff can book on a full day');
select is(jsonb_path_query_array(pg_temp.agenda(), '$.appointments[*].patient.name'), '["Ada Example", "Bo", "Cy"]', 'the agenda lists all appointments');
select is((select array_agg(distinct key order by key) from jsonb_array_elements(pg_temp.agenda() -> 'slots') slot, jsonb_object_keys(slot) key),
  '{appointment_id,blocked_by,end,held_until,id,revision,start,status}', 'the agenda does not show who holds a time');
select is((select jsonb_object_agg(slot ->> 'start', slot -> 'appointment_id') from jsonb_array_elements(pg_temp.agenda() -> 'slots') slot where slot ->> 'status' = 'booked'),
  (select jsonb_object_agg(appointment ->> 'start', appointment -> 'id') from jsonb_array_elements(pg_temp.agenda() -> 'appointments') appointment),
  'the agenda names the appointment of each booked slot');
select is((select array_agg(distinct slot ->> 'blocked_by') from jsonb_array_elements(pg_temp.agenda() -> 'slots') slot where slot ->> 'status' = 'blocked'),
  '{daily_limit}', 'the agenda says that the limit blocked the rest of the day');

-- Moving ----------------------------------------------------------------------------------------------------------------
insert into result values ('moved', public.openslot_staff_reschedule(pg_temp.id_of('second'), pg_temp.tomorrow('14:00'), 0,
  'a4000000-0000-4000-8000-000000000002', ' The doctor is late. '));
select is(pg_temp.slots('14:00', '14:30'), 'booked', 'staff move an appointment');
select is(body #>> '{appointment,sequence}', '1', 'a move raises the sequence of the patient''s calendar event') from result where name = 'moved';
select is(message, 'The doctor is late.', 'a move stores the message to the patient') from openslot.appointments where id = pg_temp.id_of('second');
select is(public.openslot_staff_reschedule(pg_temp.id_of('second'), pg_temp.tomorrow('14:00'), 0, 'a4000000-0000-4000-8000-000000000002')
  #>> '{appointment,start}', openslot.iso(pg_temp.tomorrow('14:00')), 'a repeated move changes nothing');
select throws_ok($$ select public.openslot_staff_reschedule(pg_temp.id_of('second'), pg_temp.tomorrow('15:00'), 0, gen_random_uuid()) $$,
  'PT409', 'appointment_changed', 'a move with an old version is refused');
select throws_ok($$ select public.openslot_staff_reschedule(pg_temp.id_of('second'), pg_temp.tomorrow('10:00'), 1, gen_random_uuid()) $$,
  'PT409', 'slot_taken', 'a move to a taken time is refused');
select pg_temp.sign_in('other');
select throws_ok($$ select public.openslot_staff_cancel(pg_temp.id_of('second'), 1) $$, 'PT404', 'appointment_not_found', 'another clinic can''t cancel the appointment');
select throws_ok($$ select public.openslot_staff_mark(pg_temp.id_of('second'), 'no_show', 1) $$, 'PT404', 'appointment_not_found', 'another clinic can''t mark the appointment');
select throws_ok($$ select public.openslot_staff_reschedule(pg_temp.id_of('second'), pg_temp.tomorrow('16:00'), 1, gen_random_uuid()) $$,
  'PT404', 'appointment_not_found', 'another clinic can''t move the appointment');

-- Cancelling and marking -----------------------------------------------------------------------------------------------
select pg_temp.sign_in('doctor');
insert into result values ('cancelled', public.openslot_staff_cancel(pg_temp.id_of('second'), 1, 'We are sorry.'));
select is((pg_temp.appointment('cancelled') ->> 'cancelled_by') || ': ' || (pg_temp.appointment('cancelled') ->> 'cancel_reason'), 'provider: We are sorry.',
  'the clinic cancels with a reason');
select is(public.openslot_staff_cancel(pg_temp.id_of('second'), 0) #> '{appointment,version}', pg_temp.appointment('cancelled') -> 'version',
  'a repeated cancellation changes nothing');
select throws_ok($$ select public.openslot_staff_mark(pg_temp.id_of('phone'), 'completed', 0) $$, 'PT422', 'invalid_argument', 'an appointment that has not begun can''t be completed');
update openslot.appointments set start_time = start_time - interval '3 days', end_time = end_time - interval '3 days',
  busy = tstzrange(lower(busy) - interval '3 days', upper(busy) - interval '3 days') where id = pg_temp.id_of('phone');
select is(public.openslot_staff_mark(pg_temp.id_of('phone'), 'no_show', 1) #>> '{appointment,status}', 'no_show', 'an appointment can be marked as no-show');
select is(public.openslot_staff_mark(pg_temp.id_of('phone'), 'completed', 2) #>> '{appointment,status}', 'completed', 'a no-show can be marked as completed');
select is(public.openslot_staff_mark(pg_temp.id_of('phone'), 'confirmed', 3) #>> '{appointment,sequence}', '0', 'marking does not raise the sequence of the patient''s calendar event');

-- Slots -----------------------------------------------------------------------------------------------------------------
insert into result values ('blocked', public.openslot_set_slots('test-doctor', pg_temp.tomorrow('11:45'), pg_temp.tomorrow('14:00'), 'blocked'));
select is(pg_temp.slots('11:30', '14:00'), 'blocked booked blocked blocked blocked', 'a range is blocked, and appointments stay');
select is(body -> 'changed', '4', 'the answer counts the changed slots') from result where name = 'blocked';
select is(jsonb_path_query_array(body, '$.kept[*].patient.name'), '["Cy"]', 'the answer lists the appointments in the range') from result where name = 'blocked';
select is((select array_agg(distinct slot ->> 'blocked_by') from jsonb_array_elements(pg_temp.agenda() -> 'slots') slot where slot ->> 'status' = 'blocked'),
  '{staff}', 'the agenda says that staff blocked them');
select is(body -> 'held', '0', 'nobody holds a time in the range') from result where name = 'blocked';
insert into result values ('opened', public.openslot_set_slots('test-doctor', pg_temp.tomorrow('13:00'), pg_temp.tomorrow('14:00'), 'open'));
select is(pg_temp.slots('13:00', '14:00'), 'open open', 'a range is opened again');
select is(body #> '{change,runs}', jsonb_build_array(jsonb_build_array(openslot.minute(pg_temp.tomorrow('13:00')), 2)),
  'the change lists all slots of the range') from result where name = 'opened';
delete from openslot.availability_rules where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(pg_temp.slots('20:00', '21:00'), null, 'without hours there are no slots');
select is(public.openslot_set_slots('test-doctor', pg_temp.tomorrow('20:00'), pg_temp.tomorrow('21:00'), 'open') -> 'changed', '2', 'staff can open times outside the hours');
select is(pg_temp.slots('19:30', '21:30'), 'open open', 'opened times become extra hours');
select throws_ok($$ select public.openslot_set_slots('test-doctor', pg_temp.tomorrow('20:00'), pg_temp.tomorrow('19:00'), 'open') $$, 'PT422', 'invalid_argument', 'a range that ends before it begins is refused');
select throws_ok($$ select public.openslot_set_slots('test-doctor', pg_temp.tomorrow('20:00'), pg_temp.tomorrow('21:00'), 'booked') $$, 'PT422', 'invalid_argument', 'an unknown status is refused');
select is_empty($$ select check_calendar.* from openslot.providers, openslot.check_calendar(id) where slug in ('test-doctor', 'test-nurse', 'other-doctor') $$,
  'the slots are what the facts say');

select * from finish();
rollback;

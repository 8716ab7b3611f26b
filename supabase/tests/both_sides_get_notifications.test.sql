-- Both sides get a notification for each change of an appointment when it is committed: in open tabs, in their lists, and by
-- the worker.
begin;
create extension if not exists pgtap with schema extensions;
select plan(43);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour, page_url, desk_url) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null, 'https://clinic.example/book', 'https://clinic.example/desk');
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days, email) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'UTC', 30, 0, 10, 'doctor@test.example');
insert into openslot.services (provider_id, slug, name, duration_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 30);
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000001', weekday, '00:00', '24:00' from generate_series(1, 7) as weekday;
insert into auth.users (id, email) values
  ('a6000000-0000-4000-8000-000000000001', 'owner@test.example'), ('a6000000-0000-4000-8000-000000000002', 'other@test.example');
insert into openslot.tenant_members (tenant_id, user_id, role) values
  ('a1000000-0000-4000-8000-000000000001', 'a6000000-0000-4000-8000-000000000001', 'owner');
delete from openslot.deliveries;

create function pg_temp.sign_in(number integer) returns void language sql as $$
  select set_config('request.jwt.claims', coalesce(jsonb_build_object('sub', 'a6000000-0000-4000-8000-00000000000' || number)::text, ''), true)
$$;
create function pg_temp.tomorrow(at time) returns timestamptz language sql
  return ((now() at time zone 'UTC')::date + 1 + at) at time zone 'UTC';
create temporary table booking (name text primary key, id uuid, token text);
create function pg_temp.book(as_name text, at timestamptz) returns void language sql as $$
  insert into booking
  select as_name, (result #>> '{appointment,id}')::uuid, result ->> 'manage_token'
  from public.openslot_book('test-doctor', 'visit', at, jsonb_build_object('name', as_name, 'email', lower(as_name) || '@example.com', 'locale', 'de'), gen_random_uuid()) as result
$$;
create function pg_temp.token(of_name text) returns text language sql as $$ select token from booking where name = of_name $$;
create function pg_temp.id_of(of_name text) returns uuid language sql as $$ select id from booking where name = of_name $$;
create function pg_temp.outbox() returns text language sql as $$
  select string_agg(channel || ' ' || recipient || ' ' || (openslot.delivery(id) ->> 'kind'), ', ' order by notification_id, recipient)
  from openslot.deliveries where state = 'pending'
$$;
create function pg_temp.signals(topic text) returns bigint language sql as $$
  select count(*) from realtime.messages messages where messages.topic = signals.topic and messages.event = 'changed'
$$;

-- A booking -------------------------------------------------------------------------------------------------------------
select pg_temp.sign_in(null);
select pg_temp.book('Ada', pg_temp.tomorrow('10:00'));
select is(pg_temp.outbox(), 'email doctor@test.example booked, email ada@example.com booked', 'a booking has a delivery for each side');
select is(pg_temp.signals('openslot:desk:a2000000-0000-4000-8000-000000000001'), 1::bigint, 'the desk''s topic gets a signal');
select is(pg_temp.signals(openslot.appointment_topic(pg_temp.id_of('Ada'))), 1::bigint, 'the appointment''s topic gets a signal');
select is((select count(*) from realtime.messages where event = 'changed' and (payload - 'id' - 'notification') <> '{}'), 0::bigint,
  'the signals hold no personal data');
select is(public.openslot_appointment(pg_temp.token('Ada')) ->> 'topic', openslot.appointment_topic(pg_temp.id_of('Ada')), 'the token returns the topic');
select matches(openslot.appointment_topic(pg_temp.id_of('Ada')), '^openslot:appointment:[0-9a-f]{64}$', 'the topic''s name can''t be guessed');
select is(openslot.delivery(id) - array['id', 'notification', 'appointment', 'provider', 'service', 'tenant', 'manage_token'],
  '{"channel": "email", "recipient": "ada@example.com", "state": "pending", "kind": "booked", "audience": "patient", "locale": "de",
    "time_zone": "UTC", "role": null, "page_url": "https://clinic.example/book", "invitation_token": null, "subscription": null, "superseded": false}',
  'the worker gets all data for the e-mail') from openslot.deliveries where recipient = 'ada@example.com';
select is(openslot.delivery(id) ->> 'manage_token', pg_temp.token('Ada'), 'the patient''s delivery has the manage token') from openslot.deliveries where recipient = 'ada@example.com';
select is(openslot.delivery(id) ->> 'manage_token', null, 'the provider''s delivery has no manage token') from openslot.deliveries where recipient = 'doctor@test.example';

do $$
begin
  perform pg_temp.book('Rolled', pg_temp.tomorrow('11:00'));
  raise exception 'no' using errcode = 'OSTST';
exception when sqlstate 'OSTST' then
  null;
end;
$$;
select is(pg_temp.outbox(), 'email doctor@test.example booked, email ada@example.com booked', 'a booking that is rolled back has no deliveries');

-- Lists -----------------------------------------------------------------------------------------------------------------
select throws_ok($$ select public.openslot_notifications() $$, 'PT401', 'not_signed_in', 'without a token and a session the list is refused');
select throws_ok($$ select public.openslot_notifications('nonsense') $$, 'PT404', 'appointment_not_found', 'an unknown token is refused');
select is((public.openslot_notifications(pg_temp.token('Ada')) #- '{notifications,0,created_at}' #- '{notifications,0,id}') - array['server_time', 'topics'], jsonb_build_object(
  'unread', 0, 'notifications', jsonb_build_array(jsonb_build_object(
    'kind', 'booked', 'by', 'patient', 'appointment_id', pg_temp.id_of('Ada'), 'sequence', 0, 'provider_id', 'a2000000-0000-4000-8000-000000000001',
    'provider_name', 'Dr. Test', 'clinic', 'Test Clinic', 'service_name', 'Visit', 'patient_name', null, 'start', openslot.iso(pg_temp.tomorrow('10:00')),
    'end', openslot.iso(pg_temp.tomorrow('10:30')), 'previous_start', null, 'time_zone', 'UTC', 'message', null, 'read', true))), 'a patient''s own booking is in their list, marked as read');
select pg_temp.sign_in(1);
select is(public.openslot_notifications() -> 'unread', '1', 'a booking is unread for the clinic');
select is(public.openslot_notifications() #>> '{notifications,0,patient_name}', 'Ada', 'the clinic sees the patient''s name');
select is(public.openslot_notifications() -> 'topics', '["openslot:desk:a2000000-0000-4000-8000-000000000001"]', 'the clinic gets its own topics');
select is(public.openslot_read_notifications((public.openslot_notifications() #>> '{notifications,0,id}')::bigint) -> 'unread', '0', 'reading marks the notification as read');
select pg_temp.sign_in(2);
select is(public.openslot_notifications() - 'server_time', '{"notifications": [], "unread": 0, "topics": []}', 'a member of no clinic has an empty list');

-- Moving and cancelling -------------------------------------------------------------------------------------------------
select pg_temp.sign_in(1);
update openslot.deliveries set state = 'sent';
select public.openslot_staff_reschedule(pg_temp.id_of('Ada'), pg_temp.tomorrow('12:00'), 0, gen_random_uuid(), 'Late today');
select is(pg_temp.outbox(), 'email doctor@test.example rescheduled, email ada@example.com rescheduled', 'a move has a delivery for each side');
select is(public.openslot_notifications() -> 'unread', '0', 'the member who moved it has nothing unread');
select is(public.openslot_notifications(pg_temp.token('Ada')) -> 'unread', '1', 'the patient has an unread notification');
select is(public.openslot_notifications(pg_temp.token('Ada')) #>> '{notifications,0,message}', 'Late today', 'it has the clinic''s message');
select is(public.openslot_notifications(pg_temp.token('Ada')) #>> '{notifications,0,previous_start}', openslot.iso(pg_temp.tomorrow('10:00')), 'it has the time before the move');
select is(public.openslot_appointment(pg_temp.token('Ada')) #>> '{appointment,changed_by}', 'provider', 'the appointment says who moved it');
select pg_temp.sign_in(null);
select public.openslot_cancel(pg_temp.token('Ada'), 'Feeling better');
select is(openslot.delivery(id) -> 'superseded', 'true', 'the delivery about the move is superseded by the cancellation') from openslot.deliveries
  where state = 'pending' and recipient = 'ada@example.com' and openslot.delivery(id) ->> 'kind' = 'rescheduled';
select is(openslot.delivery(id) -> 'superseded', 'false', 'the delivery about the cancellation is not superseded') from openslot.deliveries
  where state = 'pending' and recipient = 'ada@example.com' and openslot.delivery(id) ->> 'kind' = 'cancelled';
select pg_temp.sign_in(1);
select is(public.openslot_notifications() #>> '{notifications,0,message}', 'Feeling better', 'the clinic reads the patient''s reason');
select is((select count(*) from openslot.notifications where appointment_id = pg_temp.id_of('Ada')), 6::bigint, 'three changes made a notification for each side');

-- Push ------------------------------------------------------------------------------------------------------------------
select pg_temp.sign_in(null);
select pg_temp.book('Bea', pg_temp.tomorrow('13:00'));
create temporary table browser as select jsonb_build_object('endpoint', 'https://push.example/' || name,
  'keys', jsonb_build_object('p256dh', repeat('A', 87), 'auth', repeat('B', 22))) as subscription, name from unnest(array['patient', 'clinic']) as name;
select lives_ok($$ select public.openslot_push_subscribe(subscription, pg_temp.token('Bea'), 'en') from browser where name = 'patient' $$, 'a patient subscribes to push');
select throws_ok($$ select public.openslot_push_subscribe(subscription) from browser $$, 'PT401', 'not_signed_in', 'a caller without a token and a session can''t subscribe');
select throws_ok($$ select public.openslot_push_subscribe('{"endpoint": "javascript:"}', pg_temp.token('Bea')) $$, 'PT422', 'invalid_argument', 'an invalid subscription is refused');
select pg_temp.sign_in(2);
select throws_ok($$ select public.openslot_push_subscribe(subscription) from browser $$, 'PT403', 'not_allowed', 'a user without a clinic can''t subscribe');
select pg_temp.sign_in(1);
select lives_ok($$ select public.openslot_push_subscribe(subscription) from browser where name = 'clinic' $$, 'a member subscribes to push');
update openslot.deliveries set state = 'sent';
select public.openslot_staff_cancel(pg_temp.id_of('Bea'), 0);
select is((select count(*) from openslot.deliveries where state = 'pending' and channel = 'push'), 2::bigint, 'both sides have a push delivery');
select is(openslot.delivery(id) #>> '{subscription,endpoint}', 'https://push.example/patient', 'each push delivery has its browser''s endpoint') from openslot.deliveries
  where channel = 'push' and state = 'pending' and openslot.delivery(id) ->> 'audience' = 'patient';
select public.openslot_push_unsubscribe('https://push.example/patient');
select is(openslot.delivery(id) -> 'superseded', 'true', 'a push delivery is superseded when the subscription is removed') from openslot.deliveries
  where channel = 'push' and state = 'pending' and openslot.delivery(id) ->> 'audience' = 'patient';

-- Dead letters ----------------------------------------------------------------------------------------------------------
select openslot.delivery_failed(id, 'no route', true) from openslot.deliveries where channel = 'push' and state = 'pending';
select is(count(*), 2::bigint, 'a failed delivery is kept as dead') from openslot.deliveries where state = 'dead' and attempts = 1 and last_error = 'no route';
select is(bool_and(openslot.retry_delivery(id)), true, 'a dead delivery can be queued again') from openslot.deliveries where state = 'dead';

-- Reminders -------------------------------------------------------------------------------------------------------------
-- First write the reminders of other clinics' patients that are due at this hour.
select openslot.due_reminders();
update openslot.deliveries set state = 'sent';
select pg_temp.sign_in(null);
select pg_temp.book('Cleo', date_trunc('hour', now()) + interval '20 hours');
select is(openslot.due_reminders(), 0, 'an appointment booked after the reminder''s time needs none');
update openslot.notifications set created_at = now() - interval '2 days' where appointment_id = pg_temp.id_of('Cleo');
update openslot.appointments set created_at = now() - interval '2 days' where id = pg_temp.id_of('Cleo');
update openslot.deliveries set state = 'sent';
select is(openslot.due_reminders(), 1, 'an appointment booked earlier gets a reminder');
select is(pg_temp.outbox(), 'email cleo@example.com reminder', 'only the patient gets it');
select is(openslot.due_reminders(), 0, 'once');
select public.openslot_cancel(pg_temp.token('Cleo'));
select is(openslot.delivery(id) -> 'superseded', 'true', 'the reminder of a cancelled appointment is superseded') from openslot.deliveries
  where openslot.delivery(id) ->> 'kind' = 'reminder' and recipient = 'cleo@example.com';

select * from finish();
rollback;

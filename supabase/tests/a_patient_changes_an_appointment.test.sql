-- Self-service: only the manage token shows, moves and cancels an appointment.
begin;
create extension if not exists pgtap with schema extensions;
select plan(50);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'UTC', 30, 120, 10);
insert into openslot.services (provider_id, slug, name, duration_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 30),
  ('a2000000-0000-4000-8000-000000000001', 'long', 'Long visit', 60);
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000001', weekday, '00:00', '24:00' from generate_series(1, 7) as weekday;

create function pg_temp.tomorrow(at time) returns timestamptz language sql
  return ((now() at time zone 'UTC')::date + 1 + at) at time zone 'UTC';
create function pg_temp.slots(from_time time, to_time time) returns text language sql as $$
  select string_agg(status, ' ' order by start_time) from openslot.availability_slots
  where provider_id = 'a2000000-0000-4000-8000-000000000001'
    and start_time >= pg_temp.tomorrow(from_time) and start_time < pg_temp.tomorrow(to_time)
$$;
create function pg_temp.id(number integer) returns uuid language sql
  return ('a4000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;
-- Books under a name and stores the token.
create temporary table booking (name text primary key, token text);
create function pg_temp.book(as_name text, at time, service text default 'visit') returns void language sql as $$
  insert into booking select as_name, public.openslot_book('test-doctor', service, pg_temp.tomorrow(at),
    '{"name": "Ada Example", "email": "ada@example.com"}', gen_random_uuid()) ->> 'manage_token'
$$;
create function pg_temp.token(of_name text) returns text language sql as $$ select token from booking where name = of_name $$;
create function pg_temp.move(of_name text, at time, request integer, visitor integer default null) returns jsonb language sql
  return public.openslot_reschedule(pg_temp.token(of_name), pg_temp.tomorrow(at), pg_temp.id(request), pg_temp.id(visitor));
-- Changes the times as if the appointment had been in the past.
create function pg_temp.age(of_name text, to_status text) returns void language sql as $$
  update openslot.appointments set status = to_status, start_time = start_time - interval '3 days', end_time = end_time - interval '3 days',
    busy = tstzrange(lower(busy) - interval '3 days', upper(busy) - interval '3 days')
  where token_hash = sha256(convert_to(pg_temp.token(of_name), 'UTF8'))
$$;
create temporary table result (name text primary key, body jsonb);

-- Viewing -------------------------------------------------------------------------------------------------------------
select pg_temp.book('first', '10:00', 'long');
select is(public.openslot_appointment(pg_temp.token('first')) #>> '{appointment,patient,email}', 'ada@example.com', 'the token shows the appointment');
select is(public.openslot_appointment(pg_temp.token('first')) #>> '{appointment,changeable}', 'true', 'the appointment may be changed');
select throws_ok($$ select public.openslot_appointment('guess') $$, 'PT404', 'appointment_not_found', 'another token is refused');
select throws_ok($$ select public.openslot_appointment(left(pg_temp.token('first'), -1)) $$, 'PT404', 'appointment_not_found', 'an incomplete token is refused');
select throws_ok($$ select public.openslot_appointment((select id::text from openslot.appointments
  where token_hash = sha256(convert_to(pg_temp.token('first'), 'UTF8')))) $$, 'PT404', 'appointment_not_found', 'the appointment''s id is no token');
select throws_ok($$ select public.openslot_appointment(null) $$, 'PT422', 'invalid_argument', 'a missing token is refused');

-- Moving --------------------------------------------------------------------------------------------------------------
insert into result values ('moved', pg_temp.move('first', '10:30', 1));
select is(pg_temp.slots('10:00', '12:00'), 'open booked booked open', 'a move may overlap the time that it leaves');
select is(body #>> '{appointment,start}', openslot.iso(pg_temp.tomorrow('10:30')), 'a move returns the new time') from result where name = 'moved';
select is(body #>> '{appointment,end}', openslot.iso(pg_temp.tomorrow('11:30')), 'a move keeps the length') from result where name = 'moved';
select is(body #>> '{appointment,sequence}', '1', 'a move raises the sequence') from result where name = 'moved';
select is(body ->> 'manage_token', pg_temp.token('first'), 'a move keeps the token') from result where name = 'moved';
select is((body #>> '{change,revision}')::int - (body #>> '{change,after}')::int, 1, 'a move is one revision') from result where name = 'moved';
select is(body #> '{change,runs}', jsonb_build_array(
    jsonb_build_array(openslot.minute(pg_temp.tomorrow('10:00')), 1), jsonb_build_array(openslot.minute(pg_temp.tomorrow('11:00')), 1, 0)),
  'the change lists exactly the changed slots: one is open, one is gone') from result where name = 'moved';
insert into result values ('again', pg_temp.move('first', '10:30', 1));
select is(again.body -> 'appointment', moved.body -> 'appointment', 'a repeated move gets the same answer')
  from result again, result moved where again.name = 'again' and moved.name = 'moved';
select is(body -> 'change', 'null', 'a repeated move changes nothing') from result where name = 'again';
select throws_ok($$ select pg_temp.move('first', '12:00', 1) $$, 'PT409', 'request_id_reused', 'a request id can''t be used for another time');
select is(pg_temp.move('first', '10:30', 2) #>> '{appointment,sequence}', '1', 'a move to the same time does not raise the sequence');

select pg_temp.book('second', '14:00');
select throws_ok($$ select pg_temp.move('first', '13:30', 3) $$, 'PT409', 'slot_taken', 'a move to a taken time fails');
select is(pg_temp.slots('10:00', '12:00'), 'open booked booked open', 'a failed move keeps the old time');
select throws_ok($$ select pg_temp.move('first', '13:45', 4) $$, 'PT422', 'outside_hours', 'a move off the grid is refused');
select throws_ok($$ select public.openslot_reschedule(pg_temp.token('first'), now() + interval '1 hour', pg_temp.id(5)) $$, 'PT422', 'too_soon', 'a move to a time that is too soon is refused');
select throws_ok($$ select public.openslot_reschedule(pg_temp.token('first'), now() + interval '11 days', pg_temp.id(6)) $$, 'PT422', 'outside_window', 'a move beyond the booking window is refused');
select throws_ok($$ select public.openslot_reschedule('guess', now(), pg_temp.id(7)) $$, 'PT404', 'appointment_not_found', 'a move with an unknown token is refused');
select throws_ok($$ select public.openslot_reschedule(pg_temp.token('first'), null, pg_temp.id(7)) $$, 'PT422', 'invalid_argument', 'a move without a time is refused');
select throws_ok($$ select pg_temp.move('first', '20:00', null) $$, 'PT422', 'invalid_argument', 'a move without a request id is refused');

select public.openslot_hold('test-doctor', 'long', pg_temp.tomorrow('16:00'), pg_temp.id(1));
select throws_ok($$ select pg_temp.move('first', '16:00', 8, visitor => 2) $$, 'PT409', 'slot_taken', 'a time that another visitor holds is taken');
insert into result values ('held', pg_temp.move('first', '16:00', 8, visitor => 1));
select is(pg_temp.slots('10:00', '12:00') || ', ' || pg_temp.slots('16:00', '17:00'), 'open open open open, booked booked', 'an appointment can move to a time that its visitor holds');
select is((body #>> '{change,revision}')::int - (body #>> '{change,after}')::int, 1, 'a move to a held time is one revision') from result where name = 'held';
update openslot.services set active = false where slug = 'long' and provider_id = 'a2000000-0000-4000-8000-000000000001';
select lives_ok($$ select pg_temp.move('first', '17:00', 9) $$, 'an appointment can move even if its service is no longer offered');
select is(pg_temp.slots('16:00', '18:30'), 'open open booked booked open', 'the moved appointment takes its new time');

-- Cancelling ----------------------------------------------------------------------------------------------------------
select throws_ok(format('select public.openslot_cancel(pg_temp.token(%L), %L)', 'first', repeat('x', 1001)), 'PT422', 'invalid_argument', 'a reason that is too long is refused');
insert into result values ('cancelled', public.openslot_cancel(pg_temp.token('first'), ' better now '));
select is((body -> 'appointment') - array['id', 'start', 'end', 'changeable_until', 'patient', 'provider', 'service'],
  '{"status": "cancelled", "sequence": 4, "cancelled_by": "patient", "cancel_reason": "better now", "changed_by": "patient",
    "message": null, "answers": [], "changeable": false}',
  'a cancelled appointment has its canceller and reason') from result where name = 'cancelled';
select is(pg_temp.slots('17:00', '18:00'), 'open open', 'the time of a cancelled appointment is open');
select is(body #> '{change,runs}', jsonb_build_array(jsonb_build_array(openslot.minute(pg_temp.tomorrow('17:00')), 2)),
  'the change lists the opened slots') from result where name = 'cancelled';
select is(public.openslot_cancel(pg_temp.token('first')) -> 'change', 'null', 'cancelling it again changes nothing');
select is(public.openslot_cancel(pg_temp.token('first'), 'other') #>> '{appointment,cancel_reason}', 'better now', 'a repeated cancellation keeps the first reason');
select throws_ok($$ select pg_temp.move('first', '20:00', 10) $$, 'PT409', 'appointment_cancelled', 'a cancelled appointment can''t be moved');
select is(pg_temp.move('first', '17:00', 9) #>> '{appointment,status}', 'cancelled', 'a repeated move gets its answer even after the cancellation');
select lives_ok($$ select pg_temp.book('third', '17:30') $$, 'another patient may book the time');
select throws_ok($$ select public.openslot_cancel('guess') $$, 'PT404', 'appointment_not_found', 'an unknown token cancels nothing');
select throws_ok($$ select public.openslot_cancel('') $$, 'PT422', 'invalid_argument', 'an empty token cancels nothing');

-- Erasure -------------------------------------------------------------------------------------------------------------
select pg_temp.book('erased', '22:00');
delete from openslot.appointments where token_hash = sha256(convert_to(pg_temp.token('erased'), 'UTF8'));
select throws_ok($$ select public.openslot_appointment(pg_temp.token('erased')) $$, 'PT404', 'appointment_not_found', 'an appointment can be erased');
select is(pg_temp.slots('22:00', '22:30'), 'open', 'the time of an erased appointment is open again');

-- Too late ------------------------------------------------------------------------------------------------------------
select pg_temp.age('second', 'confirmed');
select is(public.openslot_appointment(pg_temp.token('second')) #>> '{appointment,changeable}', 'false', 'an appointment that has begun can''t be changed');
select throws_ok($$ select public.openslot_cancel(pg_temp.token('second')) $$, 'PT409', 'appointment_past', 'an appointment that has begun can''t be cancelled');
select throws_ok($$ select pg_temp.move('second', '20:00', 11) $$, 'PT409', 'appointment_past', 'an appointment that has begun can''t be moved');
select pg_temp.age('third', 'completed');
select throws_ok($$ select public.openslot_cancel(pg_temp.token('third')) $$, 'PT409', 'appointment_past', 'a completed appointment can''t be cancelled');
select throws_ok($$ select pg_temp.move('third', '20:00', 12) $$, 'PT409', 'appointment_past', 'a completed appointment can''t be moved');
update openslot.providers set active = false where slug = 'test-doctor';
select lives_ok($$ select public.openslot_appointment(pg_temp.token('first')) $$, 'an appointment is shown even when its provider is inactive');
select is_empty($$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $$, 'the slots are what the facts say');

select * from finish();
rollback;

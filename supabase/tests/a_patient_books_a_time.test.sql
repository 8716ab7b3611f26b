-- Booking: the answer to a patient, repeated requests, and every reason to refuse a booking.
begin;
create extension if not exists pgtap with schema extensions;
select plan(61);

-- Open day and night, so that "tomorrow at ten" exists whenever this runs. Cells of 30 minutes.
insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, title, time_zone, slot_minutes, min_notice_minutes, booking_window_days) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'Testing', 'UTC', 30, 120, 10),
  ('a2000000-0000-4000-8000-000000000002', 'a1000000-0000-4000-8000-000000000001', 'test-retired', 'Dr. Retired', null, 'UTC', 30, 0, 10);
update openslot.providers set active = false where slug = 'test-retired';
insert into openslot.services (id, provider_id, slug, name, duration_minutes, buffer_before_minutes, buffer_after_minutes, active) values
  ('a3000000-0000-4000-8000-000000000001', 'a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 30, 0, 0, true),
  ('a3000000-0000-4000-8000-000000000002', 'a2000000-0000-4000-8000-000000000001', 'padded', 'Padded visit', 40, 10, 15, true),
  ('a3000000-0000-4000-8000-000000000003', 'a2000000-0000-4000-8000-000000000001', 'withdrawn', 'Withdrawn visit', 30, 0, 0, false);
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000001', weekday, '00:00', '24:00' from generate_series(1, 7) as weekday;

create function pg_temp.tomorrow(at time) returns timestamptz language sql
  return ((now() at time zone 'UTC')::date + 1 + at) at time zone 'UTC';
create function pg_temp.slots(from_time time, to_time time) returns text language sql as $$
  select string_agg(status, ' ' order by start_time) from openslot.availability_slots
  where provider_id = 'a2000000-0000-4000-8000-000000000001'
    and start_time >= pg_temp.tomorrow(from_time) and start_time < pg_temp.tomorrow(to_time)
$$;
-- `PTnnn code detail` of a call that fails, `ok` of a call that succeeds.
create function pg_temp.attempt(call text) returns text language plpgsql as $$
declare
  code text; message text; detail text;
begin
  execute 'select ' || call;
  return 'ok';
exception when others then
  get stacked diagnostics code = returned_sqlstate, message = message_text, detail = pg_exception_detail;
  return concat_ws(' ', code, message, nullif(detail, '{}'));
end
$$;
create function pg_temp.book(
  start timestamptz, request integer, service text default 'visit', provider text default 'test-doctor', patient jsonb default '{}'
) returns jsonb language sql return public.openslot_book(
  provider, service, start,
  '{"name": "Ada Example", "email": "ada@example.com"}' || patient,
  ('a4000000-0000-4000-8000-' || lpad(request::text, 12, '0'))::uuid);
create temporary table result (name text primary key, body jsonb);

-- The patient's answer -----------------------------------------------------------------------------------------------
insert into result values ('booked', pg_temp.book(pg_temp.tomorrow('10:00'), 1, patient =>
  '{"name": "  Ada Example ", "phone": "+1 555 0100", "note": " knee \n", "time_zone": "Europe/Berlin", "locale": "de-DE"}'));

select is(body #>> '{appointment,start}', openslot.iso(pg_temp.tomorrow('10:00')), 'the appointment begins at the requested time')
  from result where name = 'booked';
select is(body #>> '{appointment,end}', openslot.iso(pg_temp.tomorrow('10:30')), 'the appointment lasts as long as the service')
  from result where name = 'booked';
select is(body #> '{appointment,patient}', '{"name": "Ada Example", "email": "ada@example.com", "phone": "+1 555 0100",
  "note": "knee", "time_zone": "Europe/Berlin", "locale": "de-DE"}', 'the details are stored, trimmed')
  from result where name = 'booked';
select is((body -> 'appointment') - array['id', 'start', 'end', 'changeable_until', 'patient', 'provider', 'service'],
  '{"status": "confirmed", "sequence": 0, "cancelled_by": null, "cancel_reason": null, "changed_by": "patient", "message": null, "answers": [],
    "changeable": true}',
  'the appointment is confirmed, new, and changeable') from result where name = 'booked';
select is(body #>> '{appointment,provider,clinic}', 'Test Clinic', 'the answer names the clinic')
  from result where name = 'booked';
select is(body #>> '{appointment,service,slug}', 'visit', 'the answer names the service') from result where name = 'booked';
select matches(body ->> 'manage_token', '^[A-Za-z0-9_-]{64}$', 'the manage token is valid in a link')
  from result where name = 'booked';
select is(public.openslot_appointment(body ->> 'manage_token') -> 'appointment', body -> 'appointment',
  'the manage token opens the appointment') from result where name = 'booked';
select is_empty($$ select from openslot.appointments a, result r
  where a::text like '%' || (r.body ->> 'manage_token') || '%' $$, 'the token itself is not stored');
select is(body #> '{change,runs}', jsonb_build_array(jsonb_build_array(openslot.minute(pg_temp.tomorrow('10:00')), 1, 0)),
  'the change says that the booked slot is gone') from result where name = 'booked';
select is((body #>> '{change,revision}')::int, (body #>> '{change,after}')::int + 1, 'a booking is one revision')
  from result where name = 'booked';
select is(pg_temp.slots('09:30', '11:00'), 'open booked open', 'exactly the appointment''s slots are booked');

-- Runs and buffers: 10 + 40 + 15 minutes take three cells of 30 -----------------------------------------------------
insert into result values ('padded', pg_temp.book(pg_temp.tomorrow('12:10'), 2, 'padded'));
select is(body #>> '{appointment,start}', openslot.iso(pg_temp.tomorrow('12:10')), 'the patient''s part begins after the buffer')
  from result where name = 'padded';
select is(body #>> '{appointment,end}', openslot.iso(pg_temp.tomorrow('12:50')), 'the patient''s part ends before the buffer')
  from result where name = 'padded';
select is(pg_temp.slots('11:30', '14:00'), 'open booked booked booked open', 'the booked slots include the buffers');
select is(busy, tstzrange(pg_temp.tomorrow('12:00'), pg_temp.tomorrow('13:30')), 'the busy range covers the booked slots')
  from openslot.appointments, result where name = 'padded' and id = (body #>> '{appointment,id}')::uuid;
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('12:00'), 3, 'padded') $$), 'PT422 outside_hours',
  'a patient''s part can''t begin where the buffer would leave the grid');
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('11:10'), 3, 'padded') $$), 'PT409 slot_taken',
  'a run that includes a taken slot is refused');

insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at)
  select 'a2000000-0000-4000-8000-000000000001', 'off', day + time '20:30', day + time '21:00'
  from (select (now() at time zone 'UTC')::date + 1) as tomorrow (day);
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('20:10'), 3, 'padded') $$), 'PT422 outside_hours',
  'a run can''t include a break');
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('19:40'), 3, 'padded') $$), 'PT422 outside_hours',
  'a run can''t reach into a break with its buffer');

-- The same request again --------------------------------------------------------------------------------------------
insert into result values ('again', pg_temp.book(pg_temp.tomorrow('10:00'), 1, patient =>
  '{"name": "  Ada Example ", "phone": "+1 555 0100", "note": " knee \n", "time_zone": "Europe/Berlin", "locale": "de-DE"}'));
select is(again.body - array['change', 'server_time'], first.body - array['change', 'server_time'],
  'a repeated request gets the same appointment and token')
  from result again, result first where again.name = 'again' and first.name = 'booked';
select is(body -> 'change', 'null', 'a repeated request changes nothing') from result where name = 'again';
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('10:30'), 1) $$), 'PT409 request_id_reused',
  'a request id can''t be used for another time');
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('10:00'), 1, patient => '{"name": "Eve"}') $$),
  'PT409 request_id_reused', 'a request id can''t be used for another patient');
update openslot.services set active = false where slug = 'visit' and provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(public.openslot_book('test-doctor', 'padded', pg_temp.tomorrow('12:10'),
    '{"name": "Ada Example", "email": "ada@example.com"}', 'a4000000-0000-4000-8000-000000000002') #>> '{appointment,id}',
  (select body #>> '{appointment,id}' from result where name = 'padded'), 'a repeated request gets its answer even when the service is no longer active');
update openslot.services set active = true where slug = 'visit' and provider_id = 'a2000000-0000-4000-8000-000000000001';
select is((select count(*)::int from openslot.requests where id::text like 'a4000000%'), 2,
  'a failed request does not store its request id');

-- Reasons to refuse -------------------------------------------------------------------------------------------------
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('10:00'), 9) $$), 'PT409 slot_taken', 'taken');
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('10:01'), 9) $$), 'PT422 outside_hours', 'a start off the grid');
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('15:00') + interval '0.4 seconds', 9) $$), 'PT422 outside_hours', 'a start off the grid by less than a second');
select is(pg_temp.attempt($$ pg_temp.book(now() + interval '119 minutes', 9) $$), 'PT422 too_soon', 'a start within the minimum notice');
update openslot.providers set min_notice_minutes = 0 where slug = 'test-doctor';
select is(pg_temp.attempt($$ pg_temp.book(now() + interval '9 minutes', 9, 'padded') $$), 'PT422 too_soon', 'a start whose buffer has begun');
select is(pg_temp.attempt($$ pg_temp.book(now() + interval '11 minutes 1 microsecond', 9, 'padded') $$), 'PT422 outside_hours', 'a start whose buffer lies ahead is not too soon');
update openslot.providers set min_notice_minutes = 120 where slug = 'test-doctor';
select is(pg_temp.attempt($$ pg_temp.book(now() - interval '1 day', 9) $$), 'PT422 too_soon', 'past');
select is(pg_temp.attempt($$ pg_temp.book(now() + interval '10 days 1 hour', 9) $$), 'PT422 outside_window', 'a start beyond the booking window');
select is(pg_temp.attempt($$ pg_temp.book('infinity', 9) $$), 'PT422 outside_window', 'never');
select is(pg_temp.attempt($$ pg_temp.book('-infinity', 9) $$), 'PT422 too_soon', 'a start before all times');
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('15:00'), 9, provider => 'nobody') $$), 'PT404 provider_not_found', 'an unknown provider');
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('15:00'), 9, provider => 'a2000000-0000-4000-8000-0000000000ff') $$),
  'PT404 provider_not_found', 'an unknown provider id');
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('15:00'), 9, provider => 'test-retired') $$),
  'PT404 provider_not_found', 'an inactive provider');
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('15:00'), 9, 'surgery') $$), 'PT404 service_not_found', 'an unknown service');
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('15:00'), 9, 'withdrawn') $$), 'PT404 service_not_found', 'an inactive service');
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('15:00'), 9, '30000000-0000-4000-8000-000000000001') $$),
  'PT404 service_not_found', 'a service of another provider');
insert into openslot.overrides (provider_id, effect, during)
  values ('a2000000-0000-4000-8000-000000000001', 'closed', tstzrange(pg_temp.tomorrow('16:00'), pg_temp.tomorrow('16:30')));
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('16:00'), 9) $$), 'PT409 slot_taken', 'a slot that staff blocked');

-- Invalid arguments -------------------------------------------------------------------------------------------------
create function pg_temp.refusal(patient jsonb) returns text language sql
  return pg_temp.attempt(format('pg_temp.book(pg_temp.tomorrow(%L), 9, patient => %L)', '15:00', patient));
select is(pg_temp.attempt($$ pg_temp.book(null, 9) $$), 'PT422 invalid_argument {"field": "start"}', 'no time');
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('15:00'), null) $$), 'PT422 invalid_argument {"field": "request_id"}', 'no request id');
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('15:00'), 9, provider => null) $$),
  'PT422 invalid_argument {"field": "provider"}', 'no provider');
select is(pg_temp.attempt($$ pg_temp.book(pg_temp.tomorrow('15:00'), 9, '') $$), 'PT422 invalid_argument {"field": "service"}', 'no service');
select is(pg_temp.attempt($$ public.openslot_book('test-doctor', 'visit', now(), '[]', gen_random_uuid()) $$),
  'PT422 invalid_argument {"field": "patient"}', 'no patient');
select is(pg_temp.refusal('{"name": "  "}'), 'PT422 invalid_argument {"field": "name"}', 'no name');
select is(pg_temp.refusal(jsonb_build_object('name', repeat('x', 201))), 'PT422 invalid_argument {"field": "name"}', 'a name that is too long');
select is(pg_temp.refusal('{"name": "Ada\nBcc: all@example.com"}'), 'PT422 invalid_argument {"field": "name"}', 'a name of two lines');
select is(pg_temp.refusal('{"name": {"first": "Ada"}}'), 'PT422 invalid_argument {"field": "name"}', 'a name that is no text');
select is(pg_temp.refusal('{"email": null}'), 'PT422 invalid_argument {"field": "email"}', 'no e-mail');
select is(pg_temp.refusal('{"email": "ada@example"}'), 'PT422 invalid_argument {"field": "email"}', 'an incomplete e-mail address');
select is(pg_temp.refusal('{"phone": "12"}'), 'PT422 invalid_argument {"field": "phone"}', 'an incomplete phone number');
select is(pg_temp.refusal(jsonb_build_object('note', repeat('x', 2001))), 'PT422 invalid_argument {"field": "note"}', 'a note that is too long');
select is(pg_temp.refusal('{"time_zone": "Berlin; drop"}'), 'PT422 invalid_argument {"field": "time_zone"}', 'an invalid time zone');
select is(pg_temp.refusal('{"locale": "klingon!"}'), 'PT422 invalid_argument {"field": "locale"}', 'an invalid language');
select is(pg_temp.book(pg_temp.tomorrow('17:00'), 10, patient => '{"time_zone": "Mars/Olympus_Mons", "phone": ""}')
  #> '{appointment,patient}', '{"name": "Ada Example", "email": "ada@example.com", "phone": null, "note": null, "time_zone": null,
  "locale": null}', 'an unknown zone and empty fields become null');
select is(pg_temp.slots('14:30', '17:30'), 'open open open blocked open booked', 'no refused booking changed a slot');
select is_empty($$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $$, 'the slots are what the facts say');

select * from finish();
rollback;

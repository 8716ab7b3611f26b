-- A clinic says until when its patients can move or cancel, and in its own words what it asks of them. Staff are not bound.
begin;
create extension if not exists pgtap with schema extensions;
select plan(37);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'UTC', 30, 0, 10);
insert into openslot.services (provider_id, slug, name, duration_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 30);
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000001', weekday, '00:00', '24:00' from generate_series(1, 7) as weekday;
insert into auth.users (id, email) values ('a6000000-0000-4000-8000-000000000001', 'owner@test.example');
insert into openslot.tenant_members (tenant_id, user_id, role) values
  ('a1000000-0000-4000-8000-000000000001', 'a6000000-0000-4000-8000-000000000001', 'owner');
select set_config('request.jwt.claims', '{"sub": "a6000000-0000-4000-8000-000000000001", "role": "authenticated"}', true);

create function pg_temp.day(days integer, at time) returns timestamptz language sql
  return ((now() at time zone 'UTC')::date + days + at) at time zone 'UTC';
create temporary table booking (name text primary key, id uuid, token text);
create function pg_temp.book(as_name text, at timestamptz) returns void language sql as $$
  insert into booking select as_name, (result #>> '{appointment,id}')::uuid, result ->> 'manage_token'
  from public.openslot_book('test-doctor', 'visit', at, '{"name": "Ada Example", "email": "ada@example.com"}', gen_random_uuid()) result
$$;
create function pg_temp.token(of_name text) returns text language sql as $$ select token from booking where name = of_name $$;
create function pg_temp.id(of_name text) returns uuid language sql as $$ select id from booking where name = of_name $$;
-- Lets the appointment begin so many minutes after this transaction did.
create function pg_temp.begin_in(of_name text, minutes integer) returns void language sql as $$
  update openslot.appointments set start_time = start, end_time = start + interval '30 minutes', busy = tstzrange(start, start + interval '30 minutes')
  from (select now() + make_interval(mins => minutes) as start) as time where id = pg_temp.id(of_name)
$$;
create function pg_temp.notice(minutes integer) returns void language sql as $$
  update openslot.providers set change_notice_minutes = minutes where slug = 'test-doctor'
$$;
create function pg_temp.seen(of_name text, field text) returns text language sql
  return public.openslot_appointment(pg_temp.token(of_name)) #>> array['appointment', field];
create function pg_temp.answer_of(call text) returns text language plpgsql as $$
declare
  code text;
  detail text;
begin
  execute call;
  return 'ok';
exception when others then
  get stacked diagnostics code = message_text, detail = pg_exception_detail;
  return code || ' ' || detail;
end
$$;
create function pg_temp.move(of_name text, request uuid default gen_random_uuid()) returns text language sql
  return pg_temp.answer_of(format('select public.openslot_reschedule(%L, %L, %L)', pg_temp.token(of_name), pg_temp.day(3, '10:00'), request));
create function pg_temp.cancel(of_name text) returns text language sql
  return pg_temp.answer_of(format('select public.openslot_cancel(%L)', pg_temp.token(of_name)));
create function pg_temp.reload() returns integer language sql as $$
  select reload_revision from openslot.calendars where provider_id = 'a2000000-0000-4000-8000-000000000001'
$$;

select pg_temp.book('first', pg_temp.day(4, '10:00'));
select pg_temp.book('second', pg_temp.day(4, '11:00'));

-- Until it begins -----------------------------------------------------------------------------------------------------
select is(pg_temp.seen('first', 'changeable_until'), openslot.iso(pg_temp.day(4, '10:00')), 'without a setting, patients can change until the appointment begins');
select pg_temp.notice(0);
select is(pg_temp.seen('first', 'changeable_until'), openslot.iso(pg_temp.day(4, '10:00')), 'so they can with a notice of 0 minutes');
select pg_temp.notice(24 * 60);
select is(pg_temp.seen('first', 'changeable_until'), openslot.iso(pg_temp.day(3, '10:00')), 'a notice of a day ends the changes a day before');

-- The last minute -----------------------------------------------------------------------------------------------------
select pg_temp.begin_in('first', 120);
select pg_temp.notice(119);
select is(pg_temp.seen('first', 'changeable'), 'true', 'a minute before the last moment, the appointment is changeable');
select is(pg_temp.move('first', 'a4000000-0000-4000-8000-000000000001'), 'ok', 'and its patient moves it');
select pg_temp.begin_in('first', 120);
select pg_temp.notice(120);
select is(pg_temp.seen('first', 'changeable_until'), openslot.iso(now()), 'the last moment has come');
select is(pg_temp.seen('first', 'changeable'), 'false', 'the appointment is not changeable any more');
select is(pg_temp.move('first'), format('too_late_to_change {"until": "%s"}', openslot.iso(now())), 'its patient can''t move it, and reads since when');
select is(pg_temp.cancel('first'), format('too_late_to_change {"until": "%s"}', openslot.iso(now())), 'its patient can''t cancel it, and reads since when');
select throws_ok($$ select public.openslot_cancel(pg_temp.token('first')) $$, 'PT409', 'too_late_to_change', 'the Data API answers with status 409');
select is(pg_temp.move('first', 'a4000000-0000-4000-8000-000000000001'), 'ok', 'a repeated move still gets its answer');
select is(pg_temp.seen('second', 'changeable'), 'true', 'another appointment is changeable as long as its own time allows');
select pg_temp.notice(119);
select is(pg_temp.cancel('first'), 'ok', 'a shorter notice applies at once to what is booked');
select pg_temp.notice(120);
select is(pg_temp.cancel('first'), 'ok', 'a cancelled appointment stays cancelled, however late the call');
select is(pg_temp.move('first'), 'appointment_cancelled {}', 'and can''t be moved because it is cancelled');
select pg_temp.begin_in('second', -10);
select is(pg_temp.cancel('second'), 'appointment_past {}', 'an appointment that has begun is past, whatever the notice');
select is(pg_temp.move('second'), 'appointment_past {}', 'it can''t be moved for the same reason');

-- Staff -----------------------------------------------------------------------------------------------------------------
select pg_temp.notice(525600);
select pg_temp.book('third', pg_temp.day(4, '12:00'));
select is(pg_temp.seen('third', 'changeable'), 'false', 'what is booked within the notice is not changeable');
select is(pg_temp.cancel('third'), format('too_late_to_change {"until": "%s"}', openslot.iso(pg_temp.day(4, '12:00') - interval '525600 minutes')),
  'nor can its patient cancel it');
select is(public.openslot_staff_reschedule(pg_temp.id('third'), pg_temp.day(4, '13:00'), 0, gen_random_uuid()) #>> '{appointment,changeable}',
  'true', 'staff move it');
select is(public.openslot_staff_cancel(pg_temp.id('third'), 1) #>> '{appointment,status}', 'cancelled', 'staff cancel it');

-- Settings --------------------------------------------------------------------------------------------------------------
create temporary table result as select public.openslot_set_provider('test-doctor',
  '{"change_notice_minutes": 1440, "change_policy": "Please call us.\nLate cancellations cost 50 EUR."}') as body;
select is(body #>> '{provider,change_notice_minutes}', '1440', 'staff set the notice') from result;
select is(body #>> '{provider,change_policy}', E'Please call us.\nLate cancellations cost 50 EUR.', 'staff set their words') from result;
select is(public.openslot_calendar('test-doctor') #> '{provider,change_notice_minutes}', '1440', 'the notice is public');
select is(public.openslot_calendar('test-doctor') #>> '{provider,change_policy}', E'Please call us.\nLate cancellations cost 50 EUR.',
  'the words are public, so that patients read them before they book');
select is(public.openslot_appointment(pg_temp.token('first')) #>> '{appointment,provider,change_policy}',
  E'Please call us.\nLate cancellations cost 50 EUR.', 'the appointment has the words');
create temporary table before as select pg_temp.reload() as revision;
select public.openslot_set_provider('test-doctor', '{"change_notice_minutes": 60}');
select is(pg_temp.reload(), revision + 1, 'another notice makes widgets reload') from before;
select public.openslot_set_provider('test-doctor', '{"change_policy": null}');
select is(pg_temp.reload(), revision + 2, 'other words make widgets reload') from before;
select public.openslot_set_provider('test-doctor', '{"change_policy": null, "change_notice_minutes": 60}');
select is(pg_temp.reload(), revision + 2, 'the same settings make no widget reload') from before;
select public.openslot_set_provider('test-doctor', '{"change_notice_minutes": null}');
select is((select change_notice_minutes from openslot.providers where slug = 'test-doctor'), null, 'staff take the notice away');
select is(pg_temp.answer_of(format('select public.openslot_set_provider(''test-doctor'', %L)', settings)), format('invalid_argument {"field": "%s"}', field), what)
from (values
  ('{"change_notice_minutes": -1}'::jsonb, 'change_notice_minutes', 'no notice is below 0'),
  ('{"change_notice_minutes": 525601}', 'change_notice_minutes', 'no notice is longer than a year'),
  ('{"change_policy": " \n "}', 'change_policy', 'words are not blank'),
  (jsonb_build_object('change_policy', repeat('x', 501)), 'change_policy', 'words have at most 500 characters'),
  ('{"change_policy": "Call\tus"}', 'change_policy', 'words have no control characters')
) as refused (settings, field, what);
select lives_ok(format('select public.openslot_set_provider(''test-doctor'', %L)', jsonb_build_object('change_notice_minutes', 525600, 'change_policy', repeat('é', 500))),
  'a year and 500 characters are accepted');
select is_empty($$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $$, 'the slots are what the facts say');

select * from finish();
rollback;

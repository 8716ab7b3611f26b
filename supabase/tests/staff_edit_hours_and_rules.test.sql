-- Hours are edited as a whole, previewed before they are saved, and never overwrite another member's edit; settings and
-- services follow.
begin;
create extension if not exists pgtap with schema extensions;
select plan(39);

create function pg_temp.detail_of(call text) returns text language plpgsql as $$
declare
  detail text;
begin
  execute call;
  return 'ok';
exception when others then
  get stacked diagnostics detail = pg_exception_detail;
  return detail;
end
$$;

insert into openslot.tenants (id, slug, name) values ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic');
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'UTC', 60, 0, 10);
insert into openslot.services (id, provider_id, slug, name, duration_minutes) values
  ('a3000000-0000-4000-8000-000000000001', 'a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 60);
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000001', weekday, '09:00', '12:00' from generate_series(1, 7) as weekday;
insert into auth.users (id, email) values ('a6000000-0000-4000-8000-000000000001', 'owner@test.example');
insert into openslot.tenant_members (tenant_id, user_id, role) values
  ('a1000000-0000-4000-8000-000000000001', 'a6000000-0000-4000-8000-000000000001', 'owner');
select set_config('request.jwt.claims', '{"sub": "a6000000-0000-4000-8000-000000000001", "role": "authenticated"}', true);

create function pg_temp.tomorrow(at time) returns timestamptz language sql
  return ((now() at time zone 'UTC')::date + 1 + at) at time zone 'UTC';
create function pg_temp.day(days integer default 1) returns text language sql as $$
  select string_agg(to_char(start_time at time zone 'UTC', 'HH24') || case status when 'open' then '' else ' ' || status end, ', ' order by start_time)
  from openslot.availability_slots
  where provider_id = 'a2000000-0000-4000-8000-000000000001' and status <> 'removed'
    and start_time >= pg_temp.tomorrow('00:00') + make_interval(days => days - 1) and start_time < pg_temp.tomorrow('24:00') + make_interval(days => days - 1)
$$;
create function pg_temp.revision() returns bigint language sql as $$
  select revision from openslot.calendars where provider_id = 'a2000000-0000-4000-8000-000000000001' $$;
create function pg_temp.version() returns integer language sql as $$
  select (public.openslot_hours('test-doctor') ->> 'version')::integer $$;
create function pg_temp.hours(start text, "end" text, exceptions jsonb default '[]') returns jsonb language sql as $$
  select jsonb_build_object('exceptions', exceptions, 'rules',
    jsonb_agg(jsonb_build_object('weekday', weekday, 'start', start, 'end', "end"))) from generate_series(1, 7) as weekday
$$;
create temporary table result (name text primary key, body jsonb);
create temporary table message_count as select count(*) from realtime.messages where topic = 'openslot:provider:a2000000-0000-4000-8000-000000000001';
create function pg_temp.new_messages() returns bigint language plpgsql as $$
declare
  before bigint := (select count from message_count);
begin
  update message_count set count = (select count(*) from realtime.messages where topic = 'openslot:provider:a2000000-0000-4000-8000-000000000001');
  return (select count from message_count) - before;
end;
$$;

select is(public.openslot_hours('test-doctor') #> '{hours,rules,0}', '{"weekday": 1, "start": "09:00", "end": "12:00"}', 'hours are local times');
select public.openslot_staff_book('test-doctor', 'visit', pg_temp.tomorrow('09:00'), '{"name": "Ada Example"}', gen_random_uuid());
select pg_temp.new_messages();

-- Before saving ---------------------------------------------------------------------------------------------------------
create temporary table before as select pg_temp.revision() as revision, pg_temp.version() as version;
insert into result values ('preview', public.openslot_set_hours('test-doctor', pg_temp.hours('10:00', '15:00'), pg_temp.version(), true));
select is(pg_temp.day(), '09 booked, 10, 11', 'a preview changes no slots');
select is(pg_temp.revision(), revision, 'a preview makes no revision') from before;
select is(pg_temp.version(), version, 'a preview does not change the version') from before;
select is(pg_temp.new_messages(), 0::bigint, 'a preview is not broadcast');
select ok((body ->> 'added')::integer >= 3 * 10, 'a preview returns the number of added times') from result;
select ok((body ->> 'removed')::integer between 9 and 20, 'a preview returns the number of removed times') from result;
select is(jsonb_path_query_array(body, '$.outside[*].patient.name'), '["Ada Example"]', 'a preview returns the appointments outside the hours') from result;
select is(body -> 'preview', 'true', 'a preview is marked as such') from result;

-- Saving ----------------------------------------------------------------------------------------------------------------
insert into result values ('saved', public.openslot_set_hours('test-doctor', pg_temp.hours('10:00', '15:00'), pg_temp.version()));
select is(pg_temp.day(), '10, 11, 12, 13, 14', 'the slots follow at once');
select is(jsonb_path_query_array(public.openslot_agenda('test-doctor', (pg_temp.tomorrow('00:00'))::date, (pg_temp.tomorrow('00:00'))::date),
  '$.appointments[*].status'), '["confirmed"]', 'appointments stay');
select is(pg_temp.day(3), '10, 11, 12, 13, 14', 'the hours apply to every day');
select is(pg_temp.revision(), revision + 1, 'saving makes one revision') from before;
select is(pg_temp.new_messages(), 1::bigint, 'saving makes one broadcast');
select is(saved.body -> 'added', preview.body -> 'added', 'saving adds as many times as the preview said') from result saved, result preview
  where saved.name = 'saved' and preview.name = 'preview';
select is(public.openslot_agenda('test-doctor', (pg_temp.tomorrow('00:00'))::date, (pg_temp.tomorrow('00:00'))::date)
  #> '{appointments,0,outside_hours}', 'true', 'the agenda marks the appointment as outside the hours');
select throws_ok(format($$ select public.openslot_set_hours('test-doctor', pg_temp.hours('08:00', '09:00'), %s) $$, version),
  'PT409', 'hours_changed', 'saving with an old version is refused') from before;

insert into result values ('off', public.openslot_set_hours('test-doctor', pg_temp.hours('10:00', '15:00', jsonb_build_array(
  jsonb_build_object('kind', 'off', 'starts_at', to_char(pg_temp.tomorrow('00:00') + interval '2 days', 'YYYY-MM-DD"T"HH24:MI'),
    'ends_at', to_char(pg_temp.tomorrow('00:00') + interval '3 days', 'YYYY-MM-DD"T"HH24:MI'), 'note', 'Holiday'))), pg_temp.version()));
select is(pg_temp.day(3), null, 'a day off has no times');
select is(body #>> '{hours,exceptions,0,note}', 'Holiday', 'a day off keeps its note for the clinic') from result where name = 'off';
select lives_ok($$ select public.openslot_set_hours('test-doctor', (select body -> 'hours' from result where name = 'off'), pg_temp.version()) $$,
  'hours that were read can be written back');
select is(jsonb_array_length(public.openslot_hours('test-doctor') #> '{hours,exceptions}'), 1, 'writing them back changes nothing');
select public.openslot_set_hours('test-doctor', pg_temp.hours('10:00', '15:00'), pg_temp.version());
select is(pg_temp.day(3), '10, 11, 12, 13, 14', 'deleting the day off brings the times back');

-- Invalid hours ------------------------------------------------------------------------------------------------------------
select throws_ok(format($$ select public.openslot_set_hours('test-doctor', %L, pg_temp.version()) $$, hours), 'PT422', 'invalid_argument', hours)
from unnest(array['{}', '{"rules": [{"weekday": 8, "start": "09:00", "end": "10:00"}], "exceptions": []}',
  '{"rules": [{"weekday": 1, "start": "10:00", "end": "10:00"}], "exceptions": []}',
  '{"rules": [{"weekday": 1, "start": "10:00:30", "end": "11:00"}], "exceptions": []}',
  '{"rules": [], "exceptions": [{"kind": "off", "starts_at": "2030-01-01T00:00:30", "ends_at": "2030-01-02T00:00"}]}',
  '{"rules": [], "exceptions": [{"kind": "holiday", "starts_at": "2030-01-01T00:00", "ends_at": "2030-01-02T00:00"}]}']) as hours;

-- Hours past midnight ------------------------------------------------------------------------------------------------------
select public.openslot_set_hours('test-doctor', pg_temp.hours('22:00', '02:00'), pg_temp.version());
select is(pg_temp.day(3), '00, 01, 22, 23', 'an end before the start is on the next day');
select is(public.openslot_hours('test-doctor') #> '{hours,rules,0}', '{"weekday": 1, "start": "22:00", "end": "02:00"}', 'such hours stay one entry');
select public.openslot_set_hours('test-doctor', pg_temp.hours('10:00', '15:00'), pg_temp.version());

-- Settings and services -------------------------------------------------------------------------------------------------
select is(public.openslot_set_provider('test-doctor', '{"daily_limit": 1, "min_notice_minutes": 30, "revision": 0, "tenant_id": null}') #>> '{provider,daily_limit}', '1',
  'booking rules are changed');
select ok(pg_temp.revision() > 0 and (select tenant_id is not null from openslot.providers where slug = 'test-doctor'), 'other columns are not changed');
select throws_ok($$ select public.openslot_set_provider('test-doctor', '{"slot_minutes": 1}') $$, 'PT422', 'invalid_argument', 'a slot length out of range is refused');
select is(public.openslot_set_service('test-doctor', '{"id": "a3000000-0000-4000-8000-000000000001", "buffer_after_minutes": 15}')
  #> '{service,buffer_after_minutes}', '15', 'a service gets a buffer');
select is(public.openslot_set_service('test-doctor', '{"slug": "long", "name": "Long", "duration_minutes": 120}')
  #> '{service,active}', 'true', 'a new service is active');
select throws_ok($$ select public.openslot_set_service('test-doctor', '{"slug": "long", "name": "Long", "duration_minutes": 120}') $$,
  'PT422', 'invalid_argument', 'a slug that is in use is refused');
select is(public.openslot_set_service('test-doctor', '{"id": "a3000000-0000-4000-8000-000000000001",
    "questions": [{"key": "reason", "kind": "text", "label": "What brings you here?"}]}')
  #>> '{service,questions,0,label}', 'What brings you here?', 'staff change the questions');
select is((select pg_temp.detail_of($$ select public.openslot_set_service('test-doctor',
    '{"id": "a3000000-0000-4000-8000-000000000001", "questions": [{"key": "reason", "kind": "essay", "label": "Why?"}]}') $$)),
  '{"field": "questions", "reason": "question \"reason\" has a kind: text, choice, choices, checkbox or date"}',
  'an invalid question is refused with the reason');
select is_empty($$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $$, 'the slots are what the facts say');

select * from finish();
rollback;

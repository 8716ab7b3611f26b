-- Revisions and broadcasts: one statement is one revision and one message, which holds public facts only. A client that
-- missed some can request them.
begin;
create extension if not exists pgtap with schema extensions;
select plan(42);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'UTC', 30, 0, 20),
  ('a2000000-0000-4000-8000-000000000002', 'a1000000-0000-4000-8000-000000000001', 'test-colleague', 'Dr. Colleague', 'UTC', 30, 0, 20);
insert into openslot.services (provider_id, slug, name, duration_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 30),
  ('a2000000-0000-4000-8000-000000000002', 'visit', 'Visit', 30);

create function pg_temp.tomorrow(at time) returns timestamptz language sql
  return ((now() at time zone 'UTC')::date + 1 + at) at time zone 'UTC';
create function pg_temp.revision(provider integer default 1) returns bigint language sql as $$
  select revision from openslot.calendars where provider_id = ('a2000000-0000-4000-8000-00000000000' || provider)::uuid
$$;
-- The messages on a provider's topic since the latest call of this function.
create temporary table seen_message (id uuid primary key);
create function pg_temp.messages(provider integer default 1) returns setof jsonb language sql as $$
  with fresh as (
    insert into seen_message select id from realtime.messages
    where topic = 'openslot:provider:a2000000-0000-4000-8000-00000000000' || provider
    on conflict do nothing returning id
  )
  select payload from realtime.messages where id in (select id from fresh) order by payload -> 'revision'
$$;
create function pg_temp.book(at time, provider text default 'test-doctor', visitor uuid default null) returns jsonb language sql
  return public.openslot_book(provider, 'visit', pg_temp.tomorrow(at), '{"name": "Ada Example", "email": "ada@example.com",
    "phone": "+1 555 0100", "note": "secret"}', gen_random_uuid(), visitor);
create temporary table result (name text primary key, body jsonb);
create temporary table message (name text, body jsonb);
create temporary table before (revision bigint);

-- Many slots: runs of equal ones -------------------------------------------------------------------------------------------
select pg_temp.messages(), pg_temp.messages(2);
insert into before select pg_temp.revision();
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000001', weekday, '00:00', '24:00' from generate_series(1, 7) as weekday;
insert into message select 'rules', pg_temp.messages();
select is(count(*)::int, 1, 'new hours are one message') from message where name = 'rules';
select is(body - 'id', jsonb_build_object('after', revision, 'revision', revision + 1, 'slot_minutes', 30, 'full_days', '[]'::jsonb,
    'runs', (select jsonb_build_array(jsonb_build_array(openslot.minute(min(start_time)), count(*))) from openslot.availability_slots
      where provider_id = 'a2000000-0000-4000-8000-000000000001')),
  'more than 1,000 slots that follow each other are one run of one revision') from message, before where name = 'rules';

-- One statement ---------------------------------------------------------------------------------------------------------
create temporary table night (starts timestamptz, ends timestamptz);
insert into night select at, at + interval '100 hours' from (select pg_temp.tomorrow('20:00') + interval '2 days') as evening (at);
update before set revision = pg_temp.revision();
insert into openslot.overrides (provider_id, effect, during)
  select 'a2000000-0000-4000-8000-000000000001', 'closed', tstzrange(starts, ends) from night;
insert into message select 'blocked', pg_temp.messages();
select is(count(*)::int, 1, 'blocking 200 slots is one message') from message where name = 'blocked';
select is(body - 'id', jsonb_build_object('after', revision, 'revision', revision + 1, 'slot_minutes', 30, 'full_days', '[]'::jsonb,
    'runs', jsonb_build_array(jsonb_build_array(openslot.minute(starts), 200, 0))),
  'the message says that all 200 are gone, after the revision that was announced before') from message, before, night where name = 'blocked';
select is((select array_agg(distinct revision) from openslot.availability_slots where provider_id = 'a2000000-0000-4000-8000-000000000001'
  and status = 'blocked'), array[pg_temp.revision()], 'the slots have its revision');

insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000002', weekday, '09:00', '12:00' from generate_series(1, 7) as weekday;
select pg_temp.messages(2);
insert into openslot.overrides (provider_id, effect, during)
  select ('a2000000-0000-4000-8000-00000000000' || provider)::uuid, 'closed', tstzrange(pg_temp.tomorrow('09:00'), pg_temp.tomorrow('09:30'))
  from generate_series(1, 2) as provider;
select is((select count(*)::int from pg_temp.messages()) || ' and ' || (select count(*)::int from pg_temp.messages(2)), '1 and 1',
  'a statement over two providers is one message for each');
insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at)
  select 'a2000000-0000-4000-8000-000000000002', kind, day + starts, day + ends
  from (select (now() at time zone 'UTC')::date + 1) as tomorrow (day),
    (values ('off', time '10:00', time '10:30'), ('extra', '20:00', '20:30')) as exception (kind, starts, ends);
select is((select jsonb_agg(body -> 'runs') from pg_temp.messages(2) body), jsonb_build_array(jsonb_build_array(
    jsonb_build_array(openslot.minute(pg_temp.tomorrow('10:00')), 1, 0), jsonb_build_array(openslot.minute(pg_temp.tomorrow('20:00')), 1))),
  'one statement that removes and adds slots is one message');

-- More runs than a message should carry -----------------------------------------------------------------------------------
-- Every second slot from the third day on, so that none follows another.
create function pg_temp.block_every_second(slots integer) returns void language sql as $$
  insert into openslot.overrides (provider_id, effect, during)
  select 'a2000000-0000-4000-8000-000000000001', 'closed', tstzrange(at, at + interval '30 minutes')
  from generate_series(0, slots - 1) as number, lateral (select pg_temp.tomorrow('00:00') + interval '2 days' + interval '1 hour' * number) as slot (at)
$$;
create function pg_temp.unblock() returns void language sql as $$
  delete from openslot.overrides where provider_id = 'a2000000-0000-4000-8000-000000000001'
    and lower(during) >= pg_temp.tomorrow('00:00') + interval '2 days'
$$;
select pg_temp.unblock();
update openslot.providers set booking_window_days = 40 where slug = 'test-doctor';
select pg_temp.messages();
select pg_temp.block_every_second(500);
select is((select array_agg(jsonb_array_length(body -> 'runs') || ' ' || (body ? 'reload')) from pg_temp.messages() body), '{"500 false"}',
  'a message carries up to 500 runs');
select pg_temp.unblock();
update before set revision = pg_temp.revision();
select pg_temp.messages();
select pg_temp.block_every_second(501);
insert into message select 'many', pg_temp.messages();
select is(array_agg(body - 'id'), array[jsonb_build_object('after', (select revision from before), 'revision', (select revision + 1 from before),
    'slot_minutes', 30, 'runs', '[]'::jsonb, 'full_days', '[]'::jsonb, 'reload', true)],
  'a larger change makes clients take a new snapshot') from message where name = 'many';
select is(public.openslot_changes('test-doctor', (select revision from before)) -> 'reload', 'true', 'so does a request for that change');
select pg_temp.unblock();

-- Bookings --------------------------------------------------------------------------------------------------------------
select pg_temp.messages();
insert into result values ('held', public.openslot_hold('test-doctor', 'visit', pg_temp.tomorrow('10:00'), 'a5000000-0000-4000-8000-000000000001'));
insert into message select 'held', pg_temp.messages();
select is(message.body - 'id', result.body -> 'change', 'a hold broadcasts the same change that its visitor gets') from message, result
  where message.name = 'held' and result.name = 'held';
insert into result values ('booked', pg_temp.book('11:00', visitor => 'a5000000-0000-4000-8000-000000000001'));
insert into message select 'booked', pg_temp.messages();
select is((select array_agg(body - 'id') from message where name = 'booked'), array[body -> 'change'],
  'a booking that ends a hold is one message, equal to the patient''s answer') from result where name = 'booked';
select is(body #> '{change,runs}', jsonb_build_array(
    jsonb_build_array(openslot.minute(pg_temp.tomorrow('10:00')), 1), jsonb_build_array(openslot.minute(pg_temp.tomorrow('11:00')), 1, 0)),
  'the message has both slots: one is open, one is gone') from result where name = 'booked';
select lives_ok($$ select public.openslot_reschedule(body ->> 'manage_token', pg_temp.tomorrow('13:00'), gen_random_uuid()) from result
  where name = 'booked' $$, 'a move succeeds');
insert into message select 'moved', pg_temp.messages();
select is(jsonb_agg(body -> 'runs'), jsonb_build_array(jsonb_build_array(
    jsonb_build_array(openslot.minute(pg_temp.tomorrow('11:00')), 1), jsonb_build_array(openslot.minute(pg_temp.tomorrow('13:00')), 1, 0))),
  'a move is one message with the old and the new time') from message where name = 'moved';
select public.openslot_cancel(body ->> 'manage_token') from result where name = 'booked';
insert into message select 'cancelled', pg_temp.messages();
select is(jsonb_agg(body -> 'runs'), jsonb_build_array(jsonb_build_array(jsonb_build_array(openslot.minute(pg_temp.tomorrow('13:00')), 1))),
  'a cancellation is one message') from message where name = 'cancelled';
select cmp_ok((select max(octet_length(replace((body - 'id')::text, ' ', ''))) from message where name in ('held', 'moved', 'cancelled')), '<=', 200,
  'a message about one time has at most 200 bytes');
select is_empty($$ select from message where (body - 'id')::text ~* 'ada example|ada@|555 0100|secret|holder|patient|appointment|token' $$, 'no message holds a patient''s name');
select is((select every(private and event = 'slots' and extension = 'broadcast') from realtime.messages where id in (select id from seen_message)), true,
  'all messages are private broadcasts');

-- Unpublished changes -----------------------------------------------------------------------------------------------------
update before set revision = pg_temp.revision();
update openslot.appointments set patient_note = 'another secret' where provider_id = 'a2000000-0000-4000-8000-000000000001';
insert into openslot.overrides (provider_id, effect, during) values
  ('a2000000-0000-4000-8000-000000000001', 'closed', tstzrange(date_trunc('hour', now()) - interval '3 hours', date_trunc('hour', now()) - interval '1 hour'));
update openslot.providers set daily_limit = 40 where slug = 'test-doctor';
update openslot.tenants set hold_minutes = 6 where slug = 'test-clinic';
select throws_ok($$ select pg_temp.book('09:00') $$, 'PT409', 'slot_taken', 'a booking of a taken time fails');
select is((select count(*)::int from pg_temp.messages()), 0, 'private columns, the past and failures are not broadcast');
select is(pg_temp.revision(), (select revision from before), 'private columns, the past and failures are no revisions');

-- Settings --------------------------------------------------------------------------------------------------------------
create function pg_temp.reloads(statement text) returns text language plpgsql as $$
declare
  counted text;
begin
  perform pg_temp.messages();
  execute statement;
  select count(*) || ' ' || string_agg(body ->> 'reload', ' ') || ' ' || sum(jsonb_array_length(body -> 'runs')) into counted from pg_temp.messages() body;
  return counted;
end
$$;
select is(pg_temp.reloads($$ update openslot.providers set title = 'Surgery' where slug = 'test-doctor' $$), '1 true 0', 'a changed title makes clients reload');
select is(pg_temp.reloads($$ insert into openslot.services (provider_id, slug, name, duration_minutes)
  values ('a2000000-0000-4000-8000-000000000001', 'new', 'New', 30) $$), '1 true 0', 'a new service makes clients reload');
select is(pg_temp.reloads($$ update openslot.services set name = 'Newer' where slug = 'new' $$), '1 true 0', 'a changed service makes clients reload');
select is(pg_temp.reloads($$ delete from openslot.services where slug = 'new' $$), '1 true 0', 'a deleted service makes clients reload');
select is(pg_temp.reloads($$ update openslot.tenants set name = 'Better Clinic' where slug = 'test-clinic' $$), '1 true 0', 'a changed clinic name makes clients reload');
select is(pg_temp.reloads($$ update openslot.providers set slot_minutes = 15 where slug = 'test-doctor' $$), '1 true 0', 'another grid makes clients reload');
select is(pg_temp.reloads($$ update openslot.providers set slot_minutes = 30 where slug = 'test-doctor' $$), '1 true 0', 'and so does its return');

-- Missed changes --------------------------------------------------------------------------------------------------------
update before set revision = pg_temp.revision();
select pg_temp.book('14:00');
select pg_temp.book('15:00');
insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at)
  select 'a2000000-0000-4000-8000-000000000001', 'off', day + time '16:00', day + time '16:30'
  from (select (now() at time zone 'UTC')::date + 1) as tomorrow (day);
insert into result select 'missed', public.openslot_changes('test-doctor', revision) from before;
select is(body -> 'runs', (
    select jsonb_agg(jsonb_build_array(openslot.minute(pg_temp.tomorrow(at)), 1, 0) order by at) from unnest('{14:00,15:00,16:00}'::time[]) as at),
  'a client that missed three revisions gets their slots, a removed one included') from result where name = 'missed';
select is(array[body ->> 'after', body ->> 'revision'], array[(select revision from before)::text, pg_temp.revision()::text],
  'the answer has the revisions before and after') from result where name = 'missed';
select is(public.openslot_changes('test-doctor', pg_temp.revision()) - array['server_time', 'check_after_seconds'], jsonb_build_object(
    'after', pg_temp.revision(), 'revision', pg_temp.revision(), 'slot_minutes', 30, 'runs', '[]'::jsonb, 'full_days', '[]'::jsonb,
    'announced_revision', pg_temp.revision()), 'a client that missed nothing gets no slots');
select ok((public.openslot_changes('test-doctor', (select revision - 1 from before)) ->> 'reload')::boolean, 'a client that missed changed settings must reload');
select ok((public.openslot_changes('test-doctor', pg_temp.revision() + 1) ->> 'reload')::boolean, 'a client with a newer revision than the database must reload');
select is(public.openslot_calendar('test-doctor') ->> 'revision', pg_temp.revision()::text, 'a snapshot has the latest revision');
select throws_ok($$ select public.openslot_changes('test-doctor', null) $$, 'PT422', 'invalid_argument', 'a missing revision is refused');
select throws_ok($$ select public.openslot_changes('test-doctor', -1) $$, 'PT422', 'invalid_argument', 'a negative revision is refused');
select throws_ok($$ select public.openslot_changes('nobody', 0) $$, 'PT404', 'provider_not_found', 'an unknown provider is refused');

-- Crowds ----------------------------------------------------------------------------------------------------------------
update openslot.tenants set broadcast_gap_ms = 60000 where slug = 'test-clinic';
update openslot.calendars set announced_at = '-infinity' where provider_id = 'a2000000-0000-4000-8000-000000000001';
update before set revision = pg_temp.revision();
select pg_temp.messages();
select pg_temp.book('17:00');
select pg_temp.book('17:30');
select pg_temp.book('18:00');
select is((select jsonb_agg(body -> 'runs') from pg_temp.messages() body), jsonb_build_array(jsonb_build_array(
    jsonb_build_array(openslot.minute(pg_temp.tomorrow('17:00')), 1, 0))), 'with a gap, the first change is sent at once and others wait');
update openslot.calendars set announced_at = announced_at - interval '60 seconds' where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(openslot.flush_broadcasts(), 1, 'after the gap, the waiting changes are sent');
insert into message select 'merged', pg_temp.messages();
select is(array[body -> 'after', body -> 'revision', body -> 'runs'],
  array[to_jsonb((select revision + 1 from before)), to_jsonb(pg_temp.revision()),
    jsonb_build_array(jsonb_build_array(openslot.minute(pg_temp.tomorrow('17:30')), 2, 0))], 'the waiting changes are one message over their revisions')
  from message where name = 'merged';
select is_empty($$ select check_calendar.* from openslot.providers, openslot.check_calendar(id) where slug like 'test-%' $$, 'the slots are what the facts say');

select * from finish();
rollback;

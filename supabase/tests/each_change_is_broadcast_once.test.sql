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
  select revision from openslot.providers where id = ('a2000000-0000-4000-8000-00000000000' || provider)::uuid
$$;
-- The messages on a provider's topic since the latest call of this function.
create temporary table seen_message (id uuid primary key);
create function pg_temp.messages(provider integer default 1) returns setof jsonb language sql as $$
  with fresh as (
    insert into seen_message select id from realtime.messages
    where topic = 'openslot:provider:a2000000-0000-4000-8000-00000000000' || provider
    on conflict do nothing returning id
  )
  select payload from realtime.messages where id in (select id from fresh) order by payload -> 'revision', payload -> 'part'
$$;
create function pg_temp.book(at time, provider text default 'test-doctor', visitor uuid default null) returns jsonb language sql
  return public.openslot_book(provider, 'visit', pg_temp.tomorrow(at), '{"name": "Ada Example", "email": "ada@example.com",
    "phone": "+1 555 0100", "note": "secret"}', gen_random_uuid(), visitor);
create temporary table result (name text primary key, body jsonb);
create temporary table message (name text, body jsonb);
create temporary table before (revision bigint);

-- Many slots: parts of one revision ---------------------------------------------------------------------------------------
select pg_temp.messages(), pg_temp.messages(2);
insert into before select pg_temp.revision();
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000001', weekday, '00:00', '24:00' from generate_series(1, 7) as weekday;
insert into message select 'rules', pg_temp.messages();
select is(array_agg((body ->> 'part') || '/' || (body ->> 'parts')), '{1/2,2/2}', 'more than 1,000 slots are sent in parts') from message where name = 'rules';
select is(count(distinct (body -> 'after', body -> 'revision'))::int, 1, 'all parts have the same revision') from message where name = 'rules';
select is(sum(jsonb_array_length(body -> 'slots'))::int, (select count(*)::int from openslot.availability_slots
  where provider_id = 'a2000000-0000-4000-8000-000000000001'), 'the parts together list every slot') from message where name = 'rules';
select ok(max(jsonb_array_length(body -> 'slots')) <= 1000, 'no part is too large to send') from message where name = 'rules';

-- One statement ---------------------------------------------------------------------------------------------------------
update before set revision = pg_temp.revision();
update openslot.availability_slots set status = 'blocked'
  where id in (select id from openslot.availability_slots where provider_id = 'a2000000-0000-4000-8000-000000000001'
    and start_time > now() order by start_time desc limit 200);
insert into message select 'blocked', pg_temp.messages();
select is(count(*)::int, 1, 'blocking 200 slots is one message') from message where name = 'blocked';
select is(jsonb_array_length(body -> 'slots'), 200, 'the message has all 200 slots') from message where name = 'blocked';
select is(body ->> 'after', (select revision::text from before), 'the message follows the revision that was announced before') from message where name = 'blocked';
select is(body ->> 'revision', (select (revision + 1)::text from before), 'the message is one revision') from message where name = 'blocked';
select is(body -> 'parts', null, 'the message has one part') from message where name = 'blocked';
select is((select array_agg(distinct key order by key) from jsonb_array_elements(body -> 'slots') slot, jsonb_object_keys(slot) key),
  '{end,id,revision,start,status}', 'a slot in a message has times and status only') from message where name = 'blocked';
select is((select array_agg(distinct slot ->> 'revision') from jsonb_array_elements(body -> 'slots') slot), array[body ->> 'revision'],
  'a slot in a message has its revision') from message where name = 'blocked';

insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000002', weekday, '09:00', '12:00' from generate_series(1, 7) as weekday;
select pg_temp.messages(2);
update openslot.availability_slots set status = 'blocked' where start_time = pg_temp.tomorrow('09:00')
  and provider_id in ('a2000000-0000-4000-8000-000000000001', 'a2000000-0000-4000-8000-000000000002');
select is((select count(*)::int from pg_temp.messages()) || ' and ' || (select count(*)::int from pg_temp.messages(2)), '1 and 1',
  'a statement over two providers is one message for each');
insert into openslot.availability_slots as slot (provider_id, start_time, end_time) values
  ('a2000000-0000-4000-8000-000000000002', pg_temp.tomorrow('09:00'), pg_temp.tomorrow('09:30')),
  ('a2000000-0000-4000-8000-000000000002', pg_temp.tomorrow('20:00'), pg_temp.tomorrow('20:30'))
  on conflict (provider_id, start_time) do update set status = excluded.status;
select is((select array_agg(jsonb_array_length(body -> 'slots')) from pg_temp.messages(2) body), '{2}', 'one statement that inserts and updates is one message');

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
select is(jsonb_array_length(body #> '{change,slots}'), 2, 'the message has both slots') from result where name = 'booked';
select lives_ok($$ select public.openslot_reschedule(body ->> 'manage_token', pg_temp.tomorrow('13:00'), gen_random_uuid()) from result
  where name = 'booked' $$, 'a move succeeds');
insert into message select 'moved', pg_temp.messages();
select is(string_agg(slot ->> 'status', ' ' order by slot ->> 'start'), 'open booked', 'a move is one message with the old and the new time')
  from message, jsonb_array_elements(body -> 'slots') slot where name = 'moved';
select public.openslot_cancel(body ->> 'manage_token') from result where name = 'booked';
insert into message select 'cancelled', pg_temp.messages();
select is(array_agg(body #>> '{slots,0,status}'), '{open}', 'a cancellation is one message') from message where name = 'cancelled';
select is_empty($$ select from message where (body - 'id')::text ~* 'ada example|ada@|555 0100|secret|held_by|patient|appointment|token' $$, 'no message holds a patient''s name');
select is((select every(private and event = 'slots' and extension = 'broadcast') from realtime.messages where id in (select id from seen_message)), true,
  'all messages are private broadcasts');

-- Unpublished changes -----------------------------------------------------------------------------------------------------
update before set revision = pg_temp.revision();
update openslot.availability_slots set changed_at = now(), outside_hours = outside_hours where provider_id = 'a2000000-0000-4000-8000-000000000001';
insert into openslot.availability_slots (provider_id, start_time, end_time)
  values ('a2000000-0000-4000-8000-000000000001', now() - interval '2 hours', now() - interval '90 minutes');
update openslot.availability_slots set status = 'blocked' where start_time = now() - interval '2 hours';
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
  select count(*) || ' ' || string_agg(body ->> 'reload', ' ') || ' ' || sum(jsonb_array_length(body -> 'slots')) into counted from pg_temp.messages() body;
  return counted;
end
$$;
select is(pg_temp.reloads($$ update openslot.providers set title = 'Surgery' where slug = 'test-doctor' $$), '1 true 0', 'a changed title makes clients reload');
select is(pg_temp.reloads($$ insert into openslot.services (provider_id, slug, name, duration_minutes)
  values ('a2000000-0000-4000-8000-000000000001', 'new', 'New', 30) $$), '1 true 0', 'a new service makes clients reload');
select is(pg_temp.reloads($$ update openslot.services set name = 'Newer' where slug = 'new' $$), '1 true 0', 'a changed service makes clients reload');
select is(pg_temp.reloads($$ delete from openslot.services where slug = 'new' $$), '1 true 0', 'a deleted service makes clients reload');
select is(pg_temp.reloads($$ update openslot.tenants set name = 'Better Clinic' where slug = 'test-clinic' $$), '1 true 0', 'a changed clinic name makes clients reload');
select is(pg_temp.reloads($$ delete from openslot.availability_slots where start_time = pg_temp.tomorrow('22:00') $$), '1 true 0', 'deleted slots make clients reload');

-- Missed changes --------------------------------------------------------------------------------------------------------
update before set revision = pg_temp.revision();
select pg_temp.book('14:00');
select pg_temp.book('15:00');
update openslot.availability_slots set status = 'removed' where start_time = pg_temp.tomorrow('16:00') and provider_id = 'a2000000-0000-4000-8000-000000000001';
insert into result select 'missed', public.openslot_changes('test-doctor', revision) from before;
select is((select string_agg(slot ->> 'status', ' ' order by slot ->> 'start') from jsonb_array_elements(body -> 'slots') slot),
  'booked booked removed', 'a client that missed three revisions gets their slots, a tombstone included') from result where name = 'missed';
select is(array[body ->> 'after', body ->> 'revision'], array[(select revision from before)::text, pg_temp.revision()::text],
  'the answer has the revisions before and after') from result where name = 'missed';
select is(public.openslot_changes('test-doctor', pg_temp.revision()) -> 'slots', '[]', 'a client that missed nothing gets no slots');
select ok((public.openslot_changes('test-doctor', (select revision - 1 from before)) ->> 'reload')::boolean, 'a client that missed changed settings must reload');
select ok((public.openslot_changes('test-doctor', pg_temp.revision() + 1) ->> 'reload')::boolean, 'a client with a newer revision than the database must reload');
select is(public.openslot_calendar('test-doctor') ->> 'revision', pg_temp.revision()::text, 'a snapshot has the latest revision');
select throws_ok($$ select public.openslot_changes('test-doctor', null) $$, 'PT422', 'invalid_argument', 'a missing revision is refused');
select throws_ok($$ select public.openslot_changes('test-doctor', -1) $$, 'PT422', 'invalid_argument', 'a negative revision is refused');
select throws_ok($$ select public.openslot_changes('nobody', 0) $$, 'PT404', 'provider_not_found', 'an unknown provider is refused');

-- Crowds ----------------------------------------------------------------------------------------------------------------
update openslot.tenants set broadcast_gap_ms = 60000 where slug = 'test-clinic';
update openslot.providers set announced_at = '-infinity' where slug = 'test-doctor';
update before set revision = pg_temp.revision();
select pg_temp.messages();
select pg_temp.book('17:00');
select pg_temp.book('17:30');
select pg_temp.book('18:00');
select is((select array_agg(jsonb_array_length(body -> 'slots')) from pg_temp.messages() body), '{1}', 'with a gap, the first change is sent at once and others wait');
update openslot.providers set announced_at = announced_at - interval '60 seconds' where slug = 'test-doctor';
select is(openslot.flush_broadcasts(), 1, 'after the gap, the waiting changes are sent');
insert into message select 'merged', pg_temp.messages();
select is(array[body ->> 'after', body ->> 'revision', jsonb_array_length(body -> 'slots')::text],
  array[(select revision + 1 from before)::text, pg_temp.revision()::text, '2'], 'the waiting changes are one message over their revisions')
  from message where name = 'merged';

select * from finish();
rollback;

-- Time off and blocks are facts of their own: they are true beneath holds and appointments, and show once those end.
begin;
create extension if not exists pgtap with schema extensions;
select plan(46);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'Europe/Berlin', 30, 0, 10);
insert into openslot.services (provider_id, slug, name, duration_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 30);
insert into auth.users (id, email) values ('a6000000-0000-4000-8000-000000000001', 'owner@test.example');
insert into openslot.tenant_members (tenant_id, user_id, role) values
  ('a1000000-0000-4000-8000-000000000001', 'a6000000-0000-4000-8000-000000000001', 'owner');
select set_config('request.jwt.claims', '{"sub": "a6000000-0000-4000-8000-000000000001", "role": "authenticated"}', true);

-- Local dates: 1 is tomorrow.
create function pg_temp.at(day integer, local_time time) returns timestamptz language sql
  return openslot.local_instant((now() at time zone 'Europe/Berlin')::date + day + local_time, 'Europe/Berlin');
create function pg_temp.visitor(number integer) returns uuid language sql
  return ('a5000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;
create function pg_temp.hold(day integer, local_time time, visitor integer) returns jsonb language sql
  return public.openslot_hold('test-doctor', 'visit', pg_temp.at(day, local_time), pg_temp.visitor(visitor));
create function pg_temp.book(day integer, local_time time, visitor integer default null) returns jsonb language sql
  return public.openslot_book('test-doctor', 'visit', pg_temp.at(day, local_time), '{"name": "Ada Example", "email": "ada@example.com"}',
    gen_random_uuid(), pg_temp.visitor(visitor));
-- Nothing is written when a hold runs out.
create function pg_temp.let_run_out(visitor integer) returns void language sql as $$
  select openslot.follow_facts_later();
  update openslot.holds set held_until = now() - interval '1 second', began_at = now() - interval '5 minutes'
  where holder = openslot.holder(pg_temp.visitor(visitor));
  update openslot.availability_slots slot set held_until = hold.held_until
  from openslot.holds hold
  where hold.holder = openslot.holder(pg_temp.visitor(visitor)) and slot.provider_id = hold.provider_id and slot.status = 'held'
    and slot.start_time <@ hold.busy;
  select set_config('openslot.facts_are_followed_later', '', true);
$$;
-- From nine to twelve, with these times off: [[day, start, end], ...].
create function pg_temp.save_hours(off jsonb default '[]') returns jsonb language sql as $$
  select public.openslot_set_hours('test-doctor', jsonb_build_object(
    'rules', (select jsonb_agg(jsonb_build_object('weekday', weekday, 'start', '09:00', 'end', '12:00')) from generate_series(1, 7) as weekday),
    'exceptions', (select coalesce(jsonb_agg(jsonb_build_object('kind', 'off',
        'starts_at', to_char(day + (item ->> 1)::time, 'YYYY-MM-DD"T"HH24:MI'), 'ends_at', to_char(day + (item ->> 2)::time, 'YYYY-MM-DD"T"HH24:MI'))), '[]')
      from jsonb_array_elements(off) as item, lateral (select (now() at time zone 'Europe/Berlin')::date + (item ->> 0)::integer) as date (day))),
    (public.openslot_hours('test-doctor') ->> 'version')::integer)
$$;
-- The first times of a day that a new visitor's calendar offers for a service of one slot, from its runs: `09:00 09:30`.
create function pg_temp.offered(day integer) returns text language sql as $$
  select string_agg(to_char(start at time zone 'Europe/Berlin', 'HH24:MI'), ' ' order by start)
  from (
    select to_timestamp((run ->> 0)::bigint * 60) + interval '30 minutes' * number as start
    from jsonb_array_elements(public.openslot_calendar('test-doctor') -> 'runs') as run, generate_series(0, (run ->> 1)::integer - 1) as number
    where coalesce((run ->> 2)::bigint, 0) <= extract(epoch from clock_timestamp())
  ) as cell
  where start >= pg_temp.at(day, '00:00') and start < pg_temp.at(day + 1, '00:00')
$$;
-- As the desk shows them: a held slot is open once its hold ran out.
create function pg_temp.slots(day integer) returns text language sql as $$
  select string_agg(case when (slot ->> 'held_until')::timestamptz <= clock_timestamp() then 'open' else slot ->> 'status' end, ' ' order by slot ->> 'start')
  from jsonb_array_elements(openslot.desk_slots_json('a2000000-0000-4000-8000-000000000001', pg_temp.at(day, '00:00'), pg_temp.at(day + 1, '00:00'))) slot
$$;
create function pg_temp.is_true(description text) returns text language sql as $$
  select is_empty($q$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $q$, description)
$$;
create temporary table result (name text primary key, body jsonb);
select pg_temp.save_hours();

-- Time off is saved while a time is held ---------------------------------------------------------------------------------
select pg_temp.hold(1, '10:00', 1);
select is(pg_temp.save_hours('[[1, "10:00", "11:00"]]') -> 'removed', '2', 'staff save time off over a held time');
select is(pg_temp.offered(1), '09:00 09:30 11:00 11:30', 'other visitors are not offered the time');
select pg_temp.let_run_out(1);
select is(pg_temp.offered(1), '09:00 09:30 11:00 11:30', 'nor once the hold has run out');
select throws_ok($$ select pg_temp.book(1, '10:00') $$, 'PT422', 'outside_hours', 'then the time can''t be booked');
select throws_ok($$ select pg_temp.book(1, '10:00', 1) $$, 'PT422', 'outside_hours', 'not even by the visitor who held it');
select throws_ok($$ select pg_temp.hold(1, '10:00', 1) $$, 'PT422', 'outside_hours', 'who can''t hold it again, either');
select pg_temp.is_true('the slots are what the facts say once the hold ran out');
select pg_temp.hold(2, '10:00', 2);
select pg_temp.save_hours('[[2, "10:00", "11:00"]]');
select public.openslot_release(pg_temp.visitor(2));
select is(pg_temp.offered(2), '09:00 09:30 11:00 11:30', 'a released time is not offered in time off');
select throws_ok($$ select pg_temp.book(2, '10:00') $$, 'PT422', 'outside_hours', 'and can''t be booked');
select is(pg_temp.offered(1), '09:00 09:30 10:00 10:30 11:00 11:30', 'the first day has its times again without the time off');

-- Time off is saved while a time is booked -------------------------------------------------------------------------------
insert into result values ('booked', pg_temp.book(3, '10:00'));
select is(jsonb_path_query_array(pg_temp.save_hours('[[3, "10:00", "11:00"]]'), '$.outside[*].patient.name'), '["Ada Example"]',
  'staff save time off over an appointment, and the answer lists it');
select public.openslot_cancel(body ->> 'manage_token') from result where name = 'booked';
select is(pg_temp.offered(3), '09:00 09:30 11:00 11:30', 'a cancelled time is not offered in time off');
select pg_temp.is_true('the slots are what the facts say after that cancellation');
select pg_temp.save_hours();

-- A blocked day with appointments ----------------------------------------------------------------------------------------
insert into result values ('first', pg_temp.book(4, '09:00')), ('second', pg_temp.book(4, '10:00')), ('third', pg_temp.book(4, '11:00')),
  ('fourth', pg_temp.book(4, '11:30'));
insert into result values ('blocked', public.openslot_set_slots('test-doctor', pg_temp.at(4, '00:00'), pg_temp.at(5, '00:00'), 'blocked'));
select is(pg_temp.slots(4), 'booked blocked booked blocked booked booked', 'staff block a day with four appointments');
select is(jsonb_array_length(body -> 'kept'), 4, 'the answer lists them') from result where name = 'blocked';
select is(body -> 'changed', '2', 'and counts the slots that are blocked now') from result where name = 'blocked';
select public.openslot_cancel(body ->> 'manage_token') from result where name = 'first';
select is(pg_temp.slots(4), 'blocked blocked booked blocked booked booked', 'a time that a patient cancels stays blocked');
select is(pg_temp.offered(4), null, 'and is not offered');
select throws_ok($$ select pg_temp.book(4, '09:00') $$, 'PT409', 'slot_taken', 'it can''t be booked');
select public.openslot_staff_cancel((body #>> '{appointment,id}')::uuid, 0) from result where name = 'second';
select is(pg_temp.slots(4), 'blocked blocked blocked blocked booked booked', 'a time that staff cancel stays blocked');
select public.openslot_reschedule(body ->> 'manage_token', pg_temp.at(5, '09:00'), gen_random_uuid()) from result where name = 'third';
select is(pg_temp.slots(4), 'blocked blocked blocked blocked blocked booked', 'a time that a patient moves away from stays blocked');
delete from openslot.appointments where id = (select (body #>> '{appointment,id}')::uuid from result where name = 'fourth');
select is(pg_temp.slots(4), 'blocked blocked blocked blocked blocked blocked', 'the time of an erased appointment stays blocked');
select is(pg_temp.offered(4), null, 'no time of the day is offered');
select throws_ok($$ select pg_temp.hold(4, '11:30', 3) $$, 'PT409', 'slot_taken', 'none can be held');
select pg_temp.is_true('the slots of the blocked day are what the facts say');
select pg_temp.save_hours('[[4, "09:00", "12:00"]]');
select pg_temp.save_hours();
select is(pg_temp.slots(4), 'blocked blocked blocked blocked blocked blocked', 'the block outlives a change of the hours and back');
select is(public.openslot_set_slots('test-doctor', pg_temp.at(4, '09:00'), pg_temp.at(4, '10:30'), 'open') -> 'changed', '3', 'staff open half of it again');
select is(pg_temp.offered(4), '09:00 09:30 10:00', 'that half is offered');

-- A block over a held time -----------------------------------------------------------------------------------------------
select pg_temp.hold(6, '10:00', 4), pg_temp.hold(6, '11:00', 5), pg_temp.hold(6, '11:30', 6);
insert into result values ('over held', public.openslot_set_slots('test-doctor', pg_temp.at(6, '09:30'), pg_temp.at(6, '11:30'), 'blocked'));
select is(body -> 'held', '2', 'the answer says how many times in the range visitors hold') from result where name = 'over held';
select is(body -> 'changed', '4', 'and how many slots are blocked') from result where name = 'over held';
select is(pg_temp.slots(6), 'open blocked blocked blocked blocked held', 'held times are shown as blocked');
select is(pg_temp.offered(6), '09:00', 'the calendar shows none of them');
select throws_ok($$ select pg_temp.book(6, '10:00') $$, 'PT409', 'slot_taken', 'others can''t book one');
select is(public.openslot_release(pg_temp.visitor(4)) -> 'change', 'null', 'a release there changes nothing that visitors see');
select is(pg_temp.slots(6), 'open blocked blocked blocked blocked held', 'a released time is blocked');
select throws_ok($$ select pg_temp.book(6, '10:00', 4) $$, 'PT409', 'slot_taken', 'it can''t be booked any more');
select pg_temp.let_run_out(5);
select throws_ok($$ select pg_temp.book(6, '11:00', 5) $$, 'PT409', 'slot_taken', 'a time whose hold ran out is blocked, too');
select is(pg_temp.offered(6), '09:00', 'and not offered');
select pg_temp.let_run_out(6);
select is(pg_temp.offered(6), '09:00 11:30', 'one beside the block is offered once its hold ran out');
select pg_temp.is_true('the slots of the partly blocked day are what the facts say');

-- Staff book within their own block -------------------------------------------------------------------------------
insert into result values ('by phone', public.openslot_staff_book('test-doctor', 'visit', pg_temp.at(6, '10:00'), '{"name": "Bo"}', gen_random_uuid()));
select is(pg_temp.slots(6), 'open blocked booked blocked blocked open', 'staff book within their block');
select public.openslot_staff_cancel((body #>> '{appointment,id}')::uuid, 0) from result where name = 'by phone';
select is(pg_temp.slots(6), 'open blocked blocked blocked blocked open', 'and the block stays when they cancel');

-- A block within one slot -------------------------------------------------------------------------------------------------
select is(public.openslot_set_slots('test-doctor', pg_temp.at(7, '09:10'), pg_temp.at(7, '09:40'), 'blocked') -> 'changed', '2', 'a block takes the slots that it touches');
select is(pg_temp.offered(7), '10:00 10:30 11:00 11:30', 'whole');
update openslot.providers set slot_minutes = 20 where slug = 'test-doctor';
select is(pg_temp.slots(7), 'blocked blocked blocked open open open open open open', 'on another grid, all that they took stays blocked');
select pg_temp.is_true('the slots of the other grid are what the facts say');

select * from finish();
rollback;

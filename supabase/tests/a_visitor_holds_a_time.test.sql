-- Holds: exclusive, one per visitor, limited, and open again at their end without any update.
begin;
create extension if not exists pgtap with schema extensions;
select plan(45);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour, hold_minutes, hold_max_minutes) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null, 5, 15);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'UTC', 30, 0),
  ('a2000000-0000-4000-8000-000000000002', 'a1000000-0000-4000-8000-000000000001', 'test-colleague', 'Dr. Colleague', 'UTC', 30, 0);
insert into openslot.services (provider_id, slug, name, duration_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 30),
  ('a2000000-0000-4000-8000-000000000001', 'long', 'Long visit', 60),
  ('a2000000-0000-4000-8000-000000000002', 'visit', 'Visit', 30);
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select id, weekday, '00:00', '24:00' from openslot.providers, generate_series(1, 7) as weekday where slug like 'test-%';

create function pg_temp.tomorrow(at time) returns timestamptz language sql
  return ((now() at time zone 'UTC')::date + 1 + at) at time zone 'UTC';
create function pg_temp.visitor(number integer) returns uuid language sql
  return ('a5000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;
create function pg_temp.slots(from_time time, to_time time, provider integer default 1) returns text language sql as $$
  select string_agg(status, ' ' order by start_time) from openslot.availability_slots
  where provider_id = ('a2000000-0000-4000-8000-00000000000' || provider)::uuid
    and start_time >= pg_temp.tomorrow(from_time) and start_time < pg_temp.tomorrow(to_time)
$$;
create function pg_temp.hold(at time, visitor integer, service text default 'visit', provider text default 'test-doctor')
returns jsonb language sql return public.openslot_hold(provider, service, pg_temp.tomorrow(at), pg_temp.visitor(visitor));
create function pg_temp.book(at time, visitor integer default null, service text default 'visit') returns jsonb language sql
  return public.openslot_book('test-doctor', service, pg_temp.tomorrow(at), '{"name": "Ada Example", "email": "ada@example.com"}',
    gen_random_uuid(), pg_temp.visitor(visitor));
-- Moves a visitor's last hold into the past by this time.
create function pg_temp.let_pass(visitor integer, passed interval) returns void language sql as $$
  update openslot.holds set held_until = held_until - passed, began_at = began_at - passed
  where holder = openslot.holder(pg_temp.visitor(visitor))
$$;
create temporary table result (name text primary key, body jsonb);

-- The hold of a visitor -----------------------------------------------------------------------------------------------
insert into result values ('held', pg_temp.hold('10:00', 1, 'long'));
select is(pg_temp.slots('09:30', '11:30'), 'open held held open', 'all slots of the run are held');
select is((body ->> 'held_until')::timestamptz - date_trunc('second', (body ->> 'server_time')::timestamptz), interval '5 minutes',
  'the hold lasts as long as the clinic''s setting') from result where name = 'held';
select is((body ->> 'extendable_until')::timestamptz - (body ->> 'held_until')::timestamptz, interval '10 minutes',
  'the hold can be extended up to the clinic''s limit') from result where name = 'held';
select is(body #> '{change,runs}', jsonb_build_array(
    jsonb_build_array(openslot.minute(pg_temp.tomorrow('10:00')), 2, extract(epoch from (body ->> 'held_until')::timestamptz)::bigint)),
  'the change shows the end of the hold') from result where name = 'held';
select is((select array_agg(openslot.iso(slot.held_until)) from openslot.availability_slots slot
    where provider_id = 'a2000000-0000-4000-8000-000000000001' and status = 'held'),
  array[body ->> 'held_until', body ->> 'held_until'], 'the public slots show it, too') from result where name = 'held';
select is_empty($$ select from result where body::text ~ 'holder|began'
    or body::text like '%' || pg_temp.visitor(1) || '%' or body::text like '%' || encode(openslot.holder(pg_temp.visitor(1)), 'hex') || '%' $$,
  'the answer does not show the visitor');
select throws_ok($$ select pg_temp.hold('10:30', 2) $$, 'PT409', 'slot_taken', 'another visitor can''t hold it');
select throws_ok($$ select pg_temp.book('10:30', 2) $$, 'PT409', 'slot_taken', 'another visitor can''t book it');
select throws_ok($$ select pg_temp.book('10:30') $$, 'PT409', 'slot_taken', 'a caller without a visitor id can''t book it');

-- At most one ---------------------------------------------------------------------------------------------------------
insert into result values ('moved', pg_temp.hold('11:00', 1));
select is(pg_temp.slots('10:00', '11:30'), 'open open held', 'holding another time releases the first');
select is(body #> '{change,runs}', jsonb_build_array(jsonb_build_array(openslot.minute(pg_temp.tomorrow('10:00')), 2),
    jsonb_build_array(openslot.minute(pg_temp.tomorrow('11:00')), 1, extract(epoch from (body ->> 'held_until')::timestamptz)::bigint)),
  'both are one change') from result where name = 'moved';
select is((body #>> '{change,revision}')::int - (body #>> '{change,after}')::int, 1, 'both are one revision')
  from result where name = 'moved';
select lives_ok($$ select pg_temp.hold('10:30', 1, 'long') $$, 'a longer service may include the slot that the visitor already holds');
select is(pg_temp.slots('10:00', '12:00'), 'open held held open', 'the longer hold takes only its own slots');
select lives_ok($$ select pg_temp.hold('10:00', 1, provider => 'test-colleague') $$, 'a time with another provider can be held');
select is(pg_temp.slots('10:00', '12:00') || ', ' || pg_temp.slots('10:00', '10:30', 2), 'open open open open, held',
  'the hold with the first provider is released');
select is((select count(*) from openslot.holds where holder = openslot.holder(pg_temp.visitor(1))), 1::bigint, 'the visitor holds one time');

-- Release -------------------------------------------------------------------------------------------------------------
insert into result values ('released', public.openslot_release(pg_temp.visitor(1))), ('nothing', public.openslot_release(pg_temp.visitor(1)));
select is(body #> '{change,runs}', jsonb_build_array(jsonb_build_array(openslot.minute(pg_temp.tomorrow('10:00')), 1)),
  'a released time is open') from result where name = 'released';
select ok(body -> 'held_until' = 'null' and body -> 'extendable_until' = 'null', 'after a release, nothing is held')
  from result where name = 'released';
select is(body -> 'change', 'null', 'a release without a hold changes nothing') from result where name = 'nothing';

-- Time passes ---------------------------------------------------------------------------------------------------------
select lives_ok($$ select pg_temp.hold('13:00', 3) $$, 'a hold succeeds');
select is(pg_temp.hold('13:00', 3) -> 'change', 'null', 'repeating a hold at once changes nothing');
select pg_temp.let_pass(3, '4 minutes');
insert into result values ('extended', pg_temp.hold('13:00', 3));
select is((body ->> 'held_until')::timestamptz - date_trunc('second', (body ->> 'server_time')::timestamptz), interval '5 minutes',
  'repeating a hold later extends it') from result where name = 'extended';
select is((body ->> 'extendable_until')::timestamptz - (body ->> 'held_until')::timestamptz, interval '6 minutes',
  'an extension keeps the limit') from result where name = 'extended';
select pg_temp.let_pass(3, '4 minutes');
select pg_temp.hold('13:00', 3);
select pg_temp.let_pass(3, '4 minutes');
insert into result values ('last', pg_temp.hold('13:00', 3));
select is(body ->> 'held_until', body ->> 'extendable_until', 'the last extension ends at the limit') from result where name = 'last';
select pg_temp.let_pass(3, '4 minutes');
select throws_ok($$ select pg_temp.hold('13:00', 3) $$, 'PT409', 'hold_limit_reached', 'past the limit the hold can''t be extended');
select lives_ok($$ select pg_temp.hold('14:00', 3) $$, 'past the limit another time can be held');

select pg_temp.hold('15:00', 4);
-- Nothing is written when time passes, so the slot keeps what the hold wrote.
select openslot.follow_facts_later();
select pg_temp.let_pass(4, '5 minutes');
update openslot.availability_slots set held_until = held_until - interval '5 minutes'
  where provider_id = 'a2000000-0000-4000-8000-000000000001' and start_time = pg_temp.tomorrow('15:00');
select is(pg_temp.slots('15:00', '15:30'), 'held', 'an expired hold keeps its status');
select ok(public.openslot_calendar('test-doctor') -> 'runs' @> jsonb_build_array(jsonb_build_array(openslot.minute(pg_temp.tomorrow('14:30')), 19)),
  'a new visitor''s calendar shows its time as open, like the rest of the day');
select lives_ok($$ select pg_temp.hold('15:00', 5) $$, 'another visitor can hold the time of an expired hold');
select throws_ok($$ select pg_temp.book('15:00', 4) $$, 'PT409', 'slot_taken', 'the visitor of the expired hold can''t book the time');
select pg_temp.let_pass(5, '5 minutes');
select lives_ok($$ select pg_temp.book('15:00', 4) $$, 'an expired hold of another visitor can be booked');
select is(public.openslot_release(pg_temp.visitor(5)) -> 'change', 'null', 'a visitor whose hold was taken over has nothing to release');

select pg_temp.hold('16:00', 6);
select pg_temp.let_pass(6, '30 minutes');
select lives_ok($$ select pg_temp.hold('16:00', 6) $$, 'a time can be held again some time after its limit');

-- Booking ends the hold ----------------------------------------------------------------------------------------------
select pg_temp.hold('17:00', 7, 'long');
insert into result values ('booked', pg_temp.book('17:00', 7));
select is(pg_temp.slots('17:00', '18:00'), 'booked open', 'booking less than the hold releases the rest');
select is((body #>> '{change,revision}')::int - (body #>> '{change,after}')::int, 1, 'the booking and the release are one revision') from result where name = 'booked';
select pg_temp.hold('18:00', 8);
select pg_temp.book('19:00', 8);
select is(pg_temp.slots('18:00', '19:30'), 'open open booked', 'booking another time releases the held one');
select pg_temp.hold('20:00', 9);
insert into openslot.overrides (provider_id, effect, during)
  values ('a2000000-0000-4000-8000-000000000001', 'closed', tstzrange(pg_temp.tomorrow('20:00'), pg_temp.tomorrow('20:30')));
select is(pg_temp.slots('20:00', '20:30'), 'blocked', 'staff may block a held time');
select throws_ok($$ select pg_temp.book('20:00', 10) $$, 'PT409', 'slot_taken', 'a blocked time can''t be booked by others');
select lives_ok($$ select pg_temp.book('20:00', 9) $$, 'the visitor who held it before can');

-- Arguments -----------------------------------------------------------------------------------------------------------
select throws_ok($$ select pg_temp.hold('21:00', null) $$, 'PT422', 'invalid_argument', 'a hold needs a visitor');
select throws_ok($$ select pg_temp.hold(null, 1) $$, 'PT422', 'invalid_argument', 'a hold needs a time');
select throws_ok($$ select public.openslot_release(null) $$, 'PT422', 'invalid_argument', 'a release needs a visitor');
select throws_ok($$ select pg_temp.hold('21:00', 1, 'surgery') $$, 'PT404', 'service_not_found', 'a hold needs a service');
select is_empty($$ select check_calendar.* from openslot.providers, openslot.check_calendar(id) where slug like 'test-%' $$, 'the slots are what the facts say');

select * from finish();
rollback;

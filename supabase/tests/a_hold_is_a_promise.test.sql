-- Until it runs out, a hold keeps its time and its place in the daily limit, whatever staff change meanwhile.
begin;
create extension if not exists pgtap with schema extensions;
select plan(47);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days, daily_limit) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'UTC', 20, 0, 10, 1);
insert into openslot.services (provider_id, slug, name, duration_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 20),
  ('a2000000-0000-4000-8000-000000000001', 'long', 'Long visit', 40);
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000001', weekday, '09:00', '13:00' from generate_series(1, 7) as weekday;

-- Dates: 1 is tomorrow.
create function pg_temp.at(day integer, at time) returns timestamptz language sql
  return ((now() at time zone 'UTC')::date + day + at) at time zone 'UTC';
create function pg_temp.visitor(number integer) returns uuid language sql
  return ('a5000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid;
create function pg_temp.hold(day integer, at time, visitor integer, service text default 'visit') returns jsonb language sql
  return public.openslot_hold('test-doctor', service, pg_temp.at(day, at), pg_temp.visitor(visitor));
create function pg_temp.book(day integer, at time, visitor integer default null, service text default 'visit') returns jsonb language sql
  return public.openslot_book('test-doctor', service, pg_temp.at(day, at), '{"name": "Ada Example", "email": "ada@example.com"}',
    gen_random_uuid(), pg_temp.visitor(visitor));
-- Moves a visitor's hold into the past by this time. As when time passes, nothing else is written.
create function pg_temp.let_pass(visitor integer, passed interval) returns void language sql as $$
  select openslot.follow_facts_later();
  update openslot.holds set held_until = held_until - passed, began_at = began_at - passed where holder = openslot.holder(pg_temp.visitor(visitor));
  update openslot.availability_slots slot set held_until = hold.held_until
  from openslot.holds hold
  where hold.holder = openslot.holder(pg_temp.visitor(visitor)) and slot.provider_id = hold.provider_id and slot.status = 'held'
    and slot.start_time < upper(hold.busy) and slot.end_time > lower(hold.busy);
  update openslot.full_days set full_until = full_until - passed where provider_id = 'a2000000-0000-4000-8000-000000000001' and isfinite(full_until);
  select set_config('openslot.facts_are_followed_later', '', true);
$$;
-- The slots of a day that are not open, as visitors see them: `10:00 held`.
create function pg_temp.taken(day integer) returns text language sql as $$
  select string_agg(to_char(start_time at time zone 'UTC', 'HH24:MI ') || status, ', ' order by start_time) from openslot.availability_slots
  where provider_id = 'a2000000-0000-4000-8000-000000000001' and status not in ('open', 'removed')
    and (held_until is null or held_until > clock_timestamp())
    and start_time >= pg_temp.at(day, '00:00') and start_time < pg_temp.at(day + 1, '00:00')
$$;
create function pg_temp.is_true(description text) returns text language sql as $$
  select is_empty($q$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $q$, description)
$$;
create function pg_temp.end_of_hold(visitor integer) returns bigint language sql as $$
  select extract(epoch from held_until)::bigint from openslot.holds where holder = openslot.holder(pg_temp.visitor(visitor))
$$;
create temporary table result (name text primary key, body jsonb);

-- Its place in the daily limit of one -------------------------------------------------------------------------------------
insert into result values ('held', pg_temp.hold(1, '10:00', 1));
select is(body #> '{change,full_days}', jsonb_build_array(jsonb_build_array(
    openslot.minute(pg_temp.at(1, '00:00')), openslot.minute(pg_temp.at(2, '00:00')), pg_temp.end_of_hold(1))),
  'the day of a hold is full until the hold ends') from result where name = 'held';
select throws_ok($$ select pg_temp.book(1, '12:00', 2) $$, 'PT409', 'daily_limit_reached', 'another visitor can''t book another time of that day');
select throws_ok($$ select pg_temp.hold(1, '12:00', 2) $$, 'PT409', 'daily_limit_reached', 'nor hold one');
select throws_ok($$ select pg_temp.book(1, '10:00', 2) $$, 'PT409', 'slot_taken', 'nor book the held time');
select lives_ok($$ select pg_temp.hold(1, '12:00', 1) $$, 'the visitor can choose another time of that day');
select throws_ok($$ select pg_temp.book(1, '10:00', 2) $$, 'PT409', 'daily_limit_reached', 'which keeps the place');
insert into result values ('used', pg_temp.book(1, '12:00', 1));
select is(body #>> '{appointment,status}', 'confirmed', 'the visitor can submit') from result where name = 'used';
select is(body #> '{change,full_days,0,2}', '-1', 'then the day is full for good') from result where name = 'used';
select throws_ok($$ select pg_temp.book(1, '10:00', 2) $$, 'PT409', 'daily_limit_reached', 'and others still can''t book');
select pg_temp.is_true('slots and full days are what the facts say');

select pg_temp.hold(2, '10:00', 1);
select pg_temp.let_pass(1, '5 minutes');
select is(public.openslot_calendar('test-doctor') -> 'full_days', (select jsonb_build_array(body #> '{change,full_days,0}') from result where name = 'used'),
  'a day has room again once the hold runs out, and only the booked day is full');
select pg_temp.is_true('slots and full days are what the facts say, though nothing was written');
select lives_ok($$ select pg_temp.book(2, '12:00', 2) $$, 'another visitor can take the place of a hold that ran out');
select throws_ok($$ select pg_temp.book(2, '10:00', 1) $$, 'PT409', 'daily_limit_reached', 'then the first one is too late');

-- Moving an appointment to a time that its visitor holds
insert into result values ('to move', pg_temp.book(3, '09:00'));
select pg_temp.hold(4, '10:00', 3);
select lives_ok($$ select public.openslot_reschedule(body ->> 'manage_token', pg_temp.at(4, '10:00'), gen_random_uuid(), pg_temp.visitor(3)) from result
  where name = 'to move' $$, 'an appointment can move to the day that its visitor''s hold fills');
select is(public.openslot_calendar('test-doctor') #> '{full_days,2,0}', to_jsonb(openslot.minute(pg_temp.at(4, '00:00'))), 'and fills that day');
select lives_ok($$ select pg_temp.book(3, '12:00') $$, 'the day that it left has room');
update openslot.providers set daily_limit = null where slug = 'test-doctor';

-- Changed limit -----------------------------------------------------------------------------------------------------------
select pg_temp.book(5, '09:00');
select pg_temp.hold(5, '10:00', 4);
update openslot.providers set daily_limit = 1 where slug = 'test-doctor';
select throws_ok($$ select pg_temp.book(5, '11:00', 5) $$, 'PT409', 'daily_limit_reached', 'a lower limit applies at once to others');
select lives_ok($$ select pg_temp.book(5, '10:00', 4) $$, 'a hold is kept even if the limit was lowered meanwhile');
update openslot.providers set daily_limit = null where slug = 'test-doctor';

-- Changed hours -----------------------------------------------------------------------------------------------------------
select pg_temp.hold(6, '10:00', 6);
select pg_temp.hold(6, '10:40', 7);
update openslot.availability_rules set start_time = '11:00' where provider_id = 'a2000000-0000-4000-8000-000000000001';
select is(pg_temp.taken(6), null, 'held times outside the new hours are not shown');
select throws_ok($$ select pg_temp.book(6, '10:20', 8) $$, 'PT422', 'outside_hours', 'others can''t book there');
select throws_ok($$ select pg_temp.book(6, '10:00', 8) $$, 'PT422', 'outside_hours', 'nor a held time');
insert into result values ('outside', pg_temp.book(6, '10:00', 6));
select is(body #>> '{appointment,start}', openslot.iso(pg_temp.at(6, '10:00')), 'the visitor can book the time that was in the hours') from result where name = 'outside';
select is(body -> 'change', 'null', 'nothing changes for others') from result where name = 'outside';
select pg_temp.is_true('the slots are what the facts say with an appointment outside the hours');
select public.openslot_cancel(body ->> 'manage_token') from result where name = 'outside';
select throws_ok($$ select pg_temp.book(6, '10:00', 6) $$, 'PT422', 'outside_hours', 'once it is cancelled, the hours decide');
select pg_temp.let_pass(7, '4 minutes');
select is((pg_temp.hold(6, '10:40', 7) ->> 'held_until')::timestamptz > now() + interval '4 minutes', true, 'a hold outside the new hours can be extended');
select pg_temp.let_pass(7, '5 minutes');
select throws_ok($$ select pg_temp.book(6, '10:40', 7) $$, 'PT422', 'outside_hours', 'once it has run out, it can''t be booked');
select throws_ok($$ select pg_temp.hold(6, '10:40', 7) $$, 'PT422', 'outside_hours', 'nor held again');
update openslot.availability_rules set start_time = '09:00' where provider_id = 'a2000000-0000-4000-8000-000000000001';

-- Another grid ------------------------------------------------------------------------------------------------------------
select pg_temp.hold(7, '10:20', 9, 'long');
select pg_temp.hold(7, '12:20', 10);
update openslot.providers set slot_minutes = 30 where slug = 'test-doctor';
select is(pg_temp.taken(7), '10:00 held, 10:30 held, 12:00 held, 12:30 held', 'a hold takes each slot of a new grid that it touches');
select throws_ok($$ select pg_temp.book(7, '10:00', 8) $$, 'PT409', 'slot_taken', 'others can''t book one of them');
insert into result values ('other grid', pg_temp.book(7, '10:20', 9, 'long'));
select is(array[body #>> '{appointment,start}', body #>> '{appointment,end}'], array[openslot.iso(pg_temp.at(7, '10:20')), openslot.iso(pg_temp.at(7, '11:00'))],
  'the visitor books the time that the old grid had') from result where name = 'other grid';
select is(busy, tstzrange(pg_temp.at(7, '10:20'), pg_temp.at(7, '11:00')), 'which takes no more than the hold took')
  from openslot.appointments, result where name = 'other grid' and id = (body #>> '{appointment,id}')::uuid;
select is(pg_temp.taken(7), '10:00 booked, 10:30 booked, 12:00 held, 12:30 held', 'its slots are booked');
select pg_temp.is_true('the slots of the new grid are what the facts say');
select pg_temp.let_pass(10, '5 minutes');
select is(pg_temp.taken(7), '10:00 booked, 10:30 booked', 'a hold that ran out frees its slots of the new grid');
select throws_ok($$ select pg_temp.book(7, '12:20', 10) $$, 'PT422', 'outside_hours', 'then the visitor has the times of the new grid');
select lives_ok($$ select pg_temp.book(7, '12:00', 10) $$, 'and can book one of them');
update openslot.providers set slot_minutes = 20 where slug = 'test-doctor';

-- Changed notice, window and zone -------------------------------------------------------------------------------------------
select pg_temp.hold(8, '10:00', 11);
update openslot.providers set min_notice_minutes = 60 * 24 * 20 where slug = 'test-doctor';
select throws_ok($$ select pg_temp.book(8, '12:00', 12) $$, 'PT422', 'too_soon', 'a longer notice applies at once to others');
select lives_ok($$ select pg_temp.book(8, '10:00', 11) $$, 'a hold is kept even if the notice was raised meanwhile');
update openslot.providers set min_notice_minutes = 0 where slug = 'test-doctor';
select pg_temp.hold(8, '11:00', 11);
update openslot.providers set booking_window_days = 2 where slug = 'test-doctor';
select throws_ok($$ select pg_temp.book(8, '12:00', 12) $$, 'PT422', 'outside_window', 'a shorter window applies at once to others');
select lives_ok($$ select pg_temp.book(8, '11:00', 11) $$, 'a hold is kept even if the window was shortened meanwhile');
update openslot.providers set booking_window_days = 10 where slug = 'test-doctor';
select pg_temp.hold(8, '09:20', 11);
update openslot.providers set time_zone = 'Pacific/Kiritimati' where slug = 'test-doctor';
select lives_ok($$ select pg_temp.book(8, '09:20', 11) $$, 'a hold is kept even if the provider moved to another zone meanwhile');

-- What a hold doesn't promise ---------------------------------------------------------------------------------------------
update openslot.providers set time_zone = 'UTC' where slug = 'test-doctor';
select pg_temp.hold(9, '10:00', 13);
insert into openslot.overrides (provider_id, effect, during)
  values ('a2000000-0000-4000-8000-000000000001', 'closed', tstzrange(pg_temp.at(9, '09:00'), pg_temp.at(9, '13:00')));
select throws_ok($$ select pg_temp.book(9, '10:20', 13) $$, 'PT409', 'slot_taken', 'a hold keeps its own time and no other');
select throws_ok($$ select pg_temp.book(9, '10:00', 13, 'long') $$, 'PT409', 'slot_taken', 'and its own service');
select lives_ok($$ select pg_temp.book(9, '10:00', 13) $$, 'a blocked time can be booked by the visitor who held it before');
select pg_temp.is_true('the slots are what the facts say at the end');

select * from finish();
rollback;

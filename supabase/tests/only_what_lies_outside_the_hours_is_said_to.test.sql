-- Staff see which appointments lie outside the hours: those whose time, with its buffers, the hours don't cover. The grid, which
-- changes with the hours, has no part in it.
begin;
create extension if not exists pgtap with schema extensions;
select plan(19);

insert into openslot.tenants (id, slug, name) values ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic');
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'Europe/Berlin', 20, 0, 30);
insert into openslot.services (id, provider_id, slug, name, duration_minutes, buffer_before_minutes, buffer_after_minutes) values
  ('a3000000-0000-4000-8000-000000000001', 'a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 20, 0, 0),
  ('a3000000-0000-4000-8000-000000000002', 'a2000000-0000-4000-8000-000000000001', 'padded', 'Padded visit', 10, 10, 0);
insert into auth.users (id, email) values ('a6000000-0000-4000-8000-000000000001', 'owner@test.example');
insert into openslot.tenant_members (tenant_id, user_id, role) values
  ('a1000000-0000-4000-8000-000000000001', 'a6000000-0000-4000-8000-000000000001', 'owner');
select set_config('request.jwt.claims', '{"sub": "a6000000-0000-4000-8000-000000000001", "role": "authenticated"}', true);

-- Local dates: 1 is tomorrow.
create function pg_temp.at(day integer, local_time time) returns timestamptz language sql
  return openslot.local_instant((now() at time zone 'Europe/Berlin')::date + day + local_time, 'Europe/Berlin');
create function pg_temp.save(opens text, closes text, exceptions jsonb default '[]', preview boolean default false) returns jsonb language sql as $$
  select public.openslot_set_hours('test-doctor', jsonb_build_object('exceptions', exceptions, 'rules',
      (select jsonb_agg(jsonb_build_object('weekday', weekday, 'start', opens, 'end', closes)) from generate_series(1, 7) as weekday)),
    (public.openslot_hours('test-doctor') ->> 'version')::integer, preview)
$$;
-- Writes appointments of 20 minutes, with their buffers, as they would have been booked.
create function pg_temp.write_down(day integer, local_time time, kind integer default 1, status text default 'confirmed') returns void language sql as $$
  insert into openslot.appointments (provider_id, service_id, status, start_time, end_time, busy, patient_name, token_hash, cancelled_by, cancelled_at)
  select 'a2000000-0000-4000-8000-000000000001', service.id, status, at + make_interval(mins => buffer_before_minutes), at + interval '20 minutes',
    tstzrange(at, at + interval '20 minutes'), 'Ada Example', uuid_send(gen_random_uuid()),
    case when status = 'cancelled' then 'patient' end, case when status = 'cancelled' then now() end
  from openslot.services service, (select pg_temp.at(day, local_time)) as time (at)
  where service.id = ('a3000000-0000-4000-8000-00000000000' || kind)::uuid
$$;
-- The appointments that an answer lists as outside, and those that the agenda marks so.
create function pg_temp.ids(listed jsonb) returns uuid[] language sql as $$
  select array_agg((appointment ->> 'id')::uuid order by appointment ->> 'start') from jsonb_array_elements(listed) as appointment
$$;
create function pg_temp.marked() returns uuid[] language sql as $$
  select pg_temp.ids(jsonb_path_query_array(public.openslot_agenda('test-doctor', (now() at time zone 'Europe/Berlin')::date - 3,
    (now() at time zone 'Europe/Berlin')::date + 30), '$.appointments[*] ? (@.outside_hours == true)'))
$$;
create temporary table result (name text primary key, body jsonb);

-- 500 appointments ----------------------------------------------------------------------------------------------------------
-- On 20 days, 25 each, from 08:00 to 16:20 without a gap; every fifth has a buffer.
select pg_temp.save('08:00', '18:00');
select openslot.follow_facts_later();
select pg_temp.write_down(day, time '08:00' + interval '20 minutes' * number, case when number % 5 = 0 then 2 else 1 end)
from generate_series(1, 20) as day, generate_series(0, 24) as number;
select openslot.reopen('a2000000-0000-4000-8000-000000000001');
create function pg_temp.expected(opens time, closes time) returns uuid[] language sql as $$
  select array_agg(id order by start_time) from openslot.appointments
  where provider_id = 'a2000000-0000-4000-8000-000000000001' and status = 'confirmed' and start_time > now()
    and ((lower(busy) at time zone 'Europe/Berlin')::time < opens or (upper(busy) at time zone 'Europe/Berlin')::time > closes)
$$;
select is((select count(*)::int from openslot.availability_slots where provider_id = 'a2000000-0000-4000-8000-000000000001' and status = 'booked'), 500, 'there are 500 appointments');
select is(pg_temp.marked(), null, 'all lie within the hours');

insert into result values ('preview', pg_temp.save('12:10', '18:00', preview => true));
select is(jsonb_array_length(body -> 'outside'), 260, 'with hours from 12:10, a preview lists the 13 of each day that begin before') from result where name = 'preview';
select is(pg_temp.ids(body -> 'outside'), pg_temp.expected('12:10', '18:00'), 'exactly those that the hours don''t cover') from result where name = 'preview';
select is(pg_temp.marked(), null, 'a preview marks none in the agenda');
insert into result values ('saved', pg_temp.save('12:10', '18:00'));
select is(saved.body -> 'outside', preview.body -> 'outside', 'saving lists the same') from result saved, result preview
  where saved.name = 'saved' and preview.name = 'preview';
select is(pg_temp.marked(), pg_temp.expected('12:10', '18:00'), 'the agenda marks the same');
select is((select to_char(min(start_time) at time zone 'Europe/Berlin', 'HH24:MI') from openslot.availability_slots
    where provider_id = 'a2000000-0000-4000-8000-000000000001' and status <> 'removed' and start_time >= pg_temp.at(2, '00:00')), '12:10',
  'the new grid has other times than the appointments');
select is(jsonb_array_length(pg_temp.save('12:00', '18:00') -> 'outside'), 240, 'with hours from 12:00, the appointment at 12:00 is within');
select is(pg_temp.marked(), pg_temp.expected('12:00', '18:00'), 'and the agenda marks it no more');
select is(jsonb_array_length(pg_temp.save('08:00', '16:10') -> 'outside'), 20, 'an appointment that ends after the hours is outside');
update openslot.providers set slot_minutes = 45 where slug = 'test-doctor';
select is(pg_temp.marked(), pg_temp.expected('08:00', '16:10'), 'another length of slots changes nothing');
update openslot.providers set slot_minutes = 20 where slug = 'test-doctor';

-- A buffer counts -----------------------------------------------------------------------------------------------------------
-- The one from 09:40 to 10:00 has a buffer until 09:50.
select is(jsonb_array_length(pg_temp.save('09:50', '18:00') -> 'outside'), 20 * 6, 'an appointment whose buffer begins before the hours is outside');

-- Time off and extra hours ----------------------------------------------------------------------------------------------------
create function pg_temp.exception(kind text, day integer, starts text, ends text) returns jsonb language sql as $$
  select jsonb_build_array(jsonb_build_object('kind', kind, 'starts_at', date || 'T' || starts, 'ends_at', date || 'T' || ends))
  from (select (now() at time zone 'Europe/Berlin')::date + day) as local (date)
$$;
select is(jsonb_path_query_array(pg_temp.save('08:00', '18:00', pg_temp.exception('off', 3, '09:10', '09:50')), '$.outside[*].busy_start'),
  jsonb_build_array(openslot.iso(pg_temp.at(3, '09:00')), openslot.iso(pg_temp.at(3, '09:20')), openslot.iso(pg_temp.at(3, '09:40'))),
  'time off puts those outside that it touches');
select is(jsonb_array_length(pg_temp.save('12:00', '18:00', pg_temp.exception('extra', 3, '08:00', '12:00')) -> 'outside'), 240 - 12,
  'extra hours put those of their day inside');
select public.openslot_set_slots('test-doctor', pg_temp.at(4, '08:00'), pg_temp.at(4, '12:00'), 'open');
select is(jsonb_array_length(pg_temp.save('12:00', '18:00') -> 'outside'), 240 - 12, 'hours that staff opened at the desk do so, too');

-- Appointments that are over --------------------------------------------------------------------------------------------------
select pg_temp.write_down(-2, '02:00'), pg_temp.write_down(22, '02:00', status => 'cancelled'), pg_temp.write_down(23, '02:00');
select is(jsonb_path_query_array(pg_temp.save('08:00', '18:00'), '$.outside[*].busy_start'), jsonb_build_array(openslot.iso(pg_temp.at(23, '02:00'))),
  'past and cancelled appointments are not listed, a coming one is');
select is(cardinality(pg_temp.marked()), 1, 'and it alone is marked in the agenda');
select is_empty($$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $$, 'the slots are what the facts say');

select * from finish();
rollback;

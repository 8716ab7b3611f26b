-- Constraints refuse invalid settings.
begin;
create extension if not exists pgtap with schema extensions;
select plan(48);

insert into openslot.tenants (id, slug, name) values ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic');
insert into openslot.providers (id, tenant_id, slug, name, time_zone) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'UTC');
insert into openslot.services (id, provider_id, slug, name, duration_minutes) values
  ('a3000000-0000-4000-8000-000000000001', 'a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 30);

create function pg_temp.refused(relation text, setting text) returns text language sql
  return throws_ok(format('update openslot.%I set %s where slug in (''test-clinic'', ''test-doctor'', ''visit'')', relation, setting),
    '23514', null, relation || ': ' || setting);

select pg_temp.refused('providers', setting) from unnest(array[
  'time_zone = ''Europe/Atlantis''', 'time_zone = ''CET-1CEST''', 'time_zone = ''+02:00''', 'time_zone = ''EST''', 'time_zone = ''''',
  'slug = ''Test Doctor''', 'slug = ''-test''', 'slug = ''a2000000-0000-4000-8000-000000000001''',
  'name = ''  ''', 'name = repeat(''x'', 201)', 'title = ''''', 'avatar_url = ''javascript:alert(1)''',
  'slot_minutes = 0', 'slot_minutes = -15', 'slot_minutes = 1000', 'min_notice_minutes = -1', 'booking_window_days = 0',
  'booking_window_days = 1000', 'daily_limit = 0'
]) as setting;
select pg_temp.refused('services', setting) from unnest(array[
  'duration_minutes = 0', 'duration_minutes = -30', 'duration_minutes = 2000', 'buffer_before_minutes = -1', 'buffer_after_minutes = -1',
  'name = ''''', 'description = repeat(''x'', 2001)'
]) as setting;
select pg_temp.refused('tenants', setting) from unnest(array[
  'hold_minutes = 0', 'hold_max_minutes = 4', 'rate_limit_per_hour = 0', 'broadcast_gap_ms = -1', 'name = E''Two\nlines'''
]) as setting;

-- A provider has settings before there are hours.
select lives_ok($$ update openslot.providers set daily_limit = 3 where slug = 'test-doctor' $$, 'a provider without hours can get a daily limit');
select is_empty($$ select * from openslot.check_calendar('a2000000-0000-4000-8000-000000000001') $$, 'and has no slots');

select lives_ok(format('update openslot.providers set time_zone = %L where slug = ''test-doctor''', zone), zone || ' is a time zone')
from unnest(array['UTC', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'Asia/Kolkata', 'Antarctica/DumontDUrville']) as zone;

select throws_ok($$ insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  values ('a2000000-0000-4000-8000-000000000001', 8, '09:00', '10:00') $$, '23514', null, 'there is no eighth weekday');
select throws_ok($$ insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  values ('a2000000-0000-4000-8000-000000000001', 1, '09:00', '09:00') $$, '23514', null, 'hours don''t end when they begin');
select lives_ok($$ insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  values ('a2000000-0000-4000-8000-000000000001', 1, '22:00', '02:00') $$, 'hours may end on the next day');
select throws_ok($$ insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  values ('a2000000-0000-4000-8000-000000000001', 1, '09:00:30', '10:00') $$, '23514', null, 'hours begin at a whole minute');
select throws_ok($$ insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  values ('a2000000-0000-4000-8000-000000000001', 1, '09:00', '10:00:30') $$, '23514', null, 'hours end at a whole minute');
select throws_ok($$ insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at)
  values ('a2000000-0000-4000-8000-000000000001', 'off', '2030-01-02', '2030-01-01') $$, '23514', null, 'time off doesn''t end before it begins');
select throws_ok($$ insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at)
  values ('a2000000-0000-4000-8000-000000000001', 'off', '2030-01-02', 'infinity') $$, '23514', null, 'no exception is without an end');
select throws_ok($$ insert into openslot.services (provider_id, slug, name, duration_minutes)
  values ('a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 30) $$, '23505', null, 'a provider''s services have unique slugs');
select lives_ok($$ delete from openslot.tenants where slug = 'test-clinic' $$, 'a clinic without appointments can be deleted with all its data');

select * from finish();
rollback;

-- Rate limiting inside the database: successful holds and bookings per caller's address and clinic.
begin;
create extension if not exists pgtap with schema extensions;
select plan(22);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', 3);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'UTC', 30, 0);
insert into openslot.services (provider_id, slug, name, duration_minutes) values ('a2000000-0000-4000-8000-000000000001', 'visit', 'Visit', 30);
insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
  select 'a2000000-0000-4000-8000-000000000001', weekday, '00:00', '24:00' from generate_series(1, 7) as weekday;

create function pg_temp.call_from(address text, header text default 'x-forwarded-for') returns text language sql as $$
  select set_config('request.headers', jsonb_build_object(header, address)::text, true)
$$;
create function pg_temp.tomorrow(at time) returns timestamptz language sql
  return ((now() at time zone 'UTC')::date + 1 + at) at time zone 'UTC';
create function pg_temp.book(at time, request integer default null) returns jsonb language sql
  return public.openslot_book('test-doctor', 'visit', pg_temp.tomorrow(at), '{"name": "Ada Example", "email": "ada@example.com"}',
    coalesce(('a4000000-0000-4000-8000-' || lpad(request::text, 12, '0'))::uuid, gen_random_uuid()));
create function pg_temp.hold(at time) returns jsonb language sql
  return public.openslot_hold('test-doctor', 'visit', pg_temp.tomorrow(at), 'a5000000-0000-4000-8000-000000000001');
create function pg_temp.counted() returns integer language sql as $$ select coalesce(sum(requests), 0)::int from openslot.rate_limits $$;

select pg_temp.call_from('203.0.113.7, 10.0.0.1');
select lives_ok($$ select pg_temp.hold('10:00') $$, 'a hold succeeds');
select pg_temp.hold('10:00');
select is(pg_temp.counted(), 1, 'a hold counts once, however often it is extended');
select lives_ok($$ select pg_temp.book('11:00', 1) $$, 'a booking succeeds');
select pg_temp.book('11:00', 1);
select is(pg_temp.counted(), 2, 'a booking counts once, however often it is repeated');
select throws_ok($$ select pg_temp.book('11:00') $$, 'PT409', 'slot_taken', 'a booking of a taken slot fails');
select is(pg_temp.counted(), 2, 'a failed booking does not count');
select lives_ok($$ select pg_temp.book('12:00') $$, 'the third request within the limit succeeds');
select throws_ok($$ select pg_temp.book('13:00') $$, 'PT429', 'rate_limited', 'a booking past the limit is refused');
select throws_ok($$ select pg_temp.hold('13:00') $$, 'PT429', 'rate_limited', 'a hold past the limit is refused');
select is((select status from openslot.availability_slots where start_time = pg_temp.tomorrow('13:00')
  and provider_id = 'a2000000-0000-4000-8000-000000000001'), 'open', 'a refused hold leaves the slot open');
select lives_ok($$ select pg_temp.hold('10:00') $$, 'a hold can be extended past the limit');
select lives_ok($$ select public.openslot_release('a5000000-0000-4000-8000-000000000001') $$, 'a hold can be released past the limit');

create function pg_temp.seconds_to_wait() returns integer language plpgsql as $$
declare
  detail text;
begin
  perform pg_temp.book('13:00');
  return null;
exception when sqlstate 'PT429' then
  get stacked diagnostics detail = pg_exception_detail;
  return detail::jsonb -> 'retry_after_seconds';
end
$$;
select ok(pg_temp.seconds_to_wait() between 1 and 3600, 'the refusal says how long the caller must wait');

select pg_temp.call_from('203.0.113.8, 203.0.113.7');
select lives_ok($$ select pg_temp.book('13:00') $$, 'another address has its own count');
select pg_temp.call_from('203.0.113.7', 'cf-connecting-ip');
select throws_ok($$ select pg_temp.book('14:00') $$, 'PT429', 'rate_limited', 'the address in Cloudflare''s header is the caller''s address');
select pg_temp.call_from(address), throws_ok($$ select pg_temp.book('14:00') $$, 'PT429', 'rate_limited', address || ' is the same address')
  from unnest(array['::ffff:203.0.113.7', '203.0.113.7:52110']) as address;
select pg_temp.call_from('2001:db8:1:2::1');
select pg_temp.book('14:00'), pg_temp.book('14:30'), pg_temp.book('15:00');
select pg_temp.call_from('2001:db8:1:2:ffff::99');
select throws_ok($$ select pg_temp.book('15:30') $$, 'PT429', 'rate_limited', 'a whole IPv6 network counts as one address');
select pg_temp.call_from('not an address');
select lives_ok($$ select pg_temp.book('15:30') $$, 'an address that is no IP address is counted, too');
select set_config('request.headers', '', true);
select lives_ok($$ select pg_temp.book('16:00'), pg_temp.book('16:30'), pg_temp.book('17:00'), pg_temp.book('17:30') $$,
  'a call that doesn''t come through the Data API is not counted');
update openslot.tenants set rate_limit_per_hour = null where slug = 'test-clinic';
select pg_temp.call_from('203.0.113.7');
select lives_ok($$ select pg_temp.book('18:00') $$, 'a clinic may have no limit');
select is_empty($$ select from openslot.rate_limits where encode(caller, 'escape') like '%203.0.113%' $$, 'addresses themselves are not stored');

select * from finish();
rollback;

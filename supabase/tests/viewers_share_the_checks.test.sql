-- Each viewer checks at intervals for changes that no message announced; the more viewers there are, the longer the interval.
begin;
create extension if not exists pgtap with schema extensions;
select plan(19);

insert into openslot.tenants (id, slug, name) values ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic');
insert into openslot.providers (id, tenant_id, slug, name, time_zone) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'Europe/Berlin'),
  ('a2000000-0000-4000-8000-000000000002', 'a1000000-0000-4000-8000-000000000001', 'quiet-doctor', 'Dr. Quiet', 'Europe/Berlin');

create function pg_temp.check_after(slug text default 'test-doctor') returns integer language sql
  return (public.openslot_changes(slug, 0) ->> 'check_after_seconds')::integer;
-- Writes the checks of so many viewers, each every so many seconds, for 30 seconds: one check in 16.
create function pg_temp.crowd(viewers integer, every_seconds integer, ago interval default '1 second') returns void language sql as $$
  delete from openslot.viewer_checks;
  insert into openslot.viewer_checks (provider_id, checked_at, every_seconds)
  select 'a2000000-0000-4000-8000-000000000001', clock_timestamp() - ago, crowd.every_seconds
  from generate_series(1, round(crowd.viewers * 30.0 / crowd.every_seconds / 16)::integer)
$$;
create function pg_temp.checks() returns bigint language sql return (select count(*) from openslot.viewer_checks);

-- Interval -------------------------------------------------------------------------------------------------------------
select is(pg_temp.check_after(), 15, 'a single viewer checks every 15 seconds');
select pg_temp.crowd(750, 15);
select is(pg_temp.check_after(), 15, '750 viewers check every 15 seconds: together 50 times a second');
select pg_temp.crowd(1500, 15);
select is(pg_temp.check_after(), 30, '1,500 viewers check half as often');
select pg_temp.crowd(5000, 15);
select is(pg_temp.check_after(), 100, '5,000 viewers get an interval of 100 seconds');
select pg_temp.crowd(5000, 100);
select cmp_ok(pg_temp.check_after(), '>=', 97, 'viewers with a longer interval count as much as before');
select cmp_ok(pg_temp.check_after(), '<=', 103, 'the estimate is as exact as a sample allows');
select is(pg_temp.check_after('quiet-doctor'), 15, 'viewers of another provider don''t count');
select pg_temp.crowd(5000, 15, ago => '31 seconds');
select is(pg_temp.check_after(), 15, 'viewers who have left don''t count');
select pg_temp.crowd(100000, 15);
select is(pg_temp.check_after(), 300, 'the interval is at most five minutes');

-- The sample -----------------------------------------------------------------------------------------------------------
delete from openslot.viewer_checks;
select setseed(0.25);
select count(public.openslot_changes('test-doctor', 0, 15)) from generate_series(1, 1600);
select cmp_ok(pg_temp.checks(), '>=', 70::bigint, 'of 1,600 checks about 100 are written down');
select cmp_ok(pg_temp.checks(), '<=', 130::bigint, 'no other checks are written down');
select results_eq($$ select distinct every_seconds from openslot.viewer_checks $$, array[15], 'each entry has its viewer''s interval');
delete from openslot.viewer_checks;
select count(public.openslot_changes('test-doctor', 0)) from generate_series(1, 200);
select is(pg_temp.checks(), 0::bigint, 'a request that is no regular check is not counted');
select count(public.openslot_changes('test-doctor', 0, claimed)) from generate_series(1, 200), unnest(array[-5, 2147483647]) as claimed;
select results_eq($$ select distinct every_seconds from openslot.viewer_checks order by 1 $$, array[1, 300],
  'the interval that a caller sends has limits');
select pg_temp.crowd(5000, 15, ago => '61 seconds');
select count(public.openslot_changes('test-doctor', 0, 15)) from generate_series(1, 400);
select is_empty($$ select from openslot.viewer_checks where checked_at < clock_timestamp() - interval '60 seconds' $$,
  'entries older than a minute are deleted');

-- Rights ---------------------------------------------------------------------------------------------------------------
select is(public.openslot_changes('test-doctor', 0, 15) -> 'announced_revision',
  public.openslot_calendar('test-doctor') -> 'announced_revision', 'changes and calendar have the announced revision');
set local role anon;
select throws_ok($$ select count(*) from openslot.viewer_checks $$, '42501', null, 'the public key can''t read the checks');
select lives_ok($$ select public.openslot_changes('test-doctor', 0, 15) $$, 'the public key may check');
reset role;

-- The rest of this transaction can't write, as on a replica.
set transaction read only;
select lives_ok($$ select public.openslot_changes('test-doctor', 0, 15) from generate_series(1, 100) $$, 'a check works where nothing can be written');

select * from finish();
rollback;

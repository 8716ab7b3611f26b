-- A time is accepted exactly if a calendar offers it: what the snapshot says and what find_time decides are compared for 21,000
-- random times, in calendars with random facts. The numbers are the same in each run; the dates follow today.
begin;
create extension if not exists pgtap with schema extensions;
select plan(6);

insert into openslot.tenants (id, slug, name, rate_limit_per_hour) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic', null);
insert into openslot.providers (id, tenant_id, slug, name, time_zone, slot_minutes, min_notice_minutes, booking_window_days, daily_limit)
select ('a2000000-0000-4000-8000-' || lpad(number::text, 12, '0'))::uuid, 'a1000000-0000-4000-8000-000000000001', 'test-' || number, 'Dr. ' || number,
  (array['America/New_York', 'Asia/Kolkata', 'UTC', 'Pacific/Auckland'])[1 + number % 4], (array[20, 30, 45, 15, 50])[1 + number % 5],
  (array[0, 90, 1500])[1 + number % 3], 6 + number % 3, (array[null, 3, 5])[1 + number % 3]
from generate_series(1, 10) as number;
insert into openslot.services (id, provider_id, slug, name, duration_minutes, buffer_before_minutes, buffer_after_minutes)
select gen_random_uuid(), provider.id, kind.slug, 'Visit', minutes, before, after
from openslot.providers provider, (values ('short', 20, 0, 0), ('padded', 40, 10, 15), ('long', 90, 0, 0)) as kind (slug, minutes, before, after)
where provider.slug like 'test-%';

-- Random facts ------------------------------------------------------------------------------------------------------------
select setseed(0.4711);
-- A random whole number below this.
create function pg_temp.any_of(numbers integer) returns integer language sql volatile as $$ select floor(random() * numbers)::integer $$;
create function pg_temp.minutes(number integer) returns interval language sql immutable as $$ select make_interval(mins => number) $$;
create function pg_temp.write_hours(provider openslot.providers) returns void language plpgsql as $$
declare
  opens time;
  closes time;
  local timestamp;
  instant timestamptz;
begin
  for weekday in 1..7 loop
    for part in 1..2 loop
      opens := time '00:00' + pg_temp.minutes(pg_temp.any_of(144) * 10);
      -- Some of them end on the next day.
      closes := opens + pg_temp.minutes(60 + pg_temp.any_of(60) * 10);
      insert into openslot.availability_rules (provider_id, weekday, start_time, end_time) values (provider.id, weekday, opens, closes);
    end loop;
  end loop;
  for number in 1..9 loop
    local := now()::date + pg_temp.minutes(pg_temp.any_of(9 * 1440));
    insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at)
    values (provider.id, case when number % 3 = 0 then 'extra' else 'off' end, local, local + pg_temp.minutes(5 + pg_temp.any_of(300)));
    instant := date_trunc('minute', now()) + pg_temp.minutes(pg_temp.any_of(9 * 1440));
    insert into openslot.overrides (provider_id, effect, during)
    values (provider.id, case when number % 3 = 0 then 'open' else 'closed' end, tstzrange(instant, instant + pg_temp.minutes(5 + pg_temp.any_of(200))));
  end loop;
end
$$;
-- Books or holds a random slot. What is refused is left out.
create function pg_temp.take_slot(provider openslot.providers, number integer) returns void language plpgsql as $$
declare
  service openslot.services;
  start timestamptz;
begin
  select * into service from openslot.services where provider_id = provider.id order by slug offset number % 3 limit 1;
  select start_time + pg_temp.minutes(service.buffer_before_minutes) into start
  from openslot.availability_slots where provider_id = provider.id and status = 'open' order by start_time offset pg_temp.any_of(100) limit 1;
  if number % 2 = 0 then
    perform public.openslot_hold(provider.slug, service.slug, start, md5(provider.slug || number)::uuid);
  else
    perform public.openslot_book(provider.slug, service.slug, start, '{"name": "Ada Example", "email": "ada@example.com"}', gen_random_uuid());
  end if;
exception when sqlstate 'PT409' or sqlstate 'PT422' then
  null;
end
$$;
select openslot.follow_facts_later();
select pg_temp.write_hours(provider) from openslot.providers provider where slug like 'test-%' order by id;
select openslot.reopen(id) from openslot.providers where slug like 'test-%' order by id;
select pg_temp.take_slot(provider, number) from openslot.providers provider, generate_series(1, 30) as number where slug like 'test-%' order by id, number;
-- Then some of them get another grid or another limit, and every third hold runs out.
update openslot.providers set slot_minutes = 25 where slug in ('test-3', 'test-8');
update openslot.providers set daily_limit = 2 where slug in ('test-4', 'test-7');
update openslot.holds set held_until = now() - interval '1 second', began_at = now() - interval '5 minutes'
  from generate_series(6, 30, 6) as number, openslot.providers provider
  where provider.slug like 'test-%' and holder = openslot.holder(md5(provider.slug || number)::uuid);

select ok((select count(*) >= 30 from openslot.holds where provider_id::text like 'a2000000%' and held_until > now())
  and (select count(*) >= 10 from openslot.holds where provider_id::text like 'a2000000%' and held_until < now())
  and (select count(*) >= 40 from openslot.appointments where provider_id::text like 'a2000000%')
  and (select count(*) >= 5 from openslot.full_days where provider_id::text like 'a2000000%'), 'the calendars have appointments, holds and full days');

-- What a calendar offers, by the snapshot alone ----------------------------------------------------------------------------
create temporary table shown as select id, slug, public.openslot_calendar(slug) as calendar from openslot.providers where slug like 'test-%';
create temporary table cell as
  select id, (run ->> 0)::bigint + number * (calendar #>> '{provider,slot_minutes}')::integer as minute, (run ->> 2)::bigint as until
  from shown, jsonb_array_elements(calendar -> 'runs') as run, generate_series(0, (run ->> 1)::integer - 1) as number;
create unique index on cell (id, minute);
create temporary table full_day as
  select id, (day ->> 0)::bigint as from_minute, (day ->> 1)::bigint as to_minute, (day ->> 2)::bigint as until
  from shown, jsonb_array_elements(calendar -> 'full_days') as day;
analyze cell, full_day;
create function pg_temp.is_accepted(provider openslot.providers, service openslot.services, start timestamptz) returns boolean language plpgsql as $$
begin
  perform openslot.find_time(provider, service, start);
  return true;
exception when sqlstate 'PT409' or sqlstate 'PT422' then
  return false;
end
$$;

-- Half of the times are where a service can begin on the grid; the others are any minute, from before now until after the window.
create function pg_temp.random_start(provider openslot.providers, service openslot.services, minutes bigint[]) returns timestamptz language sql volatile as $$
  select case when random() < 0.5
    then to_timestamp(60 * minutes[1 + pg_temp.any_of(cardinality(minutes))]) + pg_temp.minutes(service.buffer_before_minutes)
    else date_trunc('minute', now()) + pg_temp.minutes(pg_temp.any_of((provider.booking_window_days + 1) * 1440) - 600) end
$$;
create temporary table probe as
  select row_number() over () as number, provider, service, pg_temp.random_start(provider, service, minutes) as start
  from openslot.providers provider
  join openslot.services service on service.provider_id = provider.id
  cross join lateral (select array_agg(minute) as minutes from cell where id = provider.id) as grid
  cross join generate_series(1, 700)
  where provider.slug like 'test-%';

-- A calendar offers a time if the slots of the service follow each other from there, and are open, and its day is not full. None
-- of the slots has begun, not even one for the buffer.
create function pg_temp.offered(server_now timestamptz) returns table (number bigint) language sql stable as $$
  select probe.number
  from probe
  cross join lateral (
    select openslot.minute(start) - (service).buffer_before_minutes as first, ceil(((service).buffer_before_minutes + (service).duration_minutes
      + (service).buffer_after_minutes)::numeric / (provider).slot_minutes)::integer as cells
  ) as taking
  cross join generate_series(0, cells - 1) as next
  join cell on cell.id = (provider).id and minute = first + next * (provider).slot_minutes
    and (until is null or until <= extract(epoch from server_now))
  where start >= server_now + make_interval(mins => greatest((provider).min_notice_minutes, (service).buffer_before_minutes))
    and start < server_now + make_interval(hours => 24 * (provider).booking_window_days)
    and not exists (
      select from full_day where full_day.id = (provider).id and openslot.minute(start) >= from_minute and openslot.minute(start) < to_minute
        and (until = -1 or until > extract(epoch from server_now)))
  group by probe.number, cells having count(*) = cells
$$;
-- The clock goes on between the questions, so what is offered before and what is offered after them are both right.
create temporary table before as select number from pg_temp.offered(clock_timestamp());
create temporary table accepted as select number from probe where pg_temp.is_accepted(provider, service, start);
create temporary table after as select number from pg_temp.offered(clock_timestamp());

select cmp_ok((select count(*) from probe), '>=', 21000::bigint, 'there are 21,000 random times');
select ok((select count(*) between 2000 and 10000 from accepted), 'many of them, and by far not all, are accepted');
select is_empty($$
  select (provider).slug, (service).slug, start from accepted join probe using (number)
  where number not in (select number from before) and number not in (select number from after) limit 20
$$, 'what is accepted is offered');
select is_empty($$
  select (provider).slug, (service).slug, start from before join after using (number) join probe using (number)
  where number not in (select number from accepted) limit 20
$$, 'what is offered is accepted');
select is_empty($$ select check_calendar.* from openslot.providers, openslot.check_calendar(id) where slug like 'test-%' $$, 'the slots are what the facts say');

select * from finish();
rollback;

-- The shared part of holding, booking and rescheduling: limits per caller, the rules for a time, the change of slots.
--
-- Each transaction takes its locks in this order: request id, visitor, providers by id, caller's address. So they can't
-- deadlock.

-- Callers --------------------------------------------------------------------------------------------------------------

create table openslot.rate_limits (
  tenant_id uuid not null references openslot.tenants on delete cascade,
  caller bytea not null,
  hour timestamptz not null,
  requests integer not null,
  primary key (tenant_id, caller, hour)
);
create index rate_limits_by_hour on openslot.rate_limits (hour);
alter table openslot.rate_limits enable row level security;
comment on table openslot.rate_limits is 'Holds and bookings of each address in an hour. Addresses are kept as keyed hashes only.';

create function openslot.caller() returns bytea
language plpgsql stable set search_path = ''
as $$
declare
  headers jsonb := nullif(current_setting('request.headers', true), '')::jsonb;
  -- Cloudflare, in front of hosted projects, sets the first header. A caller can add any text at the head of the second.
  address text := btrim(coalesce(headers ->> 'cf-connecting-ip', split_part(headers ->> 'x-forwarded-for', ',', 1)));
begin
  if coalesce(address, '') = '' then
    return null;
  end if;
  -- An IPv4 address counts as the same with a port, or in IPv6 notation.
  address := regexp_replace(address, '^(?:::ffff:)?([0-9]+(?:\.[0-9]+){3})(?::[0-9]+)?$', '\1', 'i');
  begin
    -- One IPv6 customer has 2^64 addresses, so the whole /64 network counts as one address.
    if family(address::inet) = 6 then
      address := network(set_masklen(address::inet, 64))::text;
    end if;
  exception when invalid_text_representation then
    null;
  end;
  return openslot.sign(convert_to(address, 'UTF8'), 'caller_address');
end;
$$;
comment on function openslot.caller() is
  'Keyed hash of the caller''s address, as the Data API received it; null when it is unknown.';

create function openslot.count_request(of_tenant uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  per_hour integer := (select rate_limit_per_hour from openslot.tenants where id = of_tenant);
  calling bytea := openslot.caller();
  this_hour timestamptz := date_trunc('hour', now(), 'UTC');
begin
  if per_hour is null or calling is null then
    return;
  end if;
  insert into openslot.rate_limits as counted (tenant_id, caller, hour, requests)
  values (of_tenant, calling, this_hour, 1)
  on conflict (tenant_id, caller, hour) do update set requests = counted.requests + 1 where counted.requests < per_hour;
  if not found then
    perform openslot.fail('rate_limited', jsonb_build_object(
      'retry_after_seconds', ceil(extract(epoch from this_hour + interval '1 hour' - now()))::integer));
  end if;
end;
$$;
comment on function openslot.count_request(uuid) is
  'Counts one hold or booking of this caller with a clinic. Raises rate_limited past the clinic''s limit for the clock hour. A '
  'request that fails later is rolled back and so not counted.';

-- Slots by owner -----------------------------------------------------------------------------------------------------

create function openslot.lock_visitor(visitor uuid) returns void
language sql set search_path = ''
as $$
  select pg_advisory_xact_lock(hashtextextended('openslot visitor ' || visitor, 0))
$$;
comment on function openslot.lock_visitor(uuid) is
  'Makes calls of one visitor wait for each other, so that a visitor never holds two times.';

create function openslot.holding_providers(holding bytea) returns uuid[]
language sql stable set search_path = ''
as $$
  select coalesce(array_agg(distinct provider_id), '{}') from openslot.availability_slots where held_by = holding
$$;
comment on function openslot.holding_providers(bytea) is 'Providers with whom this visitor holds slots, expired holds included.';

create function openslot.held_slots(holding bytea) returns bigint[]
language sql stable set search_path = ''
as $$
  select coalesce(array_agg(id order by provider_id, start_time), '{}') from openslot.availability_slots where held_by = holding
$$;
comment on function openslot.held_slots(bytea) is 'The slots that this visitor holds, expired holds included.';

create function openslot.booked_slots(by_appointment uuid) returns bigint[]
language sql stable set search_path = ''
as $$
  select coalesce(array_agg(id order by start_time), '{}') from openslot.availability_slots
  where appointment_id = by_appointment
$$;
comment on function openslot.booked_slots(uuid) is 'The slots that an appointment takes.';

-- A time ---------------------------------------------------------------------------------------------------------------

create type openslot.run as (slots bigint[], busy tstzrange);

create function openslot.find_run(
  provider openslot.providers,
  service openslot.services,
  start timestamptz,
  holding bytea default null,
  moving openslot.appointments default null,
  by_staff boolean default false
) returns openslot.run
language plpgsql set search_path = ''
as $$
declare
  server_now timestamptz := clock_timestamp();
  minutes integer := service.buffer_before_minutes + service.duration_minutes + service.buffer_after_minutes;
  cells integer := ceil(minutes::numeric / provider.slot_minutes);
  first_start timestamptz := start - make_interval(mins => service.buffer_before_minutes);
  moving_from date := (moving.start_time at time zone provider.time_zone)::date;
  found_run openslot.run;
  is_complete boolean;
  is_taken boolean;
  is_over_limit boolean;
begin
  if start < server_now + make_interval(mins => case when by_staff then 0 else provider.min_notice_minutes end) then
    perform openslot.fail('too_soon');
  end if;
  if not by_staff and start >= server_now + make_interval(hours => 24 * provider.booking_window_days) then
    perform openslot.fail('outside_window');
  end if;

  select array_agg(id order by start_time), tstzrange(min(start_time), max(end_time)),
    count(*) = cells
      and min(start_time) = first_start
      and bool_and(follows)
      and max(end_time) >= first_start + make_interval(mins => minutes),
    bool_or(not (is_free or is_limited)),
    bool_or(is_limited and not is_free)
  into found_run.slots, found_run.busy, is_complete, is_taken, is_over_limit
  from (
    select id, start_time, end_time,
      start_time = coalesce(lag(end_time) over (order by start_time), start_time) as follows,
      case status
        when 'open' then true
        when 'held' then held_until <= server_now or held_by is not distinct from holding
        when 'booked' then appointment_id is not distinct from moving.id
        -- An appointment may move within its full day.
        when 'blocked' then by_staff or blocked_by = 'daily_limit'
          and (start_time at time zone provider.time_zone)::date is not distinct from moving_from
      end as is_free,
      blocked_by is not distinct from 'daily_limit' as is_limited
    from openslot.availability_slots
    where provider_id = provider.id and start_time >= first_start and status <> 'removed'
    order by start_time limit cells
  ) as cell;

  if is_complete is not true then
    perform openslot.fail('outside_hours');
  elsif is_taken then
    perform openslot.fail('slot_taken');
  elsif is_over_limit or not by_staff and openslot.is_full_day(provider, start, moving.id) then
    perform openslot.fail('daily_limit_reached');
  end if;
  return found_run;
end;
$$;
comment on function openslot.find_run(openslot.providers, openslot.services, timestamptz, bytea, openslot.appointments, boolean) is
  'The free slots that a service would take if the patient''s part began at `start`. `holding`: the visitor whose own hold '
  'counts as free. `moving`: the appointment whose own slots count as free. by_staff: notice, window, daily limit and blocks '
  'don''t apply. The provider must be locked. Raises too_soon, outside_window, outside_hours, slot_taken, daily_limit_reached.';

create function openslot.own_change(of_provider uuid, before bigint) returns jsonb
language sql volatile set search_path = ''
as $$
  select openslot.changes_since(id, before) from openslot.providers where id = of_provider and revision > before
$$;
comment on function openslot.own_change(uuid, bigint) is
  'The change that this transaction made to a provider it had locked at revision `before`; null if it made none.';

create function openslot.change_slots(
  of_providers uuid[],
  taken bigint[],
  given_back bigint[],
  appointment uuid default null,
  holding bytea default null,
  hold_ends timestamptz default null,
  hold_began timestamptz default null
) returns void
language plpgsql set search_path = ''
as $$
declare
  waiting record;
begin
  with full_day as materialized (
    select * from openslot.full_days(of_providers)
  ),
  target as (
    select slot.id, slot.id = any (taken) as is_taken,
      exists (select from full_day where provider_id = slot.provider_id and slot.start_time <@ day) as is_full
    from openslot.availability_slots slot where slot.id = any (taken || given_back)
    union all
    -- The other slots of a day that became full, or is no longer full.
    select slot.id, false, state.is_full
    from openslot.providers provider
    join openslot.availability_slots slot on slot.provider_id = provider.id and slot.start_time > now()
    cross join lateral (
      select exists (select from full_day where provider_id = slot.provider_id and slot.start_time <@ day) as is_full
    ) as state
    where provider.id = any (of_providers) and provider.daily_limit is not null
      and slot.id <> all (taken || given_back)
      and case
        when state.is_full then slot.status = 'open' or slot.status = 'held' and slot.held_until <= clock_timestamp()
        else slot.blocked_by = 'daily_limit'
      end
  )
  update openslot.availability_slots slot
  set
    status = case
      when target.is_taken and appointment is not null then 'booked'
      when target.is_taken then 'held'
      when slot.outside_hours then 'removed'
      when target.is_full then 'blocked'
      else 'open'
    end,
    -- stamp_slot clears the columns that don't belong to the status.
    blocked_by = case when target.is_full then 'daily_limit' end,
    appointment_id = appointment,
    held_by = holding,
    held_until = hold_ends,
    hold_started_at = hold_began
  from target where slot.id = target.id;

  -- If the grid has changed meanwhile, its new cells were not made where these slots lay. Make them now.
  for waiting in
    select provider.id, (slot.start_time at time zone provider.time_zone)::date as day
    from openslot.availability_slots slot join openslot.providers provider on provider.id = slot.provider_id
    where slot.id = any (given_back) and slot.status = 'removed'
    group by 1, 2 order by 1, 2
  loop
    perform openslot.generate_slots(waiting.id, waiting.day, waiting.day);
  end loop;
end;
$$;
comment on function openslot.change_slots(uuid[], bigint[], bigint[], uuid, bytea, timestamptz, timestamptz) is
  'Books the slots `taken` for an appointment, or holds them for a visitor; opens those `given_back` that are not also taken; '
  'and blocks or opens the days that became full or are no longer full. All in one statement, so in one revision and one '
  'broadcast. The caller must have locked the providers and written the appointment.';

revoke execute on all functions in schema openslot from public;

-- The shared part of holding, booking and rescheduling: limits per caller, and the rules for a time.
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

-- A time ---------------------------------------------------------------------------------------------------------------

create function openslot.lock_visitor(visitor uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('openslot visitor ' || visitor, 0));
end;
$$;
comment on function openslot.lock_visitor(uuid) is
  'Makes calls of one visitor wait for each other, so that a visitor never holds two times.';

create function openslot.is_in_phase(of_provider uuid, slot_minutes integer, taking tstzrange) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return (
    select bool_and(mod(extract(epoch from lower(taking) - anchor), slot_minutes * 60) = 0)
    from openslot.openings_within(of_provider, taking));
end;
$$;
comment on function openslot.is_in_phase(uuid, integer, tstzrange) is
  'Whether a span begins where a cell of each opening that it touches begins. Null where there are no hours.';

create function openslot.find_time(
  provider openslot.providers,
  service openslot.services,
  start timestamptz,
  holding bytea default null,
  moving openslot.appointments default null,
  by_staff boolean default false
) returns tstzrange
language plpgsql set search_path = ''
as $$
declare
  server_now timestamptz := clock_timestamp();
  minutes integer := service.buffer_before_minutes + service.duration_minutes + service.buffer_after_minutes;
  begins timestamptz := start - make_interval(mins => service.buffer_before_minutes);
  taking tstzrange := tstzrange(begins,
    begins + make_interval(mins => provider.slot_minutes * ceil(minutes::numeric / provider.slot_minutes)::integer));
  own openslot.holds;
  day tstzrange;
  day_has integer;
begin
  -- A hold is a promise: until it runs out, its visitor can book its time, whatever has changed since,
  -- and though it may begin sooner by now than patients can otherwise book.
  select * into own from openslot.holds
  where holder = holding and provider_id = provider.id and held_until > server_now
    and service_id = service.id and start_time = start and start > server_now;
  if own.holder is not null then
    return own.busy;
  end if;

  -- The buffer before the patient's part must lie ahead, too: no calendar shows a slot that has begun.
  if start < server_now + make_interval(mins =>
      case when by_staff then 0 else greatest(provider.min_notice_minutes, service.buffer_before_minutes) end) then
    perform openslot.fail('too_soon');
  elsif not by_staff and start >= server_now + make_interval(hours => 24 * provider.booking_window_days) then
    perform openslot.fail('outside_window');
  end if;

  if not taking <@ openslot.hours_within(provider.id, taking)
    or openslot.is_in_phase(provider.id, provider.slot_minutes, taking) is not true then
    perform openslot.fail('outside_hours');
  end if;
  if exists (
      select from openslot.appointments appointment
      where appointment.provider_id = provider.id and appointment.status <> 'cancelled'
        -- No appointment ends more than two days after its start. This condition lets PostgreSQL use the index.
        and start_time > begins - interval '2 days' and start_time < upper(taking) + interval '1 day'
        and busy && taking and id is distinct from moving.id
    ) or exists (
      select from openslot.holds hold
      where hold.provider_id = provider.id and busy && taking and held_until > server_now and holder is distinct from holding
    ) or not by_staff and exists (
      select from openslot.overrides
      where provider_id = provider.id and effect = 'closed' and during && taking
    ) then
    perform openslot.fail('slot_taken');
  end if;

  if provider.daily_limit is not null and not by_staff then
    day := openslot.local_day((start at time zone provider.time_zone)::date, provider.time_zone);
    select
      (select count(*) from openslot.appointments appointment
        where provider_id = provider.id and status <> 'cancelled' and id is distinct from moving.id
          and start_time >= lower(day) and start_time < upper(day))
      + (select count(*) from openslot.holds hold
        where provider_id = provider.id and held_until > server_now and holder is distinct from holding
          and start_time >= lower(day) and start_time < upper(day))
    into day_has;
    if day_has >= provider.daily_limit then
      perform openslot.fail('daily_limit_reached');
    end if;
  end if;
  return taking;
end;
$$;
comment on function openslot.find_time(openslot.providers, openslot.services, timestamptz, bytea, openslot.appointments, boolean) is
  'The time with buffers, in whole cells, that a service takes if the patient''s part begins at `start`. It asks the facts: hours, '
  'time off, overrides, appointments, others'' holds, and the daily limit of the day on which it begins, in which a hold counts as '
  'an appointment. `holding`: the visitor whose own hold does not count, and is kept whatever changed. `moving`: the appointment that '
  'does not count. by_staff: notice, window, daily limit and blocks don''t apply. The provider must be locked. Raises too_soon, '
  'outside_window, outside_hours, slot_taken, daily_limit_reached.';

create function openslot.give_up_hold(hold openslot.holds) returns tstzmultirange
language plpgsql set search_path = ''
as $$
begin
  if hold.holder is null then
    return '{}';
  end if;
  delete from openslot.holds where holder = hold.holder;
  return tstzmultirange(hold.busy);
end;
$$;
comment on function openslot.give_up_hold(openslot.holds) is
  'Deletes a hold, if there is one. Returns the time for project(). Call follow_facts_later() before.';

create function openslot.project_with_hold(of_provider uuid, areas tstzmultirange, hold openslot.holds) returns jsonb
language plpgsql set search_path = ''
as $$
begin
  if hold.provider_id = of_provider then
    return openslot.project(of_provider, areas + tstzmultirange(hold.busy));
  end if;
  -- The visitor held a time of another provider.
  if hold.provider_id is not null then
    perform openslot.project(hold.provider_id, tstzmultirange(hold.busy));
  end if;
  return openslot.project(of_provider, areas);
end;
$$;
comment on function openslot.project_with_hold(uuid, tstzmultirange, openslot.holds) is
  'Projects areas of a provider, and the time of a hold that was given up, also if it was another provider''s. Returns the '
  'provider''s change.';

revoke execute on all functions in schema openslot from public;

-- Holds a time while its visitor fills in the form, and releases it.

create function public.openslot_hold(provider text, service text, start timestamptz, visitor uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  chosen openslot.providers := openslot.find_provider(provider);
  wanted openslot.services;
  holding bytea := openslot.holder(visitor);
  former openslot.holds;
  hold_time interval;
  longest_hold interval;
  taking tstzrange;
  began timestamptz;
  held_until timestamptz;
  new_end timestamptz;
  server_now timestamptz;
  change jsonb;
begin
  perform openslot.demand('start', start is not null);
  perform openslot.demand('visitor', visitor is not null);
  select make_interval(mins => hold_minutes), make_interval(mins => hold_max_minutes) into hold_time, longest_hold
  from openslot.tenants where id = chosen.tenant_id;

  perform openslot.lock_visitor(visitor);
  former := openslot.held_by(visitor);
  perform openslot.lock_providers(array[chosen.id, former.provider_id]);
  chosen := openslot.find_provider(provider);
  wanted := openslot.find_service(chosen.id, service);
  taking := openslot.find_time(chosen, wanted, start, holding);

  -- A countdown shows whole seconds.
  server_now := date_trunc('second', clock_timestamp());
  if former.provider_id = chosen.id and former.service_id = wanted.id and former.start_time = start then
    began := former.began_at;
    held_until := former.held_until;
  end if;
  -- Holding the same time again continues the hold, even shortly after its end: otherwise the limit would have no effect.
  if began is null or held_until + hold_time <= server_now then
    perform openslot.count_request(chosen.tenant_id);
    began := server_now;
    held_until := null;
  elsif began + longest_hold <= server_now then
    perform openslot.fail('hold_limit_reached');
  end if;

  new_end := least(server_now + hold_time, began + longest_hold);
  if new_end is distinct from held_until then
    perform openslot.follow_facts_later();
    -- find_time has refused the time if a hold in it were still valid.
    delete from openslot.holds hold where hold.provider_id = chosen.id and hold.busy && taking;
    perform openslot.give_up_hold(former);
    insert into openslot.holds (holder, provider_id, service_id, start_time, busy, held_until, began_at)
    values (holding, chosen.id, wanted.id, start, taking, new_end, began);
    change := openslot.project_with_hold(chosen.id, tstzmultirange(taking), former);
  end if;
  return jsonb_build_object(
    'held_until', openslot.iso(new_end),
    'extendable_until', openslot.iso(began + longest_hold),
    'change', change,
    'server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_hold(text, text, timestamptz, uuid) is
  'Holds the time whose patient''s part begins at `start` for one visitor, and releases the visitor''s earlier hold: '
  '{held_until, extendable_until, change, server_time}. Holding the same time again extends the hold. Raises invalid_argument, '
  'provider_not_found, service_not_found, too_soon, outside_window, outside_hours, slot_taken, daily_limit_reached, '
  'hold_limit_reached, rate_limited.';

create function public.openslot_release(visitor uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  former openslot.holds;
  change jsonb;
begin
  perform openslot.demand('visitor', visitor is not null);
  perform openslot.lock_visitor(visitor);
  former := openslot.held_by(visitor);
  if former.holder is not null then
    perform openslot.lock_providers(array[former.provider_id]);
    perform openslot.follow_facts_later();
    change := openslot.project(former.provider_id, openslot.give_up_hold(former));
  end if;
  return jsonb_build_object(
    'held_until', null,
    'extendable_until', null,
    'change', change,
    'server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_release(uuid) is
  'Releases the time that a visitor holds; `change` is null when the visitor held none. Raises invalid_argument.';

revoke execute on function public.openslot_hold(text, text, timestamptz, uuid), public.openslot_release(uuid)
  from public, anon, authenticated, service_role;
grant execute on function public.openslot_hold(text, text, timestamptz, uuid), public.openslot_release(uuid)
  to anon, authenticated, service_role;

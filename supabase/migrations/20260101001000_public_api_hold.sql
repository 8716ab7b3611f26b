-- Holds a time while its visitor fills in the form, and releases it.

create function public.openslot_hold(provider text, service text, start timestamptz, visitor uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  chosen openslot.providers := openslot.find_provider(provider);
  wanted openslot.services := openslot.find_service(chosen.id, service);
  holding bytea := openslot.holder(visitor);
  hold_time interval;
  longest_hold interval;
  involved uuid[];
  revision_before bigint;
  held bigint[];
  run openslot.run;
  began timestamptz;
  held_until timestamptz;
  new_end timestamptz;
  server_now timestamptz;
begin
  perform openslot.demand('start', start is not null);
  perform openslot.demand('visitor', visitor is not null);
  select make_interval(mins => hold_minutes), make_interval(mins => hold_max_minutes) into hold_time, longest_hold
  from openslot.tenants where id = chosen.tenant_id;

  perform openslot.lock_visitor(visitor);
  involved := openslot.holding_providers(holding) || chosen.id;
  perform openslot.lock_providers(involved);
  chosen := openslot.find_provider(provider);
  revision_before := chosen.revision;
  held := openslot.held_slots(holding);
  run := openslot.find_run(chosen, wanted, start, holding);

  -- A countdown shows whole seconds.
  server_now := date_trunc('second', clock_timestamp());
  if run.slots @> held and held @> run.slots then
    select min(slot.hold_started_at), min(slot.held_until) into began, held_until
    from openslot.availability_slots slot where slot.id = any (held);
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
    perform openslot.change_slots(involved, run.slots, held, holding => holding, hold_ends => new_end, hold_began => began);
  end if;
  return jsonb_build_object(
    'held_until', openslot.iso(new_end),
    'extendable_until', openslot.iso(began + longest_hold),
    'change', openslot.own_change(chosen.id, revision_before),
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
  holding bytea := openslot.holder(visitor);
  involved uuid[];
  revision_before bigint;
  held bigint[];
begin
  perform openslot.demand('visitor', visitor is not null);
  perform openslot.lock_visitor(visitor);
  involved := openslot.holding_providers(holding);
  perform openslot.lock_providers(involved);
  held := openslot.held_slots(holding);
  -- A visitor holds one time, so slots of one provider.
  select revision into revision_before from openslot.providers where id = involved[1];
  if held <> '{}' then
    perform openslot.change_slots(involved, '{}', held);
  end if;
  return jsonb_build_object(
    'held_until', null,
    'extendable_until', null,
    'change', openslot.own_change(involved[1], revision_before),
    'server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_release(uuid) is
  'Releases the time that a visitor holds; `change` is null when the visitor held none. Raises invalid_argument.';

revoke execute on function public.openslot_hold(text, text, timestamptz, uuid), public.openslot_release(uuid)
  from public, anon, authenticated, service_role;
grant execute on function public.openslot_hold(text, text, timestamptz, uuid), public.openslot_release(uuid)
  to anon, authenticated, service_role;

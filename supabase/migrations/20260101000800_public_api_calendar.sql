-- What everybody may see: a provider's calendar and what changed of it. Read only, one round trip each.

create function openslot.provider_json(provider openslot.providers) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'id', provider.id,
    'slug', provider.slug,
    'name', provider.name,
    'title', provider.title,
    'avatar_url', provider.avatar_url,
    'time_zone', provider.time_zone,
    'slot_minutes', provider.slot_minutes,
    'min_notice_minutes', provider.min_notice_minutes,
    'booking_window_days', provider.booking_window_days,
    'clinic', tenant.name)
  from openslot.tenants tenant where tenant.id = provider.tenant_id
$$;
comment on function openslot.provider_json(openslot.providers) is 'The public facts about a provider.';

create function openslot.service_json(service openslot.services) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'id', service.id,
    'slug', service.slug,
    'name', service.name,
    'description', service.description,
    'duration_minutes', service.duration_minutes,
    'buffer_before_minutes', service.buffer_before_minutes,
    'buffer_after_minutes', service.buffer_after_minutes,
    'questions', service.questions)
$$;
comment on function openslot.service_json(openslot.services) is 'The public facts about a service.';

create function public.openslot_calendar(provider text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  shown openslot.providers := openslot.find_provider(provider);
  services jsonb;
  slots jsonb;
begin
  select coalesce(jsonb_agg(openslot.service_json(service) order by service.position, service.name), '[]') into services
  from openslot.services service where service.provider_id = shown.id and service.active;

  select coalesce(jsonb_agg(openslot.slot_json(slot) order by slot.start_time), '[]') into slots
  from openslot.availability_slots slot
  where slot.provider_id = shown.id
    and slot.start_time >= now()
    and slot.start_time < now() + make_interval(hours => 24 * shown.booking_window_days)
    and slot.status in ('open', 'held');

  return jsonb_build_object(
    'schema_version', public.openslot_schema_version(),
    'provider', openslot.provider_json(shown),
    'services', services,
    'slots', slots,
    'revision', shown.revision,
    'server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_calendar(text) is
  'Everything that a provider''s calendar shows, of one moment: {schema_version, provider, services, slots, revision, server_time}. '
  'Slots are the open and held ones that begin within the booking window. `provider` is a slug or an id. '
  'Raises invalid_argument, provider_not_found.';

create function public.openslot_changes(provider text, after bigint) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  shown openslot.providers := openslot.find_provider(provider);
begin
  if after is null or after < 0 then
    perform openslot.reject_argument('after');
  end if;
  return openslot.changes_since(shown.id, after) || jsonb_build_object('server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_changes(text, bigint) is
  'What changed of a provider''s future slots since a revision, tombstones included: {after, revision, slots, server_time}, or '
  'with reload: true when a new snapshot is needed. Raises invalid_argument, provider_not_found.';

create function public.openslot_schema_version() returns integer
language sql immutable security definer set search_path = ''
as $$
  select 1
$$;
comment on function public.openslot_schema_version() is 'Which contract these functions keep. Grows when an older client would break.';

revoke execute on all functions in schema openslot from public;
revoke execute on function public.openslot_calendar(text), public.openslot_changes(text, bigint),
  public.openslot_schema_version() from public, anon, authenticated, service_role;
grant execute on function public.openslot_calendar(text), public.openslot_changes(text, bigint),
  public.openslot_schema_version() to anon, authenticated, service_role;

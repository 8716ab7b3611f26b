-- The public part: a provider's calendar and its changes. One round trip each.

create function openslot.provider_json(provider openslot.providers) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (
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
      'change_notice_minutes', provider.change_notice_minutes,
      'change_policy', provider.change_policy,
      'clinic', tenant.name)
    from openslot.tenants tenant where tenant.id = provider.tenant_id
  );
end;
$$;
comment on function openslot.provider_json(openslot.providers) is 'The public facts about a provider.';

create function openslot.service_json(service openslot.services) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'id', service.id,
      'slug', service.slug,
      'name', service.name,
      'description', service.description,
      'duration_minutes', service.duration_minutes,
      'buffer_before_minutes', service.buffer_before_minutes,
      'buffer_after_minutes', service.buffer_after_minutes,
      'questions', service.questions)
  );
end;
$$;
comment on function openslot.service_json(openslot.services) is 'The public facts about a service.';

create function public.openslot_calendar(provider text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  shown openslot.providers := openslot.find_provider(provider);
  calendar openslot.calendars;
  services jsonb;
  runs jsonb;
  full_days jsonb;
  server_now timestamptz := clock_timestamp();
  window_ends timestamptz := now() + make_interval(hours => 24 * shown.booking_window_days);
  last_slot timestamptz;
begin
  select * into calendar from openslot.calendars where provider_id = shown.id;
  select coalesce(jsonb_agg(openslot.service_json(service) order by service.position, service.name), '[]') into services
  from openslot.services service where service.provider_id = shown.id and service.active;
  -- A service that begins at the end of the window takes slots after it.
  select window_ends + make_interval(mins => coalesce(max(service.duration_minutes + service.buffer_after_minutes), 0)) into last_slot
  from openslot.services service where service.provider_id = shown.id and service.active;

  select coalesce(jsonb_agg(
    case
      when run.held_until is null then jsonb_build_array(openslot.minute(run.starts), run.cells)
      else jsonb_build_array(openslot.minute(run.starts), run.cells, extract(epoch from run.held_until)::bigint)
    end order by run.starts), '[]')
  into runs
  from openslot.derive_runs(shown, now(), last_slot, only_offered => true) run;

  select coalesce(jsonb_agg(openslot.full_day_json(full_day.starts, full_day.ends, full_day.full_until) order by full_day.day), '[]')
  into full_days
  from openslot.full_days full_day
  where full_day.provider_id = shown.id and full_day.ends > now() and full_day.starts < window_ends
    and full_day.full_until > server_now;

  return jsonb_build_object(
    'schema_version', public.openslot_schema_version(),
    'provider', openslot.provider_json(shown),
    'services', services,
    'runs', runs,
    'full_days', full_days,
    'revision', calendar.revision,
    'announced_revision', calendar.announced_revision,
    'server_time', openslot.iso(server_now));
end;
$$;
comment on function public.openslot_calendar(text) is
  'Everything that a provider''s calendar shows, from one snapshot: {schema_version, provider, services, runs, full_days, revision, '
  'announced_revision, server_time}. `runs` are the open and held slots of services that begin within the booking window: [first '
  'minute since 1970, how many follow each other], and a third number for those that are held: the second since 1970 until which '
  'they are. '
  '`full_days` are local days that take no more appointments: [first minute, minute of the end, second until which, or -1]. '
  'Changes up to announced_revision were broadcast. `provider` is a slug or an id. Raises invalid_argument, provider_not_found.';

-- How often viewers may check ------------------------------------------------------------------------------------------
--
-- Realtime may drop messages without notice, so each viewer requests the changes at intervals. All viewers of a provider
-- together may make about 50 of these checks a second. The number of viewers is estimated from their checks: a check that is
-- made every 15 seconds counts as half a viewer in a window of 30 seconds. One check in 16 is written down.

create unlogged table openslot.viewer_checks (
  provider_id uuid not null references openslot.providers on delete cascade,
  checked_at timestamptz not null default clock_timestamp(),
  every_seconds integer not null
);
create index viewer_checks_by_time on openslot.viewer_checks (provider_id, checked_at);
alter table openslot.viewer_checks enable row level security;
comment on table openslot.viewer_checks is
  'A sample of 1 in 16 of the checks of the last minute. It does not identify the viewers.';

create function openslot.note_check(of_provider uuid, every_seconds integer) returns void
language plpgsql set search_path = ''
as $$
begin
  -- The caller may send any number, and a read replica can't be written to.
  if every_seconds is null or random() >= 1.0 / 16 or current_setting('transaction_read_only')::boolean then
    return;
  end if;
  insert into openslot.viewer_checks (provider_id, every_seconds)
  values (of_provider, least(greatest(note_check.every_seconds, 1), 300));
  delete from openslot.viewer_checks where ctid = any (array(
    select ctid from openslot.viewer_checks
    where provider_id = of_provider and checked_at < clock_timestamp() - interval '1 minute'
    limit 100 for update skip locked));
end;
$$;
comment on function openslot.note_check(uuid, integer) is
  'Writes down one check in 16 of a viewer who makes one every so many seconds, and deletes entries older than a minute.';

create function openslot.check_after_seconds(of_provider uuid) returns integer
language sql stable set search_path = ''
as $$
  select least(greatest(15, round(16 * coalesce(sum(every_seconds), 0) / 30.0 / 50)), 300)::integer
  from openslot.viewer_checks
  where provider_id = of_provider and checked_at > clock_timestamp() - interval '30 seconds'
$$;
comment on function openslot.check_after_seconds(uuid) is
  'Seconds that a viewer of this provider should wait between two checks, so that all viewers together make about 50 checks a '
  'second: 15 for up to 750 viewers, 100 for 5,000, never more than 300.';

create function openslot.missed_changes(of_provider uuid, after bigint) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (
    select openslot.changes_since(of_provider, after) || jsonb_build_object(
      'announced_revision', announced_revision,
      'check_after_seconds', openslot.check_after_seconds(of_provider),
      'server_time', openslot.iso(clock_timestamp()))
    from openslot.calendars where provider_id = of_provider
  );
end;
$$;
comment on function openslot.missed_changes(uuid, bigint) is 'The answer of openslot_changes, from one snapshot.';

create function public.openslot_changes(provider text, after bigint, every_seconds integer default null) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  shown openslot.providers := openslot.find_provider(provider);
begin
  perform openslot.demand('after', after >= 0);
  perform openslot.note_check(shown.id, every_seconds);
  return openslot.missed_changes(shown.id, after);
end;
$$;
comment on function public.openslot_changes(text, bigint, integer) is
  'The changes of a provider''s future slots since a revision: {after, revision, slot_minutes, runs, full_days, '
  'announced_revision, check_after_seconds, server_time}, or with reload: true when a new snapshot is needed. A third number 0 of '
  'a run: the slots are gone; of a day: it has room again. every_seconds: the viewer''s interval if this request is one of its '
  'regular checks. Raises invalid_argument, provider_not_found.';

create function public.openslot_schema_version() returns integer
language sql immutable security definer set search_path = ''
as $$
  select 2
$$;
comment on function public.openslot_schema_version() is
  'The version of the contract that these functions keep. Grows when a change would break an older client.';

revoke execute on all functions in schema openslot from public;
revoke execute on function public.openslot_calendar(text), public.openslot_changes(text, bigint, integer),
  public.openslot_schema_version() from public, anon, authenticated, service_role;
grant execute on function public.openslot_calendar(text), public.openslot_changes(text, bigint, integer),
  public.openslot_schema_version() to anon, authenticated, service_role;

-- Hours, settings and services, as staff edit them.

create function openslot.hours_json(of_provider uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'rules', (
      select coalesce(jsonb_agg(jsonb_build_object(
          'weekday', weekday,
          'start', to_char(start_time, 'HH24:MI'),
          'end', case when end_time = '24:00' then '24:00' else to_char(end_time, 'HH24:MI') end)
        || case when isfinite(valid_from) then jsonb_build_object('valid_from', valid_from) else '{}' end
        || case when isfinite(valid_until) then jsonb_build_object('valid_until', valid_until) else '{}' end
        order by weekday, start_time, valid_from), '[]')
      from openslot.availability_rules where provider_id = provider.id),
    'exceptions', (
      select coalesce(jsonb_agg(jsonb_build_object(
          'id', id,
          'kind', kind,
          'starts_at', to_char(starts_at, 'YYYY-MM-DD"T"HH24:MI'),
          'ends_at', to_char(ends_at, 'YYYY-MM-DD"T"HH24:MI'),
          'note', note) order by starts_at, id), '[]')
      from openslot.availability_exceptions
      where provider_id = provider.id and ends_at >= (now() at time zone provider.time_zone)::date))
  from openslot.providers provider where provider.id = of_provider
$$;
comment on function openslot.hours_json(uuid) is
  'Weekly hours and the exceptions from today on, in the provider''s local time. Unlimited rules have no valid_from and '
  'valid_until.';

create function openslot.write_hours(provider openslot.providers, hours jsonb) returns void
language plpgsql set search_path = ''
as $$
declare
  today date := (now() at time zone provider.time_zone)::date;
begin
  if jsonb_typeof(hours -> 'rules') is distinct from 'array' then
    perform openslot.reject_argument('rules');
  elsif jsonb_typeof(hours -> 'exceptions') is distinct from 'array' then
    perform openslot.reject_argument('exceptions');
  end if;
  begin
    delete from openslot.availability_rules where provider_id = provider.id;
    insert into openslot.availability_rules (provider_id, weekday, start_time, end_time, valid_from, valid_until)
    select provider.id, weekday, start, "end", coalesce(valid_from, '-infinity'), coalesce(valid_until, 'infinity')
    from jsonb_to_recordset(hours -> 'rules')
      as rule (weekday smallint, start time, "end" time, valid_from date, valid_until date);
  exception when data_exception or integrity_constraint_violation then
    perform openslot.reject_argument('rules');
  end;
  begin
    delete from openslot.availability_exceptions
    where provider_id = provider.id and ends_at >= today
      and id not in (select id from jsonb_to_recordset(hours -> 'exceptions') as kept (id bigint) where id is not null);
    update openslot.availability_exceptions exception
    set kind = wish.kind, starts_at = wish.starts_at, ends_at = wish.ends_at, note = nullif(btrim(wish.note), '')
    from jsonb_to_recordset(hours -> 'exceptions')
      as wish (id bigint, kind text, starts_at timestamp, ends_at timestamp, note text)
    where exception.id = wish.id and exception.provider_id = provider.id;
    insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at, note)
    select provider.id, kind, starts_at, ends_at, nullif(btrim(note), '')
    from jsonb_to_recordset(hours -> 'exceptions')
      as wish (id bigint, kind text, starts_at timestamp, ends_at timestamp, note text)
    where id is null;
  exception when data_exception or integrity_constraint_violation then
    perform openslot.reject_argument('exceptions');
  end;
end;
$$;
comment on function openslot.write_hours(openslot.providers, jsonb) is
  'Replaces a provider''s weekly hours and future exceptions. Raises invalid_argument with rules or exceptions.';

create function public.openslot_hours(provider text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  shown openslot.providers := openslot.find_own_provider(provider);
begin
  return jsonb_build_object(
    'hours', openslot.hours_json(shown.id),
    'version', shown.hours_version,
    'server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_hours(text) is
  'Weekly hours and future exceptions: {hours: {rules, exceptions}, version, server_time}. Raises not_signed_in, '
  'invalid_argument, provider_not_found.';

create function openslot.future_starts(of_provider uuid) returns setof timestamptz
language sql stable set search_path = ''
as $$
  select start_time from openslot.availability_slots
  where provider_id = of_provider and start_time > now() and status <> 'removed'
$$;
comment on function openslot.future_starts(uuid) is 'When the provider''s future slots begin.';

create function public.openslot_set_hours(
  provider text, hours jsonb, version integer, preview boolean default false
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  chosen openslot.providers := openslot.find_own_provider(provider);
  is_preview boolean := coalesce(preview, false);
  before timestamptz[];
  change jsonb;
  result jsonb;
begin
  perform openslot.lock_providers(array[chosen.id]);
  chosen := openslot.find_own_provider(provider);
  perform openslot.demand('version', version is not null);
  if version <> chosen.hours_version then
    perform openslot.fail('hours_changed', jsonb_build_object('version', chosen.hours_version));
  end if;
  before := array(select openslot.future_starts(chosen.id));

  -- A preview makes the same changes and rolls them back.
  begin
    perform openslot.follow_facts_later();
    perform openslot.write_hours(chosen, hours);
    change := openslot.reopen(chosen.id);
    result := jsonb_build_object(
      'hours', openslot.hours_json(chosen.id),
      'version', (select hours_version from openslot.providers where id = chosen.id),
      'added', (select count(*) from (select openslot.future_starts(chosen.id) except select unnest(before)) as added),
      'removed', (select count(*) from (select unnest(before) except select openslot.future_starts(chosen.id)) as removed),
      'outside', (
        select coalesce(jsonb_agg(openslot.desk_appointment_json(appointment) order by appointment.start_time), '[]')
        from openslot.appointments appointment
        where appointment.provider_id = chosen.id and appointment.status = 'confirmed' and appointment.start_time > now()
          and openslot.is_outside_hours(appointment)),
      'change', change);
    if is_preview then
      raise exception using errcode = 'OSPRE';
    end if;
  exception when sqlstate 'OSPRE' then
    result := result || jsonb_build_object('version', chosen.hours_version, 'change', null);
  end;
  return result || jsonb_build_object('preview', is_preview, 'server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_set_hours(text, jsonb, integer, boolean) is
  'Replaces weekly hours and future exceptions if the current ones still have `version`, and adapts the slots; appointments and '
  'holds stay: {hours, version, added, removed, outside, preview, change, server_time}. `outside` are future appointments that '
  'the hours don''t cover. A preview returns all of this and changes nothing. Raises not_signed_in, invalid_argument, '
  'provider_not_found, hours_changed.';

create function public.openslot_set_provider(provider text, settings jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  chosen openslot.providers := openslot.find_own_provider(provider);
  wish openslot.providers;
  failed_constraint text;
  failed_column text;
begin
  perform openslot.demand('settings', jsonb_typeof(settings) = 'object');
  perform openslot.lock_providers(array[chosen.id]);
  chosen := openslot.find_own_provider(provider);
  begin
    -- Only these fields can be changed; others are ignored.
    wish := jsonb_populate_record(chosen, (
      select coalesce(jsonb_object_agg(name, value), '{}') from jsonb_each(settings) as field (name, value)
      where name in ('name', 'title', 'avatar_url', 'time_zone', 'slot_minutes', 'min_notice_minutes', 'booking_window_days',
        'daily_limit', 'change_notice_minutes', 'change_policy', 'email', 'page_url')));
    update openslot.providers
    set name = wish.name, title = wish.title, avatar_url = wish.avatar_url, time_zone = wish.time_zone,
      slot_minutes = wish.slot_minutes, min_notice_minutes = wish.min_notice_minutes,
      booking_window_days = wish.booking_window_days, daily_limit = wish.daily_limit,
      change_notice_minutes = wish.change_notice_minutes, change_policy = wish.change_policy, email = wish.email,
      page_url = wish.page_url
    where id = chosen.id
    returning * into chosen;
  exception when data_exception or integrity_constraint_violation then
    get stacked diagnostics failed_constraint = constraint_name, failed_column = column_name;
    perform openslot.reject_argument(
      coalesce(nullif(failed_column, ''), substring(failed_constraint from '^providers_(.*)_check$'), 'settings'));
  end;
  return jsonb_build_object(
    'provider', openslot.desk_provider_json(chosen, openslot.role_with(chosen.id, auth.uid())),
    'server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_set_provider(text, jsonb) is
  'Changes any of name, title, avatar_url, time_zone, slot_minutes, min_notice_minutes, booking_window_days, daily_limit, '
  'change_notice_minutes, change_policy, email, page_url: {provider, server_time}. Raises not_signed_in, invalid_argument with the field, provider_not_found.';

create function public.openslot_set_service(provider text, service jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  chosen openslot.providers := openslot.find_own_provider(provider);
  known openslot.services;
  wish openslot.services;
  failed_constraint text;
  failed_column text;
  reason text;
begin
  perform openslot.demand('service', jsonb_typeof(service) = 'object');
  perform openslot.lock_providers(array[chosen.id]);
  begin
    if service ? 'id' then
      select * into known from openslot.services where id = (service ->> 'id')::uuid and provider_id = chosen.id;
      if not found then
        perform openslot.fail('service_not_found');
      end if;
    else
      known.id := gen_random_uuid();
      known.provider_id := chosen.id;
      known.buffer_before_minutes := 0;
      known.buffer_after_minutes := 0;
      known.questions := '[]';
      known.position := 0;
      known.active := true;
      known.created_at := now();
    end if;
    wish := jsonb_populate_record(known, service - 'id' - 'provider_id' - 'created_at');
    insert into openslot.services as present select wish.*
    on conflict (id) do update set
      slug = excluded.slug, name = excluded.name, description = excluded.description,
      duration_minutes = excluded.duration_minutes, buffer_before_minutes = excluded.buffer_before_minutes,
      buffer_after_minutes = excluded.buffer_after_minutes, questions = excluded.questions, position = excluded.position,
      active = excluded.active
    returning * into wish;
  exception when data_exception or integrity_constraint_violation then
    get stacked diagnostics failed_constraint = constraint_name, failed_column = column_name, reason = message_text;
    if failed_column = 'questions' then
      perform openslot.fail('invalid_argument', jsonb_build_object('field', failed_column, 'reason', reason));
    end if;
    perform openslot.reject_argument(coalesce(nullif(failed_column, ''), substring(failed_constraint from '^services_(.*)_check$'),
      case when failed_constraint like '%slug%' then 'slug' end, 'service'));
  end;
  return jsonb_build_object('service', openslot.desk_service_json(wish), 'server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_set_service(text, jsonb) is
  'Changes the service with this id, or adds one: {service, server_time}. Existing appointments keep their time and their '
  'answers. Raises not_signed_in, invalid_argument with the field, and the reason if it is `questions`, provider_not_found, '
  'service_not_found.';

revoke execute on all functions in schema openslot from public;
revoke execute on function public.openslot_hours(text), public.openslot_set_hours(text, jsonb, integer, boolean),
  public.openslot_set_provider(text, jsonb), public.openslot_set_service(text, jsonb)
  from public, anon, authenticated, service_role;
grant execute on function public.openslot_hours(text), public.openslot_set_hours(text, jsonb, integer, boolean),
  public.openslot_set_provider(text, jsonb), public.openslot_set_service(text, jsonb)
  to authenticated;

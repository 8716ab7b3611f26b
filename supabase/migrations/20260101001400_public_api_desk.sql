-- The provider's side: the agenda, and the functions with which staff change appointments and slots.

create function openslot.desk_provider_json(provider openslot.providers, role text) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (
    select openslot.provider_json(provider) || jsonb_build_object(
      'tenant_id', provider.tenant_id,
      'role', role,
      'active', provider.active,
      'daily_limit', provider.daily_limit,
      'hours_version', provider.hours_version,
      'email', provider.email,
      'page_url', provider.page_url)
  );
end;
$$;
comment on function openslot.desk_provider_json(openslot.providers, text) is 'A provider as its members see it.';

create function openslot.desk_service_json(service openslot.services) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (
    select openslot.service_json(service) || jsonb_build_object('active', service.active, 'position', service.position)
  );
end;
$$;
comment on function openslot.desk_service_json(openslot.services) is 'A service, offered or not.';

create function openslot.desk_slots_json(of_provider uuid, from_time timestamptz, to_time timestamptz) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  server_now timestamptz := clock_timestamp();
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', slot.id,
        'start', openslot.iso(slot.start_time),
        'end', openslot.iso(slot.end_time),
        'status', case when is_full then 'blocked' else slot.status end,
        'blocked_by', case when is_full then 'daily_limit' when slot.status = 'blocked' then 'staff' end,
        'held_until', openslot.iso(slot.held_until),
        'appointment_id', appointment.id,
        'revision', slot.revision) order by slot.start_time), '[]')
    from openslot.availability_slots slot
    left join openslot.full_days full_day
      on full_day.provider_id = of_provider and slot.start_time >= full_day.starts and slot.start_time < full_day.ends
      and full_day.full_until > server_now
    cross join lateral (
      select full_day.day is not null and (slot.status = 'open' or slot.held_until <= server_now)
    ) as state (is_full)
    left join openslot.appointments appointment
      on slot.status = 'booked' and appointment.provider_id = of_provider and appointment.status <> 'cancelled'
      -- No appointment ends more than two days after its start. This condition lets PostgreSQL use the index.
      and appointment.start_time > slot.start_time - interval '2 days' and appointment.start_time < slot.end_time + interval '1 day'
      and appointment.busy && tstzrange(slot.start_time, slot.end_time)
      -- On a changed grid, a cell may touch two appointments.
      and not exists (
        select from openslot.appointments earlier
        where earlier.provider_id = of_provider and earlier.status <> 'cancelled'
          and earlier.start_time > slot.start_time - interval '2 days' and earlier.start_time < appointment.start_time
          and earlier.busy && tstzrange(slot.start_time, slot.end_time))
    where slot.provider_id = of_provider and slot.start_time >= from_time and slot.start_time < to_time and slot.status <> 'removed');
end;
$$;
comment on function openslot.desk_slots_json(uuid, timestamptz, timestamptz) is
  'The cells that begin in a span as staff see them: an open cell of a full day is blocked by daily_limit.';

create function openslot.is_outside_hours(appointment openslot.appointments) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return appointment.status = 'confirmed' and appointment.start_time > now()
    and not appointment.busy <@ openslot.hours_within(appointment.provider_id, appointment.busy);
end;
$$;
comment on function openslot.is_outside_hours(openslot.appointments) is
  'Whether a future appointment lies, with its buffers, not within the hours, whatever the grid.';

create function openslot.desk_appointment_json(appointment openslot.appointments) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'id', appointment.id,
      'status', appointment.status,
      'start', openslot.iso(appointment.start_time),
      'end', openslot.iso(appointment.end_time),
      'busy_start', openslot.iso(lower(appointment.busy)),
      'busy_end', openslot.iso(upper(appointment.busy)),
      'sequence', appointment.sequence,
      'version', appointment.version,
      'provider_id', appointment.provider_id,
      'service_id', appointment.service_id,
      'service_name', service.name,
      'patient', jsonb_build_object(
        'name', appointment.patient_name,
        'email', appointment.patient_email,
        'phone', appointment.patient_phone,
        'note', appointment.patient_note,
        'time_zone', appointment.patient_time_zone,
        'locale', appointment.patient_locale),
      'answers', appointment.answers,
      'cancelled_by', appointment.cancelled_by,
      'cancel_reason', appointment.cancel_reason,
      'outside_hours', openslot.is_outside_hours(appointment),
      'changeable', appointment.status = 'confirmed' and appointment.start_time > clock_timestamp(),
      'created_at', openslot.iso(appointment.created_at),
      'updated_at', openslot.iso(appointment.updated_at))
    from openslot.services service where service.id = appointment.service_id
  );
end;
$$;
comment on function openslot.desk_appointment_json(openslot.appointments) is
  'An appointment as the provider''s members see it. `version` grows with every change, `sequence` with those that concern the '
  'patient.';

create function openslot.desk_result(appointment_id uuid, change jsonb) returns jsonb
language plpgsql volatile set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'appointment', openslot.desk_appointment_json(appointment),
      'change', change,
      'server_time', openslot.iso(clock_timestamp()))
    from openslot.appointments appointment where appointment.id = appointment_id
  );
end;
$$;
comment on function openslot.desk_result(uuid, jsonb) is 'The answer to a staff member''s change of an appointment.';

create function public.openslot_desk() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  asking uuid := openslot.signed_in_user();
begin
  return jsonb_build_object(
    'user', (select jsonb_build_object('id', id, 'email', email) from auth.users where id = asking),
    'tenants', (
      select coalesce(jsonb_agg(jsonb_build_object('id', tenant.id, 'slug', tenant.slug, 'name', tenant.name, 'role', membership.role)
        order by tenant.name), '[]')
      from openslot.tenant_members membership join openslot.tenants tenant on tenant.id = membership.tenant_id
      where membership.user_id = asking),
    'providers', (
      select coalesce(jsonb_agg(openslot.desk_provider_json(provider, own.role) order by provider.name), '[]')
      from openslot.tenant_members membership
      join openslot.providers provider on provider.tenant_id = membership.tenant_id
      cross join lateral (select openslot.role_with(provider.id, asking)) as own (role)
      where membership.user_id = asking and own.role is not null),
    'server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_desk() is
  'The clinics and providers that the signed-in user works for: {user, tenants, providers, server_time}; empty lists for a user '
  'who is no member. Raises not_signed_in.';

create function public.openslot_agenda(provider text, from_date date, to_date date) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  shown openslot.providers := openslot.find_own_provider(provider);
  starts timestamptz;
  ends timestamptz;
begin
  perform openslot.demand('from_date', isfinite(from_date));
  perform openslot.demand('to_date', to_date between from_date and from_date + 61);
  starts := openslot.local_instant(from_date::timestamp, shown.time_zone);
  ends := openslot.local_instant((to_date + 1)::timestamp, shown.time_zone);
  return jsonb_build_object(
    'provider', openslot.desk_provider_json(shown, openslot.role_with(shown.id, auth.uid())),
    'services', (
      select coalesce(jsonb_agg(openslot.desk_service_json(service) order by service.position, service.name), '[]')
      from openslot.services service where service.provider_id = shown.id),
    'slots', openslot.desk_slots_json(shown.id, starts, ends),
    'appointments', (
      select coalesce(jsonb_agg(openslot.desk_appointment_json(appointment) order by appointment.start_time, appointment.created_at), '[]')
      from openslot.appointments appointment
      where appointment.provider_id = shown.id
        -- No appointment is longer than a day. This condition lets PostgreSQL use the index.
        and appointment.start_time > starts - interval '1 day' and appointment.start_time < ends
        and appointment.end_time > starts),
    'revision', (select revision from openslot.calendars where provider_id = shown.id),
    'server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_agenda(text, date, date) is
  'A provider''s days, local dates inclusive, at most 62: {provider, services, slots, appointments, revision, server_time}. '
  'Cancelled appointments are listed, too. Raises not_signed_in, invalid_argument, provider_not_found.';

-- Appointments -----------------------------------------------------------------------------------------------------------

create function openslot.start_change(appointment uuid, version integer) returns openslot.appointments
language plpgsql set search_path = ''
as $$
declare
  subject openslot.appointments := openslot.find_own_appointment(appointment);
begin
  perform openslot.lock_providers(array[subject.provider_id]);
  subject := openslot.find_own_appointment(appointment);
  perform openslot.demand('version', version is not null);
  if version <> subject.version then
    perform openslot.fail('appointment_changed', jsonb_build_object('version', subject.version));
  end if;
  return subject;
end;
$$;
comment on function openslot.start_change(uuid, integer) is
  'Locks the appointment''s provider, and returns the appointment if it still has the caller''s version. Raises not_signed_in, '
  'invalid_argument, appointment_not_found, appointment_changed.';

create function openslot.read_message(message text) returns text
language plpgsql immutable set search_path = ''
as $$
begin
  if length(message) > 1000 then
    perform openslot.reject_argument('message');
  end if;
  return nullif(btrim(message, E' \t\r\n'), '');
end;
$$;
comment on function openslot.read_message(text) is
  'The clinic''s message to the patient, trimmed. Raises invalid_argument past 1,000 characters.';

create function public.openslot_staff_book(
  provider text, service text, start timestamptz, patient jsonb, request_id uuid
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  chosen openslot.providers := openslot.find_own_provider(provider);
  details openslot.patient := openslot.read_patient(patient, needs_email => false);
  arguments jsonb := jsonb_build_object('action', 'staff book', 'provider', chosen.id, 'service', service,
    'start', extract(epoch from start), 'patient', patient);
  wanted openslot.services;
  booked_id uuid;
  taking tstzrange;
begin
  perform openslot.demand('start', start is not null);
  perform openslot.demand('request_id', request_id is not null);
  booked_id := openslot.answered_request(request_id, arguments);
  if booked_id is not null then
    return openslot.desk_result(booked_id, null);
  end if;
  perform openslot.lock_providers(array[chosen.id]);
  chosen := openslot.find_own_provider(provider);
  wanted := openslot.find_service(chosen.id, service);
  taking := openslot.find_time(chosen, wanted, start, by_staff => true);
  perform openslot.follow_facts_later();
  booked_id := openslot.make_appointment(chosen, wanted, start, taking, details, 'provider');
  insert into openslot.requests (id, fingerprint, appointment_id)
  values (request_id, openslot.fingerprint(arguments), booked_id);
  return openslot.desk_result(booked_id, openslot.project(chosen.id, tstzmultirange(taking)));
end;
$$;
comment on function public.openslot_staff_book(text, text, timestamptz, jsonb, uuid) is
  'Books for a patient, for example on the phone: {appointment, change, server_time}. The e-mail address may be missing. '
  'Notice, window, daily limit and the staff''s own blocks don''t apply. Raises not_signed_in, invalid_argument, '
  'provider_not_found, service_not_found, too_soon (past), outside_hours, slot_taken, request_id_reused.';

create function public.openslot_staff_reschedule(
  appointment uuid, start timestamptz, version integer, request_id uuid, message text default null
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  words text := openslot.read_message(message);
  subject openslot.appointments := openslot.find_own_appointment(appointment);
  arguments jsonb := jsonb_build_object('action', 'staff reschedule', 'appointment', appointment, 'start', extract(epoch from start));
  chosen openslot.providers;
  wanted openslot.services;
  taking tstzrange;
  change jsonb;
begin
  perform openslot.demand('start', start is not null);
  perform openslot.demand('request_id', request_id is not null);
  if openslot.answered_request(request_id, arguments) is not null then
    return openslot.desk_result(subject.id, null);
  end if;
  subject := openslot.start_change(appointment, version);
  select * into chosen from openslot.providers where id = subject.provider_id;
  if subject.status = 'cancelled' then
    perform openslot.fail('appointment_cancelled');
  elsif subject.status <> 'confirmed' then
    perform openslot.fail('appointment_past');
  end if;
  if start <> subject.start_time then
    select * into wanted from openslot.services where id = subject.service_id;
    taking := openslot.find_time(chosen, wanted, start, moving => subject, by_staff => true);
    perform openslot.follow_facts_later();
    perform openslot.move_appointment(subject, start, taking, 'provider', words);
    change := openslot.project(chosen.id, tstzmultirange(taking) + tstzmultirange(subject.busy));
  end if;
  insert into openslot.requests (id, fingerprint, appointment_id)
  values (request_id, openslot.fingerprint(arguments), subject.id);
  return openslot.desk_result(subject.id, change);
end;
$$;
comment on function public.openslot_staff_reschedule(uuid, timestamptz, integer, uuid, text) is
  'Moves an appointment, with a message to the patient: {appointment, change, server_time}. The old time is kept until the new '
  'one is booked. Raises not_signed_in, invalid_argument, appointment_not_found, appointment_changed, appointment_cancelled, '
  'appointment_past, too_soon (past), outside_hours, slot_taken, request_id_reused.';

create function public.openslot_staff_cancel(appointment uuid, version integer, message text default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  words text := openslot.read_message(message);
  subject openslot.appointments := openslot.find_own_appointment(appointment);
begin
  if subject.status = 'cancelled' then
    return openslot.desk_result(subject.id, null);
  end if;
  subject := openslot.start_change(appointment, version);
  if subject.status <> 'confirmed' then
    perform openslot.fail('appointment_past');
  end if;
  return openslot.desk_result(subject.id, openslot.cancel_appointment(subject, 'provider', words));
end;
$$;
comment on function public.openslot_staff_cancel(uuid, integer, text) is
  'Cancels an appointment, with a message to the patient; a cancelled one stays cancelled: {appointment, change, server_time}. '
  'Raises not_signed_in, invalid_argument, appointment_not_found, appointment_changed, appointment_past.';

create function public.openslot_staff_mark(appointment uuid, status text, version integer) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  subject openslot.appointments := openslot.start_change(appointment, version);
begin
  if status is null or status not in ('confirmed', 'completed', 'no_show') or subject.start_time > clock_timestamp() then
    perform openslot.reject_argument('status');
  elsif subject.status = 'cancelled' then
    perform openslot.fail('appointment_cancelled');
  end if;
  update openslot.appointments set status = openslot_staff_mark.status where id = subject.id;
  return openslot.desk_result(subject.id, null);
end;
$$;
comment on function public.openslot_staff_mark(uuid, text, integer) is
  'Marks an appointment that has begun as completed or no_show, or as confirmed to undo that: {appointment, change, '
  'server_time}. Raises not_signed_in, invalid_argument, appointment_not_found, appointment_changed, appointment_cancelled.';

-- Slots ------------------------------------------------------------------------------------------------------------------

create function openslot.block(of_provider uuid, span tstzrange) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into openslot.overrides (provider_id, effect, during)
  select of_provider, 'closed', unnest(tstzmultirange(span) - coalesce((
    select range_agg(during) from openslot.overrides
    where provider_id = of_provider and effect = 'closed' and during && span), '{}'));
end;
$$;
comment on function openslot.block(uuid, tstzrange) is 'Blocks what of a span is not blocked. Call follow_facts_later() before.';

create function openslot.unblock(of_provider uuid, span tstzrange) returns void
language plpgsql set search_path = ''
as $$
begin
  with ended as (
    delete from openslot.overrides where provider_id = of_provider and effect = 'closed' and during && span returning during
  )
  insert into openslot.overrides (provider_id, effect, during)
  select of_provider, 'closed', unnest(tstzmultirange(during) - tstzmultirange(span)) from ended;
end;
$$;
comment on function openslot.unblock(uuid, tstzrange) is
  'Takes a span out of what staff blocked. Call follow_facts_later() before.';

create function openslot.touched_span(provider openslot.providers, span tstzrange) returns tstzrange
language plpgsql stable set search_path = ''
as $$
begin
  -- A cell is blocked or opened whole: a rest of a block would keep it closed.
  return (
    select tstzrange(least(lower(span), min(start_time)), greatest(upper(span), max(end_time)))
    from openslot.availability_slots
    where provider_id = provider.id and start_time < upper(span) and end_time > lower(span) and start_time > now() - interval '4 hours'
      and status <> 'removed');
end;
$$;
comment on function openslot.touched_span(openslot.providers, tstzrange) is 'A span with all of the cells that it touches.';

create function public.openslot_set_slots(provider text, from_time timestamptz, to_time timestamptz, status text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  chosen openslot.providers := openslot.find_own_provider(provider);
  wish text := status;
  span tstzrange;
  change jsonb;
begin
  perform openslot.demand('from_time', isfinite(from_time));
  perform openslot.demand('to_time', to_time > from_time and to_time <= from_time + interval '62 days');
  perform openslot.demand('status', wish in ('open', 'blocked'));
  perform openslot.lock_providers(array[chosen.id]);
  chosen := openslot.find_own_provider(provider);
  -- Hours are whole minutes.
  span := openslot.touched_span(chosen, tstzrange(date_trunc('minute', from_time),
    date_trunc('minute', to_time + interval '1 minute' - interval '1 microsecond')));

  perform openslot.follow_facts_later();
  if wish = 'blocked' then
    perform openslot.block(chosen.id, span);
    change := openslot.project(chosen.id, tstzmultirange(span));
  elsif upper(span) > now() and isempty(openslot.hours_within(chosen.id, span))
    -- Time off overrides what is opened.
    and not exists (select from openslot.time_off where provider_id = chosen.id and during && span) then
    -- Staff open a time without hours. The span may join hours on both sides, so the cells beside it are derived again.
    perform openslot.unblock(chosen.id, span);
    insert into openslot.overrides (provider_id, effect, during) values (chosen.id, 'open', span);
    perform openslot.write_openings(chosen, (lower(span) at time zone chosen.time_zone)::date - 1,
      (upper(span) at time zone chosen.time_zone)::date + 1);
    change := openslot.project(chosen.id,
      tstzmultirange(tstzrange(lower(span) - interval '1 day', upper(span) + interval '1 day')));
  else
    perform openslot.unblock(chosen.id, span);
    change := openslot.project(chosen.id, tstzmultirange(span));
  end if;

  return jsonb_build_object(
    'changed', (
      select count(*) from openslot.availability_slots slot
      where slot.provider_id = chosen.id and slot.start_time < upper(span) and slot.end_time > lower(span)
        and slot.revision = (change ->> 'revision')::bigint and slot.status = wish),
    'kept', (
      select coalesce(jsonb_agg(openslot.desk_appointment_json(appointment) order by appointment.start_time), '[]')
      from openslot.appointments appointment
      where appointment.provider_id = chosen.id and appointment.status = 'confirmed'
        and appointment.busy && tstzrange(from_time, to_time)),
    'held', (
      select count(*) from openslot.holds
      where provider_id = chosen.id and held_until > clock_timestamp() and busy && tstzrange(from_time, to_time)),
    'change', change,
    'server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_set_slots(text, timestamptz, timestamptz, text) is
  'Blocks a span, with all of the slots that it touches, or opens what staff blocked there; where there are no hours, opens it as '
  'extra hours: {changed, kept, held, change, server_time}. `changed` is the number of slots. `kept` are the appointments in the '
  'span, which stay: the time stays blocked when they are cancelled. `held`: the times that visitors hold now; each of them can '
  'still be booked by its visitor, and is blocked otherwise. Raises not_signed_in, invalid_argument, provider_not_found.';

revoke execute on all functions in schema openslot from public;
revoke execute on function public.openslot_desk(), public.openslot_agenda(text, date, date),
  public.openslot_staff_book(text, text, timestamptz, jsonb, uuid),
  public.openslot_staff_reschedule(uuid, timestamptz, integer, uuid, text), public.openslot_staff_cancel(uuid, integer, text),
  public.openslot_staff_mark(uuid, text, integer), public.openslot_set_slots(text, timestamptz, timestamptz, text)
  from public, anon, authenticated, service_role;
grant execute on function public.openslot_desk(), public.openslot_agenda(text, date, date),
  public.openslot_staff_book(text, text, timestamptz, jsonb, uuid),
  public.openslot_staff_reschedule(uuid, timestamptz, integer, uuid, text), public.openslot_staff_cancel(uuid, integer, text),
  public.openslot_staff_mark(uuid, text, integer), public.openslot_set_slots(text, timestamptz, timestamptz, text)
  to authenticated;

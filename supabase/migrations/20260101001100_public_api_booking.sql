-- Books a time, and lets its patient see, move and cancel the appointment without an account.
--
-- A request id makes a booking or a rescheduling safe to repeat. A request that fails leaves nothing behind, not even its
-- request id.

create function openslot.read_patient(patient jsonb, needs_email boolean default true) returns openslot.patient
language plpgsql stable set search_path = ''
as $$
declare
  details openslot.patient;
  field text;
begin
  perform openslot.demand('patient', jsonb_typeof(patient) = 'object');
  foreach field in array array['name', 'email', 'phone', 'note', 'time_zone', 'locale'] loop
    if jsonb_typeof(patient -> field) not in ('string', 'null') then
      perform openslot.reject_argument(field);
    end if;
  end loop;
  details.name := btrim(patient ->> 'name');
  details.email := nullif(btrim(patient ->> 'email'), '');
  details.phone := nullif(btrim(patient ->> 'phone'), '');
  details.note := nullif(btrim(patient ->> 'note', E' \t\r\n'), '');
  details.time_zone := nullif(btrim(patient ->> 'time_zone'), '');
  details.locale := nullif(btrim(patient ->> 'locale'), '');
  -- The answers are checked once the service, and so its questions, are known.
  details.answers := patient -> 'answers';

  if coalesce(length(details.name) not between 1 and 200 or details.name ~ '[[:cntrl:]]', true) then
    perform openslot.reject_argument('name');
  elsif not coalesce(openslot.is_email(details.email), not needs_email) then
    perform openslot.reject_argument('email');
  elsif length(details.phone) not between 3 and 40 or details.phone ~ '[[:cntrl:]]' then
    perform openslot.reject_argument('phone');
  elsif length(details.note) > 2000 then
    perform openslot.reject_argument('note');
  elsif details.time_zone !~ '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$' or length(details.time_zone) > 64 then
    perform openslot.reject_argument('time_zone');
  elsif details.locale !~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$' or length(details.locale) > 35 then
    perform openslot.reject_argument('locale');
  end if;
  -- Browsers report zones, and old names of zones, that this database may not have. That is no reason to refuse a booking.
  if not openslot.is_time_zone(details.time_zone) then
    details.time_zone := null;
  end if;
  return details;
end;
$$;
comment on function openslot.read_patient(jsonb, boolean) is
  'The patient''s details, trimmed, empty ones null. Raises invalid_argument with the name of the invalid field. A time zone '
  'that this database does not have becomes null.';

create function openslot.changeable_until(appointment openslot.appointments) returns timestamptz
language plpgsql stable set search_path = ''
as $$
begin
  return (
    select appointment.start_time - make_interval(mins => coalesce(provider.change_notice_minutes, 0))
    from openslot.providers provider where provider.id = appointment.provider_id);
end;
$$;
comment on function openslot.changeable_until(openslot.appointments) is
  'The instant from which its patient can''t move or cancel the appointment any more.';

create function openslot.demand_changeable(appointment openslot.appointments) returns void
language plpgsql set search_path = ''
as $$
declare
  server_now timestamptz := clock_timestamp();
  until timestamptz := openslot.changeable_until(appointment);
begin
  if appointment.status <> 'confirmed' or appointment.start_time <= server_now then
    perform openslot.fail('appointment_past');
  elsif until <= server_now then
    perform openslot.fail('too_late_to_change', jsonb_build_object('until', openslot.iso(until)));
  end if;
end;
$$;
comment on function openslot.demand_changeable(openslot.appointments) is
  'Raises appointment_past or too_late_to_change unless its patient can still move or cancel the appointment. Staff are not bound.';

create function openslot.appointment_json(appointment openslot.appointments) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select jsonb_build_object(
    'id', appointment.id,
    'status', appointment.status,
    'start', openslot.iso(appointment.start_time),
    'end', openslot.iso(appointment.end_time),
    'sequence', appointment.sequence,
    'provider', openslot.provider_json(provider),
    'service', openslot.service_json(service),
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
    'changed_by', appointment.changed_by,
    'message', appointment.message,
    'changeable', appointment.status = 'confirmed' and openslot.changeable_until(appointment) > clock_timestamp(),
    'changeable_until', openslot.iso(openslot.changeable_until(appointment)))
  from openslot.providers provider, openslot.services service
  where provider.id = appointment.provider_id and service.id = appointment.service_id);
end;
$$;
comment on function openslot.appointment_json(openslot.appointments) is
  'An appointment as its patient may see it. Call this only for a caller who proved to be the patient.';

create function openslot.booking_json(appointment_id uuid, change jsonb) returns jsonb
language plpgsql volatile set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'appointment', openslot.appointment_json(appointment),
      'manage_token', openslot.manage_token(appointment.id),
      'change', change,
      'server_time', openslot.iso(clock_timestamp()))
    from openslot.appointments appointment where appointment.id = appointment_id
  );
end;
$$;
comment on function openslot.booking_json(uuid, jsonb) is 'The result of a booking, cancellation or rescheduling.';

create function openslot.make_appointment(
  provider openslot.providers, service openslot.services, start timestamptz, busy tstzrange, details openslot.patient, by text
) returns uuid
language plpgsql set search_path = ''
as $$
declare
  made uuid := gen_random_uuid();
begin
  insert into openslot.appointments (id, provider_id, service_id, start_time, end_time, busy, changed_by, patient_name,
    patient_email, patient_phone, patient_note, answers, patient_time_zone, patient_locale, token_hash)
  values (made, provider.id, service.id, start, start + make_interval(mins => service.duration_minutes), make_appointment.busy, by,
    details.name, details.email, details.phone, details.note,
    openslot.read_answers(service.questions, details.answers, by = 'patient'), details.time_zone, details.locale,
    sha256(convert_to(openslot.manage_token(made), 'UTF8')));
  return made;
exception when exclusion_violation or unique_violation then
  perform openslot.fail('slot_taken');
end;
$$;
comment on function openslot.make_appointment(openslot.providers, openslot.services, timestamptz, tstzrange, openslot.patient, text) is
  'Writes the appointment for a time that find_time returned. Patients must answer all required questions, staff need not. Raises '
  'slot_taken, invalid_argument.';

create function openslot.move_appointment(
  subject openslot.appointments, start timestamptz, busy tstzrange, by text, message text default null
) returns void
language plpgsql set search_path = ''
as $$
begin
  update openslot.appointments appointment
  set start_time = start, busy = move_appointment.busy,
    end_time = start + make_interval(mins => (select duration_minutes from openslot.services where id = subject.service_id)),
    sequence = appointment.sequence + 1, changed_by = by, message = move_appointment.message
  where id = subject.id;
exception when exclusion_violation or unique_violation then
  perform openslot.fail('slot_taken');
end;
$$;
comment on function openslot.move_appointment(openslot.appointments, timestamptz, tstzrange, text, text) is
  'Moves the appointment to a time that find_time returned. Raises slot_taken.';

create function openslot.cancel_appointment(subject openslot.appointments, by text, reason text) returns jsonb
language plpgsql set search_path = ''
as $$
begin
  perform openslot.follow_facts_later();
  update openslot.appointments
  set status = 'cancelled', cancelled_by = by, changed_by = by, cancelled_at = clock_timestamp(), sequence = sequence + 1,
    cancel_reason = nullif(btrim(reason, E' \t\r\n'), ''), message = null
  where id = subject.id;
  return openslot.project(subject.provider_id, tstzmultirange(subject.busy));
end;
$$;
comment on function openslot.cancel_appointment(openslot.appointments, text, text) is
  'Ends an appointment. Returns the change. The provider must be locked.';

create function public.openslot_book(
  provider text, service text, start timestamptz, patient jsonb, request_id uuid, visitor uuid default null
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  details openslot.patient := openslot.read_patient(patient);
  arguments jsonb := jsonb_build_object('action', 'book', 'provider', provider, 'service', service,
    'start', extract(epoch from start), 'patient', patient);
  booked_id uuid;
  chosen openslot.providers;
  wanted openslot.services;
  former openslot.holds;
  taking tstzrange;
begin
  perform openslot.demand('start', start is not null);
  perform openslot.demand('request_id', request_id is not null);
  booked_id := openslot.answered_request(request_id, arguments);
  if booked_id is not null then
    return openslot.booking_json(booked_id, null);
  end if;

  chosen := openslot.find_provider(provider);
  perform openslot.lock_visitor(visitor);
  former := openslot.held_by(visitor);
  perform openslot.lock_providers(array[chosen.id, former.provider_id]);
  chosen := openslot.find_provider(provider);
  wanted := openslot.find_service(chosen.id, service);
  taking := openslot.find_time(chosen, wanted, start, openslot.holder(visitor));
  perform openslot.count_request(chosen.tenant_id);

  perform openslot.follow_facts_later();
  booked_id := openslot.make_appointment(chosen, wanted, start, taking, details, 'patient');
  insert into openslot.requests (id, fingerprint, appointment_id)
  values (request_id, openslot.fingerprint(arguments), booked_id);
  perform openslot.give_up_hold(former);
  return openslot.booking_json(booked_id, openslot.project_with_hold(chosen.id, tstzmultirange(taking), former));
end;
$$;
comment on function public.openslot_book(text, text, timestamptz, jsonb, uuid, uuid) is
  'Books the time whose patient''s part begins at `start`: {appointment, manage_token, change, server_time}. `patient` is '
  '{name, email, phone?, note?, time_zone?, locale?, answers?}. The hold of `visitor` ends. The same request id returns the '
  'same appointment, with change null. Raises invalid_argument, provider_not_found, service_not_found, too_soon, '
  'outside_window, outside_hours, slot_taken, daily_limit_reached, request_id_reused, rate_limited.';

create function public.openslot_appointment(token text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  subject openslot.appointments := openslot.find_appointment(token);
begin
  return jsonb_build_object(
    'appointment', openslot.appointment_json(subject),
    'topic', openslot.appointment_topic(subject.id),
    'server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_appointment(text) is
  'The appointment that a manage token opens: {appointment, topic, server_time}. An event `changed` on the private Realtime '
  'topic signals that the appointment changed. Raises invalid_argument, appointment_not_found.';

create function public.openslot_cancel(token text, reason text default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  subject openslot.appointments := openslot.find_appointment(token);
begin
  if length(reason) > 1000 then
    perform openslot.reject_argument('reason');
  end if;
  perform openslot.lock_providers(array[subject.provider_id]);
  subject := openslot.find_appointment(token);
  if subject.status = 'cancelled' then
    return openslot.booking_json(subject.id, null);
  end if;
  perform openslot.demand_changeable(subject);
  return openslot.booking_json(subject.id, openslot.cancel_appointment(subject, 'patient', reason));
end;
$$;
comment on function public.openslot_cancel(text, text) is
  'Cancels the appointment that a manage token opens; a cancelled one stays cancelled and is returned with change null: '
  '{appointment, manage_token, change, server_time}. Raises invalid_argument, appointment_not_found, appointment_past, '
  'too_late_to_change.';

create function public.openslot_reschedule(
  token text, start timestamptz, request_id uuid, visitor uuid default null
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  subject openslot.appointments := openslot.find_appointment(token);
  arguments jsonb := jsonb_build_object('action', 'reschedule', 'appointment', subject.id, 'start', extract(epoch from start));
  former openslot.holds;
  chosen openslot.providers;
  wanted openslot.services;
  taking tstzrange;
  change jsonb;
begin
  perform openslot.demand('start', start is not null);
  perform openslot.demand('request_id', request_id is not null);
  if openslot.answered_request(request_id, arguments) is not null then
    return openslot.booking_json(subject.id, null);
  end if;

  perform openslot.lock_visitor(visitor);
  former := openslot.held_by(visitor);
  perform openslot.lock_providers(array[subject.provider_id, former.provider_id]);
  chosen := openslot.find_provider(subject.provider_id::text);
  subject := openslot.find_appointment(token);
  if subject.status = 'cancelled' then
    perform openslot.fail('appointment_cancelled');
  end if;
  perform openslot.demand_changeable(subject);

  if start <> subject.start_time then
    -- An appointment can be moved even if its service is no longer offered.
    select * into wanted from openslot.services where id = subject.service_id;
    taking := openslot.find_time(chosen, wanted, start, openslot.holder(visitor), subject);
    perform openslot.count_request(chosen.tenant_id);
    perform openslot.follow_facts_later();
    perform openslot.give_up_hold(former);
    perform openslot.move_appointment(subject, start, taking, 'patient');
    change := openslot.project_with_hold(chosen.id, tstzmultirange(taking) + tstzmultirange(subject.busy), former);
  end if;
  insert into openslot.requests (id, fingerprint, appointment_id)
  values (request_id, openslot.fingerprint(arguments), subject.id);
  return openslot.booking_json(subject.id, change);
end;
$$;
comment on function public.openslot_reschedule(text, timestamptz, uuid, uuid) is
  'Moves the appointment that a manage token opens to another time of its provider; the old time is kept until the new one is '
  'booked: {appointment, manage_token, change, server_time}. The same request id returns the same answer, with change null. '
  'Raises invalid_argument, appointment_not_found, appointment_cancelled, appointment_past, too_late_to_change, '
  'provider_not_found, too_soon, outside_window, outside_hours, slot_taken, daily_limit_reached, request_id_reused, rate_limited.';

revoke execute on all functions in schema openslot from public;
revoke execute on function public.openslot_book(text, text, timestamptz, jsonb, uuid, uuid), public.openslot_appointment(text),
  public.openslot_cancel(text, text), public.openslot_reschedule(text, timestamptz, uuid, uuid)
  from public, anon, authenticated, service_role;
grant execute on function public.openslot_book(text, text, timestamptz, jsonb, uuid, uuid), public.openslot_appointment(text),
  public.openslot_cancel(text, text), public.openslot_reschedule(text, timestamptz, uuid, uuid)
  to anon, authenticated, service_role;

-- Appointments, the only table with patients' data, and the guarantee that no time is sold twice.

create type openslot.patient as (
  name text,
  email text,
  phone text,
  note text,
  time_zone text,
  locale text,
  answers jsonb
);

create table openslot.appointments (
  id uuid primary key default gen_random_uuid(),
  provider_id uuid not null references openslot.providers,
  service_id uuid not null,
  status text not null default 'confirmed' check (status in ('confirmed', 'cancelled', 'completed', 'no_show')),
  start_time timestamptz not null,
  end_time timestamptz not null,
  busy tstzrange not null,
  sequence integer not null default 0,
  version integer not null default 0,
  changed_by text not null default 'patient' check (changed_by in ('patient', 'provider')),
  message text check (length(message) <= 1000),
  patient_name openslot.short_text not null,
  patient_email text check (openslot.is_email(patient_email)),
  patient_phone text check (length(patient_phone) between 3 and 40 and patient_phone !~ '[[:cntrl:]]'),
  patient_note text check (length(patient_note) <= 2000),
  answers jsonb not null default '[]' check (jsonb_typeof(answers) = 'array'),
  patient_time_zone text check (openslot.is_time_zone(patient_time_zone)),
  patient_locale text check (length(patient_locale) <= 35),
  cancelled_by text check (cancelled_by in ('patient', 'provider')),
  cancelled_at timestamptz,
  cancel_reason text check (length(cancel_reason) <= 1000),
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (service_id, provider_id) references openslot.services (id, provider_id),
  check (end_time > start_time),
  check (busy @> tstzrange(start_time, end_time) and lower_inc(busy) and not upper_inc(busy)),
  check ((status = 'cancelled') = (cancelled_by is not null)),
  check ((status = 'cancelled') = (cancelled_at is not null)),
  check (cancel_reason is null or status = 'cancelled'),
  constraint no_two_appointments_at_once
    exclude using gist (provider_id with =, busy with &&) where (status = 'confirmed')
);
create unique index one_appointment_per_start on openslot.appointments (provider_id, start_time) where status = 'confirmed';
create index appointments_by_time on openslot.appointments (provider_id, start_time) where status <> 'cancelled';
create index appointments_by_service on openslot.appointments (service_id);
alter table openslot.appointments enable row level security;

comment on table openslot.appointments is 'Which patient comes when. Never granted, never published, never broadcast.';
comment on column openslot.appointments.start_time is 'The patient''s part, without buffers.';
comment on column openslot.appointments.busy is
  'The time that the appointment takes, with its buffers, rounded up to whole cells of the grid on which it was booked.';
comment on column openslot.appointments.version is 'Grows with every change, also with changes that don''t concern the patient.';
comment on column openslot.appointments.changed_by is 'The party that made the latest change that concerns both.';
comment on column openslot.appointments.message is 'The clinic''s message to the patient about its latest change.';
comment on column openslot.appointments.patient_email is 'Null only for patients whom staff booked by phone.';
comment on column openslot.appointments.answers is
  'The answers to the questions of the service, with the questions as they were asked: [{key, kind, label, answer}].';
comment on column openslot.appointments.sequence is 'Grows with every change, as an iCalendar SEQUENCE does.';
comment on column openslot.appointments.token_hash is
  'SHA-256 of the manage token. The token itself is not stored: see openslot.manage_token.';
comment on constraint no_two_appointments_at_once on openslot.appointments is
  'Holds for any interleaving of transactions and services of any length, even if a function has a mistake.';

create function openslot.stamp_appointment() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.version := old.version + 1;
  new.updated_at := clock_timestamp();
  return new;
end;
$$;
comment on function openslot.stamp_appointment() is 'Gives an appointment a new version with every change.';
create trigger lock_before_writing before insert or update or delete on openslot.appointments
  for each statement execute function openslot.lock_before_writing();
create trigger stamp_appointment before update on openslot.appointments
  for each row execute function openslot.stamp_appointment();

-- Manage tokens --------------------------------------------------------------------------------------------------------

create function openslot.manage_token(appointment_id uuid) returns text
language plpgsql stable set search_path = ''
as $$
begin
  return openslot.token_of(appointment_id, 'manage_token');
end;
$$;
comment on function openslot.manage_token(uuid) is
  'The secret that opens, moves and cancels an appointment.';

create function openslot.appointment_topic(appointment_id uuid) returns text
language plpgsql stable set search_path = ''
as $$
begin
  return 'openslot:appointment:' || encode(openslot.sign(uuid_send(appointment_id) || 'topic'::bytea, 'manage_token'), 'hex');
end;
$$;
comment on function openslot.appointment_topic(uuid) is
  'The Realtime topic that signals changes to the appointment''s patient. Its name is the secret.';

create function openslot.find_appointment(token text) returns openslot.appointments
language plpgsql stable set search_path = ''
as $$
declare
  found_appointment openslot.appointments;
begin
  if token is null or token = '' then
    perform openslot.reject_argument('token');
  end if;
  select * into found_appointment from openslot.appointments where token_hash = sha256(convert_to(token, 'UTF8'));
  if not found then
    perform openslot.fail('appointment_not_found');
  end if;
  return found_appointment;
end;
$$;
comment on function openslot.find_appointment(text) is
  'The appointment that a manage token opens. Raises invalid_argument or appointment_not_found.';

-- Answered requests ---------------------------------------------------------------------------------------------------

create table openslot.requests (
  id uuid primary key,
  fingerprint bytea not null,
  appointment_id uuid not null references openslot.appointments on delete cascade,
  created_at timestamptz not null default now()
);
create index requests_by_appointment on openslot.requests (appointment_id);
create index requests_by_age on openslot.requests (created_at);
alter table openslot.requests enable row level security;
comment on table openslot.requests is
  'Bookings and reschedulings that succeeded, by the client''s request id, so that a repeated request gets the same answer.';
comment on column openslot.requests.fingerprint is 'Hash of all arguments: the same id with other arguments is a mistake.';

create function openslot.fingerprint(request jsonb) returns bytea
language sql stable
return sha256(convert_to(request::text, 'UTF8'));
comment on function openslot.fingerprint(jsonb) is 'Hash of a request''s arguments; jsonb has one text for equal values.';

create function openslot.answered_request(request_id uuid, arguments jsonb) returns uuid
language plpgsql set search_path = ''
as $$
declare
  answered openslot.requests;
begin
  -- Of two requests with one id, the second waits here until the first has committed or failed.
  perform pg_advisory_xact_lock(hashtextextended('openslot request ' || request_id, 0));
  select * into answered from openslot.requests where id = request_id;
  if answered.fingerprint <> openslot.fingerprint(arguments) then
    perform openslot.fail('request_id_reused');
  end if;
  return answered.appointment_id;
end;
$$;
comment on function openslot.answered_request(uuid, jsonb) is
  'The appointment that this request made before, or null for a new request; its id is then locked for this transaction. Raises '
  'request_id_reused when the id came with other arguments.';

revoke execute on all functions in schema openslot from public;

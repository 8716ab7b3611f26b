-- The schema, the tenants, and the small helpers that the other migrations use.
--
-- All tables live in schema `openslot`, which the Data API does not expose. Browsers may only call the `public.openslot_*`
-- functions of the files named public_api_*. Those functions run with the rights of their owner, and each is granted by name.
-- So these migrations fit into a project that has tables of its own, and need no setting in the dashboard.

-- Supabase hosts 15 as its oldest version. An older server would create the functions, but fail when they are called.
do $$
begin
  if current_setting('server_version_num')::integer < 150000 then
    raise exception 'Openslot needs PostgreSQL 15 or newer; this is %', current_setting('server_version')
      using errcode = 'feature_not_supported',
        hint = 'Upgrade the project (Settings, Infrastructure), then apply the migrations again.';
  end if;
end;
$$;

create extension if not exists pgcrypto with schema extensions;
create extension if not exists btree_gist with schema extensions;

create schema openslot;
comment on schema openslot is 'Openslot: booking. Not for the Data API; use the functions public.openslot_*.';

-- Errors -------------------------------------------------------------------------------------------------------------

create function openslot.fail(code text, detail jsonb default '{}') returns void
language plpgsql set search_path = ''
as $$
begin
  raise exception using
    errcode = case
      when code in ('invalid_argument', 'outside_hours', 'outside_window', 'too_soon') then 'PT422'
      when code in ('provider_not_found', 'service_not_found', 'appointment_not_found', 'tenant_not_found',
        'invitation_not_found', 'member_not_found') then 'PT404'
      when code = 'not_signed_in' then 'PT401'
      when code = 'not_allowed' then 'PT403'
      when code = 'rate_limited' then 'PT429'
      else 'PT409'
    end,
    message = code,
    detail = detail::text;
end;
$$;
comment on function openslot.fail(text, jsonb) is
  'Raises a stable machine code. SQLSTATE PTnnn makes the Data API answer with HTTP status nnn; detail is a JSON object.';

create function openslot.reject_argument(field text) returns void
language plpgsql set search_path = ''
as $$
begin
  perform openslot.fail('invalid_argument', jsonb_build_object('field', field));
end;
$$;
comment on function openslot.reject_argument(text) is
  'Raises invalid_argument with the name of the argument or of the patient''s field.';

create function openslot.demand(field text, is_valid boolean) returns void
language plpgsql set search_path = ''
as $$
begin
  if is_valid is not true then
    perform openslot.reject_argument(field);
  end if;
end;
$$;
comment on function openslot.demand(text, boolean) is
  'Raises invalid_argument with the name of the argument unless it is valid. A null argument makes its condition null, and so is '
  'refused, too.';

-- Values -------------------------------------------------------------------------------------------------------------

create function openslot.iso(instant timestamptz) returns text
language sql stable
return to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
  || case when instant = date_trunc('second', instant) then '' else to_char(instant, '.US') end
  || 'Z';
comment on function openslot.iso(timestamptz) is
  'ISO 8601 in UTC, always in the same form, so that clients can compare the texts: 2026-11-24T08:00:00Z. Microseconds only if '
  'there are any.';

create function openslot.is_time_zone(zone text) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  -- PostgreSQL also accepts abbreviations and POSIX rules (`EST5EDT`, `FOO+3`) as zones. The pattern excludes them, because
  -- browsers and Node refuse them. This doesn't read pg_timezone_names: that takes 50 ms and more.
  if zone !~ '^(UTC|Etc/(UTC|GMT|GMT-([1-9]|1[0-4])|GMT\+([1-9]|1[0-2]))|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_-]+){1,2})$' then
    return false;
  end if;
  perform timestamp '2000-01-01' at time zone zone;
  return true;
exception when invalid_parameter_value then
  return false;
end;
$$;
comment on function openslot.is_time_zone(text) is 'Whether this is an IANA time zone that this database supports. Null for null.';

create function openslot.is_email(address text) returns boolean
language sql immutable
return length(address) <= 254 and address ~ '^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"().]{2,}$';
comment on function openslot.is_email(text) is
  'Whether this looks like one e-mail address. Only a delivery proves an address; this check refuses typing mistakes and header '
  'injection.';

create function openslot.is_web_address(address text) returns boolean
language sql immutable
return length(address) <= 2000 and address ~ '^https?://[^\s#]+$';
comment on function openslot.is_web_address(text) is 'Whether this is an http or https address without a fragment. Null for null.';

create domain openslot.slug as text check (
  value ~ '^[a-z0-9]+(-[a-z0-9]+)*$'
  and length(value) <= 60
  -- Functions accept a slug or an id in the same argument, so a slug must not look like an id.
  and value !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
);

create domain openslot.short_text as text check (length(value) <= 200 and btrim(value) <> '' and value !~ '[[:cntrl:]]');

-- Tenants ------------------------------------------------------------------------------------------------------------

create table openslot.tenants (
  id uuid primary key default gen_random_uuid(),
  slug openslot.slug not null unique,
  name openslot.short_text not null,
  hold_minutes integer not null default 5 check (hold_minutes between 1 and 60),
  hold_max_minutes integer not null default 15 check (hold_max_minutes >= hold_minutes and hold_max_minutes <= 240),
  rate_limit_per_hour integer default 60 check (rate_limit_per_hour > 0),
  broadcast_gap_ms integer not null default 0 check (broadcast_gap_ms between 0 and 60000),
  reply_to text check (openslot.is_email(reply_to)),
  page_url text check (openslot.is_web_address(page_url)),
  desk_url text check (openslot.is_web_address(desk_url)),
  reminder_minutes integer[] not null default '{1440,60}' check (0 < all (reminder_minutes) and 20160 >= all (reminder_minutes)),
  created_at timestamptz not null default now()
);
comment on table openslot.tenants is 'Clinics. One project may serve several.';
comment on column openslot.tenants.name is 'Public: shown with each of its providers.';
comment on column openslot.tenants.hold_minutes is 'Minutes that a hold lasts once a visitor chooses a time.';
comment on column openslot.tenants.hold_max_minutes is 'Minutes for which one visitor may extend the same hold.';
comment on column openslot.tenants.rate_limit_per_hour is 'Holds and bookings per caller''s address. Null: no limit.';
comment on column openslot.tenants.broadcast_gap_ms is
  'Smallest gap between two broadcasts of one provider, for large audiences: Realtime counts a message per receiver. Changes '
  'within the gap are sent with the next broadcast or by openslot.flush_broadcasts(). 0: each change is broadcast at once.';

comment on column openslot.tenants.reply_to is 'Address that receives a patient''s reply to an e-mail.';
comment on column openslot.tenants.page_url is 'Page with the booking widget that e-mails link to; a provider may have another.';
comment on column openslot.tenants.desk_url is 'Page with the desk that invitations link to.';
comment on column openslot.tenants.reminder_minutes is
  'Minutes before an appointment at which its patient is reminded; one reminder for each entry.';

-- Secrets ------------------------------------------------------------------------------------------------------------

create table openslot.secrets (
  name text primary key,
  value bytea not null check (length(value) >= 32)
);
comment on table openslot.secrets is 'Keys made at installation that never leave the database. Granted to no role.';

insert into openslot.secrets (name, value) values
  ('manage_token', extensions.gen_random_bytes(32)),
  ('invitation_token', extensions.gen_random_bytes(32)),
  ('caller_address', extensions.gen_random_bytes(32));

create function openslot.sign(message bytea, secret_name text) returns bytea
-- PostgreSQL plans a function in SQL that has a setting anew with each call; one in PL/pgSQL only once in a connection.
language plpgsql stable set search_path = ''
as $$
begin
  return (select extensions.hmac(message, value, 'sha256') from openslot.secrets where name = secret_name);
end;
$$;
comment on function openslot.sign(bytea, text) is 'HMAC-SHA256 of a message with one of this database''s own secrets.';

create function openslot.token_of(subject uuid, secret_name text) returns text
language plpgsql stable set search_path = ''
as $$
begin
  return translate(encode(uuid_send(subject) || openslot.sign(uuid_send(subject), secret_name), 'base64'), E'+/=\n', '-_');
end;
$$;
comment on function openslot.token_of(uuid, text) is
  'An unguessable token for a row: base64url of its id and a signature. It is stored nowhere: the database computes it again '
  'whenever a repeated request or an e-mail needs it.';

alter table openslot.tenants enable row level security;
alter table openslot.secrets enable row level security;

revoke execute on all functions in schema openslot from public;

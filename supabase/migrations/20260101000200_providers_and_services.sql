-- Providers, the people whose time is booked, and the services that each of them offers.

create table openslot.providers (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references openslot.tenants on delete cascade,
  slug openslot.slug not null unique,
  name openslot.short_text not null,
  title openslot.short_text,
  avatar_url text check (length(avatar_url) <= 2000 and avatar_url ~ '^https?://[^\s]+$'),
  email text check (openslot.is_email(email)),
  page_url text check (openslot.is_web_address(page_url)),
  time_zone text not null check (openslot.is_time_zone(time_zone)),
  slot_minutes integer not null default 15 check (slot_minutes between 5 and 240),
  min_notice_minutes integer not null default 60 check (min_notice_minutes between 0 and 525600),
  booking_window_days integer not null default 60 check (booking_window_days between 1 and 366),
  daily_limit integer check (daily_limit > 0),
  change_notice_minutes integer check (change_notice_minutes between 0 and 525600),
  change_policy text check (
    length(change_policy) <= 500 and btrim(change_policy, E' \n') <> '' and translate(change_policy, E'\n', '') !~ '[[:cntrl:]]'),
  active boolean not null default true,
  hours_version integer not null default 0,
  created_at timestamptz not null default now()
);
create index providers_by_tenant on openslot.providers (tenant_id);

comment on table openslot.providers is 'People whose time is booked.';
comment on column openslot.providers.slug is 'Public name in addresses and attributes; unique in the whole database.';
comment on column openslot.providers.email is 'Address that receives notifications of bookings; never public.';
comment on column openslot.providers.page_url is 'Page with this provider''s booking widget, if it differs from the clinic''s.';
comment on column openslot.providers.hours_version is
  'Grows with each edit of the hours, so that of two people who edit them at once the second is refused.';
comment on column openslot.providers.time_zone is 'IANA zone of the hours, in which the provider''s days begin.';
comment on column openslot.providers.slot_minutes is 'Length of one cell of the grid. A service takes a run of cells.';
comment on column openslot.providers.min_notice_minutes is 'Patients can book a time until this many minutes before it begins.';
comment on column openslot.providers.booking_window_days is
  'Patients can book a time once it begins in less than this many times 24 hours.';
comment on column openslot.providers.daily_limit is 'Most appointments that begin on one local date. Null: no limit.';
comment on column openslot.providers.change_notice_minutes is
  'Patients can move or cancel an appointment until this many minutes before it begins. Null: until it begins.';
comment on column openslot.providers.change_policy is
  'What patients read about moving and cancelling, before they book, too: plain text. Null: nothing.';
comment on column openslot.providers.active is 'Patients can''t see or book an inactive provider; existing appointments stay.';
create table openslot.services (
  id uuid primary key default gen_random_uuid(),
  provider_id uuid not null references openslot.providers on delete cascade,
  slug openslot.slug not null,
  name openslot.short_text not null,
  description text check (length(description) <= 2000),
  duration_minutes integer not null check (duration_minutes between 5 and 1440),
  buffer_before_minutes integer not null default 0 check (buffer_before_minutes between 0 and 720),
  buffer_after_minutes integer not null default 0 check (buffer_after_minutes between 0 and 720),
  questions jsonb not null default '[]' check (openslot.check_questions(questions)),
  position integer not null default 0,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  unique (provider_id, slug),
  -- Key for the foreign key by which an appointment's service must belong to its provider.
  unique (id, provider_id)
);
comment on table openslot.services is 'Services that patients can book with a provider.';
comment on column openslot.services.buffer_before_minutes is 'Kept free before the patient''s part.';
comment on column openslot.services.buffer_after_minutes is 'Kept free after the patient''s part.';
comment on column openslot.services.questions is
  'Questions to patients beside name and address: [{key, kind, label, hint?, required?, options?, link?}].';
comment on column openslot.services.position is 'Order in which patients see the services; equal positions by name.';

alter table openslot.providers enable row level security;
alter table openslot.services enable row level security;

create function openslot.find_provider(provider text) returns openslot.providers
language plpgsql stable set search_path = ''
as $$
declare
  found_provider openslot.providers;
begin
  perform openslot.demand('provider', provider <> '');
  if provider ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    select * into found_provider from openslot.providers where id = provider::uuid and active;
  else
    select * into found_provider from openslot.providers where slug = provider and active;
  end if;
  if not found then
    perform openslot.fail('provider_not_found');
  end if;
  return found_provider;
end;
$$;
comment on function openslot.find_provider(text) is
  'The active provider with this slug or id. Raises invalid_argument or provider_not_found.';

create function openslot.find_service(of_provider uuid, service text) returns openslot.services
language plpgsql stable set search_path = ''
as $$
declare
  found_service openslot.services;
begin
  perform openslot.demand('service', service <> '');
  if service ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    select * into found_service from openslot.services where id = service::uuid and provider_id = of_provider and active;
  else
    select * into found_service from openslot.services where slug = service and provider_id = of_provider and active;
  end if;
  if not found then
    perform openslot.fail('service_not_found');
  end if;
  return found_service;
end;
$$;
comment on function openslot.find_service(uuid, text) is
  'The provider''s active service with this slug or id. Raises invalid_argument or service_not_found.';

revoke execute on all functions in schema openslot from public;

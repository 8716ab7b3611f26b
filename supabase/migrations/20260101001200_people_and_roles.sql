-- A clinic's members, their roles, and its invitations.
--
-- A caller who does not work for a provider gets the same error as if the provider didn't exist, so that other clinics stay
-- hidden.

create table openslot.tenant_members (
  tenant_id uuid not null references openslot.tenants on delete cascade,
  user_id uuid not null references auth.users on delete cascade,
  role text not null default 'staff' check (role in ('owner', 'staff', 'provider')),
  provider_id uuid references openslot.providers on delete cascade,
  created_at timestamptz not null default now(),
  primary key (tenant_id, user_id),
  check ((role = 'provider') = (provider_id is not null))
);
create index tenant_members_by_user on openslot.tenant_members (user_id);
create index tenant_members_by_provider on openslot.tenant_members (provider_id);
comment on table openslot.tenant_members is 'A clinic''s members, by their account in Supabase Auth.';
comment on column openslot.tenant_members.role is
  'owner: the whole clinic, its members included. staff: every provider''s calendar. provider: their own calendar.';

create table openslot.invitations (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references openslot.tenants on delete cascade,
  email text not null check (openslot.is_email(email)),
  role text not null check (role in ('owner', 'staff', 'provider')),
  provider_id uuid references openslot.providers on delete cascade,
  locale text check (length(locale) <= 35),
  invited_by uuid references auth.users on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '14 days',
  check ((role = 'provider') = (provider_id is not null))
);
create unique index one_invitation_per_address on openslot.invitations (tenant_id, lower(email));
create index invitations_by_provider on openslot.invitations (provider_id);
create index invitations_by_inviter on openslot.invitations (invited_by);
comment on table openslot.invitations is
  'People who may join a clinic by the link in an e-mail. A row is deleted when its person has joined.';

create function openslot.stay_within_tenant() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if new.provider_id is not null
    and not exists (select from openslot.providers where id = new.provider_id and tenant_id = new.tenant_id) then
    raise exception 'provider % is not of tenant %', new.provider_id, new.tenant_id using errcode = 'foreign_key_violation';
  end if;
  return new;
end;
$$;
comment on function openslot.stay_within_tenant() is 'A member can only work for a provider of the same clinic.';
create trigger stay_within_tenant before insert or update on openslot.tenant_members
  for each row execute function openslot.stay_within_tenant();
create trigger stay_within_tenant before insert or update on openslot.invitations
  for each row execute function openslot.stay_within_tenant();

alter table openslot.tenant_members enable row level security;
alter table openslot.invitations enable row level security;

-- The caller ---------------------------------------------------------------------------------------------------------

create function openslot.signed_in_user() returns uuid
language plpgsql stable set search_path = ''
as $$
begin
  if auth.uid() is null then
    perform openslot.fail('not_signed_in');
  end if;
  return auth.uid();
end;
$$;
comment on function openslot.signed_in_user() is
  'The signed-in user. Raises not_signed_in for a caller who only has the public key.';

create function openslot.role_with(of_provider uuid, member uuid) returns text
language sql stable set search_path = ''
as $$
  select membership.role
  from openslot.providers provider
  join openslot.tenant_members membership on membership.tenant_id = provider.tenant_id
  where provider.id = of_provider and membership.user_id = member
    and (membership.role <> 'provider' or membership.provider_id = provider.id)
$$;
comment on function openslot.role_with(uuid, uuid) is 'The role in which a user works for a provider; null if they don''t.';

create function openslot.find_own_provider(provider text) returns openslot.providers
language plpgsql stable set search_path = ''
as $$
declare
  asking uuid := openslot.signed_in_user();
  found_provider openslot.providers;
begin
  perform openslot.demand('provider', provider <> '');
  if provider ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    select * into found_provider from openslot.providers where id = provider::uuid;
  else
    select * into found_provider from openslot.providers where slug = provider;
  end if;
  if openslot.role_with(found_provider.id, asking) is null then
    perform openslot.fail('provider_not_found');
  end if;
  return found_provider;
end;
$$;
comment on function openslot.find_own_provider(text) is
  'A provider that the signed-in user works for, active or not. Raises not_signed_in, invalid_argument, provider_not_found.';

create function openslot.find_own_tenant(tenant text, as_owner boolean) returns openslot.tenants
language plpgsql stable set search_path = ''
as $$
declare
  asking uuid := openslot.signed_in_user();
  found_tenant openslot.tenants;
  has_role text;
begin
  perform openslot.demand('tenant', tenant <> '');
  if tenant ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    select * into found_tenant from openslot.tenants where id = tenant::uuid;
  else
    select * into found_tenant from openslot.tenants where slug = tenant;
  end if;
  select role into has_role from openslot.tenant_members where tenant_id = found_tenant.id and user_id = asking;
  if has_role is null then
    perform openslot.fail('tenant_not_found');
  elsif as_owner and has_role <> 'owner' then
    perform openslot.fail('not_allowed');
  end if;
  return found_tenant;
end;
$$;
comment on function openslot.find_own_tenant(text, boolean) is
  'A clinic that the signed-in user works for, or owns. Raises not_signed_in, invalid_argument, tenant_not_found, not_allowed.';

create function openslot.find_own_appointment(appointment uuid) returns openslot.appointments
language plpgsql stable set search_path = ''
as $$
declare
  asking uuid := openslot.signed_in_user();
  found_appointment openslot.appointments;
begin
  select * into found_appointment from openslot.appointments where id = appointment;
  if openslot.role_with(found_appointment.provider_id, asking) is null then
    perform openslot.fail('appointment_not_found');
  end if;
  return found_appointment;
end;
$$;
comment on function openslot.find_own_appointment(uuid) is
  'An appointment with a provider that the signed-in user works for. Raises not_signed_in, appointment_not_found.';

create function openslot.may_listen_to_desk(topic text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select case when topic ~ '^openslot:desk:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    then openslot.role_with(substr(topic, 15)::uuid, auth.uid()) is not null else false end
$$;
comment on function openslot.may_listen_to_desk(text) is 'Whether the caller works for the provider whose desk has this topic.';

revoke execute on all functions in schema openslot from public;

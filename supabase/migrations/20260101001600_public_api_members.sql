-- A clinic's members and invitations, and how a person accepts an invitation.

create function openslot.members_json(of_tenant uuid) returns jsonb
language sql volatile set search_path = ''
as $$
  select jsonb_build_object(
    'members', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'user_id', member.user_id, 'email', account.email, 'role', member.role, 'provider_id', member.provider_id)
        order by account.email), '[]')
      from openslot.tenant_members member join auth.users account on account.id = member.user_id
      where member.tenant_id = of_tenant),
    'invitations', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', id, 'email', email, 'role', role, 'provider_id', provider_id,
        'created_at', openslot.iso(created_at), 'expires_at', openslot.iso(expires_at)) order by email), '[]')
      from openslot.invitations where tenant_id = of_tenant and expires_at > now()),
    'server_time', openslot.iso(clock_timestamp()))
$$;
comment on function openslot.members_json(uuid) is 'A clinic''s members and open invitations, for its owners.';

create function public.openslot_members(tenant text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  return openslot.members_json((openslot.find_own_tenant(tenant, as_owner => true)).id);
end;
$$;
comment on function public.openslot_members(text) is
  'A clinic''s members and open invitations: {members, invitations, server_time}. Raises not_signed_in, invalid_argument, '
  'tenant_not_found, not_allowed.';

create function public.openslot_invite(
  tenant text, email text, role text, provider text default null, locale text default null
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  owned openslot.tenants := openslot.find_own_tenant(tenant, as_owner => true);
  address text := btrim(email);
  for_provider uuid;
begin
  if not coalesce(openslot.is_email(address), false) then
    perform openslot.reject_argument('email');
  elsif role is null or role not in ('owner', 'staff', 'provider') then
    perform openslot.reject_argument('role');
  elsif locale !~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$' or length(locale) > 35 then
    perform openslot.reject_argument('locale');
  end if;
  if role = 'provider' then
    for_provider := (openslot.find_own_provider(provider)).id;
    if not exists (select from openslot.providers where id = for_provider and tenant_id = owned.id) then
      perform openslot.fail('provider_not_found');
    end if;
  end if;
  if exists (
    select from openslot.tenant_members member join auth.users account on account.id = member.user_id
    where member.tenant_id = owned.id and lower(account.email) = lower(address)
  ) then
    perform openslot.fail('already_member');
  end if;
  -- A second invitation to an address replaces the first, whose link then stops working.
  delete from openslot.invitations where tenant_id = owned.id and lower(invitations.email) = lower(address);
  insert into openslot.invitations (tenant_id, email, role, provider_id, locale, invited_by)
  values (owned.id, address, openslot_invite.role, for_provider, openslot_invite.locale, auth.uid());
  return openslot.members_json(owned.id);
end;
$$;
comment on function public.openslot_invite(text, text, text, text, text) is
  'Invites a person by e-mail as owner, staff or provider (then with the provider that they are); a second invitation to an '
  'address sends a new link: {members, invitations, server_time}. Raises not_signed_in, invalid_argument, tenant_not_found, '
  'not_allowed, provider_not_found, already_member.';

create function public.openslot_revoke_invitation(invitation uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  asking uuid := openslot.signed_in_user();
  of_tenant uuid;
begin
  delete from openslot.invitations
  where id = invitation and exists (
    select from openslot.tenant_members member
    where member.tenant_id = invitations.tenant_id and member.user_id = asking and member.role = 'owner')
  returning tenant_id into of_tenant;
  if not found then
    perform openslot.fail('invitation_not_found');
  end if;
  return openslot.members_json(of_tenant);
end;
$$;
comment on function public.openslot_revoke_invitation(uuid) is
  'Deletes an invitation: {members, invitations, server_time}. Raises not_signed_in, invitation_not_found.';

create function public.openslot_remove_member(tenant text, member uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  owned openslot.tenants := openslot.find_own_tenant(tenant, as_owner => true);
begin
  -- If two owners remove each other at the same time, the lock lets only one succeed.
  perform from openslot.tenants where id = owned.id for update;
  if not exists (
    select from openslot.tenant_members where tenant_id = owned.id and role = 'owner' and user_id is distinct from member
  ) then
    perform openslot.fail('last_owner');
  end if;
  delete from openslot.tenant_members where tenant_id = owned.id and user_id = member;
  if not found then
    perform openslot.fail('member_not_found');
  end if;
  return openslot.members_json(owned.id);
end;
$$;
comment on function public.openslot_remove_member(text, uuid) is
  'Ends a person''s membership: {members, invitations, server_time}. Raises not_signed_in, invalid_argument, tenant_not_found, '
  'not_allowed, member_not_found, last_owner.';

create function public.openslot_accept_invitation(token text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  asking uuid := openslot.signed_in_user();
  address text := (select email from auth.users where id = asking);
  accepted openslot.invitations;
begin
  perform openslot.demand('token', token <> '');
  select * into accepted from openslot.invitations
  where lower(email) = lower(address) and expires_at > now() and openslot.token_of(id, 'invitation_token') = token
  for update;
  if not found then
    perform openslot.fail('invitation_not_found');
  end if;
  insert into openslot.tenant_members (tenant_id, user_id, role, provider_id)
  values (accepted.tenant_id, asking, accepted.role, accepted.provider_id)
  on conflict (tenant_id, user_id) do nothing;
  delete from openslot.invitations where id = accepted.id;
  return public.openslot_desk();
end;
$$;
comment on function public.openslot_accept_invitation(text) is
  'Makes the signed-in user a member if the invitation is for their e-mail address; answers like openslot_desk. Raises '
  'not_signed_in, invalid_argument, invitation_not_found.';

revoke execute on all functions in schema openslot from public;
revoke execute on function public.openslot_members(text), public.openslot_invite(text, text, text, text, text),
  public.openslot_revoke_invitation(uuid), public.openslot_remove_member(text, uuid), public.openslot_accept_invitation(text)
  from public, anon, authenticated, service_role;
grant execute on function public.openslot_members(text), public.openslot_invite(text, text, text, text, text),
  public.openslot_revoke_invitation(uuid), public.openslot_remove_member(text, uuid), public.openslot_accept_invitation(text)
  to authenticated;

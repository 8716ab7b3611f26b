-- Owners invite people by e-mail; a user who has the link and the invited address becomes a member with the invited role.
begin;
create extension if not exists pgtap with schema extensions;
select plan(25);

insert into openslot.tenants (id, slug, name) values
  ('a1000000-0000-4000-8000-000000000001', 'test-clinic', 'Test Clinic'), ('a1000000-0000-4000-8000-000000000002', 'other-clinic', 'Other Clinic');
insert into openslot.providers (id, tenant_id, slug, name, time_zone) values
  ('a2000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'test-doctor', 'Dr. Test', 'UTC'),
  ('a2000000-0000-4000-8000-000000000002', 'a1000000-0000-4000-8000-000000000002', 'other-doctor', 'Dr. Other', 'UTC');
insert into auth.users (id, email) values
  ('a6000000-0000-4000-8000-000000000001', 'owner@test.example'), ('a6000000-0000-4000-8000-000000000002', 'Doctor@test.example'),
  ('a6000000-0000-4000-8000-000000000003', 'thief@test.example'), ('a6000000-0000-4000-8000-000000000004', 'other@test.example');
insert into openslot.tenant_members (tenant_id, user_id, role) values
  ('a1000000-0000-4000-8000-000000000001', 'a6000000-0000-4000-8000-000000000001', 'owner'),
  ('a1000000-0000-4000-8000-000000000002', 'a6000000-0000-4000-8000-000000000004', 'owner');
create function pg_temp.sign_in(number integer) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', 'a6000000-0000-4000-8000-00000000000' || number)::text, true)
$$;
create function pg_temp.token(of_email text) returns text language sql as $$
  select openslot.token_of(id, 'invitation_token') from openslot.invitations where email = of_email
$$;

select pg_temp.sign_in(4);
select throws_ok($$ select public.openslot_members('test-clinic') $$, 'PT404', 'tenant_not_found', 'another clinic''s owner can''t see the members');
select throws_ok($$ select public.openslot_invite('test-clinic', 'x@test.example', 'staff') $$, 'PT404', 'tenant_not_found', 'another clinic''s owner can''t invite');
select pg_temp.sign_in(1);
select is(jsonb_path_query_array(public.openslot_members('test-clinic'), '$.members[*].email'), '["owner@test.example"]', 'an owner sees the members');
select throws_ok($$ select public.openslot_invite('test-clinic', 'nonsense', 'staff') $$, 'PT422', 'invalid_argument', 'an invitation needs a valid address');
select throws_ok($$ select public.openslot_invite('test-clinic', 'x@test.example', 'king') $$, 'PT422', 'invalid_argument', 'an invitation needs a valid role');
select throws_ok($$ select public.openslot_invite('test-clinic', 'x@test.example', 'provider', 'other-doctor') $$, 'PT404', 'provider_not_found', 'an invited provider must belong to the clinic');
select throws_ok($$ select public.openslot_invite('test-clinic', 'OWNER@test.example', 'staff') $$, 'PT409', 'already_member', 'a member can''t be invited again');
select is(public.openslot_invite('test-clinic', 'doctor@test.example', 'provider', 'test-doctor', 'sv') #>> '{invitations,0,role}', 'provider', 'a provider is invited');
select is((select openslot.delivery(id) - array['id', 'provider', 'tenant', 'invitation_token'] from openslot.deliveries where invitation_id is not null),
  '{"channel": "email", "recipient": "doctor@test.example", "state": "pending", "kind": "invitation", "audience": "member", "locale": "sv",
    "time_zone": "UTC", "role": "provider", "notification": null, "appointment": null, "service": null, "manage_token": null, "page_url": null,
    "subscription": null, "superseded": false}', 'an invitation is sent by e-mail');
create temporary table old as select pg_temp.token('doctor@test.example') as token;
select is(jsonb_array_length(public.openslot_invite('test-clinic', 'Doctor@Test.example', 'provider', 'test-doctor') -> 'invitations'), 1, 'a second invitation to an address replaces the first');

select pg_temp.sign_in(3);
select throws_ok($$ select public.openslot_accept_invitation(pg_temp.token('Doctor@Test.example')) $$, 'PT404', 'invitation_not_found', 'a user with another address can''t use the link');
select throws_ok($$ select public.openslot_accept_invitation('') $$, 'PT422', 'invalid_argument', 'an empty token is refused');
select pg_temp.sign_in(2);
select throws_ok($$ select public.openslot_accept_invitation(token) from old $$, 'PT404', 'invitation_not_found', 'the link of a replaced invitation is invalid');
select is(public.openslot_accept_invitation(pg_temp.token('Doctor@Test.example')) #>> '{providers,0,slug}', 'test-doctor', 'the invited user becomes a member');
select throws_ok($$ select public.openslot_members('test-clinic') $$, 'PT403', 'not_allowed', 'a provider can''t list the members');
select throws_ok($$ select public.openslot_remove_member('test-clinic', 'a6000000-0000-4000-8000-000000000001') $$, 'PT403', 'not_allowed', 'a provider can''t remove a member');
select is_empty($$ select from openslot.invitations where tenant_id = 'a1000000-0000-4000-8000-000000000001' $$, 'an accepted invitation is deleted');

select pg_temp.sign_in(1);
select public.openslot_invite('test-clinic', 'late@test.example', 'staff');
select pg_temp.sign_in(4);
select throws_ok($$ select public.openslot_revoke_invitation((select id from openslot.invitations where email = 'late@test.example')) $$, 'PT404', 'invitation_not_found',
  'another clinic''s owner can''t revoke an invitation');
select pg_temp.sign_in(1);
select is(public.openslot_revoke_invitation((select id from openslot.invitations where email = 'late@test.example')) -> 'invitations', '[]', 'the clinic''s owner can revoke an invitation');
select throws_ok($$ select public.openslot_remove_member('test-clinic', 'a6000000-0000-4000-8000-000000000001') $$, 'PT409', 'last_owner', 'the last owner can''t be removed');
insert into openslot.tenant_members (tenant_id, user_id, role) values ('a1000000-0000-4000-8000-000000000001', 'a6000000-0000-4000-8000-000000000003', 'owner');
select throws_ok($$ select public.openslot_remove_member('test-clinic', 'a6000000-0000-4000-8000-000000000004') $$, 'PT404', 'member_not_found', 'a user who is no member can''t be removed');
select is(jsonb_array_length(public.openslot_remove_member('test-clinic', 'a6000000-0000-4000-8000-000000000002') -> 'members'), 2, 'a provider is removed');
select pg_temp.sign_in(2);
select is(public.openslot_desk() -> 'providers', '[]', 'a removed member sees no provider');
update openslot.invitations set expires_at = now() where true;
select pg_temp.sign_in(1);
select public.openslot_invite('test-clinic', 'Doctor@test.example', 'staff');
update openslot.invitations set expires_at = now() - interval '1 minute';
select pg_temp.sign_in(2);
select throws_ok($$ select public.openslot_accept_invitation(pg_temp.token('Doctor@test.example')) $$, 'PT404', 'invitation_not_found', 'an old invitation has expired');
select is(openslot.delivery(id) -> 'superseded', 'true', 'an expired invitation is not sent any more') from openslot.deliveries where recipient = 'Doctor@test.example';

select * from finish();
rollback;

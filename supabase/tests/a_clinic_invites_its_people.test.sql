-- Owners invite by e-mail; whoever gets the link and has the address becomes a member, as what they were invited.
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
select throws_ok($$ select public.openslot_members('test-clinic') $$, 'PT404', 'tenant_not_found', 'another clinic''s people are nobody''s business');
select throws_ok($$ select public.openslot_invite('test-clinic', 'x@test.example', 'staff') $$, 'PT404', 'tenant_not_found', 'nor can they be made');
select pg_temp.sign_in(1);
select is(jsonb_path_query_array(public.openslot_members('test-clinic'), '$.members[*].email'), '["owner@test.example"]', 'an owner sees who works there');
select throws_ok($$ select public.openslot_invite('test-clinic', 'nonsense', 'staff') $$, 'PT422', 'invalid_argument', 'an invitation needs an address');
select throws_ok($$ select public.openslot_invite('test-clinic', 'x@test.example', 'king') $$, 'PT422', 'invalid_argument', 'and a role');
select throws_ok($$ select public.openslot_invite('test-clinic', 'x@test.example', 'provider', 'other-doctor') $$, 'PT404', 'provider_not_found', 'with a provider of the clinic');
select throws_ok($$ select public.openslot_invite('test-clinic', 'OWNER@test.example', 'staff') $$, 'PT409', 'already_member', 'for somebody who isn''t there yet');
select is(public.openslot_invite('test-clinic', 'doctor@test.example', 'provider', 'test-doctor', 'sv') #>> '{invitations,0,role}', 'provider', 'a provider is invited');
select is((select openslot.delivery(id) - array['id', 'provider', 'tenant', 'invitation_token'] from openslot.deliveries where invitation_id is not null),
  '{"channel": "email", "recipient": "doctor@test.example", "state": "pending", "kind": "invitation", "audience": "member", "locale": "sv",
    "time_zone": "UTC", "role": "provider", "notification": null, "appointment": null, "service": null, "manage_token": null, "page_url": null,
    "subscription": null, "superseded": false}', 'by e-mail');
create temporary table old as select pg_temp.token('doctor@test.example') as token;
select is(jsonb_array_length(public.openslot_invite('test-clinic', 'Doctor@Test.example', 'provider', 'test-doctor') -> 'invitations'), 1, 'again, it is still one');

select pg_temp.sign_in(3);
select throws_ok($$ select public.openslot_accept_invitation(pg_temp.token('Doctor@Test.example')) $$, 'PT404', 'invitation_not_found', 'a stolen link is worth nothing');
select throws_ok($$ select public.openslot_accept_invitation('') $$, 'PT422', 'invalid_argument', 'nor is none');
select pg_temp.sign_in(2);
select throws_ok($$ select public.openslot_accept_invitation(token) from old $$, 'PT404', 'invitation_not_found', 'the newer link replaces the older');
select is(public.openslot_accept_invitation(pg_temp.token('Doctor@Test.example')) #>> '{providers,0,slug}', 'test-doctor', 'the invited one is in');
select throws_ok($$ select public.openslot_members('test-clinic') $$, 'PT403', 'not_allowed', 'as a provider, not as an owner');
select throws_ok($$ select public.openslot_remove_member('test-clinic', 'a6000000-0000-4000-8000-000000000001') $$, 'PT403', 'not_allowed', 'who removes nobody');
select is_empty($$ select from openslot.invitations where tenant_id = 'a1000000-0000-4000-8000-000000000001' $$, 'and the invitation is used up');

select pg_temp.sign_in(1);
select public.openslot_invite('test-clinic', 'late@test.example', 'staff');
select pg_temp.sign_in(4);
select throws_ok($$ select public.openslot_revoke_invitation((select id from openslot.invitations where email = 'late@test.example')) $$, 'PT404', 'invitation_not_found',
  'another clinic''s owner takes no invitation back');
select pg_temp.sign_in(1);
select is(public.openslot_revoke_invitation((select id from openslot.invitations where email = 'late@test.example')) -> 'invitations', '[]', 'its own does');
select throws_ok($$ select public.openslot_remove_member('test-clinic', 'a6000000-0000-4000-8000-000000000001') $$, 'PT409', 'last_owner', 'somebody has to own a clinic');
insert into openslot.tenant_members (tenant_id, user_id, role) values ('a1000000-0000-4000-8000-000000000001', 'a6000000-0000-4000-8000-000000000003', 'owner');
select throws_ok($$ select public.openslot_remove_member('test-clinic', 'a6000000-0000-4000-8000-000000000004') $$, 'PT404', 'member_not_found', 'only members can go');
select is(jsonb_array_length(public.openslot_remove_member('test-clinic', 'a6000000-0000-4000-8000-000000000002') -> 'members'), 2, 'a provider goes');
select pg_temp.sign_in(2);
select is(public.openslot_desk() -> 'providers', '[]', 'and sees nothing any more');
update openslot.invitations set expires_at = now() where true;
select pg_temp.sign_in(1);
select public.openslot_invite('test-clinic', 'Doctor@test.example', 'staff');
update openslot.invitations set expires_at = now() - interval '1 minute';
select pg_temp.sign_in(2);
select throws_ok($$ select public.openslot_accept_invitation(pg_temp.token('Doctor@test.example')) $$, 'PT404', 'invitation_not_found', 'an old link has expired');
select is(openslot.delivery(id) -> 'superseded', 'true', 'and isn''t sent any more') from openslot.deliveries where recipient = 'Doctor@test.example';

select * from finish();
rollback;

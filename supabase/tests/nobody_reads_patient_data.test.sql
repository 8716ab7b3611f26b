-- The rights of the public key, read from the catalogue, so that objects of later migrations are checked, too.
begin;
create extension if not exists pgtap with schema extensions;
select plan(39);

create temporary table stranger (name text);
insert into stranger values ('anon'), ('authenticated');
grant select on stranger to anon;

-- Schema openslot -------------------------------------------------------------------------------------------------------
select is_empty($$
  select relname from pg_class where relnamespace = 'openslot'::regnamespace and relkind in ('r', 'p') and not relrowsecurity
$$, 'every table has row level security');
select is_empty($$
  select relname, stranger.name, privilege
  from pg_class, stranger, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as privilege
  where relnamespace = 'openslot'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
    and has_table_privilege(stranger.name, pg_class.oid, privilege)
$$, 'public roles have no right to a whole table or view');
select set_eq($$
  select relname || '.' || attname as column_name, stranger.name::text, privilege
  from pg_attribute join pg_class on pg_class.oid = attrelid, stranger, unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) as privilege
  where relnamespace = 'openslot'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') and attnum > 0 and not attisdropped
    and has_column_privilege(stranger.name, pg_class.oid, attnum, privilege)
$$, $$
  select 'availability_slots.' || safe as column_name, name, 'SELECT' as privilege
  from stranger, unnest(array['id', 'provider_id', 'start_time', 'end_time', 'status', 'held_until', 'revision']) as safe
$$, 'public roles may read only the public columns of slots');
select is_empty($$
  select relname, stranger.name from pg_class, stranger
  where relnamespace = 'openslot'::regnamespace and relkind = 'S'
    and (has_sequence_privilege(stranger.name, pg_class.oid, 'USAGE') or has_sequence_privilege(stranger.name, pg_class.oid, 'SELECT'))
$$, 'public roles have no right to a sequence');
select is_empty($$
  select proname, name from pg_proc, (select name from stranger union all select 'service_role') as role
  where pronamespace = 'openslot'::regnamespace and has_function_privilege(name, pg_proc.oid, 'execute')
    -- The policy for the desks' topics calls this function; it only says whether the caller itself is a member.
    and not (proname = 'may_listen_to_desk' and name = 'authenticated')
$$, 'public roles may call no function of the schema');
select is_empty($$ select name from stranger where has_schema_privilege(name, 'openslot', 'create') $$, 'public roles may create nothing in the schema');
select set_eq($$ select tablename::text, policyname::text from pg_policies where schemaname = 'openslot' $$,
  $$ values ('availability_slots', 'Anyone may see when a provider has time') $$, 'only one policy lets public roles see rows');
select is_empty($$
  select proname from pg_proc where pronamespace = 'openslot'::regnamespace and prosecdef
    and coalesce(array_to_string(proconfig, ','), '') !~ 'search_path=""'
$$, 'no function with its owner''s rights uses the caller''s search path');

-- Schema public ---------------------------------------------------------------------------------------------------------
create temporary table granted (name text primary key, roles text[]);
insert into granted
  select unnest(array['openslot_calendar', 'openslot_changes', 'openslot_hold', 'openslot_release', 'openslot_book',
    'openslot_appointment', 'openslot_cancel', 'openslot_reschedule', 'openslot_schema_version']),
    array['anon', 'authenticated', 'service_role']
  union all
  select unnest(array['openslot_notifications', 'openslot_read_notifications', 'openslot_push_subscribe', 'openslot_push_unsubscribe']),
    array['anon', 'authenticated']
  union all
  select unnest(array['openslot_desk', 'openslot_agenda', 'openslot_staff_book', 'openslot_staff_reschedule', 'openslot_staff_cancel',
    'openslot_staff_mark', 'openslot_set_slots', 'openslot_hours', 'openslot_set_hours', 'openslot_set_provider',
    'openslot_set_service', 'openslot_members', 'openslot_invite', 'openslot_revoke_invitation', 'openslot_remove_member',
    'openslot_accept_invitation']), array['authenticated'];
select set_eq($$
  select proname::text from pg_proc where pronamespace = 'public'::regnamespace and proname like 'openslot%'
$$, $$ select name from granted $$, 'the public functions are those of the contract');
select is_empty($$
  select proname from pg_proc where pronamespace = 'public'::regnamespace and proname like 'openslot%'
    and (proacl is null or exists (select from aclexplode(proacl) where grantee = 0))
$$, 'no public function is granted to PUBLIC');
select set_eq($$
  select proname::text, role from pg_proc, unnest(array['anon', 'authenticated', 'service_role']) as role
  where pronamespace = 'public'::regnamespace and proname like 'openslot%' and has_function_privilege(role, pg_proc.oid, 'execute')
$$, $$ select name, unnest(roles) from granted $$, 'each public function is granted by name to the roles that need it');
select is_empty($$
  select proname from pg_proc where pronamespace = 'public'::regnamespace and proname like 'openslot%'
    and not (prosecdef and proconfig = '{"search_path=\"\""}')
$$, 'the public functions run with their owner''s rights and a fixed search path');
select is_empty($$
  select proname from pg_proc where pronamespace in ('public'::regnamespace, 'openslot'::regnamespace)
    and proname ~ (case when pronamespace = 'public'::regnamespace then '^openslot' else '' end)
    and obj_description(oid, 'pg_proc') is null
$$, 'every public function has a comment');
select is_empty($$ select relname from pg_class where relnamespace = 'public'::regnamespace and relname like 'openslot%' $$,
  'there are no tables or views in the exposed schema');

-- Realtime --------------------------------------------------------------------------------------------------------------
select set_eq($$ select tablename::text, attnames::text[] from pg_publication_tables where schemaname = 'openslot' $$,
  $$ values ('availability_slots', array['id', 'provider_id', 'start_time', 'end_time', 'status', 'held_until', 'revision']) $$,
  'only the public columns of slots are published');

-- Calls ---------------------------------------------------------------------------------------------------------------
create temporary table answer as select (public.openslot_calendar(slug)::text || public.openslot_changes(slug, 0)::text
  || (public.openslot_changes(slug, reload_revision))::text) as body
  from openslot.providers provider join openslot.calendars on provider_id = provider.id;
select is_empty($$
  select fact from openslot.appointments, unnest(array[patient_name::text, patient_email, patient_phone, patient_note, id::text]) as fact
  where exists (select from answer where body ilike '%' || fact || '%')
$$, 'no calendar and no change holds data of an appointment');
select isnt_empty($$
  select from answer, openslot.appointments appointment
  where status = 'confirmed' and body ~ ('\[' || openslot.minute(lower(busy)) || ', \d+, 0\]')
$$, 'the changes say that the times of appointments are gone');
select is_empty($$ select from answer where body ~ 'holder|held_by|began_at|blocked|booked|effect|appointment|outside|override' $$,
  'no calendar and no change says why a time is gone, or who holds it');

set local role anon;
select isnt_empty($$ select id, provider_id, start_time, end_time, status, held_until, revision from openslot.availability_slots limit 1 $$,
  'anon can read the public columns, as postgres_changes needs');
select throws_ok(format('select * from openslot.%I', secret), '42501', null, 'anon can''t read ' || secret)
from unnest(array['appointments', 'holds', 'overrides', 'opening_ranges', 'time_off', 'full_days', 'changes', 'calendars']) as secret;
select throws_ok($$ select openslot.manage_token(gen_random_uuid()) $$, '42501', null, 'anon can''t make a token');
set local role authenticated;
select throws_ok(format('select * from openslot.%I', secret), '42501', null, 'a signed-in user can''t read ' || secret)
from unnest(array['appointments', 'holds', 'overrides', 'opening_ranges', 'time_off', 'full_days', 'changes', 'calendars']) as secret;
reset role;

-- Even with a grant, which a project may make by mistake, row level security shows nothing --------------------------------
insert into openslot.availability_exceptions (provider_id, kind, starts_at, ends_at, note) 
  select '20000000-0000-4000-8000-000000000001', 'off', today + 5, today + 6, 'Secret' from (select now()::date) as day (today);
insert into openslot.overrides (provider_id, effect, during) values
  ('20000000-0000-4000-8000-000000000001', 'closed', tstzrange(date_trunc('hour', now()) + interval '48 hours', date_trunc('hour', now()) + interval '49 hours'));
insert into openslot.holds (holder, provider_id, service_id, start_time, busy, held_until, began_at)
  select openslot.holder('a5000000-0000-4000-8000-000000000001'), provider_id, id, at, tstzrange(at, at + interval '20 minutes'),
    now() + interval '5 minutes', now()
  from openslot.services, (select date_trunc('hour', now()) + interval '50 hours') as time (at)
  where id = '30000000-0000-4000-8000-000000000001';
create temporary table fact (secret text);
insert into fact values ('appointments'), ('holds'), ('overrides'), ('opening_ranges'), ('time_off'), ('full_days'), ('changes'), ('calendars');
create function pg_temp.has_rows(relation text) returns boolean language plpgsql as $$
declare
  found_row boolean;
begin
  execute format('select exists (select from openslot.%I)', relation) into found_row;
  return found_row;
end
$$;
select is(array_agg(secret) filter (where not pg_temp.has_rows(secret)), null, 'there are rows that could be read') from fact;
grant select on all tables in schema openslot to anon, authenticated;
grant select on fact to anon, authenticated;
set local role anon;
select is(array_agg(secret) filter (where pg_temp.has_rows(secret)), null, 'anon sees none of them, even with a grant') from fact;
set local role authenticated;
select is(array_agg(secret) filter (where pg_temp.has_rows(secret)), null, 'a signed-in user sees none of them, even with a grant') from fact;

reset role;
select * from finish();
rollback;

-- Private channels: the policies on realtime.messages, checked as the Realtime server does it: a row to read and a row to
-- write for each extension, with the topic as a setting.
begin;
create extension if not exists pgtap with schema extensions;
select plan(24);

create function pg_temp.may_read(topic text, of_extension text) returns boolean language plpgsql as $$
declare
  is_visible boolean;
begin
  perform set_config('realtime.topic', topic, true);
  select exists (select from realtime.messages where messages.topic = may_read.topic and extension = of_extension) into is_visible;
  return is_visible;
end
$$;
create function pg_temp.may_write(to_topic text, of_extension text) returns boolean language plpgsql as $$
begin
  perform set_config('realtime.topic', to_topic, true);
  insert into realtime.messages (topic, extension) values (to_topic, of_extension);
  return true;
exception when insufficient_privilege then
  return false;
end
$$;
create temporary table channel (name text primary key, topic text);
insert into channel values
  ('provider', 'openslot:provider:20000000-0000-4000-8000-000000000001'),
  ('viewers', 'openslot:viewers:20000000-0000-4000-8000-000000000001'),
  ('staff', 'openslot:staff:20000000-0000-4000-8000-000000000001'),
  ('patient', 'openslot:patient:20000000-0000-4000-8000-000000000001'),
  ('nested', 'openslot:provider:20000000-0000-4000-8000-000000000001:staff'),
  ('prefixed', 'x:openslot:provider:20000000-0000-4000-8000-000000000001'),
  ('unnamed', 'openslot:viewers:'),
  ('foreign', 'room:1');
insert into realtime.messages (topic, extension) select topic, extension from channel, unnest(array['broadcast', 'presence']) as extension;
grant select on channel to anon, authenticated;

set local role anon;
select is(pg_temp.may_read(topic, 'broadcast'), name in ('provider', 'viewers'), 'anon listening to ' || name) from channel order by name;
select is(pg_temp.may_write(topic, 'broadcast'), false, 'anon broadcasting to ' || name) from channel order by name;
select is(pg_temp.may_read(topic, 'presence'), name = 'viewers', 'anon seeing who is in ' || name)
  from channel where name in ('provider', 'viewers', 'staff') order by name;
select is(pg_temp.may_write(topic, 'presence'), name = 'viewers', 'anon being counted in ' || name)
  from channel where name in ('provider', 'viewers', 'staff') order by name;
set local role authenticated;
select is(pg_temp.may_read(topic, 'broadcast'), true, 'a signed-in user may listen, too') from channel where name = 'provider';
select is(pg_temp.may_write(topic, 'broadcast'), false, 'a signed-in user can''t broadcast either') from channel where name = 'provider';

reset role;
select * from finish();
rollback;

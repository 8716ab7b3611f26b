-- Who may listen to which topic. Only the database broadcasts on `openslot:provider:<id>`. `openslot:rows:<id>` is for
-- postgres_changes: it carries no broadcasts, so that a client that reads rows doesn't receive each change twice.
-- `openslot:viewers:<id>` carries presence, so that the limits of presence can't close the calendar's channel. On
-- `openslot:desk:<id>` and `openslot:appointment:<secret>` the database only signals that something changed: to the
-- provider's members, and to clients that have the secret. No other topic `openslot:...` may match here.

create policy "Anyone may listen to a provider's slots"
  on realtime.messages for select to anon, authenticated
  using (
    extension = 'broadcast'
    and (select realtime.topic()) ~ '^openslot:(provider|rows):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  );

create policy "Anyone may see how many people view a provider"
  on realtime.messages for select to anon, authenticated
  using (
    extension in ('broadcast', 'presence')
    and (select realtime.topic()) ~ '^openslot:viewers:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  );

create policy "Anyone may be counted as a viewer and send nothing else"
  on realtime.messages for insert to anon, authenticated
  with check (
    extension = 'presence'
    and (select realtime.topic()) ~ '^openslot:viewers:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  );

create policy "A patient may listen to an appointment by its secret name"
  on realtime.messages for select to anon, authenticated
  using (
    extension = 'broadcast'
    and (select realtime.topic()) ~ '^openslot:appointment:[0-9a-f]{64}$'
  );

-- A policy runs with the rights of the subscriber, so subscribers may call this one function of the schema.
grant execute on function openslot.may_listen_to_desk(text) to authenticated;

create policy "Members may listen to the desks of their providers"
  on realtime.messages for select to authenticated
  using (extension = 'broadcast' and (select openslot.may_listen_to_desk((select realtime.topic()))));

-- For postgres_changes, Realtime checks as the subscriber's role which rows and columns it may select. Rows must stay visible
-- in every status: Realtime sends no change that makes a row invisible.

revoke all on all tables in schema openslot from public, anon, authenticated;
grant usage on schema openslot to anon, authenticated;
grant select (id, provider_id, start_time, end_time, status, held_until, revision)
  on openslot.availability_slots to anon, authenticated;

create policy "Anyone may see when a provider has time"
  on openslot.availability_slots for select to anon, authenticated
  using (true);

do $$
begin
  if not exists (select from pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
  end if;
  -- A publication for all tables already includes this one, and takes no column list.
  if not exists (select from pg_publication where pubname = 'supabase_realtime' and puballtables) then
    alter publication supabase_realtime
      add table openslot.availability_slots (id, provider_id, start_time, end_time, status, held_until, revision);
  end if;
end;
$$;

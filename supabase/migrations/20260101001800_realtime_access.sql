-- Who may hear what. Broadcasts on `openslot:provider:<id>` come from the database alone. `openslot:rows:<id>` is for
-- postgres_changes: nothing is ever broadcast there, so that whoever reads rows does not receive each change twice.
-- `openslot:viewers:<id>` carries presence, so that its limits can't close the calendar's channel. On `openslot:desk:<id>` and
-- `openslot:appointment:<secret>` the database only says that something changed: to those who work for the provider, and to
-- whoever knows the secret. No other topic that is called openslot:... may match here.

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

-- A policy runs as whoever asks, so this one function of the schema is theirs to call.
grant execute on function openslot.may_hear_desk(text) to authenticated;

create policy "Members may listen to the desks of their providers"
  on realtime.messages for select to authenticated
  using (extension = 'broadcast' and (select openslot.may_hear_desk((select realtime.topic()))));

-- postgres_changes asks the database, as the subscriber's role, which rows and columns it may select. Rows must stay visible
-- whatever their status: a change that makes a row invisible is not told to anybody.

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
  -- A publication for all tables has this one already, and takes no list.
  if not exists (select from pg_publication where pubname = 'supabase_realtime' and puballtables) then
    alter publication supabase_realtime
      add table openslot.availability_slots (id, provider_id, start_time, end_time, status, held_until, revision);
  end if;
end;
$$;

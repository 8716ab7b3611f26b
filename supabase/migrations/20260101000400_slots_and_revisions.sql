-- Slots, and how clients receive their changes.
--
-- These triggers run for each change of a future slot, whether a function or a person makes it. The row trigger locks the
-- provider and stamps the slot with the provider's next revision. The statement trigger then advances the provider's revision
-- once and broadcasts it once. So one statement makes one revision and one broadcast, however many slots it changes.

create table openslot.availability_slots (
  id bigint generated always as identity primary key,
  provider_id uuid not null references openslot.providers on delete cascade,
  start_time timestamptz not null,
  end_time timestamptz not null,
  status text not null default 'open' check (status in ('open', 'held', 'booked', 'blocked', 'removed')),
  held_until timestamptz,
  held_by bytea,
  hold_started_at timestamptz,
  blocked_by text check (blocked_by in ('staff', 'daily_limit')),
  appointment_id uuid,
  outside_hours boolean not null default false,
  revision bigint not null default 0,
  changed_at timestamptz not null default now(),
  unique (provider_id, start_time),
  check (end_time > start_time),
  check ((status = 'held') = (held_until is not null)),
  check ((status = 'held') = (held_by is not null)),
  check ((status = 'held') = (hold_started_at is not null)),
  check ((status = 'blocked') = (blocked_by is not null)),
  check ((status = 'booked') = (appointment_id is not null))
);
create index availability_slots_by_revision on openslot.availability_slots (provider_id, revision);
create index availability_slots_by_holder on openslot.availability_slots (held_by) where held_by is not null;
create index availability_slots_by_appointment on openslot.availability_slots (appointment_id) where appointment_id is not null;
alter table openslot.availability_slots enable row level security;

comment on table openslot.availability_slots is
  'Cells of providers'' grids. Public: id, provider_id, start_time, end_time, status, held_until, revision; nothing else.';
comment on column openslot.availability_slots.status is
  'held: until held_until; after that the slot counts as open without an update. removed: a tombstone, by which clients that '
  'missed the removal receive it later.';
comment on column openslot.availability_slots.held_by is 'Hash of the visitor''s secret id.';
comment on column openslot.availability_slots.hold_started_at is 'Begin of this visitor''s hold; an extension doesn''t change it.';
comment on column openslot.availability_slots.blocked_by is
  'What daily_limit blocked, only daily_limit opens again; what staff blocked, only staff.';
comment on column openslot.availability_slots.outside_hours is
  'The hours no longer include this cell, but it is booked, held or blocked by staff. When it becomes free, it is removed, not '
  'opened.';

create function openslot.holder(visitor uuid) returns bytea
language sql immutable strict
return sha256(uuid_send(visitor));
comment on function openslot.holder(uuid) is 'The hash of a visitor''s secret id that slots store.';

-- Public JSON of a slot, a change and a message -------------------------------------------------------------------------

create function openslot.slot_json(slot openslot.availability_slots) returns jsonb
language sql stable
return jsonb_build_object(
    'id', slot.id,
    'start', openslot.iso(slot.start_time),
    'end', openslot.iso(slot.end_time),
    'status', slot.status,
    'revision', slot.revision)
  || case when slot.status = 'held' then jsonb_build_object('held_until', openslot.iso(slot.held_until)) else '{}' end;
comment on function openslot.slot_json(openslot.availability_slots) is 'The public columns of a slot; held_until only while held.';

create function openslot.changes_since(of_provider uuid, after bigint) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  known openslot.providers;
  slots jsonb;
begin
  select * into known from openslot.providers where id = of_provider;
  if after < known.reload_revision or after > known.revision then
    return jsonb_build_object('after', after, 'revision', known.revision, 'slots', '[]'::jsonb, 'reload', true);
  end if;
  select coalesce(jsonb_agg(openslot.slot_json(slot) order by slot.start_time), '[]') into slots
  from openslot.availability_slots slot
  where slot.provider_id = of_provider and slot.revision > after and slot.start_time > now();
  return jsonb_build_object('after', after, 'revision', known.revision, 'slots', slots);
end;
$$;
comment on function openslot.changes_since(uuid, bigint) is
  'The changes of a provider''s future slots after a revision: {after, revision, slots}. {..., reload: true} if the database no '
  'longer has them, or has not reached that revision (a restored database).';

create function openslot.broadcast(topic text, event text, payload jsonb) returns void
language plpgsql set search_path = ''
as $$
begin
  perform realtime.send(payload, event, topic, true);
exception when others then
  -- A booking must not fail because its message could not be sent. Clients notice the gap by the next revision.
  raise warning 'openslot: no broadcast on %: %', topic, sqlerrm;
end;
$$;
comment on function openslot.broadcast(text, text, jsonb) is
  'Sends on a private Realtime topic when this transaction commits. Never fails, even where Realtime is missing.';

create function openslot.announce(to_announce uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  slots_per_message constant integer := 1000;
  since bigint;
  gap_is_over boolean;
  change jsonb;
  parts integer;
begin
  select provider.announced_revision,
    provider.announced_at + make_interval(secs => tenant.broadcast_gap_ms / 1000.0) <= clock_timestamp()
  into since, gap_is_over
  from openslot.providers provider join openslot.tenants tenant on tenant.id = provider.tenant_id
  where provider.id = to_announce and provider.announced_revision < provider.revision;
  if not found or not gap_is_over then
    return;
  end if;

  update openslot.providers set announced_revision = revision, announced_at = clock_timestamp() where id = to_announce;
  change := openslot.changes_since(to_announce, since);
  parts := greatest(1, ceil(jsonb_array_length(change -> 'slots')::numeric / slots_per_message));
  if parts = 1 then
    perform openslot.broadcast('openslot:provider:' || to_announce, 'slots', change);
    return;
  end if;
  perform openslot.broadcast('openslot:provider:' || to_announce, 'slots',
    change || jsonb_build_object('part', part, 'parts', parts, 'slots', slots))
  from (
    select (position - 1) / slots_per_message + 1 as part, jsonb_agg(slot order by position) as slots
    from jsonb_array_elements(change -> 'slots') with ordinality as element (slot, position)
    group by 1 order by 1
  ) as pieces;
end;
$$;
comment on function openslot.announce(uuid) is
  'Broadcasts the changes that were not announced yet on openslot:provider:<id>, in one message or, past 1,000 slots, in parts '
  'of the same revision. Within the tenant''s broadcast gap, it leaves them to the next change or to flush_broadcasts().';

create function openslot.advance_revision(of_provider uuid, reload boolean) returns void
language plpgsql set search_path = ''
as $$
begin
  update openslot.providers
  set revision = revision + 1, reload_revision = case when reload then revision + 1 else reload_revision end
  where id = of_provider;
  perform openslot.announce(of_provider);
end;
$$;
comment on function openslot.advance_revision(uuid, boolean) is
  'Makes the provider''s next revision and announces it. reload: clients must take a new snapshot to reach it.';

create function openslot.flush_broadcasts() returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  waiting uuid;
  flushed integer := 0;
begin
  for waiting in
    select id from openslot.providers where announced_revision < revision order by id for no key update skip locked
  loop
    perform openslot.announce(waiting);
    flushed := flushed + 1;
  end loop;
  return flushed;
end;
$$;
comment on function openslot.flush_broadcasts() is
  'Announces the changes that waited for the end of a broadcast gap; for the worker or pg_cron. Returns for how many providers.';

-- Slots ----------------------------------------------------------------------------------------------------------------

create function openslot.lock_before_writing() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if coalesce(current_setting('openslot.providers_are_locked', true), '') = '' then
    perform openslot.lock_providers(array(select id from openslot.providers));
  end if;
  return null;
end;
$$;
comment on function openslot.lock_before_writing() is
  'A statement by a person has locked no provider, and its slots are not known before it runs. So this locks all providers, to '
  'prevent a deadlock with a booking.';

create function openslot.stamp_slot() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if new.status = 'open' and new.outside_hours then
    new.status := 'removed';
  end if;
  if new.status <> 'held' then
    new.held_until := null;
    new.held_by := null;
    new.hold_started_at := null;
  end if;
  if new.status <> 'booked' then
    new.appointment_id := null;
  end if;
  new.blocked_by := case when new.status = 'blocked' then coalesce(new.blocked_by, 'staff') end;

  if tg_op = 'UPDATE' then
    new.revision := old.revision;
    if (new.start_time, new.end_time, new.status, new.held_until)
      is not distinct from (old.start_time, old.end_time, old.status, old.held_until) then
      return new;
    end if;
  end if;
  -- A change of a past slot is not published.
  if new.start_time > now() then
    select revision + 1 into new.revision from openslot.providers where id = new.provider_id for no key update;
    new.changed_at := now();
  end if;
  return new;
end;
$$;
comment on function openslot.stamp_slot() is
  'Clears the columns that don''t belong to the slot''s status, and stamps a publicly changed slot with its provider''s next '
  'revision.';

create function openslot.publish_slots() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed uuid;
begin
  for changed in
    select slot.provider_id
    from changed_slots slot join openslot.providers provider on provider.id = slot.provider_id
    where slot.revision > provider.revision
    group by 1 order by 1
  loop
    perform openslot.advance_revision(changed, reload => false);
  end loop;
  return null;
end;
$$;
comment on function openslot.publish_slots() is 'Makes the revision that the changed slots were stamped with.';

create function openslot.publish_deleted_slots() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  deleted record;
begin
  for deleted in
    select provider_id, bool_or(status <> 'removed') as was_shown, max(revision) as revision
    from changed_slots where start_time > now()
    group by 1 order by 1
  loop
    if deleted.was_shown then
      perform openslot.advance_revision(deleted.provider_id, reload => true);
    else
      update openslot.providers set reload_revision = greatest(reload_revision, deleted.revision)
      where id = deleted.provider_id;
    end if;
  end loop;
  return null;
end;
$$;
comment on function openslot.publish_deleted_slots() is
  'A deleted row can''t be sent as a change: clients that may have missed the removal must reload.';

create trigger lock_before_writing before insert or update or delete on openslot.availability_slots
  for each statement execute function openslot.lock_before_writing();
create trigger stamp_slot before insert or update on openslot.availability_slots
  for each row execute function openslot.stamp_slot();
create trigger publish_inserted_slots after insert on openslot.availability_slots
  referencing new table as changed_slots for each statement execute function openslot.publish_slots();
create trigger publish_updated_slots after update on openslot.availability_slots
  referencing new table as changed_slots for each statement execute function openslot.publish_slots();
create trigger publish_deleted_slots after delete on openslot.availability_slots
  referencing old table as changed_slots for each statement execute function openslot.publish_deleted_slots();

revoke execute on all functions in schema openslot from public;

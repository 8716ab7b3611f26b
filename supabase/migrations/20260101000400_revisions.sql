-- Revisions: how clients learn in which order a calendar changed, and whether they missed a change.
--
-- A function that changes what a calendar shows locks the provider's row in `calendars`, and makes one revision of all that it
-- changed. So revisions are committed in order, and one change is one revision, one row of `changes` and one broadcast.

create table openslot.calendars (
  provider_id uuid primary key references openslot.providers on delete cascade,
  revision bigint not null default 0,
  reload_revision bigint not null default 0,
  announced_revision bigint not null default 0,
  announced_at timestamptz not null default '-infinity',
  opened_until date not null default '-infinity',
  check (reload_revision <= revision and announced_revision <= revision)
)
-- Each change updates this row. Free space on its page lets PostgreSQL do so without touching the index.
with (fillfactor = 50);
comment on table openslot.calendars is 'One narrow row for each provider: its lock and its counter. No trigger runs for it.';
comment on column openslot.calendars.revision is 'Grows by one with each public change.';
comment on column openslot.calendars.reload_revision is
  'A client with an older revision than this must take a new snapshot (settings changed, or changes were purged).';
comment on column openslot.calendars.announced_revision is 'The latest revision that was broadcast.';
comment on column openslot.calendars.opened_until is 'The last local date whose hours are in opening_ranges.';

create table openslot.changes (
  provider_id uuid not null references openslot.providers on delete cascade,
  revision bigint not null,
  touched tstzmultirange not null,
  days date[] not null,
  changed_at timestamptz not null default now(),
  primary key (provider_id, revision)
);
comment on table openslot.changes is
  'Which times and which local dates each revision touched, so that clients that missed it can request them. A revision that '
  'makes clients reload has no row.';

alter table openslot.calendars enable row level security;
alter table openslot.changes enable row level security;

create function openslot.keep_calendar() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into openslot.calendars (provider_id) values (new.id);
  return null;
end;
$$;
comment on function openslot.keep_calendar() is 'Gives each provider a calendar.';
create trigger keep_calendar after insert on openslot.providers
  for each row execute function openslot.keep_calendar();

-- Locks ------------------------------------------------------------------------------------------------------------------

create function openslot.lock_providers(provider_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
begin
  perform from openslot.calendars where provider_id = any (provider_ids) order by provider_id for no key update;
  -- The setting ends with the transaction, as the locks do.
  perform set_config('openslot.providers_are_locked', 'yes', true);
end;
$$;
comment on function openslot.lock_providers(uuid[]) is
  'Locks providers in order of id, so that two callers who need several of them never wait for each other. What was read before '
  'may be old: read it again.';

create function openslot.lock_before_writing() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  if coalesce(current_setting('openslot.providers_are_locked', true), '') = '' then
    perform openslot.lock_providers(array(select provider_id from openslot.calendars));
  end if;
  return null;
end;
$$;
comment on function openslot.lock_before_writing() is
  'A statement by a person has locked no provider, and its rows are not known before it runs. So this locks all providers, to '
  'prevent a deadlock with a booking.';

create trigger lock_before_writing before insert or update or delete on openslot.availability_rules
  for each statement execute function openslot.lock_before_writing();
create trigger lock_before_writing before insert or update or delete on openslot.availability_exceptions
  for each statement execute function openslot.lock_before_writing();
create trigger lock_before_writing before insert or update or delete on openslot.overrides
  for each statement execute function openslot.lock_before_writing();

-- Broadcasts ---------------------------------------------------------------------------------------------------------------

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

create function openslot.announce(of_provider uuid, latest jsonb default null) returns void
language plpgsql set search_path = ''
as $$
declare
  calendar openslot.calendars;
  gap interval;
begin
  select * into calendar from openslot.calendars where provider_id = of_provider;
  select make_interval(secs => tenant.broadcast_gap_ms / 1000.0) into gap
  from openslot.providers provider join openslot.tenants tenant on tenant.id = provider.tenant_id
  where provider.id = of_provider;
  if calendar.announced_revision = calendar.revision or calendar.announced_at + gap > clock_timestamp() then
    return;
  end if;
  if (latest ->> 'after')::bigint is distinct from calendar.announced_revision then
    latest := openslot.changes_since(of_provider, calendar.announced_revision);
  end if;
  update openslot.calendars set announced_revision = revision, announced_at = clock_timestamp() where provider_id = of_provider;
  perform openslot.broadcast('openslot:provider:' || of_provider, 'slots', latest);
end;
$$;
comment on function openslot.announce(uuid, jsonb) is
  'Broadcasts the changes that were not announced yet on openslot:provider:<id>, in one message. `latest`: the change that the '
  'caller just made. Within the tenant''s broadcast gap, it leaves them to the next change or to flush_broadcasts().';

create function openslot.flush_broadcasts() returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  waiting uuid;
  flushed integer := 0;
begin
  for waiting in
    select provider_id from openslot.calendars where announced_revision < revision
    order by provider_id for no key update skip locked
  loop
    perform openslot.announce(waiting);
    flushed := flushed + 1;
  end loop;
  return flushed;
end;
$$;
comment on function openslot.flush_broadcasts() is
  'Announces the changes that waited for the end of a broadcast gap; for the worker or pg_cron. Returns for how many providers.';

create function openslot.make_reload(of_provider uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  update openslot.calendars set revision = revision + 1, reload_revision = revision + 1 where provider_id = of_provider;
  perform openslot.announce(of_provider);
end;
$$;
comment on function openslot.make_reload(uuid) is
  'Makes a revision that clients reach with a new snapshot: what changed is not in the slots. The provider must be locked.';

revoke execute on all functions in schema openslot from public;

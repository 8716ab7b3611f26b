-- Holds: a time that one visitor keeps while filling in the form.

create table openslot.holds (
  holder bytea primary key,
  provider_id uuid not null references openslot.providers on delete cascade,
  service_id uuid not null references openslot.services on delete cascade,
  start_time timestamptz not null,
  busy tstzrange not null check (lower_inc(busy) and not upper_inc(busy) and busy @> start_time),
  held_until timestamptz not null,
  began_at timestamptz not null,
  check (held_until > began_at),
  constraint no_two_holds_at_once exclude using gist (provider_id with =, busy with &&)
);
create index holds_by_start on openslot.holds (provider_id, start_time);
alter table openslot.holds enable row level security;
comment on table openslot.holds is
  'One hold for each visitor. It ends by the clock, without an update: a row past held_until means nothing, and the next hold of '
  'that time deletes it.';
comment on column openslot.holds.holder is 'Hash of the visitor''s secret id.';
comment on column openslot.holds.start_time is 'The patient''s part, without buffers.';
comment on column openslot.holds.busy is 'As of an appointment.';
comment on column openslot.holds.began_at is 'An extension doesn''t change it.';

create trigger lock_before_writing before insert or update or delete on openslot.holds
  for each statement execute function openslot.lock_before_writing();

create function openslot.holder(visitor uuid) returns bytea
language sql immutable strict
return sha256(uuid_send(visitor));
comment on function openslot.holder(uuid) is 'The hash of a visitor''s secret id that a hold stores.';

create function openslot.held_by(visitor uuid) returns openslot.holds
language plpgsql stable set search_path = ''
as $$
declare
  hold openslot.holds;
begin
  select * into hold from openslot.holds where holder = openslot.holder(visitor);
  return hold;
end;
$$;
comment on function openslot.held_by(uuid) is 'The visitor''s hold, even one that has run out; null without one.';

revoke execute on all functions in schema openslot from public;

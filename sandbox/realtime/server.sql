-- What the sandbox's Realtime server itself calls, as superuser. Nobody else may.
-- A row ("cells") is a JSON object of column name -> text as in the replication stream.

create schema _realtime;

-- The server follows the log, which ends where it was last flushed. Without this, a server that runs with
-- synchronous_commit = off would hold every message back for up to wal_writer_delay.
do $$
begin
  execute format('alter database %I set synchronous_commit = on', current_database());
end
$$;

create function _realtime.assume(topic text, claims jsonb) returns void
  language sql
  as $$
    select set_config('role', claims ->> 'role', true),
      set_config('realtime.topic', topic, true),
      set_config('request.jwt.claims', claims::text, true),
      set_config('request.headers', '{}', true)
  $$;

comment on function _realtime.assume is
  'Makes the rest of the (sub)transaction run as the bearer of the claims. Fails for a role that does not exist.';

-- The permission checks undo themselves by raising RT000: that also gives the former role back.

create function _realtime.readable_extensions(topic text, extensions text[], claims jsonb) returns text[]
  language plpgsql
  as $$
declare
  probes uuid[];
  readable text[];
begin
  with probe as (
    insert into realtime.messages (topic, extension)
    select readable_extensions.topic, extension from unnest(extensions) extension
    returning id
  )
  select array_agg(id) into probes from probe;
  perform _realtime.assume(topic, claims);
  select array_agg(m.extension) into readable from realtime.messages m where m.id = any (probes);
  raise exception using errcode = 'RT000';
exception when sqlstate 'RT000' then
  return coalesce(readable, '{}');
end
$$;

comment on function _realtime.readable_extensions is
  'Which of the extensions (broadcast, presence) the policies on realtime.messages let the bearer receive.';

create function _realtime.is_writable(topic text, extension text, claims jsonb) returns boolean
  language plpgsql
  as $$
begin
  perform _realtime.assume(topic, claims);
  insert into realtime.messages (topic, extension) values (is_writable.topic, is_writable.extension);
  raise exception using errcode = 'RT000';
exception
  when sqlstate 'RT000' then return true;
  when insufficient_privilege then return false;
end
$$;

comment on function _realtime.is_writable is
  'Whether the policies on realtime.messages let the bearer send with that extension.';

create function _realtime.column_type(entity regclass, column_name text) returns text
  language sql stable
  as $$
    select format_type(atttypid, atttypmod) from pg_attribute
    where attrelid = entity and attname = column_name and attnum > 0 and not attisdropped
  $$;

create function _realtime.key_columns(entity regclass) returns text[]
  language sql stable
  as $$
    select coalesce(array_agg(a.attname::text order by a.attnum), '{}')
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indrelid = entity and i.indisprimary
  $$;

create function _realtime.key_condition(entity regclass) returns text
  language sql stable
  as $$
    select string_agg(format('%I = ($1 ->> %L)::%s', key, key, _realtime.column_type(entity, key)), ' and ')
    from unnest(_realtime.key_columns(entity)) key
  $$;

comment on function _realtime.key_condition is 'SQL that finds the row whose cells are parameter 1.';

create function _realtime.typed_row(entity regclass, cells jsonb, columns text[]) returns jsonb
  language plpgsql stable
  as $$
declare
  expressions constant text := (
    select string_agg(format('($1 ->> %L)::%s as %I', name, _realtime.column_type(entity, name), name), ', ')
    from jsonb_object_keys(cells) name
    where name = any (columns)
  );
  typed jsonb := '{}';
begin
  if expressions is not null then
    execute format('select to_jsonb(r) from (select %s) r', expressions) into typed using cells;
  end if;
  return typed;
end
$$;

comment on function _realtime.typed_row is 'Some of the cells, as to_jsonb() shows a row of that table.';

create function _realtime.check_filter(entity regclass, role name, column_name text, operator text, operand text)
  returns void
  language plpgsql
  as $$
declare
  type text := _realtime.column_type(entity, column_name);
begin
  if type is null or not has_column_privilege(role, entity, column_name, 'select') then
    raise exception 'invalid column for filter %', column_name;
  end if;
  execute format('select $1::%s', type || case operator when 'in' then '[]' else '' end) using operand;
end
$$;

comment on function _realtime.check_filter is 'Fails for a filter that a subscription must not have.';

create function _realtime.passes_filter(entity regclass, cells jsonb, column_name text, operator text, operand text)
  returns boolean
  language plpgsql stable
  as $$
declare
  symbol constant text := jsonb_build_object(
    'eq', '=', 'neq', '<>', 'lt', '<', 'lte', '<=', 'gt', '>', 'gte', '>=', 'in', '= any'
  ) ->> operator;
  type constant text := _realtime.column_type(entity, column_name);
  passes boolean;
begin
  execute format('select $1::%s %s ($2::%s)', type, symbol, type || case operator when 'in' then '[]' else '' end)
  into passes using cells ->> column_name, operand;
  return coalesce(passes, false);
end
$$;

comment on function _realtime.passes_filter is
  'Whether a row passes; one that lacks the column (a DELETE carries only the key) or has null there does not.';

create function _realtime.has_ended(transaction bigint) returns boolean
  language sql
  as $$
    select pg_visible_in_snapshot(((pg_snapshot_xmax(s)::text::bigint >> 32 << 32) + transaction)::text::xid8, s)
    from pg_current_snapshot() s
  $$;

comment on function _realtime.has_ended is
  'Whether others see what the transaction did: that is a moment after the log tells of its commit.';

create function _realtime.is_visible(entity regclass, cells jsonb, claims jsonb) returns boolean
  language plpgsql
  as $$
declare
  -- Made here, because the bearer may not enter this schema.
  query constant text := format('select exists (select from %s where %s)', entity, _realtime.key_condition(entity));
  visible boolean;
begin
  if not (select relrowsecurity from pg_class where oid = entity) then
    return true;
  end if;
  begin
    perform _realtime.assume('', claims);
    execute query into visible using cells;
    raise exception using errcode = 'RT000';
  exception
    when sqlstate 'RT000' then return visible;
    when insufficient_privilege then return false;
  end;
end
$$;

comment on function _realtime.is_visible is 'Whether row level security lets the bearer see the row as it is now.';

create function _realtime.change(
  entity regclass, action text, cells jsonb, old_cells jsonb, published text[], role name, committed_at text
) returns text
  language plpgsql stable
  as $$
declare
  data jsonb := (
    select jsonb_build_object('schema', n.nspname, 'table', c.relname, 'type', action)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.oid = entity
  );
  has_rls constant boolean := (select relrowsecurity from pg_class where oid = entity);
  key constant text[] := _realtime.key_columns(entity);
  selectable constant text[] := array(
    select name from unnest(published) name where has_column_privilege(role, entity, name, 'select')
  );
  stored jsonb;
begin
  if action <> 'DELETE' and key = '{}' then
    return data || '{"errors": ["Error 400: Bad Request, no primary key"]}';
  elsif action <> 'DELETE' and not key <@ selectable then
    return data || '{"errors": ["Error 401: Unauthorized"]}';
  end if;

  data := data || jsonb_build_object('errors', null, 'commit_timestamp', committed_at, 'columns', (
    select jsonb_agg(jsonb_build_object('name', a.attname, 'type', t.typname) order by a.attnum)
    from pg_attribute a join pg_type t on t.oid = a.atttypid
    where a.attrelid = entity and a.attname = any (selectable)
  ));
  if action <> 'DELETE' then
    data := data || jsonb_build_object('record', _realtime.typed_row(entity, cells, selectable));
    -- Large values that an UPDATE left alone are not in the log.
    if not cells ?& selectable then
      execute format('select to_jsonb(r) from %s r where %s', entity, _realtime.key_condition(entity))
      into stored using cells;
      select data || jsonb_build_object('record', jsonb_object_agg(name, stored -> name) || (data -> 'record'))
      into data
      from unnest(selectable) name;
    end if;
  end if;
  if action <> 'INSERT' then
    -- Who may see a deleted row can't be asked any more: with row level security only its key is told.
    data := data || jsonb_build_object('old_record', _realtime.typed_row(
      entity, old_cells, case when action = 'DELETE' and has_rls then key else selectable end
    ));
  end if;
  return data;
end
$$;

comment on function _realtime.change is
  'A change as one role may see it: "data" of a postgres_changes message. The text keeps the digits of numbers.';

revoke execute on all functions in schema _realtime from public;

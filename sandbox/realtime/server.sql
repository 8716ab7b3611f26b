-- Functions that the sandbox's Realtime server calls as superuser. No other role may call them. A row ("cells") is a JSON
-- object of column name -> text, as in the replication stream.

create schema _realtime;

-- The server reads the log up to the position that was last flushed. Without this setting, a database with synchronous_commit
-- = off would delay every message by up to wal_writer_delay.
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

-- The permission checks undo their work by raising RT000: this also restores the former role.

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
  'The extensions (broadcast, presence) that the policies on realtime.messages let the bearer receive.';

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

create function _realtime.may_select(role name, entity regclass, column_name text) returns boolean
  language sql stable
  as $$
    select _realtime.column_type(entity, column_name) is not null
      and has_column_privilege(role, entity, column_name, 'select')
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

comment on function _realtime.typed_row is 'Some of the cells, in the form in which to_jsonb() shows a row of this table.';

create function _realtime.comparison(operator text) returns text
  language sql immutable
  as $$
    select jsonb_build_object(
      'eq', '=', 'neq', '<>', 'lt', '<', 'lte', '<=', 'gt', '>', 'gte', '>=', 'in', '= any',
      'like', '~~', 'ilike', '~~*', 'match', '~', 'imatch', '~*', 'isdistinct', 'is distinct from'
    ) ->> operator
  $$;

create function _realtime.check_operand(type text, operator text, operand text) returns void
  language plpgsql
  as $$
declare
  count integer;
begin
  if operator = 'in' then
    execute format('select cardinality($1::%s[])', type) into count using operand;
    if count > 100 then
      raise exception 'too many values for `in` filter. Maximum 100';
    end if;
  elsif operator = 'is' then
    if operand not in ('null', 'true', 'false', 'unknown') then
      raise exception 'invalid value for is filter: must be null, true, false, or unknown';
    elsif operand <> 'null' and type <> 'boolean' then
      raise exception 'is % filter requires a boolean column, got %', operand, type;
    end if;
  elsif operator in ('like', 'ilike', 'match', 'imatch') then
    perform from pg_operator
      where oprname = _realtime.comparison(operator) and oprleft = type::regtype and oprresult = 'boolean'::regtype;
    if not found then
      raise exception 'operator % requires a text-compatible column type, got %', operator, type;
    end if;
    if operator in ('match', 'imatch') then
      begin
        perform '' ~ operand;
      exception when others then
        raise exception 'invalid regular expression for % filter: %', operator, sqlerrm;
      end;
    end if;
  else
    execute format('select $1::%s', type) using operand;
  end if;
end
$$;

create function _realtime.check_binding(entity regclass, role name, filters jsonb, selected text[]) returns void
  language plpgsql
  as $$
declare
  filter record;
  name text;
begin
  for filter in select * from jsonb_to_recordset(filters) f ("column" text, operator text, operand text) loop
    if not _realtime.may_select(role, entity, filter.column) then
      raise exception 'invalid column for filter %', filter.column;
    end if;
    perform _realtime.check_operand(_realtime.column_type(entity, filter.column), filter.operator, filter.operand);
  end loop;
  foreach name in array coalesce(selected, '{}') loop
    if not _realtime.may_select(role, entity, name) then
      raise exception 'invalid column for select %', name;
    end if;
  end loop;
end
$$;

comment on function _realtime.check_binding is
  'Fails for filters and columns that a subscription must not have. The messages are those of the real server.';

create function _realtime.passes_filter(entity regclass, cells jsonb, filter jsonb) returns boolean
  language plpgsql stable
  as $$
declare
  type constant text := _realtime.column_type(entity, filter ->> 'column');
  operator constant text := filter ->> 'operator';
  operand constant text := filter ->> 'operand';
  passes boolean;
begin
  if not cells ? (filter ->> 'column') then
    return false;
  end if;
  execute case operator
    -- Here the operand is a keyword: a binding with any other text was refused.
    when 'is' then format('select $1::%s is %s', type, operand)
    when 'in' then format('select $1::%s = any ($2::%1$s[])', type)
    else format('select $1::%s %s $2::%1$s', type, _realtime.comparison(operator))
  end
  into passes using cells ->> (filter ->> 'column'), operand;
  return coalesce(passes <> (filter -> 'isNegated')::boolean, false);
end
$$;

create function _realtime.passes_filters(entity regclass, cells jsonb, filters jsonb) returns boolean
  language sql stable
  as $$
    select coalesce(bool_and(_realtime.passes_filter(entity, cells, filter)), true)
    from jsonb_array_elements(filters) filter
  $$;

comment on function _realtime.passes_filters is
  'Whether a row satisfies all filters. A row without the column (a DELETE carries only the key) does not. A null satisfies '
  'only "is" and "isdistinct".';

create function _realtime.has_ended(transaction bigint) returns boolean
  language sql
  as $$
    select pg_visible_in_snapshot(((pg_snapshot_xmax(s)::text::bigint >> 32 << 32) + transaction)::text::xid8, s)
    from pg_current_snapshot() s
  $$;

comment on function _realtime.has_ended is
  'Whether other transactions see the changes of this one: that is a moment after the log has its commit.';

create function _realtime.is_visible(entity regclass, cells jsonb, claims jsonb) returns boolean
  language plpgsql
  as $$
declare
  -- The statement is built here, because the bearer has no rights on this schema.
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

comment on function _realtime.is_visible is 'Whether row level security shows the bearer the row in its current state.';

create function _realtime.without_large_values(cells jsonb) returns jsonb
  language sql immutable
  as $$
    select coalesce(jsonb_object_agg(key, value), '{}')
    from jsonb_each(cells)
    where value <> 'null' and octet_length(value::text) <= 64
  $$;

create function _realtime.change(
  entity regclass, action text, cells jsonb, old_cells jsonb, published text[], committed_at text, role name,
  selected text[]
) returns text
  language plpgsql stable
  as $$
declare
  has_rls constant boolean := (select relrowsecurity from pg_class where oid = entity);
  key constant text[] := _realtime.key_columns(entity);
  shown constant text[] := array(
    select name from unnest(published) name
    where has_column_privilege(role, entity, name, 'select') and (selected is null or name = any (selected || key))
  );
  is_too_large constant boolean :=
    coalesce(octet_length(cells::text), 0) + coalesce(octet_length(old_cells::text), 0) > 1024 * 1024;
  error constant text := case
    when action <> 'DELETE' and key = '{}' then 'Error 400: Bad Request, no primary key'
    when action <> 'DELETE' and not key <@ shown then 'Error 401: Unauthorized'
    when is_too_large then 'Error 413: Payload Too Large'
  end;
  is_refused constant boolean := coalesce(error not like 'Error 413%', false);
  columns jsonb := '[]';
  record jsonb := '{}';
  old_record jsonb := '{}';
begin
  if not is_refused then
    columns := (
      select coalesce(jsonb_agg(jsonb_build_object('name', a.attname, 'type', t.typname) order by a.attnum), '[]')
      from pg_attribute a join pg_type t on t.oid = a.atttypid
      where a.attrelid = entity and a.attname = any (shown)
    );
    -- The log has large values that an UPDATE left unchanged only with the old row, if it has that row completely.
    record := _realtime.typed_row(entity, coalesce(old_cells, '{}') || coalesce(cells, '{}'), shown);
    -- Row level security can't be checked for a deleted row: where it applies, only the key is sent.
    old_record := _realtime.typed_row(
      entity, coalesce(old_cells, '{}'), case when action = 'DELETE' and has_rls then key else shown end
    );
    if is_too_large then
      record := _realtime.without_large_values(record);
      old_record := _realtime.without_large_values(old_record);
    end if;
  end if;
  return (
    select jsonb_build_object(
      'schema', n.nspname, 'table', c.relname, 'type', action, 'columns', columns,
      'errors', case when error is not null then jsonb_build_array(error) end,
      'commit_timestamp', case when not is_refused then committed_at end
    )
    || case when action <> 'DELETE' then jsonb_build_object('record', record) else '{}' end
    || case when action <> 'INSERT' then jsonb_build_object('old_record', old_record) else '{}' end
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.oid = entity
  );
end
$$;

comment on function _realtime.change is
  'A change as one role may see it: "data" of a postgres_changes message. As text, so that numbers keep their digits.';

revoke execute on all functions in schema _realtime from public;

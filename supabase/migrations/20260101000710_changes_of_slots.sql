-- How slots and full days travel to clients: as runs of equal cells, and as numbers.

create function openslot.minute(instant timestamptz) returns bigint
language sql immutable
return floor(extract(epoch from instant) / 60)::bigint;
comment on function openslot.minute(timestamptz) is 'Whole minutes since 1970.';

create function openslot.full_day_json(starts timestamptz, ends timestamptz, full_until timestamptz) returns jsonb
language sql immutable
return jsonb_build_array(openslot.minute(starts), openslot.minute(ends), case
  when full_until is null then 0 when isfinite(full_until) then extract(epoch from full_until)::bigint else -1 end);
comment on function openslot.full_day_json(timestamptz, timestamptz, timestamptz) is
  '[first minute, minute of the end, second until which the day is full, or -1]. Null: 0, the day has room again.';

create type openslot.cell as (start_time timestamptz, code bigint);
comment on type openslot.cell is
  'A cell as it travels. code: null is open, 0 is gone (booked, blocked or removed), else the second until which it is held.';

create function openslot.cell_of(start_time timestamptz, status text, held_until timestamptz) returns openslot.cell
language sql immutable
return (start_time, case status when 'open' then null when 'held' then extract(epoch from held_until)::bigint else 0 end);
comment on function openslot.cell_of(timestamptz, text, timestamptz) is 'A row of availability_slots as a cell that travels.';

create function openslot.runs_json(cells openslot.cell[], slot_minutes integer) returns jsonb
language plpgsql immutable set search_path = ''
as $$
declare
  length interval := make_interval(mins => slot_minutes);
begin
  return (
    select coalesce(jsonb_agg(
      case
        when code is null then jsonb_build_array(openslot.minute(first_start), size)
        else jsonb_build_array(openslot.minute(first_start), size, code)
      end order by first_start), '[]')
    from (
      select min(start_time) as first_start, count(*) as size, code
      from (
        select start_time, code, count(*) filter (where is_first) over (order by start_time) as run
        from (
          select start_time, code,
            lag(start_time) over later + length is distinct from start_time or lag(code) over later is distinct from code as is_first
          from unnest(cells) window later as (order by start_time)
        ) as marked
      ) as numbered
      group by run, code
    ) as runs);
end;
$$;
comment on function openslot.runs_json(openslot.cell[], integer) is
  'Cells as runs of equal ones: [[first minute, cells], [first minute, cells, code], ...].';

create function openslot.full_days_json(provider openslot.providers, days date[]) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(openslot.full_day_json(lower(range), upper(range), full_day.full_until) order by changed.day), '[]')
    from unnest(days) as changed (day)
    cross join lateral openslot.local_day(changed.day, provider.time_zone) as range
    left join openslot.full_days full_day
      on full_day.provider_id = provider.id and full_day.day = changed.day and full_day.full_until > clock_timestamp());
end;
$$;
comment on function openslot.full_days_json(openslot.providers, date[]) is 'What these local dates are now: full, or with room again.';

create function openslot.changes_since(of_provider uuid, after bigint) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  calendar openslot.calendars;
  provider openslot.providers;
  areas tstzmultirange;
  changed_days date[];
  change jsonb;
begin
  select * into calendar from openslot.calendars where provider_id = of_provider;
  select * into provider from openslot.providers where id = of_provider;
  change := jsonb_build_object('after', after, 'revision', calendar.revision, 'slot_minutes', provider.slot_minutes,
    'runs', '[]'::jsonb, 'full_days', '[]'::jsonb);
  if after < calendar.reload_revision or after > calendar.revision then
    return change || jsonb_build_object('reload', true);
  elsif after = calendar.revision then
    return change;
  end if;
  select range_agg(touched) into areas from openslot.changes where provider_id = of_provider and revision > after;
  select array_agg(distinct day) into changed_days
  from openslot.changes, unnest(days) as day where provider_id = of_provider and revision > after;
  return change || jsonb_build_object(
    'runs', openslot.runs_json((
      select array_agg(openslot.cell_of(slot.start_time, slot.status, slot.held_until))
      from unnest(areas) as area
      cross join lateral (
        select * from openslot.availability_slots
        where provider_id = of_provider and start_time >= lower(area) and start_time < upper(area)
        -- Without this, PostgreSQL compares each area with each slot. With it, it searches the index once for each area.
        offset 0
      ) as slot
      where slot.revision > after and slot.start_time > now()), provider.slot_minutes),
    'full_days', openslot.full_days_json(provider, changed_days));
end;
$$;
comment on function openslot.changes_since(uuid, bigint) is
  'What changed in a provider''s future slots after a revision: {after, revision, slot_minutes, runs, full_days}. {..., reload: '
  'true} if the database no longer has the changes, or has not reached that revision (a restored database).';

revoke execute on all functions in schema openslot from public;

-- Slots follow facts and settings that are written by a statement, by hand or by a function that leaves it to these triggers.

-- An update reads the rows before it, too: it may have moved a row to another provider, or to another time. The triggers below
-- call the rows `old_rows` and `new_rows`; an insert has only the latter, a delete only the former.

create function openslot.follow_hours() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  touched uuid[] := '{}';
  changed uuid;
begin
  if tg_op <> 'INSERT' then
    touched := array(select provider_id from old_rows);
  end if;
  if tg_op <> 'DELETE' then
    touched := touched || array(select provider_id from new_rows);
  end if;
  for changed in select distinct provider_id from unnest(touched) as provider_id order by 1 loop
    if tg_table_name <> 'overrides' then
      update openslot.providers set hours_version = hours_version + 1 where id = changed;
    end if;
    continue when not openslot.facts_are_followed();
    perform openslot.reopen(changed);
  end loop;
  return null;
end;
$$;
comment on function openslot.follow_hours() is
  'Updates the slots when rules, exceptions or overrides change. What staff edit as hours gets a new version.';

create type openslot.taken_time as (provider_id uuid, during tstzrange);
comment on type openslot.taken_time is 'What an appointment or a hold takes.';

create function openslot.follow_facts() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  touched openslot.taken_time[] := '{}';
  changed record;
begin
  if not openslot.facts_are_followed() then
    return null;
  end if;
  if tg_op <> 'INSERT' then
    touched := array(select (provider_id, busy)::openslot.taken_time from old_rows);
  end if;
  if tg_op <> 'DELETE' then
    touched := touched || array(select (provider_id, busy)::openslot.taken_time from new_rows);
  end if;
  for changed in select provider_id, range_agg(during) as areas from unnest(touched) group by 1 order by 1 loop
    perform openslot.lock_providers(array[changed.provider_id]);
    perform openslot.project(changed.provider_id, changed.areas);
  end loop;
  return null;
end;
$$;
comment on function openslot.follow_facts() is 'Updates the slots when appointments or holds are written, changed or deleted by hand.';

create function openslot.follow_settings() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed record;
begin
  for changed in
    select now_is.id,
      (now_is.time_zone, now_is.slot_minutes, now_is.booking_window_days, now_is.active)
        is distinct from (was.time_zone, was.slot_minutes, was.booking_window_days, was.active) as moves_slots,
      now_is.daily_limit is distinct from was.daily_limit as moves_limit,
      (now_is.slug, now_is.name, now_is.title, now_is.avatar_url, now_is.min_notice_minutes, now_is.change_notice_minutes,
          now_is.change_policy, now_is.tenant_id)
        is distinct from (was.slug, was.name, was.title, was.avatar_url, was.min_notice_minutes, was.change_notice_minutes,
          was.change_policy, was.tenant_id) as is_shown
    from new_providers now_is join old_providers was on was.id = now_is.id
    order by 1
  loop
    if changed.moves_slots then
      perform openslot.reopen(changed.id, reload => true);
    elsif changed.moves_limit then
      perform openslot.lock_providers(array[changed.id]);
      perform openslot.project(
        changed.id, tstzmultirange(tstzrange(now(), openslot.horizon(changed.id))), reload => changed.is_shown);
    elsif changed.is_shown then
      perform openslot.lock_providers(array[changed.id]);
      perform openslot.make_reload(changed.id);
    end if;
  end loop;
  return null;
end;
$$;
comment on function openslot.follow_settings() is
  'Updates the slots when the zone, the grid, the window or the daily limit changes, or a provider becomes active again, and makes '
  'clients reload public settings.';

create trigger follow_settings after update on openslot.providers
  referencing old table as old_providers new table as new_providers
  for each statement execute function openslot.follow_settings();

create trigger follow_insert after insert on openslot.availability_rules
  referencing new table as new_rows for each statement execute function openslot.follow_hours();
create trigger follow_update after update on openslot.availability_rules
  referencing old table as old_rows new table as new_rows for each statement execute function openslot.follow_hours();
create trigger follow_delete after delete on openslot.availability_rules
  referencing old table as old_rows for each statement execute function openslot.follow_hours();

create trigger follow_insert after insert on openslot.availability_exceptions
  referencing new table as new_rows for each statement execute function openslot.follow_hours();
create trigger follow_update after update on openslot.availability_exceptions
  referencing old table as old_rows new table as new_rows for each statement execute function openslot.follow_hours();
create trigger follow_delete after delete on openslot.availability_exceptions
  referencing old table as old_rows for each statement execute function openslot.follow_hours();

create trigger follow_insert after insert on openslot.overrides
  referencing new table as new_rows for each statement execute function openslot.follow_hours();
create trigger follow_update after update on openslot.overrides
  referencing old table as old_rows new table as new_rows for each statement execute function openslot.follow_hours();
create trigger follow_delete after delete on openslot.overrides
  referencing old table as old_rows for each statement execute function openslot.follow_hours();

create trigger follow_insert after insert on openslot.appointments
  referencing new table as new_rows for each statement execute function openslot.follow_facts();
create trigger follow_update after update on openslot.appointments
  referencing old table as old_rows new table as new_rows for each statement execute function openslot.follow_facts();
create trigger follow_delete after delete on openslot.appointments
  referencing old table as old_rows for each statement execute function openslot.follow_facts();

create trigger follow_insert after insert on openslot.holds
  referencing new table as new_rows for each statement execute function openslot.follow_facts();
create trigger follow_update after update on openslot.holds
  referencing old table as old_rows new table as new_rows for each statement execute function openslot.follow_facts();
create trigger follow_delete after delete on openslot.holds
  referencing old table as old_rows for each statement execute function openslot.follow_facts();

revoke execute on all functions in schema openslot from public;

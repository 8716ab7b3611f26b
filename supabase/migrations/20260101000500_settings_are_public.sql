-- A calendar shows names, services and booking rules: a change of them makes a revision, too, and clients must take a new
-- snapshot.

create function openslot.publish_provider_settings() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed uuid;
begin
  for changed in
    select now_is.id
    from new_providers now_is join old_providers was on was.id = now_is.id
    where (now_is.slug, now_is.name, now_is.title, now_is.avatar_url, now_is.time_zone, now_is.slot_minutes,
        now_is.min_notice_minutes, now_is.booking_window_days, now_is.active, now_is.tenant_id)
      is distinct from (was.slug, was.name, was.title, was.avatar_url, was.time_zone, was.slot_minutes,
        was.min_notice_minutes, was.booking_window_days, was.active, was.tenant_id)
    order by 1
  loop
    perform openslot.advance_revision(changed, reload => true);
  end loop;
  return null;
end;
$$;
comment on function openslot.publish_provider_settings() is 'A new revision for each provider whose public settings changed.';

create function openslot.publish_services() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed uuid;
begin
  for changed in select distinct provider_id from changed_services order by 1 loop
    perform openslot.advance_revision(changed, reload => true);
  end loop;
  return null;
end;
$$;
comment on function openslot.publish_services() is 'A new revision for each provider whose services changed.';

create function openslot.publish_tenant_name() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed uuid;
begin
  for changed in
    select provider.id
    from new_tenants now_is
    join old_tenants was on was.id = now_is.id and was.name <> now_is.name
    join openslot.providers provider on provider.tenant_id = now_is.id
    order by 1
  loop
    perform openslot.advance_revision(changed, reload => true);
  end loop;
  return null;
end;
$$;
comment on function openslot.publish_tenant_name() is 'A new revision for each provider of a clinic that changed its name.';

create trigger publish_settings after update on openslot.providers
  referencing old table as old_providers new table as new_providers
  for each statement execute function openslot.publish_provider_settings();

create trigger publish_inserted_services after insert on openslot.services
  referencing new table as changed_services for each statement execute function openslot.publish_services();
create trigger publish_updated_services after update on openslot.services
  referencing new table as changed_services for each statement execute function openslot.publish_services();
create trigger publish_deleted_services after delete on openslot.services
  referencing old table as changed_services for each statement execute function openslot.publish_services();

create trigger publish_name after update on openslot.tenants
  referencing old table as old_tenants new table as new_tenants
  for each statement execute function openslot.publish_tenant_name();

revoke execute on all functions in schema openslot from public;

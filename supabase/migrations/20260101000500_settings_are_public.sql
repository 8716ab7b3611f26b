-- A calendar shows the clinic's name and the services: a change of them makes a revision, too, and clients must take a new
-- snapshot. Settings of the provider, which may also move the slots, are in the file about slots.

create function openslot.publish_services() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  changed uuid;
begin
  for changed in select distinct provider_id from changed_services order by 1 loop
    perform openslot.lock_providers(array[changed]);
    perform openslot.make_reload(changed);
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
    perform openslot.lock_providers(array[changed]);
    perform openslot.make_reload(changed);
  end loop;
  return null;
end;
$$;
comment on function openslot.publish_tenant_name() is 'A new revision for each provider of a clinic that changed its name.';

create trigger publish_inserted_services after insert on openslot.services
  referencing new table as changed_services for each statement execute function openslot.publish_services();
create trigger publish_updated_services after update on openslot.services
  referencing new table as changed_services for each statement execute function openslot.publish_services();
create trigger publish_deleted_services after delete on openslot.services
  referencing old table as changed_services for each statement execute function openslot.publish_services();

create trigger publish_name after update on openslot.tenants
  referencing old table as old_tenants new table as new_tenants
  for each statement execute function openslot.publish_tenant_name();

-- The functions lock a provider before its settings, which they then write, or refer to by a foreign key. A statement by a
-- person must lock in the same order.
create trigger lock_before_writing before update or delete on openslot.tenants
  for each statement execute function openslot.lock_before_writing();
create trigger lock_before_writing before update or delete on openslot.providers
  for each statement execute function openslot.lock_before_writing();
create trigger lock_before_writing before insert or update or delete on openslot.services
  for each statement execute function openslot.lock_before_writing();

revoke execute on all functions in schema openslot from public;

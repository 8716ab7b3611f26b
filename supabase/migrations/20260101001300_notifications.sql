-- Patient and provider get a notification for each change of an appointment. It is written in the transaction of the change,
-- so that it is sent exactly if the change is committed. Open tabs receive a signal at the commit; deliveries wait for the
-- worker.

create table openslot.notifications (
  id bigint generated always as identity primary key,
  provider_id uuid not null references openslot.providers on delete cascade,
  appointment_id uuid not null references openslot.appointments on delete cascade,
  audience text not null check (audience in ('patient', 'provider')),
  kind text not null check (kind in ('booked', 'cancelled', 'rescheduled', 'reminder')),
  by text check (by in ('patient', 'provider')),
  sequence integer not null,
  start_time timestamptz not null,
  end_time timestamptz not null,
  previous_start timestamptz,
  message text,
  reminder_minutes integer check ((kind = 'reminder') = (reminder_minutes is not null)),
  read_at timestamptz,
  created_at timestamptz not null default now()
);
create index notifications_by_appointment on openslot.notifications (appointment_id, audience, id);
create index notifications_by_provider on openslot.notifications (provider_id, id) where audience = 'provider';
create unique index one_reminder_each on openslot.notifications (appointment_id, start_time, reminder_minutes) where kind = 'reminder';
comment on table openslot.notifications is 'Notifications, one for the patient and one for the provider.';
comment on column openslot.notifications.sequence is 'The appointment''s sequence when the notification was written.';
comment on column openslot.notifications.read_at is
  'When the patient read it. A provider''s notifications are marked as read per member, in notification_reads.';

create table openslot.notification_reads (
  notification_id bigint not null references openslot.notifications on delete cascade,
  user_id uuid not null references auth.users on delete cascade,
  primary key (user_id, notification_id)
);
create index notification_reads_by_notification on openslot.notification_reads (notification_id);
comment on table openslot.notification_reads is 'The provider notifications that each member has read.';

create table openslot.push_subscriptions (
  id uuid primary key default gen_random_uuid(),
  endpoint text not null check (length(endpoint) <= 2000 and endpoint ~ '^https?://[^\s]+$'),
  p256dh text not null check (p256dh ~ '^[A-Za-z0-9_-]{80,100}=*$'),
  auth text not null check (auth ~ '^[A-Za-z0-9_-]{16,32}=*$'),
  user_id uuid references auth.users on delete cascade,
  appointment_id uuid references openslot.appointments on delete cascade,
  locale text check (length(locale) <= 35),
  time_zone text check (openslot.is_time_zone(time_zone)),
  created_at timestamptz not null default now(),
  check (num_nonnulls(user_id, appointment_id) = 1),
  unique nulls not distinct (endpoint, user_id, appointment_id)
);
create index push_subscriptions_by_user on openslot.push_subscriptions (user_id);
create index push_subscriptions_by_appointment on openslot.push_subscriptions (appointment_id);
comment on table openslot.push_subscriptions is
  'Browsers that receive web push: a member''s for their providers, a patient''s for one appointment.';

create table openslot.deliveries (
  id uuid primary key default gen_random_uuid(),
  notification_id bigint references openslot.notifications on delete cascade,
  invitation_id uuid references openslot.invitations on delete cascade,
  channel text not null check (channel in ('email', 'push')),
  recipient text not null,
  state text not null default 'pending' check (state in ('pending', 'queued', 'sent', 'skipped', 'dead')),
  attempts integer not null default 0,
  last_error text check (length(last_error) <= 500),
  created_at timestamptz not null default now(),
  queued_at timestamptz,
  sent_at timestamptz,
  check (num_nonnulls(notification_id, invitation_id) = 1)
);
create index deliveries_to_do on openslot.deliveries (state, created_at) where state in ('pending', 'queued', 'dead');
create index deliveries_by_notification on openslot.deliveries (notification_id);
create index deliveries_by_invitation on openslot.deliveries (invitation_id);
comment on table openslot.deliveries is
  'The outbox: messages that the worker has to send, and their outcome. New rows send NOTIFY openslot_deliveries at the commit.';
comment on column openslot.deliveries.recipient is 'An e-mail address, or the id of a push subscription.';
comment on column openslot.deliveries.state is
  'queued: a job in the worker''s queue will send it. skipped: a newer message replaced it. dead: given up until an operator '
  'retries it.';

alter table openslot.notifications enable row level security;
alter table openslot.notification_reads enable row level security;
alter table openslot.push_subscriptions enable row level security;
alter table openslot.deliveries enable row level security;

-- Notifications ----------------------------------------------------------------------------------------------------------

create function openslot.notify_of_appointment() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  what_happened text := case
    -- A change of a past appointment is stored without notifications.
    when new.start_time <= now() then null
    when tg_op = 'INSERT' then case when new.status = 'confirmed' then 'booked' end
    when old.status = 'confirmed' and new.status = 'cancelled' then 'cancelled'
    when new.status = 'confirmed' and new.start_time <> old.start_time then 'rescheduled'
  end;
  provider_notification bigint;
  patient_notification bigint;
begin
  if what_happened is not null then
    with written as (
      insert into openslot.notifications (provider_id, appointment_id, audience, kind, by, sequence, start_time, end_time,
        previous_start, message, read_at)
      select new.provider_id, new.id, side.audience, what_happened, new.changed_by, new.sequence, new.start_time, new.end_time,
        case when what_happened = 'rescheduled' then old.start_time end, coalesce(new.cancel_reason, new.message),
        case when side.audience = 'patient' and new.changed_by = 'patient' then clock_timestamp() end
      from (values ('provider'), ('patient')) as side (audience)
      returning id, audience
    ),
    -- The member who made the change need not read about it.
    seen as (
      insert into openslot.notification_reads (notification_id, user_id)
      select id, auth.uid() from written where audience = 'provider' and new.changed_by = 'provider' and auth.uid() is not null
    )
    select max(id) filter (where audience = 'provider'), max(id) filter (where audience = 'patient')
    into provider_notification, patient_notification from written;
  end if;
  perform openslot.broadcast('openslot:desk:' || new.provider_id, 'changed', jsonb_build_object('notification', provider_notification));
  perform openslot.broadcast(openslot.appointment_topic(new.id), 'changed', jsonb_build_object('notification', patient_notification));
  return null;
end;
$$;
comment on function openslot.notify_of_appointment() is
  'Writes the notifications for both sides, and signals the change to open tabs. Signals carry no personal data: a tab that '
  'receives one requests the data.';
create trigger notify_of_appointment after insert or update on openslot.appointments
  for each row execute function openslot.notify_of_appointment();

create function openslot.deliver_notifications() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into openslot.deliveries (notification_id, channel, recipient)
  select notification.id, 'email', appointment.patient_email
  from new_notifications notification
  join openslot.appointments appointment on appointment.id = notification.appointment_id
  where notification.audience = 'patient' and appointment.patient_email is not null
  union all
  select notification.id, 'email', provider.email
  from new_notifications notification
  join openslot.providers provider on provider.id = notification.provider_id
  where notification.audience = 'provider' and provider.email is not null
  union all
  select notification.id, 'push', subscription.id::text
  from new_notifications notification
  join openslot.push_subscriptions subscription on subscription.appointment_id = notification.appointment_id
  where notification.audience = 'patient'
  union all
  select notification.id, 'push', subscription.id::text
  from new_notifications notification
  join openslot.push_subscriptions subscription on openslot.role_with(notification.provider_id, subscription.user_id) is not null
  where notification.audience = 'provider' and subscription.user_id is not null;
  return null;
end;
$$;
comment on function openslot.deliver_notifications() is 'Writes a delivery for each address and browser that gets a notification.';
create trigger deliver_notifications after insert on openslot.notifications
  referencing new table as new_notifications for each statement execute function openslot.deliver_notifications();

create function openslot.deliver_invitation() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into openslot.deliveries (invitation_id, channel, recipient) values (new.id, 'email', new.email);
  return null;
end;
$$;
comment on function openslot.deliver_invitation() is 'Sends an invitation by e-mail.';
create trigger deliver_invitation after insert on openslot.invitations
  for each row execute function openslot.deliver_invitation();

create function openslot.wake_worker() returns trigger
language plpgsql set search_path = ''
as $$
begin
  notify openslot_deliveries;
  return null;
end;
$$;
comment on function openslot.wake_worker() is 'Notifies listening workers at the commit that there are deliveries.';
create trigger wake_worker after insert on openslot.deliveries for each statement execute function openslot.wake_worker();

create function openslot.due_reminders() returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  reminded bigint[];
  subject uuid;
begin
  with due as (
    -- Of several due reminders, as after a night without a worker, only the latest is sent.
    select distinct on (appointment.id) appointment.*, minutes
    from openslot.providers provider
    join openslot.tenants tenant on tenant.id = provider.tenant_id
    cross join unnest(tenant.reminder_minutes) as minutes
    cross join lateral (
      select * from openslot.appointments
      where provider_id = provider.id and status = 'confirmed' and start_time > now()
        and start_time <= now() + make_interval(mins => minutes)
      -- Without this, PostgreSQL reads all appointments. With it, it searches the index once for each provider and reminder.
      offset 0
    ) as appointment
    -- A patient who booked or moved the appointment after this reminder was due needs none.
    where coalesce((
      select max(notification.created_at) from openslot.notifications notification
      where notification.appointment_id = appointment.id and notification.kind in ('booked', 'rescheduled')
    ), appointment.created_at) < appointment.start_time - make_interval(mins => minutes)
    order by appointment.id, minutes
  ),
  written as (
    insert into openslot.notifications (provider_id, appointment_id, audience, kind, sequence, start_time, end_time, reminder_minutes)
    select provider_id, id, 'patient', 'reminder', sequence, start_time, end_time, minutes from due
    where not exists (
      select from openslot.notifications notification
      where notification.appointment_id = due.id and notification.kind = 'reminder' and notification.start_time = due.start_time
        and notification.reminder_minutes <= due.minutes)
    on conflict do nothing
    returning id, appointment_id
  )
  select array_agg(id) into reminded from written;
  foreach subject in array array(select appointment_id from openslot.notifications where id = any (reminded)) loop
    perform openslot.broadcast(openslot.appointment_topic(subject), 'changed', '{}');
  end loop;
  return coalesce(cardinality(reminded), 0);
end;
$$;
comment on function openslot.due_reminders() is
  'Writes the reminders that are due by the clinics'' reminder_minutes, each once for an appointment and its time; for the '
  'worker, every minute. Returns how many.';

-- For the worker ---------------------------------------------------------------------------------------------------------

create function openslot.delivery_sent(delivery uuid) returns void
language sql set search_path = ''
as $$
  update openslot.deliveries set state = 'sent', sent_at = clock_timestamp(), attempts = attempts + 1, last_error = null
  where id = delivery
$$;

create function openslot.delivery_skipped(delivery uuid) returns void
language sql set search_path = ''
as $$
  update openslot.deliveries set state = 'skipped' where id = delivery and state <> 'sent'
$$;

create function openslot.delivery_failed(delivery uuid, error text, dead boolean) returns void
language sql set search_path = ''
as $$
  update openslot.deliveries
  set attempts = attempts + 1, last_error = left(error, 500), state = case when dead then 'dead' else state end
  where id = delivery and state <> 'sent'
$$;

create function openslot.retry_delivery(delivery uuid) returns boolean
language sql set search_path = ''
as $$
  with retried as (
    update openslot.deliveries set state = 'pending', queued_at = null where id = delivery and state = 'dead' returning id
  ),
  woken as (select pg_notify('openslot_deliveries', '') from retried)
  select count(*) > 0 from woken
$$;

create function openslot.forget_push_subscription(subscription uuid) returns void
language sql set search_path = ''
as $$
  delete from openslot.push_subscriptions where id = subscription
$$;

comment on function openslot.delivery_sent(uuid) is 'The mail server or the push service accepted it.';
comment on function openslot.delivery_skipped(uuid) is 'It need not be sent any more.';
comment on function openslot.delivery_failed(uuid, text, boolean) is
  'An attempt failed; `dead`: it was the last one. `error` must hold no personal data.';
comment on function openslot.retry_delivery(uuid) is 'Queues a dead delivery again. Returns whether it was dead.';
comment on function openslot.forget_push_subscription(uuid) is 'The push service answered that the subscription has ended.';

revoke execute on all functions in schema openslot from public;

-- Reads notifications, subscribes browsers to web push, and collects the data that the worker needs for a delivery.
--
-- A patient calls with a manage token, about one appointment; a member without one, about the providers they work for.

create function openslot.notification_json(notification openslot.notifications, is_read boolean) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'id', notification.id,
    'kind', notification.kind,
    'by', notification.by,
    'appointment_id', notification.appointment_id,
    'sequence', notification.sequence,
    'provider_id', provider.id,
    'provider_name', provider.name,
    'clinic', tenant.name,
    'service_name', service.name,
    'patient_name', case when notification.audience = 'provider' then appointment.patient_name end,
    'start', openslot.iso(notification.start_time),
    'end', openslot.iso(notification.end_time),
    'previous_start', openslot.iso(notification.previous_start),
    'time_zone', provider.time_zone,
    'message', notification.message,
    'created_at', openslot.iso(notification.created_at),
    'read', is_read)
  from openslot.appointments appointment
  join openslot.services service on service.id = appointment.service_id
  join openslot.providers provider on provider.id = appointment.provider_id
  join openslot.tenants tenant on tenant.id = provider.tenant_id
  where appointment.id = notification.appointment_id
$$;
comment on function openslot.notification_json(openslot.notifications, boolean) is
  'A notification as its reader may see it. Only the provider''s members see the patient''s name.';

create function openslot.unread_notifications(of_appointment uuid) returns integer
language sql stable set search_path = ''
as $$
  select count(*)::integer
  from openslot.notifications notification
  where case when of_appointment is not null
    then notification.audience = 'patient' and notification.appointment_id = of_appointment and notification.read_at is null
    else notification.audience = 'provider' and openslot.role_with(notification.provider_id, auth.uid()) is not null
      and notification.created_at > now() - interval '90 days'
      and not exists (
        select from openslot.notification_reads was where was.notification_id = notification.id and was.user_id = auth.uid())
    end
$$;
comment on function openslot.unread_notifications(uuid) is
  'The number of unread notifications of an appointment''s patient, or, for null, of the signed-in member.';

create function public.openslot_notifications(token text default null, before bigint default null) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  page constant integer := 50;
  subject openslot.appointments;
  asking uuid;
  own_providers uuid[];
  notifications jsonb;
begin
  if token is not null then
    subject := openslot.find_appointment(token);
    select coalesce(jsonb_agg(openslot.notification_json(notification, notification.read_at is not null)
      order by notification.id desc), '[]') into notifications
    from (
      select * from openslot.notifications
      where appointment_id = subject.id and audience = 'patient' and (before is null or id < before)
      order by id desc limit page
    ) as notification;
  else
    asking := openslot.signed_in_user();
    own_providers := array(
      select provider.id from openslot.tenant_members membership
      join openslot.providers provider on provider.tenant_id = membership.tenant_id
      where membership.user_id = asking and openslot.role_with(provider.id, asking) is not null);
    select coalesce(jsonb_agg(openslot.notification_json(notification, exists (
        select from openslot.notification_reads was where was.notification_id = notification.id and was.user_id = asking))
      order by notification.id desc), '[]') into notifications
    from (
      select * from openslot.notifications
      where provider_id = any (own_providers) and audience = 'provider' and (before is null or id < before)
        and created_at > now() - interval '90 days'
      order by id desc limit page
    ) as notification;
  end if;
  return jsonb_build_object(
    'notifications', notifications,
    'unread', openslot.unread_notifications(subject.id),
    'topics', case when token is not null then jsonb_build_array(openslot.appointment_topic(subject.id))
      else (select coalesce(jsonb_agg('openslot:desk:' || provider order by provider), '[]') from unnest(own_providers) as provider) end,
    'server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_notifications(text, bigint) is
  'The notifications of the patient who has this token, or without a token of the signed-in member: {notifications, unread, '
  'topics, server_time}, the newest 50, or those before an id. An event `changed` on the private Realtime topics signals new '
  'ones. Raises appointment_not_found, not_signed_in.';

create function public.openslot_read_notifications(up_to bigint, token text default null) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  subject openslot.appointments;
  asking uuid;
begin
  perform openslot.demand('up_to', up_to is not null);
  if token is not null then
    subject := openslot.find_appointment(token);
    update openslot.notifications set read_at = clock_timestamp()
    where appointment_id = subject.id and audience = 'patient' and id <= up_to and read_at is null;
  else
    asking := openslot.signed_in_user();
    insert into openslot.notification_reads (notification_id, user_id)
    select notification.id, asking
    from openslot.tenant_members membership
    join openslot.providers provider on provider.tenant_id = membership.tenant_id
    join openslot.notifications notification on notification.provider_id = provider.id and notification.audience = 'provider'
    where membership.user_id = asking and openslot.role_with(provider.id, asking) is not null
      and notification.id <= up_to and notification.created_at > now() - interval '90 days'
    on conflict do nothing;
  end if;
  return jsonb_build_object(
    'unread', openslot.unread_notifications(subject.id), 'server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_read_notifications(bigint, text) is
  'Marks notifications up to an id as read: {unread, server_time}. Raises invalid_argument, appointment_not_found, '
  'not_signed_in.';

create function public.openslot_push_subscribe(
  subscription jsonb, token text default null, locale text default null, time_zone text default null
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  subject openslot.appointments;
  asking uuid;
begin
  if token is not null then
    subject := openslot.find_appointment(token);
  else
    asking := openslot.signed_in_user();
    if not exists (select from openslot.tenant_members where user_id = asking) then
      perform openslot.fail('not_allowed');
    end if;
  end if;
  -- 20 browsers are plenty for one person. The limit prevents that one token fills the table.
  if (select count(*) from openslot.push_subscriptions where appointment_id = subject.id or user_id = asking) >= 20 then
    perform openslot.fail('rate_limited');
  end if;
  begin
    insert into openslot.push_subscriptions (endpoint, p256dh, auth, user_id, appointment_id, locale, time_zone)
    values (subscription ->> 'endpoint', subscription -> 'keys' ->> 'p256dh', subscription -> 'keys' ->> 'auth', asking, subject.id,
      openslot_push_subscribe.locale,
      case when openslot.is_time_zone(openslot_push_subscribe.time_zone) then openslot_push_subscribe.time_zone end)
    on conflict (endpoint, user_id, appointment_id) do update
    set p256dh = excluded.p256dh, auth = excluded.auth, locale = excluded.locale, time_zone = excluded.time_zone;
  exception when integrity_constraint_violation then
    perform openslot.reject_argument('subscription');
  end;
  return jsonb_build_object('server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_push_subscribe(jsonb, text, text, text) is
  'Sends web push to this browser from now on: about one appointment, by its token, or about the signed-in member''s providers. '
  '`subscription` is the result of PushSubscription.toJSON(): {server_time}. Raises invalid_argument, appointment_not_found, '
  'not_signed_in, not_allowed, rate_limited.';

create function public.openslot_push_unsubscribe(endpoint text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  perform openslot.demand('endpoint', endpoint <> '');
  -- Only the browser itself has its endpoint, so the endpoint serves as the secret.
  delete from openslot.push_subscriptions subscription where subscription.endpoint = openslot_push_unsubscribe.endpoint;
  return jsonb_build_object('server_time', openslot.iso(clock_timestamp()));
end;
$$;
comment on function public.openslot_push_unsubscribe(text) is 'Ends web push to this browser: {server_time}. Raises invalid_argument.';

create function openslot.delivery(wanted uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object(
    'id', delivery.id,
    'channel', delivery.channel,
    'recipient', delivery.recipient,
    'state', delivery.state,
    'kind', coalesce(notification.kind, 'invitation'),
    'audience', coalesce(notification.audience, 'member'),
    'locale', case
      when subscription.id is not null then subscription.locale
      when notification.audience = 'patient' then appointment.patient_locale
      else invitation.locale end,
    'time_zone', coalesce(
      case when notification.audience = 'patient' then coalesce(subscription.time_zone, appointment.patient_time_zone) end,
      provider.time_zone),
    'notification', case when notification.id is not null then openslot.notification_json(notification, false) end,
    'appointment', case when appointment.id is not null then openslot.desk_appointment_json(appointment) end,
    'provider', case when provider.id is not null then openslot.desk_provider_json(provider, invitation.role) end,
    'service', case when service.id is not null then openslot.desk_service_json(service) end,
    'tenant', jsonb_build_object('id', tenant.id, 'slug', tenant.slug, 'name', tenant.name, 'reply_to', tenant.reply_to,
      'desk_url', tenant.desk_url),
    'role', invitation.role,
    'manage_token', case when notification.audience = 'patient' then openslot.manage_token(appointment.id) end,
    'page_url', coalesce(provider.page_url, tenant.page_url),
    'invitation_token', case when invitation.id is not null then openslot.token_of(invitation.id, 'invitation_token') end,
    'subscription', case when subscription.id is not null then jsonb_build_object(
      'endpoint', subscription.endpoint,
      'keys', jsonb_build_object('p256dh', subscription.p256dh, 'auth', subscription.auth)) end,
    'superseded', case
      when delivery.channel = 'push' and subscription.id is null then true
      when notification.kind = 'reminder' then appointment.status <> 'confirmed' or appointment.start_time <> notification.start_time
        or appointment.start_time <= clock_timestamp()
      when notification.id is not null then exists (
        select from openslot.notifications newer
        where newer.appointment_id = notification.appointment_id and newer.audience = notification.audience and newer.id > notification.id
          and newer.kind <> 'reminder')
      else invitation.expires_at <= clock_timestamp() end)
  from openslot.deliveries delivery
  left join openslot.notifications notification on notification.id = delivery.notification_id
  left join openslot.appointments appointment on appointment.id = notification.appointment_id
  left join openslot.services service on service.id = appointment.service_id
  left join openslot.invitations invitation on invitation.id = delivery.invitation_id
  left join openslot.providers provider on provider.id = coalesce(appointment.provider_id, invitation.provider_id)
  left join openslot.push_subscriptions subscription on delivery.channel = 'push' and subscription.id::text = delivery.recipient
  join openslot.tenants tenant on tenant.id = coalesce(provider.tenant_id, invitation.tenant_id)
  where delivery.id = wanted
$$;
comment on function openslot.delivery(uuid) is
  'All that the worker needs to write an e-mail or a push message; `superseded` when a newer message replaces it. Null when its '
  'appointment or invitation was deleted. It is full of personal data: never log it.';

revoke execute on all functions in schema openslot from public;
revoke execute on function public.openslot_notifications(text, bigint), public.openslot_read_notifications(bigint, text),
  public.openslot_push_subscribe(jsonb, text, text, text), public.openslot_push_unsubscribe(text)
  from public, anon, authenticated, service_role;
grant execute on function public.openslot_notifications(text, bigint), public.openslot_read_notifications(bigint, text),
  public.openslot_push_subscribe(jsonb, text, text, text), public.openslot_push_unsubscribe(text)
  to anon, authenticated;

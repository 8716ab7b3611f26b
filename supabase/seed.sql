-- Two clinics with three providers, for the demo, the examples and the tests. All dates are relative to the moment of
-- seeding, and nothing is random. Running this again changes nothing.

insert into openslot.tenants (id, slug, name, rate_limit_per_hour, reply_to) values
  ('10000000-0000-4000-8000-000000000001', 'northside', 'Northside Clinic', null, 'hello@northside.example'),
  ('10000000-0000-4000-8000-000000000002', 'southbank', 'Southbank Therapies', null, 'hello@southbank.example')
on conflict do nothing;

insert into openslot.providers (id, tenant_id, slug, name, title, time_zone, slot_minutes, min_notice_minutes,
  booking_window_days, daily_limit, email)
values
  ('20000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000001', 'mira-lindqvist', 'Dr. Mira Lindqvist',
    'General practice', 'Europe/Stockholm', 20, 60, 60, null, 'mira@northside.example'),
  ('20000000-0000-4000-8000-000000000002', '10000000-0000-4000-8000-000000000001', 'amara-okafor', 'Amara Okafor',
    'Physiotherapy', 'America/New_York', 15, 60, 60, 6, 'amara@northside.example'),
  ('20000000-0000-4000-8000-000000000003', '10000000-0000-4000-8000-000000000002', 'priya-raman', 'Dr. Priya Raman',
    'Psychotherapy', 'Asia/Kolkata', 30, 60, 60, null, 'priya@southbank.example')
on conflict do nothing;

insert into openslot.services (id, provider_id, slug, name, description, duration_minutes, buffer_before_minutes,
  buffer_after_minutes, position)
values
  ('30000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000001', 'consultation', 'Consultation',
    'A question, a prescription, a follow-up.', 20, 0, 0, 1),
  ('30000000-0000-4000-8000-000000000002', '20000000-0000-4000-8000-000000000001', 'first-visit', 'First visit',
    'For new patients: history and examination.', 40, 0, 0, 2),
  ('30000000-0000-4000-8000-000000000003', '20000000-0000-4000-8000-000000000001', 'vaccination', 'Vaccination',
    'Please stay for ten minutes afterwards.', 10, 0, 10, 3),
  ('30000000-0000-4000-8000-000000000004', '20000000-0000-4000-8000-000000000002', 'session', 'Treatment session',
    null, 45, 0, 15, 1),
  ('30000000-0000-4000-8000-000000000005', '20000000-0000-4000-8000-000000000002', 'follow-up', 'Follow-up',
    null, 30, 0, 0, 2),
  ('30000000-0000-4000-8000-000000000006', '20000000-0000-4000-8000-000000000003', 'intake', 'Intake',
    'A first conversation, without obligation.', 60, 10, 20, 1),
  ('30000000-0000-4000-8000-000000000007', '20000000-0000-4000-8000-000000000003', 'session', 'Session',
    null, 50, 0, 10, 2)
on conflict do nothing;

insert into openslot.availability_rules (provider_id, weekday, start_time, end_time)
select provider.id, weekday, hours.opens, hours.closes
from (values
  ('mira-lindqvist', time '09:00', time '12:00', 5),
  ('mira-lindqvist', time '13:00', time '17:00', 5),
  ('amara-okafor', time '08:00', time '16:00', 5),
  ('priya-raman', time '10:00', time '13:00', 6),
  ('priya-raman', time '14:00', time '19:00', 6)
) as hours (slug, opens, closes, weekdays)
join openslot.providers provider on provider.slug = hours.slug
cross join lateral generate_series(1, hours.weekdays) as weekday
where not exists (select from openslot.availability_rules rule where rule.provider_id = provider.id);

do $$
declare
  planned record;
  starts timestamptz;
  past_id uuid;
  result jsonb;
begin
  if exists (select from openslot.appointments) then
    return;
  end if;

  for planned in
    select plan.*, provider.time_zone,
      -- Working day 1 is the first weekday after today, -1 the latest one before today, in the provider's zone.
      (select day::date
        from generate_series(1, 60) as distance,
          lateral (select (now() at time zone provider.time_zone)::date + distance * sign(plan.working_day)::integer) as at (day)
        where extract(isodow from day) <= 5
        order by distance offset abs(plan.working_day) - 1 limit 1) as day
    from (values
      (1, 'mira-lindqvist', 'consultation', -2, time '10:00', 'Elsa Nyberg', 'elsa.nyberg@example.com', '+46 70 174 06 01', null, 'completed'),
      (2, 'mira-lindqvist', 'first-visit', -1, time '13:40', 'Jonas Ek', 'jonas.ek@example.com', null, 'Back pain since March', 'no_show'),
      (3, 'mira-lindqvist', 'consultation', 1, time '09:20', 'Karin Holm', 'karin.holm@example.com', '+46 70 174 06 02', null, 'confirmed'),
      (4, 'mira-lindqvist', 'first-visit', 1, time '10:20', 'Ali Rahimi', 'ali.rahimi@example.com', null, 'Needs a wheelchair ramp', 'confirmed'),
      (5, 'mira-lindqvist', 'vaccination', 1, time '14:00', 'Moa Sandberg', 'moa.sandberg@example.com', '+46 70 174 06 03', null, 'confirmed'),
      (6, 'mira-lindqvist', 'consultation', 2, time '11:00', 'Oskar Lund', 'oskar.lund@example.com', null, null, 'cancelled'),
      (7, 'mira-lindqvist', 'consultation', 2, time '15:40', 'Freja Berg', 'freja.berg@example.com', null, 'Renewal of a prescription', 'confirmed'),
      (8, 'amara-okafor', 'session', 1, time '09:00', 'Dana Whitfield', 'dana.whitfield@example.com', '+1 212 555 0143', null, 'confirmed'),
      (9, 'amara-okafor', 'follow-up', 1, time '13:30', 'Luis Ortega', 'luis.ortega@example.com', null, 'Left knee', 'confirmed'),
      -- A day that reaches its limit of six appointments.
      (10, 'amara-okafor', 'session', 3, time '08:00', 'Grace Kim', 'grace.kim@example.com', null, null, 'confirmed'),
      (11, 'amara-okafor', 'session', 3, time '09:00', 'Noah Brandt', 'noah.brandt@example.com', '+1 212 555 0144', null, 'confirmed'),
      (12, 'amara-okafor', 'session', 3, time '10:00', 'Ines Duarte', 'ines.duarte@example.com', null, null, 'confirmed'),
      (13, 'amara-okafor', 'follow-up', 3, time '11:30', 'Peter Novak', 'peter.novak@example.com', null, null, 'confirmed'),
      (14, 'amara-okafor', 'session', 3, time '13:00', 'Ruth Adler', 'ruth.adler@example.com', null, 'Prefers the treadmill room', 'confirmed'),
      (15, 'amara-okafor', 'follow-up', 3, time '15:00', 'Sam Cole', 'sam.cole@example.com', null, null, 'confirmed'),
      (16, 'priya-raman', 'intake', 1, time '10:10', 'Arjun Mehta', 'arjun.mehta@example.com', '+91 98765 43210', null, 'confirmed'),
      (17, 'priya-raman', 'session', 2, time '16:00', 'Leela Nair', 'leela.nair@example.com', null, 'Asked for a quiet room', 'confirmed')
    ) as plan (number, provider, service, working_day, local_time, name, email, phone, note, status)
    join openslot.providers provider on provider.slug = plan.provider
    order by plan.number
  loop
    starts := openslot.local_instant(planned.day + planned.local_time, planned.time_zone);
    if planned.working_day > 0 then
      result := public.openslot_book(planned.provider, planned.service, starts,
        jsonb_build_object('name', planned.name, 'email', planned.email, 'phone', planned.phone, 'note', planned.note,
          'time_zone', planned.time_zone, 'locale', 'en'),
        ('40000000-0000-4000-8000-' || lpad(planned.number::text, 12, '0'))::uuid);
      if planned.status = 'cancelled' then
        perform public.openslot_cancel(result ->> 'manage_token', 'Feeling better');
      end if;
    else
      -- openslot_book refuses past times, so past appointments are inserted directly.
      past_id := ('50000000-0000-4000-8000-' || lpad(planned.number::text, 12, '0'))::uuid;
      insert into openslot.appointments (id, provider_id, service_id, status, start_time, end_time, busy, patient_name,
        patient_email, patient_phone, patient_note, patient_time_zone, patient_locale, token_hash)
      select past_id, service.provider_id, service.id, planned.status, starts, past.ends, tstzrange(starts, past.ends),
        planned.name, planned.email, planned.phone, planned.note, planned.time_zone, 'en',
        sha256(convert_to(openslot.manage_token(past_id), 'UTF8'))
      from openslot.services service
      join openslot.providers provider on provider.id = service.provider_id and provider.slug = planned.provider
      cross join lateral (select starts + make_interval(mins => service.duration_minutes)) as past (ends)
      where service.slug = planned.service;
    end if;
  end loop;
  -- These patients are invented, so no e-mail is sent to them.
  delete from openslot.deliveries;
end;
$$;

-- Runs last, so that the patients booked above had no questions to answer.
update openslot.services set questions = '[
  {"key": "before", "kind": "choice", "label": "Have you been to this clinic before?", "options": ["Yes", "No"], "required": true},
  {"key": "conditions", "kind": "choices", "label": "Do you live with any of these?",
    "options": ["Asthma", "Diabetes", "High blood pressure"]},
  {"key": "medicines", "kind": "text", "label": "Which medicines do you take?", "hint": "Names are enough."},
  {"key": "consent", "kind": "checkbox", "label": "I agree that the clinic keeps these answers.", "required": true,
    "link": {"label": "Privacy policy", "url": "https://northside.example/privacy"}}
]' where id = '30000000-0000-4000-8000-000000000002' and questions = '[]';

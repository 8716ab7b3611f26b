/** A delivery as `openslot.delivery` answers it, for tests of the messages. */
import type { Delivery } from '../../delivery.ts';

export function makeDelivery(changes: Partial<Delivery> = {}): Delivery {
  return {
    id: '60000000-0000-4000-8000-000000000001',
    channel: 'email',
    recipient: 'karin@example.com',
    state: 'queued',
    kind: 'booked',
    audience: 'patient',
    locale: 'en-GB',
    time_zone: 'Europe/Stockholm',
    notification: {
      id: 1,
      kind: 'booked',
      by: 'patient',
      sequence: 0,
      start: '2026-11-24T12:20:00Z',
      end: '2026-11-24T12:40:00Z',
      previous_start: null,
      message: null,
      created_at: '2026-11-20T08:00:00.123456Z',
    },
    appointment: {
      id: '50000000-0000-4000-8000-000000000001',
      patient: { name: 'Karin Holm', email: 'karin@example.com' },
    },
    provider: { name: 'Dr. Mira Lindqvist', title: 'General practice' },
    service: { name: 'Consultation' },
    tenant: { name: 'Northside Clinic', reply_to: 'hello@northside.example', desk_url: 'https://clinic.example/desk' },
    role: null,
    manage_token: 'TOKEN',
    page_url: 'https://clinic.example/book',
    invitation_token: null,
    subscription: null,
    superseded: false,
    ...changes,
  };
}

/** The same delivery, with a notification of the given kind. */
export function makeNotice(
  kind: Exclude<Delivery['kind'], 'invitation'>,
  audience: 'patient' | 'provider',
  changes: Partial<NonNullable<Delivery['notification']>> = {},
): Partial<Delivery> {
  const { notification } = makeDelivery();
  return {
    kind,
    audience,
    recipient: audience === 'patient' ? 'karin@example.com' : 'mira@northside.example',
    manage_token: audience === 'patient' ? 'TOKEN' : null,
    notification: {
      ...notification!,
      kind,
      by: kind === 'reminder' ? null : 'patient',
      previous_start: kind === 'rescheduled' ? '2026-11-23T09:00:00Z' : null,
      ...changes,
    },
  };
}

export function makeInvitation(changes: Partial<Delivery> = {}): Delivery {
  return makeDelivery({
    kind: 'invitation',
    audience: 'member',
    recipient: 'new@northside.example',
    notification: null,
    appointment: null,
    provider: null,
    service: null,
    manage_token: null,
    time_zone: null,
    role: 'staff',
    invitation_token: 'INVITE',
    ...changes,
  });
}

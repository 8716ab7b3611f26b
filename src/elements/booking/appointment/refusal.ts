import type { AppointmentMessages } from '../../../locales/index.ts';
import type { Notice } from '../openslot-notice.ts';
import type { View } from '../screen.ts';

/** Why the server refused a change, where the patient needs other words than while booking. */
export function refusalNotice({ flow: { refusal, booked } }: View, { notMovable }: AppointmentMessages): Notice | null {
  if (refusal?.code !== 'provider_not_found' || !booked) return null;
  return { kind: 'error', text: notMovable(booked.appointment.provider.clinic) };
}

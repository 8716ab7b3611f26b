import type { AppointmentMessages } from '../../../locales/index.ts';
import type { Notice } from '../openslot-notice.ts';
import type { View } from '../screen.ts';

/** Why the server refused a change, where the patient needs other words than while booking. */
export function refusalNotice(
  { flow: { refusal, booked } }: View,
  { errors, notMovable }: AppointmentMessages,
): Notice | null {
  if (!refusal || !booked) return null;
  const sentences: Readonly<Record<string, string>> = {
    ...errors,
    provider_not_found: notMovable(booked.appointment.provider.clinic),
  };
  const text = sentences[refusal.code];
  return text ? { kind: 'error', text } : null;
}

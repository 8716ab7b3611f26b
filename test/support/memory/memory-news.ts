/** The notifications that the database in memory writes for a patient. */
import type { InboxNotification } from '../../../src/core/inbox/types.ts';
import type { Appointment } from '../../../src/core/wire.ts';

export type News = Pick<InboxNotification, 'kind' | 'by'> &
  Partial<Pick<InboxNotification, 'previous_start' | 'message'>>;

export function notificationOf(
  { id: appointment_id, sequence, start, end, provider, service }: Appointment,
  news: News & Pick<InboxNotification, 'id' | 'created_at'>,
): InboxNotification {
  return {
    appointment_id,
    sequence,
    provider_id: provider.id,
    provider_name: provider.name,
    clinic: provider.clinic,
    service_name: service.name,
    patient_name: null,
    start,
    end,
    previous_start: null,
    time_zone: provider.time_zone,
    message: null,
    read: news.by === 'patient',
    ...news,
  };
}

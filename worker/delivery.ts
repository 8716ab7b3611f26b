/** The answer of `openslot.delivery(id)`: all that is needed to write one message. It holds personal data: never log it. */

export type AppointmentKind = 'booked' | 'cancelled' | 'rescheduled' | 'reminder';

export type Party = 'patient' | 'provider';

export interface DeliveredNotification {
  readonly id: number;
  readonly kind: AppointmentKind;
  /** Who booked, moved or cancelled; null for a reminder. */
  readonly by: Party | null;
  readonly sequence: number;
  /** ISO instants; the appointment's times when the notification was written. */
  readonly start: string;
  readonly end: string;
  readonly previous_start: string | null;
  /** The text that this party added, if any. */
  readonly message: string | null;
  readonly created_at: string;
}

export interface DeliveredAppointment {
  readonly id: string;
  readonly patient: { readonly name: string; readonly email: string | null };
}

export interface Delivery {
  readonly id: string;
  readonly channel: 'email' | 'push';
  /** E-mail address, or id of the push subscription. */
  readonly recipient: string;
  readonly state: 'pending' | 'queued' | 'sent' | 'skipped' | 'dead';
  readonly kind: AppointmentKind | 'invitation';
  readonly audience: Party | 'member';
  /** BCP 47, as the recipient's browser reported it. */
  readonly locale: string | null;
  /** The recipient's IANA zone, or the provider's if the recipient's is unknown. */
  readonly time_zone: string | null;
  readonly notification: DeliveredNotification | null;
  readonly appointment: DeliveredAppointment | null;
  readonly provider: { readonly name: string; readonly title: string | null } | null;
  readonly service: { readonly name: string } | null;
  readonly tenant: {
    readonly name: string;
    readonly reply_to: string | null;
    readonly desk_url: string | null;
  };
  /** The role that the person gets who accepts the invitation. */
  readonly role: 'owner' | 'staff' | 'provider' | null;
  readonly manage_token: string | null;
  readonly page_url: string | null;
  readonly invitation_token: string | null;
  readonly subscription: {
    readonly endpoint: string;
    readonly keys: { readonly p256dh: string; readonly auth: string };
  } | null;
  /** A newer message replaces this one, or its reason is gone. */
  readonly superseded: boolean;
}

/** Link with which the patient sees and changes the appointment. Null if the clinic has no page with the widget. */
export function manageLink({ page_url, manage_token }: Delivery): string | null {
  return page_url && manage_token ? `${page_url}#openslot-appointment=${manage_token}` : null;
}

/** Link to the desk that accepts the invitation. Null if the clinic has no page with the desk. */
export function invitationLink({ tenant, invitation_token }: Delivery): string | null {
  return tenant.desk_url && invitation_token ? `${tenant.desk_url}#openslot-invitation=${invitation_token}` : null;
}

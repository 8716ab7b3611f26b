/** What `openslot.delivery(id)` answers: all that is needed to write one message. Full of personal data: never logged. */

export type AppointmentKind = 'booked' | 'cancelled' | 'rescheduled' | 'reminder';

export type Party = 'patient' | 'provider';

export interface DeliveredNotification {
  readonly id: number;
  readonly kind: AppointmentKind;
  /** Who did it; null for a reminder. */
  readonly by: Party | null;
  readonly sequence: number;
  /** ISO instants, as it was when this happened. */
  readonly start: string;
  readonly end: string;
  readonly previous_start: string | null;
  /** What whoever did it wrote about it. */
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
  /** Address, or id of the push subscription. */
  readonly recipient: string;
  readonly state: 'pending' | 'queued' | 'sent' | 'skipped' | 'dead';
  readonly kind: AppointmentKind | 'invitation';
  readonly audience: Party | 'member';
  /** BCP 47, as a browser said it. */
  readonly locale: string | null;
  /** IANA zone of the recipient, or of the provider where theirs isn't known. */
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
  /** What an invitation makes of who accepts it. */
  readonly role: 'owner' | 'staff' | 'provider' | null;
  readonly manage_token: string | null;
  readonly page_url: string | null;
  readonly invitation_token: string | null;
  readonly subscription: {
    readonly endpoint: string;
    readonly keys: { readonly p256dh: string; readonly auth: string };
  } | null;
  /** There is something newer to tell, or nothing any more. */
  readonly superseded: boolean;
}

/** Where a patient sees and changes the appointment. Null where there is no page with the widget. */
export function manageLink({ page_url, manage_token }: Delivery): string | null {
  return page_url && manage_token ? `${page_url}#openslot-appointment=${manage_token}` : null;
}

/** Null where there is no page with the desk. */
export function invitationLink({ tenant, invitation_token }: Delivery): string | null {
  return tenant.desk_url && invitation_token ? `${tenant.desk_url}#openslot-invitation=${invitation_token}` : null;
}

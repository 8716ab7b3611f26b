import type { OpenslotError } from '../errors.ts';
import type { Connection } from '../sync/refresher.ts';

/** A notification about an appointment. Instants and zones as in `wire.ts`. */
export interface InboxNotification {
  /** Grows with time. */
  readonly id: number;
  readonly kind: 'booked' | 'cancelled' | 'rescheduled' | 'reminder';
  /** Who made the change; null for a reminder. */
  readonly by: 'patient' | 'provider' | null;
  readonly appointment_id: string;
  /** The appointment's sequence after the change. */
  readonly sequence: number;
  readonly provider_id: string;
  readonly provider_name: string;
  readonly clinic: string;
  readonly service_name: string;
  /** Null in a patient's inbox. */
  readonly patient_name: string | null;
  readonly start: string;
  readonly end: string;
  /** The former start of a rescheduled appointment. */
  readonly previous_start: string | null;
  /** IANA zone of the provider. */
  readonly time_zone: string;
  /** The message of the person who made the change. */
  readonly message: string | null;
  readonly created_at: string;
  readonly read: boolean;
}

/** Result of `openslot_notifications`. */
export interface NotificationsResult {
  /** Newest first. */
  readonly notifications: readonly InboxNotification[];
  /** The number of all unread notifications, not only of these. */
  readonly unread: number;
  /** The private topics that signal new notifications. */
  readonly topics: readonly string[];
  readonly server_time: string;
}

/** Result of `openslot_read_notifications`. */
export interface ReadResult {
  readonly unread: number;
  readonly server_time: string;
}

/** What an inbox shows. Frozen; a new object for every change. */
export interface InboxState {
  /** `ready` once a list has been loaded, even if it is old by now; `error` if there is none, see `error`. */
  readonly status: 'loading' | 'ready' | 'error';
  /**
   * Why there is no list, or why the last refresh failed while an older list is still shown. After `not_signed_in` and
   * `appointment_not_found`, the list is gone.
   */
  readonly error: OpenslotError | null;
  /** `offline`, too, when no member is signed in. */
  readonly connection: Connection;
  /** Newest first. The same array while none of them changed. */
  readonly notifications: readonly InboxNotification[];
  /** The number of all unread notifications. Those that are being marked as read count as read. */
  readonly unread: number;
  /** Whether there are older notifications; `failed` when they couldn't be fetched. */
  readonly older: 'none' | 'more' | 'loading' | 'failed';
  /** Server clock minus this machine's clock, in ms. */
  readonly clockOffset: number;
}

/** New notifications. */
export interface Arrival {
  /** Oldest first. */
  readonly notifications: readonly InboxNotification[];
  /** They came while the page was hidden or messages may have been lost. Several of them are worth one summary only. */
  readonly away: boolean;
}

/**
 * The notifications of one patient, by the token of an appointment, or of one member. It is live while it has subscribers, and
 * closes its connection about a second after the last one has left.
 */
export interface Inbox {
  getState(): InboxState;
  /** Calls back after every change, never within this call. The first subscriber starts loading and the live connection. */
  subscribe(listener: () => void): () => void;
  /**
   * Calls back with new notifications that are unread and not about the patient's own changes, while there is a subscriber. Of
   * all tabs of a browser that show the same inbox, one that is visible calls back.
   */
  onArrival(listener: (arrival: Arrival) => void): () => void;
  /** Calls back when the member who was signed in has signed out. */
  onSignedOut(listener: () => void): () => void;
  /** Marks all shown notifications as read, at once. If the project refuses, they are unread again. Never rejects. */
  markRead(): Promise<void>;
  /** Fetches older notifications. Never rejects; see `older`. */
  loadOlder(): Promise<void>;
  /** Checks that the connection is alive, replaces it if it isn't, and fetches. */
  refresh(): Promise<void>;
  /** Sends web push to this browser from now on. `subscription` is the result of `PushSubscription.toJSON()`. */
  subscribeToPush(subscription: object, about: { readonly locale: string; readonly timeZone: string }): Promise<void>;
  unsubscribeFromPush(endpoint: string): Promise<void>;
}

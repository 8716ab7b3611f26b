import type { OpenslotError } from '../errors.ts';
import type { Connection } from '../sync/refresher.ts';

/** What somebody is told of an appointment. Instants and zones as in `types.ts`. */
export interface InboxNotification {
  /** Grows with time. */
  readonly id: number;
  readonly kind: 'booked' | 'cancelled' | 'rescheduled' | 'reminder';
  /** Who did it; null for a reminder. */
  readonly by: 'patient' | 'provider' | null;
  readonly appointment_id: string;
  /** The appointment's, as it was then. */
  readonly sequence: number;
  readonly provider_id: string;
  readonly provider_name: string;
  readonly clinic: string;
  readonly service_name: string;
  /** Only for those who work for the provider. */
  readonly patient_name: string | null;
  readonly start: string;
  readonly end: string;
  /** Where a rescheduled appointment was before. */
  readonly previous_start: string | null;
  /** IANA zone of the provider. */
  readonly time_zone: string;
  /** What the one who did it has to say. */
  readonly message: string | null;
  readonly created_at: string;
  readonly read: boolean;
}

/** Result of `openslot_notifications`. */
export interface NotificationsResult {
  /** Newest first. */
  readonly notifications: readonly InboxNotification[];
  /** Of all, not only of these. */
  readonly unread: number;
  /** The private topics on which it is told that there is more. */
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
  /** What is there: nothing yet, a list (even an old one), or nothing and a reason. */
  readonly status: 'loading' | 'ready' | 'error';
  /**
   * Why there is nothing, or why the last refresh failed while a list is still shown. `not_signed_in` and
   * `appointment_not_found` end it: nothing is kept of what was there.
   */
  readonly error: OpenslotError | null;
  readonly connection: Connection;
  /** Newest first. Same array while nothing of it changed. */
  readonly notifications: readonly InboxNotification[];
  /** Of all there are. What is being marked as read counts as read. */
  readonly unread: number;
  /** Whether there are older ones; `failed` when they could not be fetched. */
  readonly older: 'none' | 'more' | 'loading' | 'failed';
  /** Server clock minus this machine's clock, in ms. */
  readonly clockOffset: number;
}

/** What came in since the last look, oldest first. */
export interface Arrival {
  readonly notifications: readonly InboxNotification[];
  /** It came while nobody looked or nothing could be heard: more than one thing to tell is worth a summary only. */
  readonly away: boolean;
}

/**
 * What one patient, by the token of an appointment, or one member is told. Live while somebody subscribes; let go about a
 * second after the last one left.
 */
export interface Inbox {
  getState(): InboxState;
  /** Calls back after every change (not at once); the first subscriber starts loading and the live connection. */
  subscribe(listener: () => void): () => void;
  /**
   * Hears of what comes in, unread and done by somebody else, while there is a subscriber. Of all tabs of a browser that
   * show the same inbox, one that can be seen is told.
   */
  onArrival(listener: (arrival: Arrival) => void): () => void;
  /** Somebody was signed in, and signed out. */
  onSignedOut(listener: () => void): () => void;
  /** Marks all that is shown as read, at once; if the project refuses, they are unread again. Never rejects. */
  markRead(): Promise<void>;
  /** Fetches older ones. Never rejects; `older` tells. */
  loadOlder(): Promise<void>;
  /** Proves the connection alive, or replaces it, and refetches. */
  refresh(): Promise<void>;
  /** Has this browser told by web push from now on. `subscription` is what `PushSubscription.toJSON()` gives. */
  subscribeToPush(subscription: object, about: { readonly locale: string; readonly timeZone: string }): Promise<void>;
  unsubscribeFromPush(endpoint: string): Promise<void>;
}

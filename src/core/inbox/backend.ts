import type { LiveConnection, Unsubscribe } from '../realtime/types.ts';
import type { NotificationsResult, ReadResult } from './types.ts';

/**
 * What an inbox needs of a tenant's project, on behalf of the patient who has a token or of whoever is signed in. Like
 * `Backend` it rejects with an `OpenslotError` and nothing else.
 */
export interface InboxBackend {
  /** Whose it is. */
  readonly audience: 'patient' | 'member';
  /** The newest, or those before an id. */
  notifications(request: { readonly before: number | null }, signal?: AbortSignal): Promise<NotificationsResult>;
  read(request: { readonly up_to: number }, signal?: AbortSignal): Promise<ReadResult>;
  pushSubscribe(request: PushSubscribeRequest): Promise<void>;
  pushUnsubscribe(request: { readonly endpoint: string }): Promise<void>;
  connect(): LiveConnection;
  /**
   * Calls back with the id of the user who is signed in, or null: at first, after each change, and again with the same id when
   * that user works for other providers than before. Never calls back within this call.
   */
  onUser(listener: (user: string | null) => void): Unsubscribe;
}

export interface PushSubscribeRequest {
  /** What `PushSubscription.toJSON()` gives. */
  readonly subscription: object;
  readonly locale: string;
  readonly time_zone: string;
}

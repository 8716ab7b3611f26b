import type { LiveConnection, Unsubscribe } from '../realtime/types.ts';
import type { NotificationsResult, ReadResult } from './types.ts';

/**
 * The functions of a tenant's project that an inbox calls, for the patient who has a token or for the member who is signed in.
 * Like `Backend`, it rejects with an `OpenslotError` and nothing else.
 */
export interface InboxBackend {
  /** Whether the inbox is that of a patient or of a member. */
  readonly audience: 'patient' | 'member';
  /** The newest notifications, or those before an id. */
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

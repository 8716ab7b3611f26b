/**
 * Notice between elements of a page, such as desk and bell, that share a member's client. Elements of another copy of the
 * SDK don't receive it; their next check finds the change.
 */
import type { Unsubscribe } from '../realtime/types.ts';

const listenersByClient = new WeakMap<object, Set<() => void>>();

/** To be called when the member who is signed in with this client works for other providers than before. */
export function membershipsChanged(client: object): void {
  for (const listener of listenersByClient.get(client) ?? []) listener();
}

export function onMembershipsChanged(client: object, listener: () => void): Unsubscribe {
  const listeners = listenersByClient.get(client) ?? new Set();
  listenersByClient.set(client, listeners);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The backend of an inbox on a Supabase project: by a patient's token, or over a client that a member is signed in with. */
import type { InboxBackend } from './backend.ts';
import type { NotificationsResult, ReadResult } from './types.ts';
import type { Unsubscribe } from '../realtime/types.ts';
import { onMembershipsChanged } from '../supabase/memberships.ts';
import { createCall } from '../supabase/rpc.ts';
import { systemClock } from '../time/clock.ts';
import { OpenslotError, SERVER_CODES, STAFF_CODES } from '../errors.ts';
import {
  type BackendEnvironment,
  openProject,
  type ProjectOptions,
  type SupabaseClientLike,
} from '../supabase/project.ts';
import { isObject, isTimed, reader } from '../validate.ts';

/** What is used of a client's Auth. A client that the page made with access tokens of its own has none. */
interface AuthLike {
  onAuthStateChange(callback: (event: string, session: { readonly user: { readonly id: string } } | null) => void): {
    readonly data: { readonly subscription: { unsubscribe(): void } };
  };
}

/** PostgREST's own codes for a session whose token isn't valid, or isn't any more. */
const TOKEN_REFUSED = /^PGRST30/;

/**
 * @param token of a patient's appointment; null for the member who is signed in with the client
 * @throws {OpenslotError} `missing_config`, `invalid_config`; `detail.name` names the attribute
 */
export function createInboxBackend(
  options: ProjectOptions | { readonly client: SupabaseClientLike },
  token: string | null,
  environment: BackendEnvironment = {},
): InboxBackend {
  const { rpc, connect } = openProject(options, environment);
  const callAny = createCall(rpc, environment.clock ?? systemClock, [...SERVER_CODES, ...STAFF_CODES]);
  const call: typeof callAny = (...request) =>
    token === null ? callAny(...request).catch(refuseSession) : callAny(...request);
  const client = token === null && 'client' in options ? options.client : null;
  const auth = client && authOf(client);
  return {
    audience: token === null ? 'member' : 'patient',
    notifications: ({ before }, signal) => call('openslot_notifications', { token, before }, readNotifications, signal),
    read: ({ up_to }, signal) => call('openslot_read_notifications', { token, up_to }, readUnread, signal),
    pushSubscribe: (request) => call('openslot_push_subscribe', { token, ...request }, readNothing),
    pushUnsubscribe: (request) => call('openslot_push_unsubscribe', request, readNothing),
    connect,
    onUser(listener) {
      let user: string | null | undefined;
      const leaves: Unsubscribe[] = [];
      const call = (now: string | null) => {
        user = now;
        listener(now);
      };
      /** Deferred, since Auth waits for its listeners: ours fetches, for which it needs a token of Auth's. */
      const callLater = (now: string | null) => queueMicrotask(() => leaves.length > 0 && now !== user && call(now));
      if (client && auth) {
        const { subscription } = auth.onAuthStateChange((_event, session) => callLater(session?.user.id ?? null)).data;
        leaves.push(
          () => subscription.unsubscribe(),
          onMembershipsChanged(client, () => user && call(user)),
        );
      } else {
        // The owner of a token stays the same.
        leaves.push(() => undefined);
        callLater(token ?? '');
      }
      return () => {
        for (const leave of leaves.splice(0)) leave();
      };
    },
  };
}

function authOf(client: object): AuthLike | null {
  try {
    const { auth } = client as { auth?: AuthLike };
    return typeof auth?.onAuthStateChange === 'function' ? auth : null;
  } catch {
    // The property throws in a client that the page made with access tokens of its own.
    return null;
  }
}

function refuseSession(error: unknown): never {
  if (error instanceof OpenslotError && TOKEN_REFUSED.test(String(error.detail['code']))) {
    throw new OpenslotError('not_signed_in', undefined, { cause: error });
  }
  throw error;
}

const readNotifications = reader<NotificationsResult>(
  (answer) =>
    isTimed(answer) &&
    Array.isArray(answer['notifications']) &&
    answer['notifications'].every(isNotification) &&
    Array.isArray(answer['topics']) &&
    typeof answer['unread'] === 'number',
);

const readUnread = reader<ReadResult>((answer) => typeof answer['unread'] === 'number');

function isNotification(value: unknown): boolean {
  return isObject(value) && typeof value['id'] === 'number' && typeof value['start'] === 'string';
}

/** What the function was called for is done; its answer says no more than that. */
function readNothing(): void {
  return undefined;
}

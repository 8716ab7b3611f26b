/** The backend of an inbox on a Supabase project: by a patient's token, or over a client that a member is signed in with. */
import type { InboxBackend } from './backend.ts';
import type { NotificationsResult, ReadResult } from './types.ts';
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

/** What is used of a client's Auth. A client whose tokens come from elsewhere has none. */
interface AuthLike {
  onAuthStateChange(callback: (event: string, session: { readonly user: { readonly id: string } } | null) => void): {
    readonly data: { readonly subscription: { unsubscribe(): void } };
  };
}

/** Codes of PostgREST's own: the session's token is no good, or no longer. */
const TOKEN_REFUSED = /^PGRST30/;

/**
 * @param token of a patient's appointment; null for whoever is signed in with the client
 * @throws {OpenslotError} `missing_config`, `invalid_config`; `detail.name` names the attribute
 */
export function createInboxBackend(
  options: ProjectOptions | { readonly client: SupabaseClientLike },
  token: string | null,
  environment: BackendEnvironment = {},
): InboxBackend {
  const { rpc, connect } = openProject(options, environment);
  const asked = createCall(rpc, environment.clock ?? systemClock, [...SERVER_CODES, ...STAFF_CODES]);
  const call: typeof asked = (...request) =>
    token === null ? asked(...request).catch(refuseSession) : asked(...request);
  const auth = token === null && 'client' in options ? authOf(options.client) : null;
  return {
    audience: token === null ? 'member' : 'patient',
    notifications: ({ before }, signal) => call('openslot_notifications', { token, before }, readNotifications, signal),
    read: ({ up_to }, signal) => call('openslot_read_notifications', { token, up_to }, readUnread, signal),
    pushSubscribe: (request) => call('openslot_push_subscribe', { token, ...request }, readNothing),
    pushUnsubscribe: (request) => call('openslot_push_unsubscribe', request, readNothing),
    connect,
    onUser(listener) {
      let isOver = false;
      const tell = (user: string | null) => {
        if (!isOver) listener(user);
      };
      if (!auth) {
        // Nobody signs out of a token.
        queueMicrotask(() => tell(token ?? ''));
        return () => {
          isOver = true;
        };
      }
      const { subscription } = auth.onAuthStateChange((_event, session) => {
        // Auth waits for what it calls, and what is done here asks Auth for its token.
        queueMicrotask(() => tell(session?.user.id ?? null));
      }).data;
      return () => {
        isOver = true;
        subscription.unsubscribe();
      };
    },
  };
}

function authOf(client: object): AuthLike | null {
  try {
    const { auth } = client as { auth?: AuthLike };
    return typeof auth?.onAuthStateChange === 'function' ? auth : null;
  } catch {
    // With tokens of its own, a client throws at whoever wants its Auth.
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

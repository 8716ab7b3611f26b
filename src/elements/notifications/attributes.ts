/** Checks the attributes of `<openslot-notifications>`. Pure. Core checks URL and key. */
import type { OpenslotError } from '../../core/errors.ts';
import { isValidZone } from '../../core/time/time-zones.ts';
import { tokenIn } from '../shared/address.ts';
import { hourCycleFrom, invalid, isClient, missing } from '../shared/attributes.ts';

export interface InboxAttributes {
  /** The page's own `SupabaseClient`, or an `Inbox`. */
  readonly client: unknown;
  readonly supabaseUrl: string;
  readonly supabaseKey: string;
  readonly token: string;
  readonly timeZone: string;
  readonly hourCycle: string;
  readonly toasts: string;
  readonly pushKey: string;
  readonly pushWorker: string;
}

/** The value of `token` with which the element takes the token from the page's address. */
const OF_PAGE = 'page';

/** The first attribute that keeps the element from working, as an error; null if all can work. `detail.name` is the attribute. */
export function findInboxFault(attributes: InboxAttributes): OpenslotError | null {
  const { client, timeZone, hourCycle, toasts, pushKey, pushWorker } = attributes;
  if (client && !isClient(client, 'markRead')) return invalid('client', typeof client);
  if (!['', 'viewer', 'provider'].includes(timeZone) && !isValidZone(timeZone)) return invalid('time-zone', timeZone);
  if (hourCycle && !hourCycleFrom(hourCycle)) return invalid('hour-cycle', hourCycle);
  if (toasts !== 'on' && toasts !== 'off') return invalid('toasts', toasts);
  if (pushKey && !/^[\w-]{80,100}=*$/.test(pushKey)) return invalid('push-key', pushKey);
  if (pushKey && !pushWorker) return missing('push-worker');
  return null;
}

/** The token of the attribute, or of the page's address; empty if that has none. Null means the member who is signed in. */
export function tokenOf({ token }: Pick<InboxAttributes, 'token'>, hash: string): string | null {
  if (token === OF_PAGE) return tokenIn(hash);
  return token || null;
}

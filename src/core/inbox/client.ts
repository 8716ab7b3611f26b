import { type Clock, systemClock } from '../time/clock.ts';
import { OpenslotError } from '../errors.ts';
import { LiveInbox } from './inbox.ts';
import type { InboxBackend } from './backend.ts';
import type { Inbox } from './types.ts';
import { createInboxBackend } from './supabase-backend.ts';
import { browserTabs, type OpenTabs } from './tabs.ts';
import { browserPage, type Page } from '../sync/page.ts';
import type { ProjectOptions, SupabaseClientLike } from '../supabase/project.ts';

/**
 * The inbox of a patient, by the token of an appointment; that of a member, by the client that they are signed in with; or one
 * over anything else that keeps the backend's contract.
 */
export type InboxOptions =
  | ((ProjectOptions | { readonly client: SupabaseClientLike }) & { readonly token: string })
  | { readonly client: SupabaseClientLike }
  | { readonly backend: InboxBackend };

/** What an inbox takes from around it. Only tests pass another one. */
export interface InboxEnvironment {
  readonly clock?: Clock;
  readonly page?: Page;
  readonly tabs?: OpenTabs;
}

/**
 * Makes an inbox. It sends no request before its first subscriber.
 * @throws {OpenslotError} `missing_config`, `invalid_config`; `detail.name` names the attribute that sets the option
 */
export function createInbox(
  options: InboxOptions,
  { clock = systemClock, page = browserPage, tabs = browserTabs }: InboxEnvironment = {},
): Inbox {
  const backend =
    'backend' in options
      ? options.backend
      : createInboxBackend(options, 'token' in options ? checkedToken(options.token) : null, { clock });
  return new LiveInbox({ backend, clock, page, tabs });
}

function checkedToken(token: string): string {
  if (!token) throw new OpenslotError('missing_config', undefined, { detail: { name: 'token' } });
  return token;
}

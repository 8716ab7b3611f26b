/** A tenant's project for its members: their session, and the desks of their providers. */
import { type Clock, systemClock } from '../time/clock.ts';
import { LiveDesk } from './desk.ts';
import type { DayRange, Desk } from './state.ts';
import { browserPage, type Page } from '../sync/page.ts';
import type { ProjectOptions } from '../supabase/project.ts';
import type { StaffBackend } from './backend.ts';
import { type Session, createSessionClient, type SupabaseClient, SupabaseSession } from '../supabase/session.ts';
import { createStaffBackend } from './supabase-backend.ts';

/** A project by its URL and key, the page's own `SupabaseClient`, or anything else that keeps both contracts. */
export type DeskClientOptions =
  ProjectOptions | { readonly client: SupabaseClient } | { readonly backend: StaffBackend; readonly session: Session };

export interface DeskClient {
  readonly session: Session;
  readonly backend: StaffBackend;
  /** Epoch ms of this machine. */
  now(): number;
  /** @param providerId the id and not the slug, since topics are named by it */
  desk(providerId: string, range: DayRange): Desk & { close(): void };
  close(): void;
}

/** @throws {OpenslotError} `missing_config`, `invalid_config`; `detail.name` names the attribute that sets the option */
export function createDeskClient(
  options: DeskClientOptions,
  { clock = systemClock, page = browserPage }: { readonly clock?: Clock; readonly page?: Page } = {},
): DeskClient {
  const { backend, session } = 'backend' in options ? options : connected(options, clock);
  return {
    session,
    backend,
    now: () => clock.now(),
    desk: (providerId, range) => new LiveDesk({ backend, clock, page }, providerId, range),
    close: () => session.close(),
  };
}

function connected(
  options: ProjectOptions | { readonly client: SupabaseClient },
  clock: Clock,
): { backend: StaffBackend; session: Session } {
  const client = 'client' in options ? options.client : createSessionClient(options, clock);
  return { backend: createStaffBackend(client, clock), session: new SupabaseSession(client) };
}

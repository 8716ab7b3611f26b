/**
 * The backend on a Supabase project: on the page's own `SupabaseClient`, or for a widget that has none on a connection of
 * its own, whose realtime part comes in a chunk of its own while the first slots are on their way.
 */
import {
  toAppointmentResult,
  toBookingResult,
  toHoldResult,
  toMissedChanges,
  toNotificationsResult,
  toSnapshot,
} from './answers.ts';
import type { Backend, LiveConnection } from './backend.ts';
import { createCall } from '../supabase/call.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { connectLater } from '../realtime/lazy-connection.ts';
import { checkedKey, checkedUrl, type ProjectOptions } from '../supabase/project.ts';
import type { RealtimeConnections } from '../realtime/connections.ts';
import type { RealtimeLike, RealtimeSource } from '../realtime/types.ts';
import { createRpc, type Rpc, type RpcRequest } from '../supabase/rpc.ts';

/** What is used of a page's own `SupabaseClient`, of any recent version. */
export interface SupabaseClientLike {
  rpc(name: string, args: object): RpcRequest;
  readonly realtime: RealtimeLike;
}

export interface BackendEnvironment {
  readonly clock?: Clock;
  readonly fetch?: typeof fetch;
}

/** A project as it is called and listened to, whatever is asked of it. */
export interface OpenProject {
  readonly rpc: Rpc;
  readonly connect: () => LiveConnection;
}

/**
 * Opens a project over a connection of its own, or over the page's client.
 * @throws {OpenslotError} `missing_config`, `invalid_config`; `detail.name` names the attribute
 */
export function openProject(
  options: ProjectOptions | { readonly client: SupabaseClientLike },
  { clock = systemClock, fetch: customFetch }: BackendEnvironment = {},
): OpenProject {
  if ('client' in options) {
    const { client } = options;
    const load = () => Promise.resolve(client.realtime);
    return { rpc: (name, args) => client.rpc(name, args), connect: connector({ load, client, foreign: true, clock }) };
  }
  const url = checkedUrl(options.supabaseUrl);
  const key = checkedKey(options.supabaseKey);
  const load = async () => (await import('../supabase/realtime-client.ts')).openRealtimeClient(url, key, clock);
  return {
    rpc: createRpc(url, key, (input, init) => (customFetch ?? fetch)(input, init)),
    connect: connector({ load, foreign: false, clock }),
  };
}

function connector(source: RealtimeSource): () => LiveConnection {
  let connections: RealtimeConnections | null = null;
  const connect = async () => {
    const { connectionsOver } = await import('../realtime/connections.ts');
    connections ??= connectionsOver(source);
    return connections.connect();
  };
  return () => connectLater(connect);
}

/**
 * A backend on a project of its own connection, or on the page's client.
 * @throws {OpenslotError} as `openProject` does
 */
export function createSupabaseBackend(
  options: ProjectOptions | { readonly client: SupabaseClientLike },
  environment: BackendEnvironment = {},
): Backend {
  const { rpc, connect } = openProject(options, environment);
  const call = createCall(rpc, environment.clock ?? systemClock);
  return {
    calendar: (request, signal) => call('openslot_calendar', request, toSnapshot, signal),
    changes: (request, signal) => call('openslot_changes', request, toMissedChanges, signal),
    hold: (request, signal) => call('openslot_hold', request, toHoldResult, signal),
    release: (request, signal) => call('openslot_release', request, toHoldResult, signal),
    book: (request, signal) => call('openslot_book', request, toBookingResult, signal),
    appointment: (request, signal) => call('openslot_appointment', request, toAppointmentResult, signal),
    cancel: (request, signal) => call('openslot_cancel', request, toBookingResult, signal),
    reschedule: (request, signal) => call('openslot_reschedule', request, toBookingResult, signal),
    notifications: (request, signal) => call('openslot_notifications', request, toNotificationsResult, signal),
    connect,
  };
}

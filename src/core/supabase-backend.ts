/**
 * The backend on a Supabase project: on the page's own `SupabaseClient`, or for a widget that has none on a connection of
 * its own, whose realtime part comes in a chunk of its own while the first slots are on their way.
 */
import { toAppointmentResult, toBookingResult, toHoldResult, toMissedChanges, toSnapshot } from './answers.ts';
import type { Backend } from './backend.ts';
import { type Clock, systemClock } from './clock.ts';
import { connectLater } from './connect-later.ts';
import { OpenslotError } from './errors.ts';
import type { RealtimeConnections, RealtimeLike, RealtimeSource } from './realtime-connection.ts';
import { restError } from './rest-errors.ts';
import { createRpc, type Rpc, type RpcAnswer, type RpcRequest } from './rpc.ts';

const REQUEST_TIMEOUT_MS = 10_000;

/** What is used of a page's own `SupabaseClient`, of any recent version. */
export interface SupabaseClientLike {
  rpc(name: string, args: object): RpcRequest;
  readonly realtime: RealtimeLike;
}

export interface ProjectOptions {
  /** `https://<ref>.supabase.co` */
  readonly supabaseUrl: string;
  /** Publishable key, or the legacy `anon` one. */
  readonly supabaseKey: string;
}

export interface BackendEnvironment {
  readonly clock?: Clock;
  readonly fetch?: typeof fetch;
}

type Call = <T>(
  name: string,
  args: object,
  read: (answer: unknown) => T,
  signal: AbortSignal | undefined,
) => Promise<T>;

/**
 * A backend on a project of its own connection, or on the page's client.
 * @throws {OpenslotError} `missing_config`, `invalid_config`; `detail.name` names the attribute
 */
export function createSupabaseBackend(
  options: ProjectOptions | { readonly client: SupabaseClientLike },
  { clock = systemClock, fetch: customFetch }: BackendEnvironment = {},
): Backend {
  if ('client' in options) {
    const { client } = options;
    const source: RealtimeSource = { load: () => Promise.resolve(client.realtime), foreign: true, clock };
    return backendOver((name, args) => client.rpc(name, args), source, clock);
  }
  const url = checkedUrl(options.supabaseUrl);
  const key = checkedKey(options.supabaseKey);
  const rpc = createRpc(url, key, (input, init) => (customFetch ?? fetch)(input, init));
  const load = async () => (await import('./supabase-socket.ts')).openSupabaseSocket(url, key, clock);
  return backendOver(rpc, { load, foreign: false, clock }, clock);
}

function backendOver(rpc: Rpc, source: RealtimeSource, clock: Clock): Backend {
  let connections: RealtimeConnections | null = null;
  const connect = async () => {
    const { RealtimeConnections } = await import('./realtime-connection.ts');
    connections ??= new RealtimeConnections(source);
    return connections.connect();
  };
  const call: Call = async (name, args, read, signal) => {
    const { data, error, status } = await withTimeout(clock, signal, (limit) => rpc(name, args).abortSignal(limit));
    if (error) throw restError(error, status);
    return read(data);
  };
  return {
    calendar: (request, signal) => call('openslot_calendar', request, toSnapshot, signal),
    changes: (request, signal) => call('openslot_changes', request, toMissedChanges, signal),
    hold: (request, signal) => call('openslot_hold', request, toHoldResult, signal),
    release: (request, signal) => call('openslot_release', request, toHoldResult, signal),
    book: (request, signal) => call('openslot_book', request, toBookingResult, signal),
    appointment: (request, signal) => call('openslot_appointment', request, toAppointmentResult, signal),
    cancel: (request, signal) => call('openslot_cancel', request, toBookingResult, signal),
    reschedule: (request, signal) => call('openslot_reschedule', request, toBookingResult, signal),
    connect: () => connectLater(connect),
  };
}

/** Ends a request when its caller or the clock says so, and tells the two apart. */
async function withTimeout(
  clock: Clock,
  signal: AbortSignal | undefined,
  request: (signal: AbortSignal) => PromiseLike<RpcAnswer>,
): Promise<RpcAnswer> {
  const limit = new AbortController();
  const abort = () => limit.abort();
  const cancel = clock.after(REQUEST_TIMEOUT_MS, abort);
  signal?.addEventListener('abort', abort);
  try {
    if (signal?.aborted) abort();
    const answer = await request(limit.signal);
    if (!signal?.aborted) return answer;
  } catch (cause) {
    // Clients of earlier versions reject.
    if (!signal?.aborted) throw new OpenslotError('network', undefined, { cause });
  } finally {
    cancel();
    signal?.removeEventListener('abort', abort);
  }
  throw new OpenslotError('aborted');
}

function checkedUrl(value: string): string {
  if (!value) throw new OpenslotError('missing_config', undefined, { detail: { name: 'supabase-url' } });
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new OpenslotError('invalid_config', undefined, { detail: { name: 'supabase-url' } });
  }
  return value.replace(/\/+$/, '');
}

/** A secret key in a page would give the whole database away, so it isn't even sent. */
function checkedKey(key: string): string {
  if (!key) throw new OpenslotError('missing_config', undefined, { detail: { name: 'supabase-key' } });
  if (key.startsWith('sb_secret_') || roleOf(key) === 'service_role') {
    throw new OpenslotError('invalid_config', 'This is a secret key. Use the publishable one.', {
      detail: { name: 'supabase-key', secret: true },
    });
  }
  return key;
}

/** The role that a legacy key, a JWT, stands for. */
function roleOf(key: string): unknown {
  try {
    const payload = key.split('.')[1] ?? '';
    return (JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { role?: unknown }).role;
  } catch {
    return undefined;
  }
}

/**
 * A Supabase project as core calls it and listens to it: over the page's own `SupabaseClient`, or for a page that has none
 * over connections of our own, whose Realtime code is loaded while the first slots are on their way.
 */
import { OpenslotError } from '../errors.ts';
import type { RealtimeConnections } from '../realtime/connections.ts';
import { lazyConnection } from '../realtime/lazy-connection.ts';
import type { LiveConnection, RealtimeLike, RealtimeSource } from '../realtime/types.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { createRpc, type Rpc, type RpcRequest } from './rpc.ts';

export interface ProjectOptions {
  /** `https://<ref>.supabase.co` */
  readonly supabaseUrl: string;
  /** Publishable key, or the legacy `anon` one. */
  readonly supabaseKey: string;
}

/** What is used of a page's own `SupabaseClient`, of any recent version. */
export interface SupabaseClientLike {
  rpc(name: string, args: object): RpcRequest;
  readonly realtime: RealtimeLike;
}

/** What the backends take from around them. Only tests pass another one. */
export interface BackendEnvironment {
  readonly clock?: Clock;
  readonly fetch?: typeof fetch;
}

export interface OpenProject {
  readonly rpc: Rpc;
  readonly connect: () => LiveConnection;
}

/** @throws {OpenslotError} `missing_config`, `invalid_config`; `detail.name` names the attribute */
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
  const load = async () => (await import('./realtime-client.ts')).openRealtimeClient(url, key, clock);
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
  return () => lazyConnection(connect);
}

export function checkedUrl(value: string): string {
  if (!value) throw new OpenslotError('missing_config', undefined, { detail: { name: 'supabase-url' } });
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new OpenslotError('invalid_config', undefined, { detail: { name: 'supabase-url' } });
  }
  return value.replace(/\/+$/, '');
}

/** Refuses a secret key, which in a page would open the whole database to every visitor. It isn't sent anywhere. */
export function checkedKey(key: string): string {
  if (!key) throw new OpenslotError('missing_config', undefined, { detail: { name: 'supabase-key' } });
  if (key.startsWith('sb_secret_') || roleOf(key) === 'service_role') {
    throw new OpenslotError('invalid_config', 'This is a secret key. Use the publishable one.', {
      detail: { name: 'supabase-key', secret: true },
    });
  }
  return key;
}

/** The role in a legacy key, which is a JWT. */
function roleOf(key: string): unknown {
  try {
    const payload = key.split('.')[1] ?? '';
    return (JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { role?: unknown }).role;
  } catch {
    return undefined;
  }
}

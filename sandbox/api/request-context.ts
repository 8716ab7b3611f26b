import { AsyncLocalStorage } from 'node:async_hooks';
import type { Claims } from './keys.ts';

/** Who asks, and with what: all that SQL can see of a request. */
export interface ApiRequest {
  method: string;
  /** Path below /rest/v1. */
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  role: string;
  claims: Claims;
}

/** The request that the current asynchronous call belongs to; lite does not hand it down to its connection. */
export const currentRequest = new AsyncLocalStorage<ApiRequest>();

/** Settings by role, such as `{ anon: { statement_timeout: '3s' } }`. */
export type RoleSettings = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The statement with which the Data API opens every transaction: from then on it is the caller's. */
export function contextStatement(request: ApiRequest, roles: RoleSettings): { text: string; values: string[] } {
  const settings: [string, string][] = [
    ['search_path', '"public", "extensions"'],
    ...(roles.get(request.role) ?? []),
    ['role', request.role],
    ['request.jwt.claims', JSON.stringify(request.claims)],
    ['request.method', request.method],
    ['request.path', request.path],
    ['request.headers', JSON.stringify(request.headers)],
    ['request.cookies', '{}'],
  ];
  const calls = settings.map((_, index) => `set_config($${index * 2 + 1}, $${index * 2 + 2}, true)`);
  return { text: `select ${calls.join(', ')}`, values: settings.flat() };
}

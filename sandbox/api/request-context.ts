import { AsyncLocalStorage } from 'node:async_hooks';
import type { Claims } from './keys.ts';

/** A request as SQL can see it: the caller's claims and headers. */
export interface ApiRequest {
  method: string;
  /** Path below /rest/v1. */
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  role: string;
  claims: Claims;
}

/** The request of the current asynchronous call, because lite doesn't pass it to its connection. */
export const currentRequest = new AsyncLocalStorage<ApiRequest>();

/** Settings by role, such as `{ anon: { statement_timeout: '3s' } }`. */
export type RoleSettings = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The statement with which the Data API starts every transaction: it sets the caller's role, claims and headers. */
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

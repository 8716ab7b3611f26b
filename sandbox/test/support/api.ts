import type { Sandbox } from '../../index.ts';

/** @typeParam Body the type that the test expects; only the test's assertions check it */
export interface ApiAnswer<Body> {
  status: number;
  headers: Headers;
  /** Text if the body is no JSON. */
  body: Body;
}

/** The body with which both APIs refuse a request. */
export interface Refusal {
  code: string;
  error_code: string;
}

export interface AuthSession {
  access_token: string;
  refresh_token: string;
  user: { id: string; is_anonymous: boolean; app_metadata: Record<string, unknown> };
}

export interface ApiCall {
  method?: string;
  /** API key; by default the publishable one. `null` sends none. */
  key?: string | null;
  /** JWT of a signed-in user. */
  token?: string;
  headers?: Record<string, string>;
  json?: unknown;
}

/** Makes one request as curl would, because a client library could correct an answer. */
export async function call<Body = unknown>(
  sandbox: Sandbox,
  path: string,
  options: ApiCall = {},
): Promise<ApiAnswer<Body>> {
  const { key = sandbox.publishableKey, token, json } = options;
  const headers = new Headers(options.headers);
  if (key !== null) headers.set('apikey', key);
  if (token) headers.set('authorization', `Bearer ${token}`);
  if (json !== undefined) headers.set('content-type', 'application/json');
  const response = await fetch(`${sandbox.url}${path}`, {
    method: options.method ?? (json === undefined ? 'GET' : 'POST'),
    headers,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body };
}

export function rpc<Body = unknown>(
  sandbox: Sandbox,
  name: string,
  args: unknown = {},
  options: ApiCall = {},
): Promise<ApiAnswer<Body>> {
  return call<Body>(sandbox, `/rest/v1/rpc/${name}`, { ...options, json: args });
}

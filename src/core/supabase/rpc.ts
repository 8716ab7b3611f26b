import type { RestError } from './rest-errors.ts';

/** The part of postgrest-js that calling a function needs; the `rpc` of a `SupabaseClient` has it too. */
export type Rpc = (name: string, args: object) => RpcRequest;

export interface RpcRequest {
  /** Sends it. Never rejects; `status` is 0 when no answer came. */
  abortSignal(signal: AbortSignal): PromiseLike<RpcAnswer>;
}

export interface RpcAnswer {
  readonly data: unknown;
  readonly error: RestError | null;
  readonly status: number;
}

/** What a page does last, when it is being left. */
const LAST_CALL = 'openslot_release';

/**
 * Calls functions of a project's Data API over `fetch`. A publishable key isn't a token, so it goes into `apikey` alone.
 */
export function createRpc(url: string, key: string, send: typeof fetch): Rpc {
  return (name, args) => ({
    async abortSignal(signal) {
      try {
        const response = await send(`${url}/rest/v1/rpc/${name}`, {
          method: 'POST',
          headers: { apikey: key, 'Content-Type': 'application/json', 'Content-Profile': 'public' },
          body: JSON.stringify(args),
          keepalive: name === LAST_CALL,
          signal,
        });
        const text = await response.text();
        const { status } = response;
        const body = parsed(text);
        if (response.ok && body !== undefined) return { data: body, error: null, status };
        return { data: null, error: isObject(body) ? body : { message: text }, status };
      } catch (error) {
        return { data: null, error: { message: String(error) }, status: 0 };
      }
    },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

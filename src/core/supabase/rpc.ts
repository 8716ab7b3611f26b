/** Calls functions of a project's Data API: with a time limit, and with the SDK's errors. */
import type { Clock } from '../time/clock.ts';
import { type ErrorCode, OpenslotError } from '../errors.ts';
import { isObject, type Read } from '../validate.ts';
import { restError, type RestError } from './rest-errors.ts';

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

export type Call = <T>(name: string, args: object, read: Read<T>, signal?: AbortSignal) => Promise<T>;

const REQUEST_TIMEOUT_MS = 10_000;
/** The last call of a page that is being left: the browser has to send it although the page is gone by then. */
const LAST_CALL = 'openslot_release';

/** Sends calls with `fetch`. A publishable key is no token, so it goes into the header `apikey` alone. */
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

/** @param codes that the called functions may raise; without, those that patients may meet */
export function createCall(rpc: Rpc, clock: Clock, codes?: readonly ErrorCode[]): Call {
  return async (name, args, read, signal) => {
    const { data, error, status } = await withTimeout(clock, signal, (limit) => rpc(name, args).abortSignal(limit));
    if (error) throw restError(error, status, codes);
    return read(data);
  };
}

/** Rejects with `aborted` when the caller ends the request, and with `network` when the time limit does. */
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
    // Earlier versions of Supabase's client reject where newer ones resolve with an error.
    if (!signal?.aborted) throw new OpenslotError('network', undefined, { cause });
  } finally {
    cancel();
    signal?.removeEventListener('abort', abort);
  }
  throw new OpenslotError('aborted');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

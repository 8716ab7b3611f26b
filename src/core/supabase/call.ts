/** Calls a function of the Data API: with a time limit, and with the SDK's errors. */
import type { Clock } from '../time/clock.ts';
import { type ErrorCode, OpenslotError } from '../errors.ts';
import { restError } from './rest-errors.ts';
import type { Rpc, RpcAnswer } from './rpc.ts';

const REQUEST_TIMEOUT_MS = 10_000;

export type Call = <T>(name: string, args: object, read: (answer: unknown) => T, signal?: AbortSignal) => Promise<T>;

/** @param codes that the functions may raise; those for patients without */
export function createCall(rpc: Rpc, clock: Clock, codes?: readonly ErrorCode[]): Call {
  return async (name, args, read, signal) => {
    const { data, error, status } = await withTimeout(clock, signal, (limit) => rpc(name, args).abortSignal(limit));
    if (error) throw restError(error, status, codes);
    return read(data);
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

/** A process that calls functions of the Data API, so that the callers' work doesn't slow the server's process down. */
import { createRpc } from '../../../src/core/supabase/rpc.ts';
import type { CallsDone, CallsRequest } from './callers.ts';

process.on('message', ({ url, key, calls, concurrency }: CallsRequest) => {
  const rpc = createRpc(url, key, fetch);
  const done: CallsDone = { elapsed: 0, times: [], codes: {} };
  const started = performance.now();
  let next = 0;
  const caller = async () => {
    for (let call = calls[next++]; call; call = calls[next++]) {
      const sent = performance.now();
      const { error, status } = await rpc(call.name, call.args).abortSignal(AbortSignal.timeout(60_000));
      done.times.push(performance.now() - sent);
      const code = error ? (error.message ?? `status ${status}`) : 'ok';
      done.codes[code] = (done.codes[code] ?? 0) + 1;
    }
  };
  void Promise.all(Array.from({ length: concurrency }, caller)).then(() => {
    process.send?.({ ...done, elapsed: performance.now() - started });
  });
});
process.on('disconnect', () => process.exit());

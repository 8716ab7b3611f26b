import { mock } from 'node:test';
import type { SupabaseClient } from '@supabase/supabase-js';

/** Leaves a client's channels and closes its socket. */
export async function disconnect(client: SupabaseClient): Promise<void> {
  // The client starts timers of ten seconds and more that it never clears: they must not keep the process alive.
  const { setTimeout: start } = globalThis;
  const detached = mock.method(globalThis, 'setTimeout', (run: () => void, ms: number) => start(run, ms).unref());
  await client.removeAllChannels();
  await client.realtime.disconnect();
  detached.mock.restore();
}

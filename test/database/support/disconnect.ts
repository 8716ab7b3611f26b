import { mock } from 'node:test';
import type { SupabaseClient } from '@supabase/supabase-js';

/** Closes a client's socket. */
export async function disconnect(client: SupabaseClient): Promise<void> {
  // disconnect() starts a timer of ten seconds that is never cleared: it must not keep the process alive.
  const { setTimeout: start } = globalThis;
  const detached = mock.method(globalThis, 'setTimeout', (run: () => void, ms: number) => start(run, ms).unref());
  const closed = client.realtime.disconnect();
  detached.mock.restore();
  await closed;
}

import { backoff, type Clock } from '../time/clock.ts';

/** The client notices a dead socket one interval late. */
const HEARTBEAT_MS = 10_000;
const RECONNECT_MS = 5_000;
const LONGEST_WAIT_MS = 30_000;

/** Of every Realtime client that is ours: it reconnects with jitter, and notices a dead socket within 20 s. */
export function realtimeOptions(clock: Clock) {
  return {
    heartbeatIntervalMs: HEARTBEAT_MS,
    reconnectAfterMs: (tries: number) => backoff(clock, tries - 1, RECONNECT_MS, LONGEST_WAIT_MS),
  };
}

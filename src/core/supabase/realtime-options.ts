import { backoff, type Clock } from '../time/clock.ts';

/** The client finds a dead socket one interval late. */
const HEARTBEAT_MS = 10_000;
const RECONNECT_MS = 5_000;
const LONGEST_WAIT_MS = 30_000;

/** Options of every Realtime client that core makes: it reconnects with jitter, and finds a dead socket within 20 s. */
export function realtimeOptions(clock: Clock) {
  return {
    heartbeatIntervalMs: HEARTBEAT_MS,
    reconnectAfterMs: (tries: number) => backoff(clock, tries - 1, RECONNECT_MS, LONGEST_WAIT_MS),
  };
}

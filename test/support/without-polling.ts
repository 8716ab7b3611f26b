import type { Clock } from '../../src/core/time/clock.ts';

/** All waits between two polls, and between two checks of a live calendar, are longer than this. */
export const SHORTEST_POLL_MS = 3_000;

/**
 * A clock whose longer waits never end, so that a client never polls. What such a client shows of others' changes was sent to
 * it, or fetched because of what was sent. A process needn't wait for these timers, either, before it ends.
 */
export function withoutPolling(clock: Clock): Clock {
  return {
    ...clock,
    after: (ms, run) => (ms < SHORTEST_POLL_MS ? clock.after(ms, run) : () => undefined),
  };
}

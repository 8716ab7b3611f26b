import type { Clock } from '../../src/core/time/clock.ts';

/** All waits between two polls, and between two checks of a live picture, are longer than this. */
export const SHORTEST_POLL_MS = 3_000;
const STRETCHED_MS = 600_000;

/**
 * A clock on which a client polls once in ten minutes, which is longer than any test waits. What such a client shows of
 * others' changes was sent to it, or fetched because of what was sent.
 */
export function withoutPolling(clock: Clock): Clock {
  return {
    ...clock,
    after: (ms, run) => clock.after(ms < SHORTEST_POLL_MS ? ms : Math.max(ms, STRETCHED_MS), run),
  };
}

import { type Clock, systemClock } from '../../../src/core/time/clock.ts';

/** Longer than any wait after a message, or for an answer; shorter than from one check to the next. */
const LONGEST_WAIT_MS = 10_000;
const STRETCH = 100;

/** Real time, in which checks and polls come so seldom that they can't help. */
export function createPatientClock(): Clock {
  return {
    ...systemClock,
    after: (ms, run) => systemClock.after(ms > LONGEST_WAIT_MS ? ms * STRETCH : ms, run),
  };
}

import { type Clock, systemClock } from '../../../src/core/time/clock.ts';

/** Longer than any wait for an answer or after a message; shorter than the time between two checks. */
const LONGEST_WAIT_MS = 10_000;
const STRETCH = 100;

/** Real time, in which checks and polls are so rare that they can't help. */
export function createPatientClock(): Clock {
  return {
    ...systemClock,
    after: (ms, run) => systemClock.after(ms > LONGEST_WAIT_MS ? ms * STRETCH : ms, run),
  };
}

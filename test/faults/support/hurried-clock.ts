import type { Clock } from '../../../src/core/time/clock.ts';
import { seededRandom } from '../../support/fakes/fake-clock.ts';

const LONGEST_WAIT_MS = 1_500;

/**
 * Real time, in which every wait is `speed` times shorter, no wait is long, and random waits are close to their minimum: a
 * widget then notices within about a second what takes a minute otherwise. `now` returns the real time.
 */
export function createHurriedClock({ speed = 10, seed = 1 }: { speed?: number; seed?: number } = {}): Clock {
  const random = seededRandom(seed);
  return {
    now: () => Date.now(),
    random: () => random() / speed,
    after(ms, run) {
      const timer = setTimeout(run, Math.min(ms / speed, LONGEST_WAIT_MS));
      return () => clearTimeout(timer);
    },
  };
}

import type { Clock } from '../../../src/core/time/clock.ts';
import { seededRandom } from '../../support/fakes/fake-clock.ts';

const LONGEST_WAIT_MS = 1_500;

/**
 * Real time, in which every wait is `speed` times shorter, none is long, and random ones are close to their shortest:
 * what takes a widget a minute to find out takes a test about a second. Only `now` tells the truth.
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

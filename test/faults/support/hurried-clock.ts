import type { Clock } from '../../../src/core/clock.ts';
import { seededRandom } from '../../support/fake-clock.ts';

/**
 * Real time, in which every wait is `speed` times shorter and every random one close to its shortest: what takes a
 * widget a minute to find out takes a test about a second. Only `now` tells the truth.
 */
export function createHurriedClock({ speed, seed = 1 }: { speed: number; seed?: number }): Clock {
  const random = seededRandom(seed);
  return {
    now: () => Date.now(),
    random: () => random() / speed,
    after(ms, run) {
      const timer = setTimeout(run, ms / speed);
      return () => clearTimeout(timer);
    },
  };
}

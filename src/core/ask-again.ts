import { type Clock, jitter } from './clock.ts';
import { isOpenslotError } from './errors.ts';

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8_000;

/**
 * Asks until there is an answer, or `patienceMs` are over. Only for what may safely be asked twice: a lost answer
 * doesn't tell whether the question was heard. Refusals are answers. Rejects with the last failure.
 */
export async function askAgain<T>(clock: Clock, patienceMs: number, ask: () => Promise<T>): Promise<T> {
  const until = clock.now() + patienceMs;
  for (let longest = FIRST_WAIT_MS; ; longest = Math.min(longest * 2, LONGEST_WAIT_MS)) {
    try {
      return await ask();
    } catch (error) {
      const wait = jitter(clock, longest / 2, longest);
      if (!isOpenslotError(error) || !error.transient || clock.now() + wait > until) throw error;
      await new Promise<void>((resolve) => clock.after(wait, resolve));
    }
  }
}

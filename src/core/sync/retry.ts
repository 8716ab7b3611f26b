import { type Clock, jitter } from '../time/clock.ts';
import { type ErrorCode, isOpenslotError, type OpenslotError, SERVER_CODES } from '../errors.ts';

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8_000;

/**
 * Asks until there is an answer, or `patienceMs` are over. Only for what may safely be asked twice: a lost answer
 * doesn't tell whether the question was heard. Refusals are answers, but once an answer was lost only the database's own:
 * a gateway that lets nobody through doesn't know what was done before. Rejects with the last failure that was no answer.
 *
 * @param codes that the database may answer with
 */
export async function askAgain<T>(
  clock: Clock,
  patienceMs: number,
  ask: () => Promise<T>,
  codes: readonly ErrorCode[] = SERVER_CODES,
): Promise<T> {
  const patience = { isOver: false };
  // A timer, since the machine's clock may be set meanwhile.
  const stop = clock.after(patienceMs, () => (patience.isOver = true));
  let lost: OpenslotError | null = null;
  try {
    for (let longest = FIRST_WAIT_MS; ; longest = Math.min(longest * 2, LONGEST_WAIT_MS)) {
      try {
        return await ask();
      } catch (error) {
        if (!isOpenslotError(error)) throw error;
        if (error.transient) lost = error;
        if (!lost || isAnswer(error, codes)) throw error;
        const wait = jitter(clock, longest / 2, longest);
        if (!patience.isOver) await new Promise<void>((resolve) => clock.after(wait, resolve));
        // The wait may have outlasted the patience.
        if (patience.isOver) throw lost;
      }
    }
  } finally {
    stop();
  }
}

function isAnswer({ code }: OpenslotError, codes: readonly ErrorCode[]): boolean {
  if (code === 'aborted') return true;
  return code !== 'rate_limited' && codes.includes(code);
}

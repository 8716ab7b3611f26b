import { type Clock, jitter } from '../time/clock.ts';
import { type ErrorCode, isOpenslotError, type OpenslotError, SERVER_CODES } from '../errors.ts';

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 8_000;

/**
 * Sends a request until the database has answered it, or `patienceMs` are over. Only for requests that may safely be sent
 * twice, since the server may have carried out a request whose answer was lost. A refusal counts as an answer. But once an
 * answer was lost, only a refusal by the database itself counts: a gateway that refuses everything doesn't say whether the
 * database carried out the request before. Rejects with the refusal, or with the last failure that was no answer.
 *
 * @param codes with which the database may refuse
 */
export async function retry<T>(
  clock: Clock,
  patienceMs: number,
  send: () => Promise<T>,
  codes: readonly ErrorCode[] = SERVER_CODES,
): Promise<T> {
  const patience = { isOver: false };
  // A timer, since the user may set the machine's clock meanwhile.
  const stop = clock.after(patienceMs, () => (patience.isOver = true));
  let lost: OpenslotError | null = null;
  try {
    for (let longest = FIRST_WAIT_MS; ; longest = Math.min(longest * 2, LONGEST_WAIT_MS)) {
      try {
        return await send();
      } catch (error) {
        if (!isOpenslotError(error)) throw error;
        if (error.transient) lost = error;
        if (!lost || isAnswer(error, codes)) throw error;
        const wait = jitter(clock, longest / 2, longest);
        if (!patience.isOver) await new Promise<void>((resolve) => clock.after(wait, resolve));
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

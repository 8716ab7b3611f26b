import type { ChannelStatus, Unsubscribe } from '../realtime/types.ts';
import { backoff, type Clock } from '../time/clock.ts';

const FIRST_WAIT_MS = 1_000;
const BACKOFF_MS = 2_000;
const LONGEST_BACKOFF_MS = 120_000;
/** A channel that the server closed sooner than this after it joined is retried as slowly as one that never joined. */
const STABLE_MS = 60_000;

/**
 * Joins a channel, and joins a new one in its place whenever the server closes it: a closed channel never comes back by itself.
 * The waits grow, and are different for every client. A channel that is only down is rejoined by Supabase's client.
 */
export function joinAndRejoin(
  clock: Clock,
  join: (status: (status: ChannelStatus, error?: unknown) => void) => Unsubscribe,
  onStatus: (status: ChannelStatus, error?: unknown) => void,
): Unsubscribe {
  let attempt = 0;
  let joinedAt = Infinity;
  let stop: Unsubscribe = () => undefined;

  function open(): void {
    let over = false;
    const leave = join((status, error) => {
      if (over) return;
      if (status === 'joined') joinedAt = clock.now();
      if (status === 'closed') {
        over = true;
        leave();
        if (clock.now() - joinedAt >= STABLE_MS) attempt = 0;
        joinedAt = Infinity;
        stop = clock.after(FIRST_WAIT_MS + backoff(clock, attempt++, BACKOFF_MS, LONGEST_BACKOFF_MS), open);
      }
      onStatus(status, error);
    });
    stop = () => {
      over = true;
      leave();
    };
  }

  open();
  return () => stop();
}

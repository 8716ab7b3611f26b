import type { ChannelStatus, Unsubscribe } from '../realtime/types.ts';
import { backoff, type Clock } from '../time/clock.ts';

const FIRST_WAIT_MS = 1_000;
const BACKOFF_MS = 2_000;
const LONGEST_BACKOFF_MS = 120_000;
/** A channel that was closed sooner than this after it joined is not worth hurrying for. */
const STABLE_MS = 60_000;

/**
 * Keeps a channel open: a channel that the server closed never comes back by itself, so a new one takes its place,
 * after a wait that grows and is different for every client. Channels that are only down come back without help.
 */
export function keepChannel(
  clock: Clock,
  join: (status: (status: ChannelStatus, error?: unknown) => void) => Unsubscribe,
  heard: (status: ChannelStatus, error?: unknown) => void,
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
      heard(status, error);
    });
    stop = () => {
      over = true;
      leave();
    };
  }

  open();
  return () => stop();
}

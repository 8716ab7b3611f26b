/**
 * How many people look at a provider's page. It has a topic of its own, so that Realtime's limits on presence can't close the
 * calendar's channel. A tab reads the number before it counts itself. In a crowd it reports "50+" and leaves, so that the
 * cost per provider stays limited.
 */
import type { LiveConnection, Unsubscribe } from './types.ts';
import { type Cancel, type Clock, jitter } from '../time/clock.ts';
import { joinAndRejoin } from '../sync/rejoin.ts';
import type { Page } from '../sync/page.ts';

/** More viewers than these are shown as "50+". */
const VIEWERS_CAP = 50;
/** Longest wait between reading the number and counting: viewers who come together see each other come. */
const BEFORE_TRACKING_MS = 1_500;
const DEBOUNCE_MS = 250;
/** How long after leaving a crowd a tab reads the number again. */
const LOOK_AGAIN_MS = [120_000, 300_000] as const;
/** A viewer who looks at another tab for a moment still counts. Short enough to end before a closed laptop sleeps. */
const GLANCE_MS = 5_000;

export interface Viewers {
  /** Includes this viewer; null while unknown; at most `VIEWERS_CAP`. */
  readonly count: number | null;
  readonly capped: boolean;
}

export const UNKNOWN_VIEWERS: Viewers = { count: null, capped: false };

/**
 * Watches the number while the page is visible, until the returned function is called. A tab in the background isn't counted:
 * once its machine sleeps, it couldn't report that its viewer has gone.
 *
 * @param onChange called after a change, at most every `DEBOUNCE_MS`
 * @param options with `counted: false`, this tab isn't counted, and the number is that of the others
 */
export function watchViewers(
  clock: Clock,
  page: Page,
  live: LiveConnection,
  providerId: string,
  onChange: (viewers: Viewers) => void,
  { counted: wantsCounting = true } = {},
): Unsubscribe {
  let latest = UNKNOWN_VIEWERS;
  let reporting: Cancel | null = null;
  let tracking: Cancel | null = null;
  let hiding: Cancel | null = null;
  /** Stops watching; null while the page is hidden and nothing is watched. */
  let stop: Unsubscribe | null = null;

  function report(viewers: Viewers): void {
    if (viewers.count === latest.count && viewers.capped === latest.capped) return;
    latest = viewers;
    reporting ??= clock.after(DEBOUNCE_MS, () => {
      reporting = null;
      onChange(latest);
    });
  }

  function look(): void {
    let track = (): Promise<void> => Promise.resolve();
    let seen = 0;
    let counted = false;

    function startTracking(): void {
      if (counted) return;
      counted = true;
      // Without being counted itself, this tab still shows how many others there are.
      track().catch(() => undefined);
    }

    const leave = joinAndRejoin(
      clock,
      (status) => {
        const channel = live.viewers(providerId, {
          status,
          viewers(count, tracked) {
            seen = count;
            const all = tracked || !wantsCounting ? count : count + 1;
            report({ count: Math.min(all, VIEWERS_CAP), capped: all > VIEWERS_CAP });
            if (counted) return;
            if (count >= VIEWERS_CAP) leaveCrowd();
            else if (!wantsCounting) return;
            else
              tracking ??= clock.after(jitter(clock, 0, BEFORE_TRACKING_MS), () =>
                seen < VIEWERS_CAP ? startTracking() : leaveCrowd(),
              );
          },
        });
        ({ track } = channel);
        return channel.leave;
      },
      (status) => {
        counted = false;
        tracking?.();
        tracking = null;
        if (status !== 'joined') report(UNKNOWN_VIEWERS);
      },
    );

    function leaveCrowd(): void {
      stop?.();
      stop = clock.after(jitter(clock, ...LOOK_AGAIN_MS), look);
    }

    stop = () => {
      tracking?.();
      tracking = null;
      leave();
    };
  }

  const leavePage = [
    page.onHide(() => {
      hiding ??= clock.after(GLANCE_MS, () => {
        stop?.();
        stop = null;
        report(UNKNOWN_VIEWERS);
      });
    }),
    page.onWake(() => {
      if (page.hidden) return;
      hiding?.();
      hiding = null;
      if (!stop) look();
    }),
  ];
  if (!page.hidden) look();
  return () => {
    for (const leave of leavePage) leave();
    hiding?.();
    reporting?.();
    stop?.();
  };
}

/**
 * How many people look at a provider. Has a topic of its own, so that its limits can't close the calendar's. Looks
 * before it is counted: in a crowd it only tells that there is one, and leaves, so the cost per provider stays bounded.
 */
import type { LiveConnection, Unsubscribe } from './types.ts';
import { type Cancel, type Clock, jitter } from '../time/clock.ts';
import { keepChannel } from '../sync/rejoin.ts';
import type { Page } from '../sync/page.ts';

/** From here on it is a crowd: "50+". */
export const VIEWERS_CAP = 50;
/** Between looking and being counted: those who come together see each other come. */
const BEFORE_TRACKING_MS = 1_500;
const DEBOUNCE_MS = 250;
/** How long until somebody who left a crowd looks again whether it is still there. */
const LOOK_AGAIN_MS = [120_000, 300_000] as const;
/** Who only glances at another tab goes on being counted. Soon enough to be done before a machine that is put to sleep is. */
const GLANCE_MS = 5_000;

export interface Viewers {
  /** This one included; null while unknown. At most `VIEWERS_CAP` when `capped`. */
  readonly count: number | null;
  readonly capped: boolean;
}

export const UNKNOWN_VIEWERS: Viewers = { count: null, capped: false };

/**
 * Watches until it is told to stop, and only while somebody can see the page: a tab in the background is no viewer, and
 * once its machine sleeps nobody could tell that it is gone. `told` is called after a change, at most every `DEBOUNCE_MS`.
 *
 * @param options `counted: false` looks only: the number is that of the others
 */
export function watchViewers(
  clock: Clock,
  page: Page,
  live: LiveConnection,
  providerId: string,
  told: (viewers: Viewers) => void,
  { counted: wantsCounting = true } = {},
): Unsubscribe {
  let latest = UNKNOWN_VIEWERS;
  let telling: Cancel | null = null;
  let tracking: Cancel | null = null;
  let hiding: Cancel | null = null;
  /** Ends what is going on; null while nothing is, as nobody looks. */
  let stop: Unsubscribe | null = null;

  function tell(viewers: Viewers): void {
    if (viewers.count === latest.count && viewers.capped === latest.capped) return;
    latest = viewers;
    telling ??= clock.after(DEBOUNCE_MS, () => {
      telling = null;
      told(latest);
    });
  }

  function look(): void {
    let track = (): Promise<void> => Promise.resolve();
    let seen = 0;
    let counted = false;

    function startTracking(): void {
      if (counted) return;
      counted = true;
      // Not being counted is no reason not to count.
      track().catch(() => undefined);
    }

    const leave = keepChannel(
      clock,
      (status) => {
        const channel = live.viewers(providerId, {
          status,
          viewers(count, tracked) {
            seen = count;
            const all = tracked || !wantsCounting ? count : count + 1;
            tell({ count: Math.min(all, VIEWERS_CAP), capped: all > VIEWERS_CAP });
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
        if (status !== 'joined') tell(UNKNOWN_VIEWERS);
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
        tell(UNKNOWN_VIEWERS);
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
    telling?.();
    stop?.();
  };
}

/**
 * What the page around us tells: when somebody looks again, when the network is back, when the page goes. Outside a
 * browser nothing of it happens.
 */
import type { Cancel } from '../time/clock.ts';

export interface Page {
  /** Nobody can see it. */
  readonly hidden: boolean;
  /** False only when the machine is certain to have no network. */
  readonly online: boolean;
  /** The page is seen again, came back from the back/forward cache, or gained or lost the network. */
  onWake(listener: () => void): Cancel;
  /** Nobody can see the page any more; it may be frozen soon. */
  onHide(listener: () => void): Cancel;
  /** The page is being left. The last moment to send something. */
  onLeave(listener: () => void): Cancel;
}

export const browserPage: Page = {
  get hidden() {
    return typeof document !== 'undefined' && document.visibilityState === 'hidden';
  },
  get online() {
    // Node has a navigator, and it doesn't know.
    return !(typeof navigator !== 'undefined' && 'onLine' in navigator) || navigator.onLine;
  },
  onWake(listener) {
    const stops = ['online', 'offline'].map((event) => listen(globalThis, event, listener));
    // It comes with every load, too, when there is nothing to wake.
    stops.push(listen(globalThis, 'pageshow', (event) => (event as PageTransitionEvent).persisted && listener()));
    if (typeof document !== 'undefined') {
      stops.push(listen(document, 'visibilitychange', () => document.visibilityState === 'visible' && listener()));
    }
    return () => stops.forEach((stop) => stop());
  },
  onHide(listener) {
    if (typeof document === 'undefined') return () => undefined;
    return listen(document, 'visibilitychange', () => document.visibilityState === 'hidden' && listener());
  },
  onLeave: (listener) => listen(globalThis, 'pagehide', listener),
};

function listen(target: Partial<EventTarget>, event: string, listener: (event: Event) => unknown): Cancel {
  target.addEventListener?.(event, listener);
  return () => target.removeEventListener?.(event, listener);
}

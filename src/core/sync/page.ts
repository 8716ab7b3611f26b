/**
 * Events of the page: it becomes visible or hidden, gains or loses the network, or is being left. Outside a browser none of
 * them happens.
 */
import type { Cancel } from '../time/clock.ts';

export interface Page {
  /** The page is in a background tab, or its window is minimised. */
  readonly hidden: boolean;
  /** False only when the browser is certain that the machine has no network. */
  readonly online: boolean;
  /** The page became visible, came back from the back/forward cache, or gained or lost the network. */
  onWake(listener: () => void): Cancel;
  /** The page became hidden. The browser may freeze it soon. */
  onHide(listener: () => void): Cancel;
  /** The page is being left. This is the last moment to send a request. */
  onLeave(listener: () => void): Cancel;
}

export const browserPage: Page = {
  get hidden() {
    return typeof document !== 'undefined' && document.visibilityState === 'hidden';
  },
  get online() {
    // Node has a `navigator` without this property.
    return !(typeof navigator !== 'undefined' && 'onLine' in navigator) || navigator.onLine;
  },
  onWake(listener) {
    const stops = ['online', 'offline'].map((event) => listen(globalThis, event, listener));
    // The event also comes with every load, when the page doesn't wake.
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

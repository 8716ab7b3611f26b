/**
 * Time and chance, from one place, so that a test can hold both still. No other file of core calls `Date.now`,
 * `setTimeout` or `Math.random`.
 */

/** Cancels; harmless when it already ran or was cancelled. */
export type Cancel = () => void;

export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** At least 0, below 1. */
  random(): number;
  /** Runs once, after `ms`. */
  after(ms: number, run: () => void): Cancel;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Somewhere in `from` to `to` ms: what keeps 5,000 widgets from doing the same thing in the same second. */
export function jitter(clock: Clock, from: number, to: number): number {
  return from + clock.random() * (to - from);
}

/** Exponential backoff with full jitter: anywhere from 0 to `base`, then twice that, ... up to `cap` ms. */
export function backoff(clock: Clock, attempt: number, base: number, cap: number): number {
  return jitter(clock, 0, Math.min(cap, base * 2 ** attempt));
}

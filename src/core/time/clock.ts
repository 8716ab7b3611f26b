/**
 * Time and chance come from here alone, so that a test can replace both. No other file of core calls `Date.now`,
 * `setTimeout` or `Math.random`.
 */

/** Cancels a timer or a listener. It does nothing the second time, or when the timer has run already. */
export type Cancel = () => void;

export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** At least 0, below 1. */
  random(): number;
  /** Calls `run` once, after `ms`. */
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

/** A random wait from `from` to `to` ms. It keeps 5,000 widgets from sending the same request in the same second. */
export function jitter(clock: Clock, from: number, to: number): number {
  return from + clock.random() * (to - from);
}

/** Exponential backoff with full jitter: a random wait from 0 to `base` ms, then to twice that, and so on up to `cap` ms. */
export function backoff(clock: Clock, attempt: number, base: number, cap: number): number {
  return jitter(clock, 0, Math.min(cap, base * 2 ** attempt));
}

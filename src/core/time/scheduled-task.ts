import { type Cancel, type Clock, jitter } from './clock.ts';

/** Shortest and longest wait in ms. Each wait is drawn from it at random, so that many widgets don't act at the same time. */
export type Range = readonly [from: number, to: number];

/** A timer this late means that the machine slept. */
const SLEPT_MS = 15_000;

/** A function that runs once, at the earliest of the times that it was scheduled for. */
export class ScheduledTask {
  readonly #clock: Clock;
  readonly #run: (slept: boolean, reason: string) => void;
  #scheduled: { readonly at: number; readonly reason: string; readonly cancel: Cancel } | null = null;

  /** @param run receives whether the machine slept past the scheduled time, and the reason given to `scheduleWithin` */
  constructor(clock: Clock, run: (slept: boolean, reason: string) => void) {
    this.#clock = clock;
    this.#run = run;
  }

  /** The reason given to `scheduleWithin`; null when nothing is scheduled. */
  get reason(): string | null {
    return this.#scheduled?.reason ?? null;
  }

  /** Schedules it for a random time within `range`, unless it is scheduled earlier already. */
  scheduleWithin(range: Range, reason = ''): void {
    const wait = jitter(this.#clock, ...range);
    const at = this.#clock.now() + wait;
    if (this.#scheduled && this.#scheduled.at <= at) return;
    this.cancel();
    const cancel = this.#clock.after(wait, () => {
      this.#scheduled = null;
      this.#run(this.#clock.now() - at > SLEPT_MS, reason);
    });
    this.#scheduled = { at, reason, cancel };
  }

  cancel(): void {
    this.#scheduled?.cancel();
    this.#scheduled = null;
  }
}

import { type Cancel, type Clock, jitter } from './clock.ts';

/** Ms, from and to; a wait is drawn anew from it each time, so that many widgets never act as one. */
export type Range = readonly [from: number, to: number];

/** A timer this late means that the machine slept. */
const SLEPT_MS = 15_000;

/** One thing to be done once, at the soonest of the times that were asked for. */
export class Plan {
  readonly #clock: Clock;
  readonly #run: (slept: boolean, reason: string) => void;
  #planned: { readonly at: number; readonly reason: string; readonly cancel: Cancel } | null = null;

  /** @param run called with whether the machine slept over the time, and the reason given to `within` */
  constructor(clock: Clock, run: (slept: boolean, reason: string) => void) {
    this.#clock = clock;
    this.#run = run;
  }

  /** Why it is planned, as given to `within`; null when it isn't. */
  get reason(): string | null {
    return this.#planned?.reason ?? null;
  }

  /** Plans it for some time within `range`, unless it is planned sooner. */
  within(range: Range, reason = ''): void {
    const wait = jitter(this.#clock, ...range);
    const at = this.#clock.now() + wait;
    if (this.#planned && this.#planned.at <= at) return;
    this.cancel();
    const cancel = this.#clock.after(wait, () => {
      this.#planned = null;
      this.#run(this.#clock.now() - at > SLEPT_MS, reason);
    });
    this.#planned = { at, reason, cancel };
  }

  cancel(): void {
    this.#planned?.cancel();
    this.#planned = null;
  }
}

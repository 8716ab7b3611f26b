import type { Cancel, Clock } from '../../../src/core/time/clock.ts';

/** A machine's clock: it may be wrong, and its timers stand still while the machine sleeps. */
export class TabClock implements Clock {
  /** Ms by which this machine's time differs from the true time. */
  skew: number;
  private readonly world: Clock;
  /** Callbacks that became due during sleep, in order; null while awake. */
  private due: (() => void)[] | null = null;

  constructor(world: Clock, skew: number) {
    this.world = world;
    this.skew = skew;
  }

  now(): number {
    return this.world.now() + this.skew;
  }

  random(): number {
    return this.world.random();
  }

  after(ms: number, run: () => void): Cancel {
    let cancelled = false;
    const cancel = this.world.after(ms, () => this.whenAwake(() => cancelled || run()));
    return () => {
      cancelled = true;
      cancel();
    };
  }

  sleep(): void {
    this.due ??= [];
  }

  wake(): void {
    const due = this.due ?? [];
    this.due = null;
    for (const run of due) run();
  }

  /** Runs the callback at once, or as soon as the machine wakes. */
  whenAwake(run: () => void): void {
    if (this.due) this.due.push(run);
    else run();
  }
}

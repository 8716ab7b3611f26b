import { systemClock, type Clock, type Timer } from '../../clock.ts';

interface Pending {
  delay: number;
  due: number;
  run: () => void;
}

/** A clock that stands still until a test advances it. */
export class FakeClock implements Clock {
  #now = Date.UTC(2030, 0, 7, 9);
  #pending = new Set<Pending>();
  #watchers: { delay: number; resolve: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(delay: number, run: () => void): Timer {
    const pending: Pending = { delay, due: this.#now + delay, run };
    this.#pending.add(pending);
    for (const watcher of this.#watchers) if (watcher.delay === delay) watcher.resolve();
    return {
      cancel: () => void this.#pending.delete(pending),
      restart: () => {
        pending.due = this.#now + delay;
      },
    };
  }

  /** Resolves when the server has a timer of so many milliseconds; the server may start it later than this call. */
  async waitsFor(delay: number): Promise<void> {
    if ([...this.#pending].some((pending) => pending.delay === delay)) return;
    await new Promise<void>((resolve) => this.#watchers.push({ delay, resolve }));
  }

  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#pending].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (!next) break;
      this.#pending.delete(next);
      this.#now = next.due;
      next.run();
    }
    this.#now = end;
  }
}

/** A clock that runs in real time, and that a test can also advance. */
export class RunningClock implements Clock {
  #ahead = 0;
  #pending = new Set<{ due: number; fire: () => void }>();

  now(): number {
    return systemClock.now() + this.#ahead;
  }

  after(delay: number, run: () => void): Timer {
    const pending = {
      due: this.now() + delay,
      fire: () => {
        this.#pending.delete(pending);
        timer.cancel();
        run();
      },
    };
    const timer = systemClock.after(delay, pending.fire);
    this.#pending.add(pending);
    return {
      cancel: () => {
        this.#pending.delete(pending);
        timer.cancel();
      },
      restart: () => {
        pending.due = this.now() + delay;
        timer.restart();
      },
    };
  }

  /** Timers that become due run at once, in order. */
  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
    const due = [...this.#pending].filter((pending) => pending.due <= this.now());
    for (const pending of due.sort((a, b) => a.due - b.due)) if (this.#pending.has(pending)) pending.fire();
  }
}

import type { Cancel, Clock } from '../../../src/core/time/clock.ts';

/** A clock that stands still until the test advances it. Chance is a seeded sequence. */
export interface FakeClock extends Clock {
  /** Runs what falls due in the next `ms`, in order, letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** The machine sleeps: `ms` pass at once, and timers of that time run late. */
  jump(ms: number): Promise<void>;
  /** Lets everything that waits on promises alone go on; no time passes. */
  settle(): Promise<void>;
  /** How many timers are set. */
  readonly pending: number;
}

export const START = Date.UTC(2026, 10, 23, 7, 0, 0);

/** So many timers within one millisecond are a loop that time can't leave. */
const ENDLESS = 100_000;

export function createFakeClock({ now = START, seed = 1 }: { now?: number; seed?: number } = {}): FakeClock {
  interface Timer {
    readonly at: number;
    readonly run: () => void;
  }
  const timers = new Set<Timer>();
  const random = seededRandom(seed);

  function nextDue(until: number): Timer | undefined {
    let due: Timer | undefined;
    for (const timer of timers) {
      if (timer.at <= until && (!due || timer.at < due.at)) due = timer;
    }
    return due;
  }

  return {
    now: () => now,
    random,
    after(ms: number, run: () => void): Cancel {
      // Whole ms, as setTimeout takes them.
      const timer = { at: now + Math.max(0, Math.trunc(ms)), run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    settle,
    async advance(ms) {
      const until = now + ms;
      let ranNow = 0;
      await settle();
      for (let due = nextDue(until); due; due = nextDue(until)) {
        timers.delete(due);
        ranNow = due.at > now ? 0 : ranNow + 1;
        if (ranNow > ENDLESS) throw new Error('Timers set each other for ever, and no time passes.');
        now = Math.max(now, due.at);
        due.run();
        await settle();
      }
      now = until;
    },
    jump(ms) {
      now += ms;
      return this.advance(0);
    },
    get pending() {
      return timers.size;
    },
  };
}

/** A task of the event loop: everything that waits only on promises has run by then. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** mulberry32: small, good enough, and the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

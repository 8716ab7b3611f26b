import type { Clock } from './clock.ts';
import type { RealtimeLimits } from './options.ts';

const TICK = 5_000;
const TICKS_KEPT = 12;
/** A counter that was idle for so long begins anew. */
const IDLE = 300_000;

/**
 * Counts as the real server does: what is limited is the average of the last minute (of less, while counting began less
 * than a minute ago), and it is worked out every five seconds. So a burst passes that a minute makes up for, a breach
 * shows up to five seconds late, and lasts until the average is below the limit again.
 */
export class RateLimit {
  #clock: Clock;
  #max: number;
  /** Events of each tick that is over, the latest last. */
  #ticks: number[] = [];
  #count = 0;
  #nextTick = -Infinity;
  #isExceeded = false;

  constructor(clock: Clock, max = Infinity) {
    this.#clock = clock;
    this.#max = max;
  }

  /** Counts these events. @returns whether the limit was exceeded when it was last looked at */
  exceededBy(events: number): boolean {
    this.#catchUp();
    this.#count += events;
    return this.#isExceeded;
  }

  #catchUp(): void {
    const now = this.#clock.now();
    if (now - this.#nextTick >= IDLE) {
      // The real counter's first tick comes with its start, so that a breach takes two busy ticks or one of twice the limit.
      this.#ticks = [0];
      this.#count = 0;
      this.#nextTick = now + TICK;
      this.#isExceeded = false;
    }
    for (; now >= this.#nextTick; this.#nextTick += TICK) {
      this.#ticks = [...this.#ticks, this.#count].slice(-TICKS_KEPT);
      this.#count = 0;
      const sum = this.#ticks.reduce((total, count) => total + count, 0);
      this.#isExceeded = (sum * 1_000) / (this.#ticks.length * TICK) >= this.#max;
    }
  }
}

export interface ServerLimits {
  messages: RateLimit;
  presence: RateLimit;
  joins: RateLimit;
  channelsPerConnection: number;
  connections: number;
}

export function createLimits(limits: RealtimeLimits, clock: Clock): ServerLimits {
  return {
    messages: new RateLimit(clock, limits.messagesPerSecond),
    presence: new RateLimit(clock, limits.presencePerSecond),
    joins: new RateLimit(clock, limits.joinsPerSecond),
    channelsPerConnection: limits.channelsPerConnection ?? Infinity,
    connections: limits.connections ?? Infinity,
  };
}

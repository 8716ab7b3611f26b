import type { Clock } from './clock.ts';
import type { RealtimeLimits } from './options.ts';

/** A counter that was idle for so long begins anew. */
const IDLE = 300_000;

interface Window {
  /** Milliseconds between two times that the rate is worked out. */
  tick: number;
  /** How many ticks the rate is made of. */
  ticks: number;
  /** What must stay below the limit. */
  measure: 'average per second' | 'sum';
}

const LAST_MINUTE: Window = { tick: 5_000, ticks: 12, measure: 'average per second' };
const LAST_HALF_MINUTE: Window = { tick: 1_000, ticks: 30, measure: 'sum' };

/**
 * Counts as the real server does: a rate is that of the last minute (of less, while counting began less than a minute
 * ago), and it is worked out every five seconds. So a burst passes that a minute makes up for, a breach shows up to five
 * seconds late, and lasts until the rate is below the limit again.
 */
class RateLimit {
  #clock: Clock;
  #max: number;
  #window: Window;
  /** Events of each tick that is over, the latest last. */
  #ticks: number[] = [];
  #count = 0;
  #nextTick = -Infinity;
  #rate = 0;

  constructor(clock: Clock, max = Infinity, window = LAST_MINUTE) {
    this.#clock = clock;
    this.#max = max;
    this.#window = window;
  }

  count(events: number): void {
    this.#catchUp();
    this.#count += events;
  }

  /** Whether the rate was at the limit or over it when it was last worked out. */
  isExceeded(): boolean {
    this.#catchUp();
    return this.#rate >= this.#max;
  }

  /** Counts these events. @returns whether the limit was exceeded before */
  exceededBy(events: number): boolean {
    this.count(events);
    return this.isExceeded();
  }

  /** Whether the rate leaves room for so many events within one second. */
  hasRoomFor(events: number): boolean {
    this.#catchUp();
    return this.#rate + events <= this.#max;
  }

  #catchUp(): void {
    const { tick, ticks, measure } = this.#window;
    const now = this.#clock.now();
    if (now - this.#nextTick >= IDLE) {
      // The real counter's first tick comes with its start, so that a breach takes two busy ticks or one of twice the limit.
      this.#ticks = [0];
      this.#count = 0;
      this.#nextTick = now + tick;
      this.#rate = 0;
    }
    for (; now >= this.#nextTick; this.#nextTick += tick) {
      this.#ticks = [...this.#ticks, this.#count].slice(-ticks);
      this.#count = 0;
      const sum = this.#ticks.reduce((total, count) => total + count, 0);
      this.#rate = measure === 'sum' ? sum : (sum * 1_000) / (this.#ticks.length * tick);
    }
  }
}

export interface ServerLimits {
  messages: RateLimit;
  tableChanges: RateLimit;
  presence: RateLimit;
  joins: RateLimit;
  /** Permission checks that got no connection of the pool. */
  authorizationErrors: RateLimit;
  authorizationPoolSize: number;
  channelsPerConnection: number;
  connections: number;
}

export function createLimits(limits: RealtimeLimits, clock: Clock): ServerLimits {
  const { authorizationPoolSize = Infinity, channelsPerConnection = Infinity, connections = Infinity } = limits;
  return {
    messages: new RateLimit(clock, limits.messagesPerSecond),
    tableChanges: new RateLimit(clock, limits.messagesPerSecond),
    presence: new RateLimit(clock, limits.presencePerSecond),
    joins: new RateLimit(clock, limits.joinsPerSecond),
    authorizationErrors: new RateLimit(clock, authorizationPoolSize, LAST_HALF_MINUTE),
    authorizationPoolSize,
    channelsPerConnection,
    connections,
  };
}

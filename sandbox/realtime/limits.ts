import type { Clock } from './clock.ts';
import type { RealtimeLimits } from './options.ts';

/** A counter that was idle for so long starts again. */
const IDLE = 300_000;

interface Window {
  /** Milliseconds between two calculations of the rate. */
  tick: number;
  /** Number of ticks that the rate covers. */
  ticks: number;
  /** The value that must stay below the limit. */
  measure: 'average per second' | 'sum';
}

const LAST_MINUTE: Window = { tick: 5_000, ticks: 12, measure: 'average per second' };
const LAST_HALF_MINUTE: Window = { tick: 1_000, ticks: 30, measure: 'sum' };

/**
 * Counts as the real server does: the rate covers the last minute (less in the first minute of counting), and is calculated
 * every five seconds. So a burst passes if the rest of its minute is quiet, and a breach shows up to five seconds late and
 * lasts until the rate is below the limit again.
 */
class RateLimit {
  #clock: Clock;
  #max: number;
  #window: Window;
  /** Events of each past tick, the latest last. */
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

  /** Whether the latest calculated rate was at the limit or over it. */
  isExceeded(): boolean {
    this.#catchUp();
    return this.#rate >= this.#max;
  }

  /** Counts these events. @returns whether the limit was exceeded before */
  exceededBy(events: number): boolean {
    this.count(events);
    return this.isExceeded();
  }

  /** Whether so many events within one second would stay within the limit. */
  hasRoomFor(events: number): boolean {
    this.#catchUp();
    return this.#rate + events <= this.#max;
  }

  #catchUp(): void {
    const { tick, ticks, measure } = this.#window;
    const now = this.#clock.now();
    if (now - this.#nextTick >= IDLE) {
      // The real counter's first tick falls on its start, so that a breach takes two busy ticks or one of twice the limit.
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
  /** Permission checks that got no connection from the pool. */
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

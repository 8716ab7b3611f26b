import type { Clock } from './clock.ts';
import type { RealtimeLimits } from './options.ts';

const WINDOW = 1_000;

/** Counts events in windows of one second that start with their first event. */
export class RateLimit {
  #clock: Clock;
  #max: number;
  #windowStart = -Infinity;
  #count = 0;

  constructor(clock: Clock, max = Infinity) {
    this.#clock = clock;
    this.#max = max;
  }

  /** @returns whether this second's events are now more than the limit allows */
  exceededBy(events: number): boolean {
    const now = this.#clock.now();
    if (now - this.#windowStart >= WINDOW) {
      this.#windowStart = now;
      this.#count = 0;
    }
    this.#count += events;
    return this.#count > this.#max;
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

import type { Clock } from './clock.ts';

/** Messages that clients did not receive, without any frame that says so. */
export interface Losses {
  /** Broadcasts from the database that `dropBroadcasts` took. */
  dropped: number;
  /** Broadcasts from the database and table changes that were over `RealtimeLimits.messagesPerSecond`. */
  overLimit: number;
  /** Broadcasts from the database and table changes that came while the server was deaf for them (`goDeaf`). */
  whileDeaf: number;
}

/**
 * Switches for faults of the real server that come by chance there. A fault shows to clients as it does there: lost
 * messages cause no frame, and the clients stay joined.
 */
export interface Faults {
  /** Drops the next `count` broadcasts from the database that somebody listens to; all of them if left out. 0 ends it. */
  dropBroadcasts(count?: number): void;
  /** For so many milliseconds from now, all that the database sends is lost: broadcasts and table changes. 0 ends it. */
  goDeaf(milliseconds: number): void;
  /**
   * From now on each permission check keeps its connection of the pool for so many milliseconds, and its caller waiting.
   * 0 ends it. With `RealtimeLimits.authorizationPoolSize`, this is what makes many joins at once exhaust the pool.
   */
  slowAuthorization(milliseconds: number): void;
  /** Counts from the start of the server. */
  readonly lost: Readonly<Losses>;
}

/** The switches, as the server itself reads them. */
export class FaultSwitches implements Faults {
  readonly lost: Losses = { dropped: 0, overLimit: 0, whileDeaf: 0 };
  /** Milliseconds that a permission check takes beyond its query. */
  authorizationDelay = 0;
  #clock: Clock;
  #broadcastsToDrop = 0;
  #deafUntil = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  dropBroadcasts(count = Infinity): void {
    this.#broadcastsToDrop = count;
  }

  goDeaf(milliseconds: number): void {
    this.#deafUntil = this.#clock.now() + milliseconds;
  }

  slowAuthorization(milliseconds: number): void {
    this.authorizationDelay = milliseconds;
  }

  /** Counts one message of the database as lost if the server is deaf now. @returns whether it is */
  losesMessage(): boolean {
    if (this.#clock.now() >= this.#deafUntil) return false;
    this.lost.whileDeaf += 1;
    return true;
  }

  /** Counts one broadcast as dropped if the next ones are to be. @returns whether it is to be dropped */
  dropsBroadcast(): boolean {
    if (this.#broadcastsToDrop <= 0) return false;
    this.#broadcastsToDrop -= 1;
    this.lost.dropped += 1;
    return true;
  }
}

import type { Clock } from './clock.ts';

/** The number of messages that clients did not receive, and of which no frame informs them. */
export interface Losses {
  /** Broadcasts from the database that `dropBroadcasts` dropped. */
  dropped: number;
  /** Broadcasts from the database and table changes beyond `RealtimeLimits.messagesPerSecond`. */
  overLimit: number;
  /** Broadcasts from the database and table changes that were sent during `goDeaf`. */
  whileDeaf: number;
}

/**
 * Switches for faults that happen at random in the real server. Clients see the same as there: a lost message causes no
 * frame, and the clients stay joined.
 */
export interface Faults {
  /** Drops the next `count` broadcasts from the database that have receivers; without `count`, all of them. 0 ends it. */
  dropBroadcasts(count?: number): void;
  /** For so many milliseconds from now, the server loses all that the database sends: broadcasts and table changes. 0 ends it. */
  goDeaf(milliseconds: number): void;
  /**
   * From now on, each permission check keeps its connection of the pool, and its caller, waiting for so many milliseconds. 0
   * ends it. With `RealtimeLimits.authorizationPoolSize`, many joins at once then exhaust the pool.
   */
  slowAuthorization(milliseconds: number): void;
  /** Counted since the start of the server. */
  readonly lost: Readonly<Losses>;
}

/** The state of the switches, for the server's own code. */
export class FaultSwitches implements Faults {
  readonly lost: Losses = { dropped: 0, overLimit: 0, whileDeaf: 0 };
  /** Milliseconds that a permission check takes in addition to its query. */
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

  /** Counts one message of the database as lost while `goDeaf` lasts. @returns whether it is lost */
  losesMessage(): boolean {
    if (this.#clock.now() >= this.#deafUntil) return false;
    this.lost.whileDeaf += 1;
    return true;
  }

  /** Counts one broadcast as dropped if `dropBroadcasts` says so. @returns whether it is to be dropped */
  dropsBroadcast(): boolean {
    if (this.#broadcastsToDrop <= 0) return false;
    this.#broadcastsToDrop -= 1;
    this.lost.dropped += 1;
    return true;
  }
}

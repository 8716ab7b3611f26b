import { sleep, type Clock } from './clock.ts';
import type { FaultSwitches } from './faults.ts';
import type { ServerLimits } from './limits.ts';
import type { Timings } from './options.ts';

/** A permission check got no connection to the database. */
export class PoolExhausted extends Error {
  constructor() {
    super('Please increase your connection pool size');
    this.name = 'PoolExhausted';
  }
}

/**
 * The connections that permission checks share; each check uses one. A check that finds none free waits in line, and fails if
 * it waits too long. After as many such failures within half a minute as there are connections, the server stops trying for a
 * while, and all checks fail at once.
 */
export class AuthorizationPool {
  #clock: Clock;
  #timings: Timings;
  #faults: FaultSwitches;
  #errors: ServerLimits['authorizationErrors'];
  #free: number;
  #waiting = new Set<() => void>();

  constructor(clock: Clock, timings: Timings, faults: FaultSwitches, limits: ServerLimits) {
    this.#clock = clock;
    this.#timings = timings;
    this.#faults = faults;
    this.#errors = limits.authorizationErrors;
    this.#free = limits.authorizationPoolSize;
  }

  /** @throws {PoolExhausted} */
  async run<Result>(check: () => Promise<Result>): Promise<Result> {
    await this.#takeConnection();
    try {
      const { authorizationDelay } = this.#faults;
      if (authorizationDelay > 0) await sleep(this.#clock, authorizationDelay);
      return await check();
    } finally {
      this.#releaseConnection();
    }
  }

  async #takeConnection(): Promise<void> {
    if (this.#errors.isExceeded()) throw new PoolExhausted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const proceed = (): void => {
        giveUp.cancel();
        resolve();
      };
      const giveUp = this.#clock.after(this.#timings.authorizationQueue, () => {
        this.#waiting.delete(proceed);
        this.#errors.count(1);
        reject(new PoolExhausted());
      });
      this.#waiting.add(proceed);
    });
  }

  /** Gives the connection to the check that has waited longest. */
  #releaseConnection(): void {
    const [proceed] = this.#waiting;
    if (!proceed) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(proceed);
    proceed();
  }
}

import type { Database } from './database.ts';
import { errorCode, type Log } from './log.ts';
import { backoff, pause } from './wait.ts';

export interface Chore {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<unknown>;
}

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

/** What the schema wants done now and then. Each may run in several workers at once: the functions see to that. */
export function schemaChores(database: Database): Chore[] {
  const call = (name: string, everyMs: number): Chore => ({
    name,
    everyMs,
    run: () => database.query(`select openslot.${name}()`),
  });
  return [
    call('flush_broadcasts', SECOND),
    call('release_expired_holds', HOUR),
    call('due_reminders', MINUTE),
    call('extend_horizon', DAY),
    call('purge', DAY),
  ];
}

/** Runs each chore at once and then again and again, never twice at a time. What fails is tried again, less and less often. */
export class Chores {
  readonly #chores: readonly Chore[];
  readonly #database: Database;
  readonly #log: Log;
  readonly #ending = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(chores: readonly Chore[], database: Database, log: Log) {
    this.#chores = chores;
    this.#database = database;
    this.#log = log;
  }

  start(): void {
    this.#running = Promise.all(this.#chores.map((chore) => this.#repeat(chore)));
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }

  async #repeat({ name, everyMs, run }: Chore): Promise<void> {
    const { signal } = this.#ending;
    let failures = 0;
    while (!signal.aborted) {
      try {
        await run();
        failures = 0;
      } catch (error) {
        failures++;
        // That the database is away is said once, by itself.
        if (this.#database.reachable) this.#log.warn('chore_failed', { chore: name, code: errorCode(error) });
      }
      await pause(failures > 0 ? backoff(failures) : everyMs, signal);
    }
  }
}

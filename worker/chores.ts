import type { Database } from './database.ts';
import { errorCode, type Log } from './log.ts';
import { backoff, pause } from './wait.ts';

export interface Chore {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<unknown>;
}

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

/** The schema's functions that run at intervals. Several workers may call them at the same time: the functions allow it. */
export function schemaChores(database: Database): Chore[] {
  const chore = (name: string, everyMs: number, statement: string): Chore => ({
    name,
    everyMs,
    run: () => database.query(statement),
  });
  // Procedures commit after each provider, so that a booking never waits for all of them.
  return [
    chore('flush_broadcasts', SECOND, 'select openslot.flush_broadcasts()'),
    chore('release_expired_holds', HOUR, 'select openslot.release_expired_holds()'),
    chore('due_reminders', MINUTE, 'select openslot.due_reminders()'),
    chore('extend_horizon', DAY, 'call openslot.extend_horizon()'),
    chore('purge', DAY, 'call openslot.purge()'),
  ];
}

/** Runs each chore at once and then at its interval, one run at a time. A chore that fails is retried after a growing pause. */
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
        // The Database logs once by itself that it can't be reached.
        if (this.#database.reachable) this.#log.warn('chore_failed', { chore: name, code: errorCode(error) });
      }
      await pause(failures > 0 ? backoff(failures) : everyMs, signal);
    }
  }
}

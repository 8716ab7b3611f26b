import pg from 'pg';
import { sleep, type Clock } from './clock.ts';
import type { Timings } from './options.ts';

const CONNECTIONS = 6;

/** The database did not answer. Any other failure of a query is the `pg.DatabaseError` that the database returned. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super('Realtime was unable to connect to the project database', { cause });
    this.name = 'DatabaseUnavailable';
  }
}

/** The server's own queries, as superuser. */
export class Database {
  #pool: pg.Pool;
  #clock: Clock;
  #timings: Timings;

  constructor(databaseUrl: string, clock: Clock, timings: Timings) {
    this.#clock = clock;
    this.#timings = timings;
    this.#pool = new pg.Pool({
      connectionString: databaseUrl,
      max: CONNECTIONS,
      application_name: 'realtime',
      // Permission checks write nothing that must survive, so commits need not wait for the disk.
      options: '-c timezone=UTC -c synchronous_commit=off',
    });
    this.#pool.on('error', () => {
      // An idle connection has ended; the pool has already removed it.
    });
  }

  /** @throws {pg.DatabaseError} @throws {DatabaseUnavailable} */
  async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    try {
      return (await this.#pool.query<Row>(sql, values)).rows;
    } catch (error) {
      if (error instanceof pg.DatabaseError && !isShutdown(error)) throw error;
      throw new DatabaseUnavailable(error);
    }
  }

  /** Calls `run`; while the database is unavailable, calls it again until `Timings.databaseGiveUp`. */
  async retrying<Result>(run: () => Promise<Result>): Promise<Result> {
    const giveUpAt = this.#clock.now() + this.#timings.databaseGiveUp;
    for (;;) {
      try {
        return await run();
      } catch (error) {
        if (!(error instanceof DatabaseUnavailable) || this.#clock.now() >= giveUpAt) throw error;
        await sleep(this.#clock, this.#timings.databaseRetry);
      }
    }
  }

  async stop(): Promise<void> {
    await this.#pool.end();
  }
}

/** Class 57P: the operator has shut the database down, it has crashed, or it is not ready yet. */
function isShutdown(error: pg.DatabaseError): boolean {
  return error.code?.startsWith('57P') ?? false;
}

import pg from 'pg';
import { errorCode, type Log } from './log.ts';

/** The worker's connections, and whether the database can be reached. A connection that ended is replaced by the next query. */
export class Database {
  readonly pool: pg.Pool;
  readonly #url: string;
  readonly #log: Log;
  #reachable: boolean | null = null;

  constructor(options: { url: string; connections: number; log: Log }) {
    this.#url = options.url;
    this.#log = options.log;
    this.pool = new pg.Pool({ ...this.#connection(), max: options.connections, idleTimeoutMillis: 30_000 });
    // Without these listeners, a lost connection would end the process. The query that used the connection reports the same
    // error.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Whether the latest query got an answer; null before the first. */
  get reachable(): boolean | null {
    return this.#reachable;
  }

  /** A connection outside the pool, for LISTEN and for locks that last as long as the connection. It is not connected yet. */
  client(): pg.Client {
    return new pg.Client(this.#connection());
  }

  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.watch(async () => (await this.pool.query<Row>(text, values)).rows);
  }

  /** Commits everything that `work` does; rolls all of it back if `work` throws. */
  async transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    return this.watch(async () => {
      const client = await this.pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('begin');
        const result = await work(client);
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch((lost: unknown) => (broken = lost as Error));
        throw error;
      } finally {
        client.release(broken);
      }
    });
  }

  /** Runs `work`, derives from its outcome whether the database can be reached, and logs when that changes. */
  async watch<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      const result = await work();
      this.#found(true, 'ok');
      return result;
    } catch (error) {
      if (isUnreachable(error)) this.#found(false, errorCode(error));
      throw error;
    }
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  #connection(): pg.ClientConfig {
    return {
      connectionString: this.#url,
      application_name: 'openslot-worker',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    };
  }

  #found(reachable: boolean, code: string): void {
    if (reachable === this.#reachable) return;
    this.#reachable = reachable;
    if (reachable) this.#log.info('database_reached');
    else this.#log.error('database_unreachable', { code });
  }
}

/** Whether the error comes from the connection. A database that answers with an error can be reached. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|28|3D|53|57P)/.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  const isNetwork = 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code);
  return isNetwork || /connection|timeout/i.test(error.message);
}

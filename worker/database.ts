import pg from 'pg';
import { errorCode, type Log } from './log.ts';

/** The worker's connections, and whether they lead anywhere. Reconnecting is done by whoever asks again. */
export class Database {
  readonly pool: pg.Pool;
  readonly #url: string;
  readonly #log: Log;
  #reachable: boolean | null = null;

  constructor(options: { url: string; connections: number; log: Log }) {
    this.#url = options.url;
    this.#log = options.log;
    this.pool = new pg.Pool({ ...this.#connection(), max: options.connections, idleTimeoutMillis: 30_000 });
    // A connection that ends tells its errors here, or to whoever works with it: each has to be heard, none says more.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Whether the latest attempt got an answer; null before the first. */
  get reachable(): boolean | null {
    return this.#reachable;
  }

  /** A connection of one's own, for what lasts as long as it does. Not connected yet. */
  client(): pg.Client {
    return new pg.Client(this.#connection());
  }

  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.watch(async () => (await this.pool.query<Row>(text, values)).rows);
  }

  /** Commits what `work` does, or nothing of it. */
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

  /** Learns from how it ends whether the database can be reached, and writes down when that changes. */
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

/** Whether it failed at the connection. A database that answers with an error is there. */
function isUnreachable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|28|3D|53|57P)/.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  const isNetwork = 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code);
  return isNetwork || /connection|timeout/i.test(error.message);
}

import pg from 'pg';
import { readSources } from '../../../database/database.ts';
import { startPostgres, SUPERUSER, type PostgresServer } from '../../../database/postgres.ts';
import { templateFor } from '../../../database/template.ts';

/** A throwaway PostgreSQL in the state of a project before its first migration, and a superuser's connection to it. */
export class TestDatabase {
  readonly url: string;
  #server: PostgresServer;
  #client: pg.Client;

  private constructor(server: PostgresServer, client: pg.Client) {
    this.url = server.url(SUPERUSER);
    this.#server = server;
    this.#client = client;
  }

  static async start(): Promise<TestDatabase> {
    const sources = await readSources({ seed: false });
    const server = await startPostgres({ template: await templateFor({ ...sources, migrations: [] }) });
    return new TestDatabase(server, await connect(server));
  }

  async query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]> {
    return (await this.#client.query<Row>(sql, values)).rows;
  }

  /** Repeats the query until it returns a row. */
  async waitUntil(sql: string): Promise<void> {
    while ((await this.query(sql)).length === 0);
  }

  /** A killed session ends all others, as an immediate shutdown does; PostgreSQL is back when it has recovered. */
  async restart(): Promise<void> {
    const other = await connect(this.#server);
    const ended = Promise.all(
      [this.#client, other].map((client) => new Promise((resolve) => client.once('end', resolve))),
    );
    const [session] = await this.query<{ pid: number }>('select pg_backend_pid() as pid');
    process.kill(session!.pid, 'SIGKILL');
    await ended;
    for (let client: pg.Client | null = null; !client;) {
      client = await connect(this.#server).catch(() => null);
      if (client) this.#client = client;
    }
  }

  async stop(): Promise<void> {
    await this.#client.end();
    await this.#server.stop();
  }
}

async function connect(server: PostgresServer): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: server.url(SUPERUSER) });
  client.on('error', () => {
    // The end of the connection follows, and is handled there.
  });
  await client.connect();
  return client;
}

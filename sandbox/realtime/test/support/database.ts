import pg from 'pg';
import { readSources } from '../../../database.ts';
import { startPostgres, SUPERUSER, type PostgresServer } from '../../../postgres.ts';
import { templateFor } from '../../../template.ts';

/** A throwaway PostgreSQL as a project is before its first migration, and a superuser's connection to it. */
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
    const client = new pg.Client({ connectionString: server.url(SUPERUSER) });
    await client.connect();
    return new TestDatabase(server, client);
  }

  async query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]> {
    return (await this.#client.query<Row>(sql, values)).rows;
  }

  /** Asks again and again until the query returns a row. */
  async waitUntil(sql: string): Promise<void> {
    while ((await this.query(sql)).length === 0);
  }

  async stop(): Promise<void> {
    await this.#client.end();
    await this.#server.stop();
  }
}

import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { PostgresConnection, type CatalogueSchema } from '../lite.ts';
import { jsonColumns } from './json-columns.ts';
import { databaseError } from './postgrest-error.ts';
import { currentRequest } from './request-context.ts';
import { isRead, type RequestPool } from './request-pool.ts';

/**
 * lite's PostgreSQL connection, driven by `pg` and corrected where lite departs from the Data API:
 * - every request runs in a transaction as the caller's role, whether or not the database has policies already, and no
 *   grant is ever made on the way (lite would run as superuser, or grant everything to anon);
 * - a database error becomes PostgREST's answer (lite answers 500 to most);
 * - times are ISO 8601, and JSON goes into a column as it came;
 * - only constraints make a relation one-to-one, not every unique index.
 */
export class LiteConnection extends PostgresConnection {
  readonly #requests: RequestPool;
  readonly #requestDb: Kysely<unknown>;
  #schema: CatalogueSchema | null = null;
  #jsonColumns = new Set<string>();

  /**
   * @param admin superuser's connections: for reading the catalogue, and for Auth's tables
   * @param requests for all that a caller asks
   */
  constructor(admin: pg.Pool, requests: RequestPool) {
    super({});
    this.#requests = requests;
    const plugins = [jsonColumns((schema, table, column) => this.#jsonColumns.has(`${schema}.${table}.${column}`))];
    this.kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: admin }) });
    this.#requestDb = new Kysely({ dialect: new PostgresDialect({ pool: requests.pool }), plugins });
  }

  /** lite asks at every request; the answer is kept until `forgetSchema`. */
  override async introspect(): Promise<CatalogueSchema> {
    if (this.#schema) return this.#schema;
    const schema = await super.introspect();
    const constraints = new Set(schema.unique_constraints.map(nameOf));
    for (const index of schema.indexes) index.unique &&= constraints.has(nameOf(index));
    const json = schema.columns.filter(({ pg_type }) => pg_type === 'json' || pg_type === 'jsonb');
    this.#jsonColumns = new Set(json.map(nameOf));
    this.#schema = schema;
    return schema;
  }

  forgetSchema(): void {
    this.#schema = null;
  }

  /** lite's Auth calls this without a request, and gets the superuser's connection. */
  override async withContext<T>(vars: unknown, work: (db: Kysely<unknown>) => Promise<T>): Promise<T> {
    if (!vars) return work(this.kysely);
    const request = currentRequest.getStore();
    if (!request) throw new Error('A request of the Data API without its context');
    try {
      return await this.#requestDb
        .transaction()
        .setAccessMode(isRead(request) ? 'read only' : 'read write')
        .execute(async (transaction) => {
          const { text, values } = this.#requests.context(request);
          await transaction.executeQuery(CompiledQuery.raw(text, values));
          return work(transaction);
        });
    } catch (error) {
      // SQLSTATE PGRST is a response that a function wrote itself, which lite knows how to read.
      if (!(error instanceof pg.DatabaseError) || error.code === 'PGRST') throw error;
      return databaseError(error, request.role) as T;
    }
  }
}

function nameOf({ schema, table, name }: { schema: string; table: string; name: string }): string {
  return `${schema}.${table}.${name}`;
}

import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { PostgresConnection, type CatalogueSchema } from '../lite.ts';
import { jsonColumns } from './json-columns.ts';
import { databaseError } from './postgrest-error.ts';
import { currentRequest } from './request-context.ts';
import { isRead, type RequestPool } from './request-pool.ts';

/**
 * lite's PostgreSQL connection, run by `pg`, and corrected where lite differs from the Data API:
 * - every request runs in a transaction with the caller's role, even before the database has policies, and the sandbox
 *   never makes grants (lite would run as superuser, or grant everything to anon);
 * - a database error becomes PostgREST's answer (lite answers most with 500);
 * - times are ISO 8601, and JSON is stored unchanged;
 * - only constraints make a relation one-to-one, not every unique index.
 */
export class LiteConnection extends PostgresConnection {
  readonly #requests: RequestPool;
  readonly #requestDb: Kysely<unknown>;
  #schema: CatalogueSchema | null = null;
  #jsonColumns = new Set<string>();

  /**
   * @param admin connections of the superuser, for the catalogue and for Auth's tables
   * @param requests connections for the callers' statements
   */
  constructor(admin: pg.Pool, requests: RequestPool) {
    super({});
    this.#requests = requests;
    const plugins = [jsonColumns((schema, table, column) => this.#jsonColumns.has(`${schema}.${table}.${column}`))];
    this.kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: admin }) });
    this.#requestDb = new Kysely({ dialect: new PostgresDialect({ pool: requests.pool }), plugins });
  }

  /** lite calls this for every request; the result is kept until `forgetSchema`. */
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

  /** lite's Auth calls this outside of a request, and gets the superuser's connection. */
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
      // SQLSTATE PGRST is a response that a function wrote itself; lite reads it.
      if (!(error instanceof pg.DatabaseError) || error.code === 'PGRST') throw error;
      return databaseError(error, request.role) as T;
    }
  }
}

function nameOf({ schema, table, name }: { schema: string; table: string; name: string }): string {
  return `${schema}.${table}.${name}`;
}

import type pg from 'pg';
import { createLiteApp, type LiteApp } from '../lite.ts';
import { LiteConnection } from './lite-connection.ts';
import { postgrestError } from './postgrest-error.ts';
import { currentRequest, type ApiRequest } from './request-context.ts';
import { RequestPool } from './request-pool.ts';
import { RpcHandler } from './rpc.ts';

/** The role and claims with which a statement runs. */
export interface Caller {
  role: string;
  /** Further claims of the JWT, `sub` above all. */
  claims?: Record<string, unknown>;
  /** The value of `current_setting('request.headers')`. */
  headers?: Record<string, string>;
}

/** The only schema that the Data API serves. */
const EXPOSED_SCHEMA = 'public';

/** /rest/v1: calls of functions go to our own handler, everything else to lite. */
export class DataApi {
  readonly connection: LiteConnection;
  readonly #requests: RequestPool;
  readonly #rpc: RpcHandler;
  readonly #lite: LiteApp;

  /**
   * @param admin superuser's connections
   * @param requestUrl connection string of the role `authenticator`
   */
  constructor(admin: pg.Pool, requestUrl: string) {
    this.#requests = new RequestPool(requestUrl);
    this.#rpc = new RpcHandler(this.#requests, admin);
    this.connection = new LiteConnection(admin, this.#requests);
    this.#lite = createLiteApp({
      connection: this.connection,
      api: { enabled: true, schemas: [EXPOSED_SCHEMA], max_rows: 1000 },
      auth: { enabled: false },
    });
  }

  async start(): Promise<void> {
    await this.#requests.reloadRoles();
  }

  /** @param url with the path as lite expects it, /rest/v1 included */
  async handle(url: URL, body: Uint8Array, request: ApiRequest): Promise<Response> {
    const [relation = '', functionName] = request.path.slice(1).split('/').map(decode);
    if (relation === 'rpc' && functionName) {
      const response = await this.#rpc.handle(functionName, url.search, body, request);
      if (response) return response;
      this.connection.forgetSchema();
    } else if (isExposed(request) && relation && !(await this.#hasRelation(relation))) {
      const message = `Could not find the table '${EXPOSED_SCHEMA}.${relation}' in the schema cache`;
      return postgrestError(404, { code: 'PGRST205', message, details: null, hint: null });
    }
    const hasBody = body.length > 0 && request.method !== 'GET' && request.method !== 'HEAD';
    // lite gets no headers of the caller: the connection handles the caller's identity, and lite would look for a session.
    const headers = new Headers(request.headers);
    headers.delete('authorization');
    const forwarded = new Request(url, {
      method: request.method,
      headers,
      ...(hasBody ? { body: body as Uint8Array<ArrayBuffer> } : {}),
    });
    return currentRequest.run(request, () => this.#lite.fetch(forwarded));
  }

  /** Runs a statement as a request of this caller would. */
  async queryAs<Row extends pg.QueryResultRow>(
    caller: Caller,
    sql: string,
    params: unknown[],
  ): Promise<pg.QueryResult<Row>> {
    const { role, claims = {}, headers = {} } = caller;
    const request = { method: 'POST', path: '/', headers, role, claims: { role, ...claims } };
    return this.#requests.run(request, (client) => client.query<Row>(sql, params));
  }

  close(): Promise<void> {
    return this.#requests.close();
  }

  /** Reads the catalogue again before it reports a missing relation, because the relation may be new. */
  async #hasRelation(name: string): Promise<boolean> {
    if (await this.#isKnown(name)) return true;
    this.connection.forgetSchema();
    return this.#isKnown(name);
  }

  async #isKnown(name: string): Promise<boolean> {
    const { tables, views } = await this.connection.introspect();
    return [...tables, ...views].some((relation) => relation.name === name && relation.schema === EXPOSED_SCHEMA);
  }
}

/** A name that is not well encoded stays as it is; no relation has it. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** lite refuses requests for any other schema, with PostgREST's message. */
function isExposed({ headers }: ApiRequest): boolean {
  return [headers['accept-profile'], headers['content-profile']].every(
    (name) => (name ?? EXPOSED_SCHEMA) === EXPOSED_SCHEMA,
  );
}

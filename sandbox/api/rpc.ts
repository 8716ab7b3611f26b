import pg from 'pg';
import { FunctionCatalogue, type ApiFunction } from './function-catalogue.ts';
import { databaseError } from './postgrest-error.ts';
import type { ApiRequest } from './request-context.ts';
import type { RequestPool } from './request-pool.ts';

interface CallResult {
  body: string | null;
  /** The function sets it through `response.status` and `response.headers`. */
  status: string | null;
  headers: Record<string, string>[] | null;
}

/**
 * Calls functions without lite, as PostgREST does: the arguments go to the database as one JSON document, which the database
 * converts to the declared types, and its JSON result goes to the client byte for byte. lite passes each argument through a
 * driver without types, and rebuilds the result in JavaScript. Openslot's client only makes such plain calls. lite answers
 * the others: GET, result filters, other media types, and functions that are unknown or ambiguous, for which it has the right
 * error messages.
 */
export class RpcHandler {
  readonly #requests: RequestPool;
  readonly #functions: FunctionCatalogue;

  constructor(requests: RequestPool, admin: pg.Pool) {
    this.#requests = requests;
    this.#functions = new FunctionCatalogue(admin);
  }

  /** @returns the response, or `null` if this is not a plain call */
  async handle(name: string, search: string, bytes: Uint8Array, request: ApiRequest): Promise<Response | null> {
    const body = new TextDecoder().decode(bytes);
    const args = isPlain(search, request) ? parseArguments(body) : null;
    const target = args && (await this.#functions.find(name, Object.keys(args)));
    if (!target) return null;
    const statement = { text: callStatement(target, Object.keys(args)), values: [body || '{}'] };
    try {
      const { rows } = await this.#requests.run(request, (client) => client.query<CallResult>(statement));
      return respond(target, rows[0]);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code === 'PGRST') throw error;
      return databaseError(error, request.role);
    }
  }
}

function isPlain(search: string, { method, headers }: ApiRequest): boolean {
  return (
    method === 'POST' &&
    search === '' &&
    /^application\/json\b/.test(headers['content-type'] ?? 'application/json') &&
    /\*\/\*|^application\/json\b/.test(headers['accept'] ?? '*/*') &&
    !headers['prefer']?.includes('count=') &&
    (headers['content-profile'] ?? 'public') === 'public'
  );
}

function parseArguments(body: string): Record<string, unknown> | null {
  if (body === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

function callStatement({ name, parameters, returns, returnsSet }: ApiFunction, given: readonly string[]): string {
  const used = parameters.filter((parameter) => given.includes(parameter.name));
  const columns = used.map((parameter) => `${pg.escapeIdentifier(parameter.name)} ${parameter.type}`);
  const source =
    used.length > 0 ? `json_to_record($1::json) as args (${columns.join(', ')})` : '(select $1::json) as args';
  const named = used.map(({ name }) => `${pg.escapeIdentifier(name)} => args.${pg.escapeIdentifier(name)}`);
  // A row is selected as a whole; any other value is a column of its own.
  const alias = returns === 'row' ? 'call' : 'call (value)';
  const value = { row: 'to_json(call)', scalar: 'to_json(call.value)', void: 'call.value' }[returns];
  const body = returnsSet ? `coalesce(json_agg(${value}), '[]')` : value;
  return `
    with result as materialized (
      select (${body})::text as body
      from ${source}, lateral public.${pg.escapeIdentifier(name)}(${named.join(', ')}) as ${alias}
    )
    select body, nullif(current_setting('response.status', true), '') as status,
      nullif(current_setting('response.headers', true), '')::json as headers
    from result`;
}

/** @param result undefined if the function returned no row although one was expected */
function respond(target: ApiFunction, result: CallResult | undefined): Response {
  const headers = new Headers({ 'content-type': 'application/json; charset=utf-8' });
  for (const entry of result?.headers ?? []) {
    for (const [name, value] of Object.entries(entry)) headers.append(name, value);
  }
  if (target.returns === 'void') return new Response(null, { status: Number(result?.status ?? 204) });
  return new Response(result?.body ?? 'null', { status: Number(result?.status ?? 200), headers });
}

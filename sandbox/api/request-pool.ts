import pg from 'pg';
import { parserFor } from './value-parsers.ts';
import { contextStatement, type ApiRequest, type RoleSettings } from './request-context.ts';

/** Number of connections for requests; further requests wait. A small hosted project has about as many. */
const SIZE = 20;

/** The Data API's connections: they log in as `authenticator` and become the caller's role for one transaction. */
export class RequestPool {
  readonly pool: pg.Pool;
  #roles: RoleSettings = new Map();

  constructor(url: string) {
    this.pool = openPool(url, SIZE);
  }

  /** Reads the settings of roles again, such as anon's statement_timeout, which each transaction applies. */
  async reloadRoles(): Promise<void> {
    const { rows } = await this.pool.query<{ role: string; settings: string[] }>(
      'select rolname as role, rolconfig as settings from pg_roles where rolconfig is not null',
    );
    this.#roles = new Map(rows.map(({ role, settings }) => [role, new Map(settings.map(splitSetting))]));
  }

  /** Runs `work` in one transaction as the caller. It is read-only for GET and HEAD. */
  async run<T>(request: ApiRequest, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(isRead(request) ? 'begin read only' : 'begin');
      await client.query(this.context(request));
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((lost: unknown) => (broken = lost as Error));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  context(request: ApiRequest): { text: string; values: string[] } {
    return contextStatement(request, this.#roles);
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}

export function isRead(request: ApiRequest): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}

export function openPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, types: { getTypeParser: parserFor } });
  // The pool replaces an idle connection that ends with the server; a busy one rejects its query.
  pool.on('error', () => {});
  return pool;
}

function splitSetting(setting: string): [string, string] {
  const at = setting.indexOf('=');
  return [setting.slice(0, at), setting.slice(at + 1)];
}

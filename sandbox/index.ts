import type pg from 'pg';
import { AuthApi } from './api/auth-api.ts';
import { DataApi, type Caller } from './api/data-api.ts';
import { Gateway } from './api/gateway.ts';
import { makeKeys } from './api/keys.ts';
import { openPool } from './api/request-pool.ts';
import { PROJECT_ROLE, readSources } from './database/database.ts';
import { listen, type Routes, type Upgrades } from './http-server.ts';
import { startPostgres, SUPERUSER } from './database/postgres.ts';
import { createRealtime, type Faults, type RealtimeLimits, type Timings } from './realtime/index.ts';
import { templateFor } from './database/template.ts';

export type { Caller } from './api/data-api.ts';
export { SqlFileError } from './database/database.ts';
export { PortTakenError, type Routes } from './http-server.ts';
export { PostgresError } from './database/postgres-error.ts';
export type { Faults, Losses, RealtimeLimits, Timings } from './realtime/index.ts';

export interface SandboxOptions {
  /** Port of the APIs on 127.0.0.1. `0` (default): any free port. */
  port?: number;
  /** Folder of the database. `null` (default): a temporary one that `stop()` deletes. */
  dataDir?: string | null;
  /** Whether a new database gets supabase/seed.sql. Default: true. */
  seed?: boolean;
  /** Realtime's quotas; without limits by default. */
  limits?: RealtimeLimits;
  /** Waits of Realtime that differ from the real server's. */
  timings?: Partial<Timings>;
  /** Additional pages, tried before the APIs. */
  routes?: Routes;
  /** Own WebSockets, at other addresses than Realtime's. */
  upgrades?: Upgrades | undefined;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`, the project's URL for clients. */
  url: string;
  publishableKey: string;
  secretKey: string;
  /** The publishable key in its legacy form: a JWT. */
  anonKey: string;
  /** Connection string of the role `postgres`, which is no superuser. */
  databaseUrl: string;
  /** The HS256 secret that signs all JWTs. */
  jwtSecret: string;
  /** Switches for faults of Realtime. */
  realtime: { readonly faults: Faults };
  /** Runs a statement as superuser. Only for tests: a hosted project has no such access. */
  query<Row extends pg.QueryResultRow>(sql: string, params?: unknown[]): Promise<pg.QueryResult<Row>>;
  /** Runs a statement in its own transaction as the Data API would for this caller. */
  queryAs<Row extends pg.QueryResultRow>(caller: Caller, sql: string, params?: unknown[]): Promise<pg.QueryResult<Row>>;
  /** Shuts the database down and starts it again once `pause` has resolved. The APIs stay up and answer their clients meanwhile. */
  restartDatabase(pause?: () => Promise<void>): Promise<void>;
  /** Leaves no process and, unless `dataDir` was given, no file. */
  stop(): Promise<void>;
}

const ADMIN_POOL = 8;

/**
 * Starts a local Supabase with the project's migrations applied: PostgreSQL, Data API, Auth and Realtime on one port of
 * loopback. Any number may run at once. All parts end with this process, even if it is killed.
 * @throws {PortTakenError | PostgresError | SqlFileError}
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const http = await listen(options.port ?? 0);
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    const closed = http.stop();
    for (const step of undo.splice(0).reverse()) await step();
    await closed;
  };
  try {
    const template = await templateFor(await readSources({ seed: options.seed ?? true }));
    const postgres = await startPostgres({ dataDir: options.dataDir ?? null, template });
    undo.push(() => postgres.stop());

    const admin = openPool(postgres.url(SUPERUSER), ADMIN_POOL);
    undo.push(() => admin.end());
    const keys = await makeKeys();
    const dataApi = new DataApi(admin, postgres.url('authenticator'));
    undo.push(() => dataApi.close());
    const authApi = new AuthApi({ admin, connection: dataApi.connection, jwtSecret: keys.jwtSecret, url: http.url });
    const { limits = {}, timings = {} } = options;
    const realtime = createRealtime({ ...keys, databaseUrl: postgres.url(SUPERUSER), limits, timings });
    undo.push(() => realtime.stop());
    await Promise.all([dataApi.start(), realtime.start()]);

    http.open({
      gateway: new Gateway(keys, dataApi, authApi),
      upgrade: (request, socket, head) => realtime.upgrade(request, socket, head),
      routes: options.routes,
      upgrades: options.upgrades,
    });
    return {
      url: http.url,
      publishableKey: keys.publishableKey,
      secretKey: keys.secretKey,
      anonKey: keys.anonKey,
      jwtSecret: keys.jwtSecret,
      databaseUrl: postgres.url(PROJECT_ROLE),
      realtime: { faults: realtime.faults },
      query: <Row extends pg.QueryResultRow>(sql: string, params: unknown[] = []) => admin.query<Row>(sql, params),
      queryAs: <Row extends pg.QueryResultRow>(caller: Caller, sql: string, params: unknown[] = []) =>
        dataApi.queryAs<Row>(caller, sql, params),
      restartDatabase: (pause) => postgres.restart(pause),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

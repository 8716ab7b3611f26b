import type { IntrospectResult } from '@supabase/lite';
import type { Kysely } from 'kysely';

/**
 * The only file that imports @supabase/lite. Loading it replaces `process.emitWarning` by a function that calls
 * `warning.includes` and so throws for every warning that is an Error; the original is put back.
 */
const { emitWarning } = process;
const lite = await import('@supabase/lite');
const { PgliteConnection } = await import('@supabase/lite/pglite');
process.emitWarning = emitWarning;

/** DDL of Auth's tables. */
export const { getAuthSchemaSql } = lite;

export type CatalogueSchema = IntrospectResult;

/** What is used of lite's connections. */
export interface PostgresConnection {
  kysely: Kysely<unknown>;
  introspect(): Promise<CatalogueSchema>;
  /** @param vars the caller as lite knows it; nothing when lite works on its own account */
  withContext<T>(vars: unknown, work: (db: Kysely<unknown>) => Promise<T>): Promise<T>;
}

/**
 * What lite's drivers for PostgreSQL have in common: reading the catalogue and turning requests into SQL. It is not
 * exported, but PGlite's driver extends it. (lite's own driver for servers needs one more client library, `postgres`.)
 */
export const PostgresConnection = Object.getPrototypeOf(PgliteConnection) as new (config: object) => PostgresConnection;

export interface LiteApp {
  fetch(request: Request): Promise<Response>;
}

export interface LiteConfig {
  connection: PostgresConnection;
  api: { enabled: boolean; schemas?: string[]; max_rows?: number };
  auth: {
    enabled: boolean;
    jwt_secret?: string;
    site_url?: string;
    email?: { enable_signup: boolean; enable_confirmations: boolean };
  };
}

/** lite without its own pages and check of keys; e-mails go nowhere. */
export function createLiteApp(config: LiteConfig): LiteApp {
  const options = {
    drivers: { email: new lite.InMemoryEmailDriver() },
    server: { apiKeys: false, disableStudio: true, disableFallback: true },
  };
  // Its types ask for a whole connection and a whole configuration.
  return new lite.App({ ...config, options } as unknown as ConstructorParameters<typeof lite.App>[0]);
}

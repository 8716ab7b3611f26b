import type { IntrospectResult } from '@supabase/lite';
import type { Kysely } from 'kysely';

/**
 * The only file that imports @supabase/lite. The package replaces `process.emitWarning` by a function that calls
 * `warning.includes` and so throws for each warning that is an Error. This file restores the original.
 */
const { emitWarning } = process;
const lite = await import('@supabase/lite');
const { PgliteConnection } = await import('@supabase/lite/pglite');
process.emitWarning = emitWarning;

/** DDL of Auth's tables. */
export const { getAuthSchemaSql } = lite;

export type CatalogueSchema = IntrospectResult;

/** The part of lite's connections that the sandbox uses. */
export interface PostgresConnection {
  kysely: Kysely<unknown>;
  introspect(): Promise<CatalogueSchema>;
  /** @param vars the caller as lite describes it; undefined when lite itself works */
  withContext<T>(vars: unknown, work: (db: Kysely<unknown>) => Promise<T>): Promise<T>;
}

/**
 * The shared base of lite's PostgreSQL drivers: it reads the catalogue and turns requests into SQL. lite doesn't export it,
 * but PGlite's driver extends it. (lite's own driver for servers needs one more client library, `postgres`.)
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

/** lite without its own pages and its check of keys; it sends no e-mails. */
export function createLiteApp(config: LiteConfig): LiteApp {
  const options = {
    drivers: { email: new lite.InMemoryEmailDriver() },
    server: { apiKeys: false, disableStudio: true, disableFallback: true },
  };
  // lite's types require a whole connection and a whole configuration.
  return new lite.App({ ...config, options } as unknown as ConstructorParameters<typeof lite.App>[0]);
}

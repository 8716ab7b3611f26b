/**
 * The measured project: a new sandbox, or the project in OPENSLOT_BENCH_URL, OPENSLOT_BENCH_KEY (publishable) and
 * OPENSLOT_BENCH_DATABASE_URL. That project must have the migrations; OPENSLOT_BENCH_PROVIDER (default: the seed's
 * mira-lindqvist) must have open times and a service `consultation`. The bench only makes holds there, and releases them.
 */
import pg from 'pg';
import { startSandbox, type SandboxOptions } from '../../sandbox/index.ts';

export interface Target {
  readonly name: string;
  readonly url: string;
  /** Publishable key. */
  readonly key: string;
  readonly databaseUrl: string;
  /** Slug or id of the watched provider. */
  readonly provider: string;
  /** Connections with the project's own role. */
  readonly database: pg.Pool;
  stop(): Promise<void>;
}

export async function openTarget(options: SandboxOptions = {}): Promise<Target> {
  const { OPENSLOT_BENCH_URL: url, OPENSLOT_BENCH_KEY: key, OPENSLOT_BENCH_DATABASE_URL: databaseUrl } = process.env;
  const provider = process.env['OPENSLOT_BENCH_PROVIDER'] ?? 'mira-lindqvist';
  if (url && key && databaseUrl) {
    const database = openPool(databaseUrl);
    return { name: new URL(url).host, url, key, databaseUrl, provider, database, stop: () => database.end() };
  }
  const sandbox = await startSandbox(options);
  const database = openPool(sandbox.databaseUrl);
  return {
    name: 'sandbox',
    url: sandbox.url,
    key: sandbox.publishableKey,
    databaseUrl: sandbox.databaseUrl,
    provider,
    database,
    async stop() {
      await database.end();
      await sandbox.stop();
    },
  };
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 20 });
  // The pool replaces an idle connection that ends with its server; a busy one rejects its query.
  pool.on('error', () => undefined);
  return pool;
}

/**
 * `npm start`: the sandbox with the demo pages on one port, its data kept in .sandbox between starts.
 * What can be expected to go wrong ends in a sentence and exit code 1.
 */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { moveAside, untilUnused } from './cluster-folder.ts';
import { DataLock, DataLockedError } from './data-lock.ts';
import { readSources } from './database.ts';
import { buildDemo, BuildError, demoPages } from './demo.ts';
import {
  PortTakenError,
  PostgresError,
  SqlFileError,
  startSandbox,
  type Sandbox,
  type SandboxOptions,
} from './index.ts';
import { fingerprint, readFingerprint } from './template.ts';

const DEFAULT_PORT = 54321;
const DEFAULT_DATA = path.resolve(import.meta.dirname, '..', '.sandbox', 'data');

const USAGE = `npm start -- [flags]
  --port N    port on 127.0.0.1 (default ${DEFAULT_PORT}; 0 takes any free one)
  --data DIR  where the database is kept (default .sandbox/data)
  --reset     delete that database first
  --no-demo   the APIs only, without the demo pages
  --json      print one line of JSON when ready, for tools; everything else goes to standard error`;

/** Ends the start with a sentence for the person at the terminal. */
class StartError extends Error {}

interface Flags {
  port: number;
  data: string;
  reset: boolean;
  demo: boolean;
  json: boolean;
}

function readFlags(): Flags {
  try {
    const { values } = parseArgs({
      allowNegative: true,
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        data: { type: 'string', default: DEFAULT_DATA },
        reset: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: true },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) throw new StartError(USAGE);
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
      throw new StartError(`--port takes a number from 0 to 65535, not "${values.port}".`);
    }
    return { ...values, port: Number(values.port), data: path.resolve(values.data) };
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

/** Data of other migrations or another seed is of no use: nothing migrates it. */
async function dropOutdated(data: string, log: (line: string) => void): Promise<void> {
  const made = await readFingerprint(data);
  if (made === null || made === fingerprint(await readSources({ seed: true }))) return;
  log('Migrations or seed have changed since the database was made: making a new one.');
  await rm(data, { recursive: true, force: true });
}

/** Starts, and once more on a new database if the kept one turns out to be damaged. */
async function startKept(options: SandboxOptions & { dataDir: string }, log: (line: string) => void): Promise<Sandbox> {
  try {
    return await startSandbox(options);
  } catch (error) {
    const damaged =
      error instanceof pg.DatabaseError || (error instanceof PostgresError && error.code === 'data_corrupt');
    const aside = damaged ? await moveAside(options.dataDir) : null;
    if (!aside) throw error;
    log(`The database in ${options.dataDir} is damaged. It was moved to ${aside}; making a new one.`);
    return startSandbox(options);
  }
}

function explain(error: unknown, flags: Flags): string {
  if (error instanceof PortTakenError) {
    return `${error.message} Choose another: npm start -- --port ${error.port + 1}`;
  }
  if (error instanceof DataLockedError) {
    return `${error.message} Use that one, stop it with Ctrl-C, or start another with its own data: npm start -- --port 0 --data DIR`;
  }
  if (error instanceof PostgresError && error.code === 'data_in_use') {
    return `${error.message} Is the sandbox already running?`;
  }
  const expected = [StartError, BuildError, SqlFileError, PostgresError];
  if (error instanceof Error && expected.some((kind) => error instanceof kind)) return error.message;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC')
    return `Can't keep the database in ${flags.data}: ${message}`;
  return stack ?? message;
}

function report(sandbox: Sandbox, { demo, json }: Flags): void {
  const { url, publishableKey, secretKey, databaseUrl } = sandbox;
  if (json) {
    console.log(JSON.stringify({ demo: demo ? url : null, supabaseUrl: url, publishableKey, secretKey, databaseUrl }));
    return;
  }
  const lines = [
    ...(demo ? [`  Demo              ${url}/`, `                    ${url}/npm/`] : []),
    `  Supabase URL      ${url}`,
    `  Publishable key   ${publishableKey}`,
    `  Secret key        ${secretKey}`,
    `  Database          ${databaseUrl}`,
  ];
  console.log(`\nOpenslot's sandbox is running. Ctrl-C stops it.\n\n${lines.join('\n')}\n`);
}

/** Resolves at the first signal to end; a second one ends at once. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}

async function run(flags: Flags): Promise<void> {
  const log = flags.json ? console.error : console.log;
  const ending = untilSignal();
  await mkdir(path.dirname(flags.data), { recursive: true });
  const lock = await DataLock.take(flags.data);
  let sandbox: Sandbox | undefined;
  try {
    await untilUnused(flags.data);
    if (flags.reset) await rm(flags.data, { recursive: true, force: true });
    await dropOutdated(flags.data, log);
    const options = { port: flags.port, dataDir: flags.data, ...(flags.demo ? { routes: demoPages() } : {}) };
    const building = flags.demo ? buildDemo(log) : Promise.resolve();
    // Heard of below, after the start, which has to be undone then.
    building.catch(() => undefined);
    sandbox = await startKept(options, log);
    await building;
    // What the worker does every night: data that was kept for a while has no open times in the days since.
    await sandbox.query('select openslot.extend_horizon()');
    await lock.announce(sandbox.url);
    report(sandbox, flags);
    await ending;
  } finally {
    await sandbox?.stop();
    await lock.release();
  }
}

let flags: Flags | undefined;
try {
  flags = readFlags();
  await run(flags);
} catch (error) {
  console.error(flags ? explain(error, flags) : (error as Error).message);
  process.exitCode = 1;
}

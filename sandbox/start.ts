/**
 * `npm start`: the sandbox with the demo pages on one port, its data kept in .sandbox between starts, and the worker, whose
 * e-mails end in the demo's mailbox. `npm run dev`: the same with the SDK from src, and pages that reload after an edit.
 * What can be expected to go wrong ends in a sentence and exit code 1.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DataLock, DataLockedError } from './database/data-lock.ts';
import { buildDemo, BuildError } from './demo/demo.ts';
import { addDemoStaff, DEMO_PASSWORD } from './demo/staff.ts';
import { PortTakenError, PostgresError, SqlFileError, type Sandbox } from './index.ts';
import { dataDirOfCheckout, forgetKeptData, startOnKeptData } from './database/kept-data.ts';

const DEFAULT_PORT = 54321;

const USAGE = `npm start -- [flags]
  --port N    port on 127.0.0.1 (default ${DEFAULT_PORT}; 0 takes any free one)
  --data DIR  where the database is kept (default .sandbox/data)
  --reset     delete that database first
  --dev       pages load the SDK from src, and reload after an edit (npm run dev)
  --no-demo   the APIs only, without the demo pages, the worker and its mailbox
  --json      print one line of JSON when ready, for tools; everything else goes to standard error`;

/** Flags that make no sense. */
class UsageError extends Error {}

interface Flags {
  port: number;
  data: string | null;
  reset: boolean;
  demo: boolean;
  dev: boolean;
  json: boolean;
}

/** @returns `null` if only help was asked for */
function readFlags(): Flags | null {
  try {
    const { values } = parseArgs({
      allowNegative: true,
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        data: { type: 'string' },
        reset: { type: 'boolean', default: false },
        demo: { type: 'boolean', default: true },
        dev: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : NaN;
    if (!(port <= 65_535)) throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`);
    return values.help ? null : { ...values, port, data: values.data ? path.resolve(values.data) : null };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

async function run(flags: Flags): Promise<void> {
  const log = flags.json ? console.error : console.log;
  const ending = untilSignal();
  const dataDir = flags.data ?? (await dataDirOfCheckout(log));
  await mkdir(path.dirname(dataDir), { recursive: true });
  const lock = await DataLock.take(dataDir);
  const undo: (() => Promise<unknown>)[] = [];
  try {
    if (flags.reset) await forgetKeptData(dataDir, log);
    const building = flags.demo && !flags.dev ? buildDemo(log) : Promise.resolve();
    // Heard of below, after the start, which has to be undone then.
    building.catch(() => undefined);
    // Loaded only if it is wanted: it is as large as all the rest.
    const opening = flags.demo ? (await import('./demo/open-demo.ts')).openDemo : null;
    const demo = (await opening?.(`${dataDir}.vapid.json`, { dev: flags.dev })) ?? null;
    if (demo) undo.push(() => demo.stop());
    const options = { port: flags.port, dataDir, ...(demo && { routes: demo.routes, upgrades: demo.upgrades }) };
    const sandbox = await startOnKeptData(options, log);
    undo.push(() => sandbox.stop());
    await building;
    // What the worker does every night: data that was kept for a while has no open times in the days since.
    await sandbox.query('call openslot.extend_horizon()');
    if (demo) {
      await addDemoStaff(sandbox);
      const worker = await demo.startWorker(sandbox);
      undo.push(() => worker.stop(5_000));
    }
    await lock.announce(sandbox.url);
    report(sandbox, flags);
    await ending;
  } finally {
    for (const step of undo.reverse()) await step();
    await lock.release();
  }
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

function report(sandbox: Sandbox, { demo, json }: Flags): void {
  const { url, publishableKey, secretKey, databaseUrl } = sandbox;
  if (json) {
    const [page, mailbox] = demo ? [url, `${url}/mailbox/`] : [null, null];
    console.log(JSON.stringify({ demo: page, mailbox, supabaseUrl: url, publishableKey, secretKey, databaseUrl }));
    return;
  }
  const lines = [
    ...(demo
      ? [
          `  Demo              ${url}/`,
          `                    ${url}/npm/`,
          `  Desk              ${url}/desk/  (mira@northside.example, password ${DEMO_PASSWORD})`,
          `  Mailbox           ${url}/mailbox/`,
        ]
      : []),
    `  Supabase URL      ${url}`,
    `  Publishable key   ${publishableKey}`,
    `  Secret key        ${secretKey}`,
    `  Database          ${databaseUrl}`,
  ];
  console.log(`\nOpenslot's sandbox is running. Ctrl-C stops it.\n\n${lines.join('\n')}\n`);
}

/** A sentence for what is to be expected, a stack for what is not. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof PortTakenError) {
    return `${error.message} Choose another: npm start -- --port ${error.port + 1}`;
  }
  if (error instanceof DataLockedError) {
    return `${error.message} Use that one, stop it with Ctrl-C, or start another with its own data: npm start -- --port 0 --data DIR`;
  }
  if (error instanceof PostgresError && error.code === 'data_in_use') {
    return `${error.message} Is the sandbox already running?`;
  }
  const expected = [UsageError, BuildError, SqlFileError, PostgresError].some((kind) => error instanceof kind);
  const isFileSystem = 'code' in error && ['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(String(error.code));
  return expected || isFileSystem ? error.message : (error.stack ?? error.message);
}

try {
  const flags = readFlags();
  if (flags) await run(flags);
  else console.log(USAGE);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

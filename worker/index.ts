#!/usr/bin/env node
/**
 * `npm run worker`, or `node worker/index.ts`: sends Openslot's e-mails and push messages until SIGTERM or SIGINT. A second
 * signal ends the process immediately. docs/worker.md lists the environment variables and the commands for dead letters.
 */
import { ConfigError, readConfig, readDatabase } from './config.ts';
import { Database } from './database.ts';
import { describeDeadLetters, listDeadLetters, retryDeadLetters } from './dead-letters.ts';
import { createLog, errorCode } from './log.ts';
import { startWorker } from './worker.ts';

const USAGE = `npm run worker                  sends e-mail and web push until it is stopped
npm run worker -- dead          lists what was given up
npm run worker -- retry ID      puts one of those back
npm run worker -- retry --all   puts all of them back`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function main(args: readonly string[]): Promise<number> {
  const [command, subject] = args;
  if (command === undefined) return work();
  if (command === 'dead' && args.length === 1) {
    return withDatabase(async (database) => {
      print(describeDeadLetters(await listDeadLetters(database)));
      return 0;
    });
  }
  if (
    command === 'retry' &&
    args.length === 2 &&
    subject !== undefined &&
    (subject === '--all' || UUID.test(subject))
  ) {
    return withDatabase(async (database) => {
      const count = await retryDeadLetters(database, subject === '--all' ? null : subject);
      print(count === 1 ? 'Put 1 delivery back.' : `Put ${count} deliveries back.`);
      return count > 0 || subject === '--all' ? 0 : 1;
    });
  }
  complain(USAGE);
  return 2;
}

async function work(): Promise<number> {
  const { logLevel, ...config } = readConfig(process.env);
  const log = createLog(logLevel);
  // An unexpected error ends the process, and its supervisor restarts it. The log shows the code only: the text may hold
  // personal data.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error('worker_crashed', { code: errorCode(error) });
      process.exit(1);
    });
  }
  const ending = untilSignal();
  const worker = await startWorker({ ...config, log });
  await ending;
  await worker.stop();
  // Deliveries that stop() gave up waiting for must not keep the process alive.
  return process.exit(0);
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}

async function withDatabase(task: (database: Database) => Promise<number>): Promise<number> {
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const database = new Database({ url: readDatabase(process.env), connections: 1, log: silent });
  try {
    return await task(database);
  } finally {
    await database.close();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof ConfigError) complain(error.message);
  else complain(`The worker ended: ${errorCode(error)}`);
  process.exitCode = 1;
}

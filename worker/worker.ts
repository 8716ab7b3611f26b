import { Chores, schemaChores } from './chores.ts';
import type { WorkerConfig } from './config.ts';
import { Database } from './database.ts';
import { deliver } from './deliver.ts';
import { openEmail } from './email/transport.ts';
import { serveHttp } from './http.ts';
import type { Log } from './log.ts';
import { Metrics } from './metrics.ts';
import { Outbox } from './outbox.ts';
import { openPush } from './push/transport.ts';
import { Queue } from './queue.ts';
import { sweep } from './sweep.ts';

export interface WorkerOptions extends Omit<WorkerConfig, 'logLevel'> {
  readonly log: Log;
  /** Ms that a mail server or push service may be silent. Default: 20 s. */
  readonly sendTimeout?: number;
  /** Ms between two looks for jobs that are due for a retry. Default: 2 s. */
  readonly pollMs?: number;
  /** Ms between two sweeps of what killed workers left. Default: 10 s. */
  readonly sweepMs?: number;
  /** Whether push endpoints may be local and unencrypted; for tests. */
  readonly allowLocalPush?: boolean;
}

export interface Worker {
  /** Origin of `/health` and `/metrics`; null if the worker serves neither. */
  readonly url: string | null;
  /**
   * Takes no new jobs, and resolves once those under way are done, or after `patience` ms. The next worker does the rest.
   * @returns whether all of them were done
   */
  stop(patience?: number): Promise<boolean>;
}

const PATIENCE = 25_000;

/**
 * Starts a worker in this process. It starts even if the database can't be reached; it then retries and logs this. Any number
 * of workers may run beside each other.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { log, concurrency, maxAttempts, sendTimeout = 20_000 } = options;
  // Each message under way uses a connection; the queue listens on one and needs a few more.
  const database = new Database({ url: options.databaseUrl, connections: concurrency + 5, log });
  const metrics = new Metrics(database);
  const email = openEmail({
    smtpUrl: options.smtpUrl,
    sender: options.mailFrom,
    connections: concurrency,
    timeout: sendTimeout,
  });
  const push = openPush({
    vapid: options.vapid,
    timeout: sendTimeout,
    allowLocal: options.allowLocalPush ?? false,
  });
  const services = { database, email, push, metrics, log };
  const queue = new Queue({
    database,
    concurrency,
    maxAttempts,
    pollMs: options.pollMs ?? 2_000,
    deliver: (attempt) => deliver(services, attempt),
    log,
  });
  const outbox = new Outbox({ database, queue, maxAttempts, log });
  const sweeping = { name: 'sweep', everyMs: options.sweepMs ?? 10_000, run: () => sweep(database, queue, log) };
  // A crash may have left locked jobs: sweep at the start. If this fails, the chore repeats it.
  queue.onStart(() => void sweeping.run().catch(() => undefined));
  const chores = new Chores([...schemaChores(database), sweeping], database, log);
  const http = options.http ? await serveHttp(options.http, () => health(database, queue), metrics) : null;

  outbox.start();
  queue.start();
  chores.start();
  log.info('worker_started', { concurrency, push: options.vapid !== null });

  const finish = async (): Promise<void> => {
    await Promise.all([chores.stop(), outbox.stop(), queue.stop()]);
    email.close();
    await outbox.leave();
    await database.close();
  };
  return {
    url: http?.url ?? null,
    async stop(patience = PATIENCE) {
      log.info('worker_stopping');
      const done = await within(patience, finish());
      await http?.stop();
      log.info('worker_stopped', { everything_done: done });
      return done;
    },
  };
}

async function health(database: Database, queue: Queue): Promise<string | null> {
  const isThere = await within(
    3_000,
    database.query('select 1').catch(() => Promise.reject(new Error('unreachable'))),
  ).catch(() => false);
  if (!isThere) return 'database_unreachable';
  return queue.isRunning ? null : 'queue_not_running';
}

/** Whether `work` was done within `ms`. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

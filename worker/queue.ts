import { EventEmitter } from 'node:events';
import { Logger, run, type Runner, type WorkerEvents } from 'graphile-worker';
import type { Database } from './database.ts';
import type { Attempt } from './deliver.ts';
import { errorCode, type Log } from './log.ts';
import { backoff, pause } from './wait.ts';

/** The only kind of job in the queue. */
export const DELIVER = 'openslot_deliver';

/** SQL: the number of the advisory lock that a worker with this pool holds while it is alive. */
export function lockOfPool(poolId: string): string {
  return `hashtextextended('openslot worker ' || ${poolId}, 0)`;
}

export interface QueueOptions {
  readonly database: Database;
  readonly concurrency: number;
  readonly maxAttempts: number;
  /** Ms between two looks for jobs that are due for a retry. New jobs don't wait for it. */
  readonly pollMs: number;
  readonly deliver: (attempt: Attempt) => Promise<void>;
  readonly log: Log;
}

/** Runs graphile-worker, and restarts it when it ends, as it does when it loses the database at certain moments. */
export class Queue {
  readonly #options: QueueOptions;
  readonly #ending = new AbortController();
  readonly #listeners: ((poolId: string) => void)[] = [];
  #runner: Runner | null = null;
  #poolId: string | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#runner !== null;
  }

  /** The id that graphile-worker writes into the jobs that this process has locked. */
  get poolId(): string | null {
    return this.#poolId;
  }

  onStart(listener: (poolId: string) => void): void {
    this.#listeners.push(listener);
  }

  start(): void {
    this.#running = this.#supervise();
  }

  /** Takes no more jobs, and resolves once those under way are done. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#runner?.stop().catch(() => undefined);
    await this.#running;
  }

  async #supervise(): Promise<void> {
    const { database, log } = this.#options;
    const { signal } = this.#ending;
    let failures = 0;
    while (!this.#isEnding()) {
      try {
        await this.#expectSchema();
        const runner = await database.watch(() => this.#run());
        failures = 0;
        this.#runner = runner;
        log.info('queue_started');
        if (this.#isEnding()) await runner.stop().catch(() => undefined);
        for (const listener of this.#listeners) if (this.#poolId) listener(this.#poolId);
        await runner.promise;
      } catch (error) {
        failures++;
        const code = error instanceof SchemaMissingError ? 'migrations_not_applied' : errorCode(error);
        if (!this.#isEnding()) log.error('queue_down', { code });
      }
      this.#runner = null;
      if (!this.#isEnding()) await pause(backoff(Math.max(1, failures)), signal);
    }
  }

  #isEnding(): boolean {
    return this.#ending.signal.aborted;
  }

  async #expectSchema(): Promise<void> {
    const [row] = await this.#options.database.query<{ exists: boolean }>(
      "select to_regclass('openslot.deliveries') is not null as exists",
    );
    if (!row?.exists) throw new SchemaMissingError();
  }

  #run(): Promise<Runner> {
    const { database, concurrency, pollMs, deliver, log } = this.#options;
    const events = new EventEmitter() as WorkerEvents;
    events.on('pool:create', ({ workerPool }) => (this.#poolId = workerPool.id));
    return run({
      pgPool: database.pool,
      concurrency,
      pollInterval: pollMs,
      noHandleSignals: true,
      events,
      logger: quietLogger(log),
      parsedCronItems: [],
      // graphile-worker handles a failed write of a job's result only in its batch mode, so batch without delay.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      taskList: {
        [DELIVER]: async (payload, { job }) => {
          const { delivery: id } = payload as { delivery: string };
          await deliver({ id, number: job.attempts, isLast: job.attempts >= job.max_attempts });
        },
      },
    });
  }
}

class SchemaMissingError extends Error {}

/** Logs the levels only: deliver() logs failed jobs itself, and the library's sentences may quote personal data. */
function quietLogger(log: Log): Logger {
  return new Logger(() => (level, _message, meta) => {
    if (level !== 'error' || meta['failure']) return;
    log.warn('queue_trouble', { code: errorCode(meta['error']) });
  });
}

import type pg from 'pg';
import type { Database } from './database.ts';
import { errorCode, type Log } from './log.ts';
import { DELIVER, type Queue, lockOfPool } from './queue.ts';
import { backoff, pause } from './wait.ts';

const BATCH = 500;
/** If the connection is lost, NOTIFY messages are lost with it: then the outbox looks after this long. */
const LOOK_MS = 5_000;

/**
 * Moves the deliveries that transactions wrote into openslot.deliveries into the queue. NOTIFY wakes the outbox; it also
 * looks at intervals. One statement marks the rows and queues their jobs, so a crash never leaves a marked row without a job.
 *
 * The connection that listens also holds the lock by which other workers see that this one is alive.
 */
export class Outbox {
  readonly #database: Database;
  readonly #queue: Queue;
  readonly #maxAttempts: number;
  readonly #log: Log;
  readonly #ending = new AbortController();
  #client: pg.Client | null = null;
  #wake: (() => void) | null = null;
  #isWoken = false;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: { database: Database; queue: Queue; maxAttempts: number; log: Log }) {
    this.#database = options.database;
    this.#queue = options.queue;
    this.#maxAttempts = options.maxAttempts;
    this.#log = options.log;
  }

  start(): void {
    this.#queue.onStart((poolId) => {
      this.#showAlive(poolId);
      this.#nudge();
    });
    this.#running = Promise.all([this.#listen(), this.#move()]);
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    this.#nudge();
    await this.#running;
  }

  /** Closes the connection, and with it the lock, last: this worker counts as alive as long as it has jobs. */
  async leave(): Promise<void> {
    await this.#client?.end().catch(() => undefined);
  }

  async #move(): Promise<void> {
    while (!this.#isEnding()) {
      this.#isWoken = false;
      let moved = 0;
      if (this.#queue.isRunning) {
        try {
          moved = await this.#moveBatch();
          if (moved > 0) this.#log.debug('queued', { deliveries: moved });
        } catch (error) {
          if (this.#database.reachable) this.#log.warn('queueing_failed', { code: errorCode(error) });
        }
      }
      if (moved < BATCH) await this.#sleep();
    }
  }

  async #moveBatch(): Promise<number> {
    const rows = await this.#database.query(
      `with claimed as (
         select id from openslot.deliveries where state = 'pending' order by created_at limit $1 for update skip locked
       ),
       queued as (
         update openslot.deliveries set state = 'queued', queued_at = clock_timestamp()
         where id in (select id from claimed) returning id
       ),
       jobs as (
         select array_agg(row($2, json_build_object('delivery', id), null, null, $3, id::text, null, null)::graphile_worker.job_spec) as specs
         from queued having count(*) > 0
       )
       select job.id from jobs cross join lateral graphile_worker.add_jobs(jobs.specs) as job`,
      [BATCH, DELIVER, this.#maxAttempts],
    );
    return rows.length;
  }

  #isEnding(): boolean {
    return this.#ending.signal.aborted;
  }

  #nudge(): void {
    this.#isWoken = true;
    this.#wake?.();
  }

  /** Waits until there may be deliveries to move. Returns at once if it was woken since the latest look. */
  async #sleep(): Promise<void> {
    if (this.#isWoken) return;
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    await pause(LOOK_MS, woken.signal);
    this.#wake = null;
  }

  async #listen(): Promise<void> {
    const { signal } = this.#ending;
    let failures = 0;
    while (!this.#isEnding()) {
      const client = this.#database.client();
      const lost = new Promise<void>((resolve) => {
        client.on('error', () => resolve());
        client.on('end', () => resolve());
      });
      client.on('notification', () => this.#nudge());
      try {
        await this.#database.watch(() => client.connect());
        await client.query('listen openslot_deliveries');
        this.#client = client;
        failures = 0;
        if (this.#queue.poolId) this.#showAlive(this.#queue.poolId);
        // Notifications that were sent while no connection listened are lost, so look once.
        this.#nudge();
        await Promise.race([lost, ended(signal)]);
      } catch {
        failures++;
      }
      if (this.#isEnding()) return;
      this.#client = null;
      await client.end().catch(() => undefined);
      await pause(backoff(Math.max(1, failures)), signal);
    }
  }

  /** Locks the number of this pool, and frees the number of the pool that ran before. */
  #showAlive(poolId: string): void {
    // If a query fails, the connection has ended; the next connection calls this again.
    const ignore = (): void => undefined;
    this.#client?.query('select pg_advisory_unlock_all()').catch(ignore);
    this.#client?.query(`select pg_try_advisory_lock(${lockOfPool('$1')})`, [poolId]).catch(ignore);
  }
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

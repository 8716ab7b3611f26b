import type pg from 'pg';
import type { Database } from './database.ts';
import { errorCode, type Log } from './log.ts';
import { DELIVER, type Queue, lockOfPool } from './queue.ts';
import { backoff, pause } from './wait.ts';

const BATCH = 500;
/** A notification may be lost with its connection: then this long. */
const LOOK_MS = 5_000;

/**
 * Moves what transactions have left in openslot.deliveries into the queue: woken by NOTIFY, and now and then by itself.
 * Marking and queueing are one statement, so there is no row that is marked without its job, however it ends.
 *
 * The connection that listens also holds the lock that shows other workers that this one is alive.
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

  /** Ends last: as long as jobs are in hand, their worker is alive. */
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

  /** Until there is something to do: not at all if that was told since the last look. */
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
        // What was told while nobody listened.
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

  /** From now on that pool is alive, and whichever was there before it is not. */
  #showAlive(poolId: string): void {
    // If it fails the connection has ended, and the next one does it.
    const ignore = (): void => undefined;
    this.#client?.query('select pg_advisory_unlock_all()').catch(ignore);
    this.#client?.query(`select pg_try_advisory_lock(${lockOfPool('$1')})`, [poolId]).catch(ignore);
  }
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

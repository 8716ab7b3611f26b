import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from './database.ts';

export type Outcome = 'sent' | 'skipped' | 'failed' | 'dead';

/** Counts this process's deliveries, and reads at each scrape how many wait in the database. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #outcomes: Counter<'channel' | 'outcome'>;
  readonly #seconds: Histogram<'channel'>;
  readonly #waiting: Gauge<'state'>;
  readonly #lag: Gauge;
  readonly #database: Database;

  constructor(database: Database) {
    const registers = [this.#registry];
    this.#database = database;
    this.#outcomes = new Counter({
      name: 'openslot_deliveries_total',
      help: 'Attempts of this process by what became of them.',
      labelNames: ['channel', 'outcome'],
      registers,
    });
    for (const channel of ['email', 'push']) {
      for (const outcome of ['sent', 'skipped', 'failed', 'dead']) this.#outcomes.inc({ channel, outcome }, 0);
    }
    this.#seconds = new Histogram({
      name: 'openslot_send_seconds',
      help: 'How long the mail server or push service took.',
      labelNames: ['channel'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    this.#waiting = new Gauge({
      name: 'openslot_deliveries',
      help: 'Deliveries in the database: pending and queued ones will be sent, dead ones wait for an operator.',
      labelNames: ['state'],
      registers,
    });
    this.#lag = new Gauge({
      name: 'openslot_queue_lag_seconds',
      help: 'Age of the oldest delivery that is still to be sent.',
      registers,
    });
  }

  count(channel: 'email' | 'push', outcome: Outcome): void {
    this.#outcomes.inc({ channel, outcome });
  }

  /** @returns a function to call when the sending has ended */
  startSending(channel: 'email' | 'push'): () => void {
    return this.#seconds.startTimer({ channel });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Rejects when the database can't be queried. */
  async text(): Promise<string> {
    const states = await readStates(this.#database);
    for (const state of ['pending', 'queued', 'dead']) {
      this.#waiting.set({ state }, states.find((row) => row.state === state)?.count ?? 0);
    }
    this.#lag.set(Math.max(0, ...states.filter(({ state }) => state !== 'dead').map(({ age }) => age)));
    return this.#registry.metrics();
  }
}

function readStates(database: Database): Promise<{ state: string; count: number; age: number }[]> {
  return database.query(
    `select state, count(*)::integer as count, extract(epoch from clock_timestamp() - min(created_at))::float8 as age
     from openslot.deliveries where state in ('pending', 'queued', 'dead') group by state`,
  );
}

import { createHash } from 'node:crypto';
import pg from 'pg';
import { receiversOf, type Audience } from './change-audience.ts';
import {
  BindingError,
  describeBinding,
  parseBinding,
  selectionOf,
  wantsChange,
  type Binding,
} from './change-bindings.ts';
import type { Clock, Timer } from './clock.ts';
import { DatabaseUnavailable, type Database } from './database.ts';
import type { FaultSwitches } from './faults.ts';
import { messageFrame, RawJson, type Frame } from './frames.ts';
import { canonicalJson, type JsonObject } from './json.ts';
import type { ServerLimits } from './limits.ts';
import type { Timings } from './options.ts';
import type { RowChange } from './pgoutput.ts';
import type { Claims } from './tokens.ts';

/** A channel that subscribes to table changes. */
export interface ChangesSubscriber {
  readonly topicName: string;
  readonly isOpen: boolean;
  receive(frame: Frame): void;
  /** The server ended the subscription; the channel must renew it. */
  resubscribe(): void;
}

interface Subscription extends Audience {
  subscriber: ChangesSubscriber;
  id: number;
}

interface ChangesOptions {
  database: Database;
  clock: Clock;
  timings: Timings;
  limits: ServerLimits;
  faults: FaultSwitches;
}

/** The real server's names for the errors that the check of a binding can return. */
const ERROR_NAMES: Record<string, string> = {
  '22003': 'numeric_value_out_of_range',
  '22007': 'invalid_datetime_format',
  '22008': 'datetime_field_overflow',
  '22P02': 'invalid_text_representation',
  '42704': 'undefined_object',
  P0001: 'raise_exception',
};

/** The number that names a binding in the join reply and in each change: equal parameters give equal numbers. */
export function bindingId(params: JsonObject): number {
  return createHash('sha256').update(canonicalJson(params)).digest().readUInt32BE() % 2 ** 27;
}

/**
 * Sends changed rows to their subscribers: in batches at a fixed interval, as the real server polls. A subscriber receives
 * only the rows and columns that its filters and the database's row level security and column privileges allow at that
 * moment.
 */
export class PostgresChanges {
  #database: Database;
  #clock: Clock;
  #timings: Timings;
  #limits: ServerLimits;
  #faults: FaultSwitches;
  #subscriptions = new Map<ChangesSubscriber, Subscription[]>();
  #queue: RowChange[] = [];
  #poll: Timer | null = null;
  #delivering: Promise<void> = Promise.resolve();
  #publicationCheck: Timer | null = null;
  #publication = '';

  constructor({ database, clock, timings, limits, faults }: ChangesOptions) {
    this.#database = database;
    this.#clock = clock;
    this.#timings = timings;
    this.#limits = limits;
    this.#faults = faults;
  }

  async start(): Promise<void> {
    this.#publication = await this.#readPublication();
    this.#checkPublicationLater();
  }

  async stop(): Promise<void> {
    this.#poll?.cancel();
    this.#publicationCheck?.cancel();
    await this.#delivering;
  }

  /**
   * Subscribes to all bindings or none, in place of the subscriber's earlier bindings.
   * @throws {BindingError} @throws {DatabaseUnavailable}
   */
  async subscribe(subscriber: ChangesSubscriber, bindings: JsonObject[], claims: Claims): Promise<void> {
    const subscriptions = bindings.map((params) => ({
      subscriber,
      id: bindingId(params),
      binding: parseBinding(params),
      claims,
    }));
    for (const { binding } of subscriptions) await this.#check(binding, claims);
    if (subscriber.isOpen) this.#subscriptions.set(subscriber, subscriptions);
  }

  unsubscribe(subscriber: ChangesSubscriber): void {
    this.#subscriptions.delete(subscriber);
  }

  /**
   * Ends all subscriptions. Each channel renews its own a moment later, with the same message as at first; changes in between
   * are lost.
   */
  renewSubscriptions(): void {
    const subscribers = [...this.#subscriptions.keys()];
    this.#subscriptions.clear();
    for (const subscriber of subscribers) subscriber.resubscribe();
  }

  enqueue(change: RowChange): void {
    if (this.#subscriptions.size === 0 || this.#faults.losesMessage()) return;
    this.#queue.push(change);
    const { changesPoll } = this.#timings;
    this.#poll ??= this.#clock.after(changesPoll - (this.#clock.now() % changesPoll), () => {
      this.#poll = null;
      const batch = this.#queue.splice(0);
      this.#delivering = this.#delivering.then(() => this.#deliverAll(batch));
    });
  }

  async #check(binding: Binding, { role }: Claims): Promise<void> {
    const { schema, table, filters, select } = binding;
    try {
      const tables = await this.#database.query(
        `select _realtime.check_binding(format('%I.%I', schemaname, tablename)::regclass, $5, $3, $4)
         from pg_publication_tables
         where pubname = 'supabase_realtime' and $1::text in (schemaname, '*') and $2::text in (tablename, '*')`,
        [schema, table, JSON.stringify(filters), select, role],
      );
      if (tables.length > 0) return;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      const { code = '', message } = error;
      throw new BindingError(
        'Unable to subscribe to changes with given parameters. An exception happened so please check your connect ' +
          `parameters: ${describeBinding(binding)}. Exception: ERROR ${code} (${ERROR_NAMES[code] ?? ''}) ${message}`,
      );
    }
    throw new BindingError(
      'Unable to subscribe to changes with given parameters. Please check Realtime is enabled for the given connect ' +
        `parameters: ${describeBinding(binding)}`,
    );
  }

  async #deliverAll(batch: RowChange[]): Promise<void> {
    if (this.#limits.tableChanges.isExceeded()) {
      this.#faults.lost.overLimit += batch.length;
      return;
    }
    let ended: number | null = null;
    for (const change of batch) {
      try {
        if (change.transaction !== ended) await this.#waitForEnd(change.transaction);
        ended = change.transaction;
        await this.#deliver(change);
      } catch (error) {
        // The change is lost without a message, as all changes are while the database is away or after the table was dropped.
        if (!(error instanceof DatabaseUnavailable || error instanceof pg.DatabaseError)) throw error;
      }
    }
  }

  /** Row level security finds the row only after the transaction has ended. */
  async #waitForEnd(transaction: number): Promise<void> {
    const hasEnded = (): Promise<unknown[]> =>
      this.#database.query('select from _realtime.has_ended($1) ended where ended', [transaction]);
    while ((await hasEnded()).length === 0);
  }

  async #deliver(change: RowChange): Promise<void> {
    const wanting = [...this.#subscriptions.values()].flat().filter(({ binding }) => wantsChange(binding, change));
    // Bindings that select all columns come first.
    wanting.sort((a, b) => selectionOf(a.binding).localeCompare(selectionOf(b.binding)));
    const receivers = await receiversOf(this.#database, change, wanting);
    this.#limits.tableChanges.count(receivers.length);
    // One message for all bindings of a subscriber that show the same data of the row.
    const matches = new Map<ChangesSubscriber, Map<string, number[]>>();
    for (const [{ subscriber, id }, data] of receivers) {
      const idsByData = matches.get(subscriber) ?? new Map<string, number[]>();
      matches.set(subscriber, idsByData.set(data, [...(idsByData.get(data) ?? []), id]));
    }
    const frames = new Map<string, Frame>();
    for (const [subscriber, idsByData] of matches) {
      for (const [data, ids] of idsByData) {
        const payload = `{"data":${data},"ids":${JSON.stringify(ids)}}`;
        const key = `${subscriber.topicName} ${payload}`;
        const frame = frames.get(key) ?? changeFrame(subscriber.topicName, payload);
        frames.set(key, frame);
        if (subscriber.isOpen) subscriber.receive(frame);
      }
    }
  }

  #checkPublicationLater(): void {
    this.#publicationCheck = this.#clock.after(this.#timings.publicationCheck, () => {
      this.#checkPublicationLater();
      void this.#readPublication().then((publication) => {
        if (publication === this.#publication) return;
        this.#publication = publication;
        this.renewSubscriptions();
      }, ignoreUnavailable);
    });
  }

  async #readPublication(): Promise<string> {
    const tables = await this.#database.query(
      `select schemaname, tablename from pg_publication_tables where pubname = 'supabase_realtime' order by 1, 2`,
    );
    return JSON.stringify(tables);
  }
}

function changeFrame(topic: string, payload: string): Frame {
  return messageFrame({ topic, event: 'postgres_changes', payload: new RawJson(payload) });
}

function ignoreUnavailable(error: unknown): void {
  if (!(error instanceof DatabaseUnavailable)) throw error;
}

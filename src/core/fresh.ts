/**
 * Keeps something that is fetched whole as the database has it: fetched again at each signal, each join, whenever
 * somebody looks again, and now and then. Knows nothing of what it is; the calendar, which is told changes one by one, has
 * its own way in `sync.ts`.
 */
import type { Backend, ChannelHandlers, LiveConnection, Unsubscribe } from './backend.ts';
import { backoff, type Clock } from './clock.ts';
import { OpenslotError, toOpenslotError } from './errors.ts';
import { keepChannel } from './keep-channel.ts';
import type { Page } from './page.ts';
import { Plan, type Range } from './plan.ts';
import { ServerClock } from './server-clock.ts';
import type { Connection } from './state.ts';

/** Of several topics one after the other. */
const AFTER_JOIN: Range = [0, 300];
/** Several signals of one moment are one reason to ask. */
const AFTER_SIGNAL: Range = [50, 250];
const AFTER_REJOIN: Range = [0, 3_000];
const AFTER_WAKE: Range = [0, 1_000];
const AFTER_LOSS: Range = [3_000, 12_000];
const POLL: Range = [10_000, 20_000];
/** A database that restarted has lost signals without anybody being told. */
const CHECK: Range = [60_000, 120_000];
/** For failures that waiting doesn't mend, in case somebody does. */
const HOPE: Range = [120_000, 300_000];
const RETRY_FLOOR_MS = 500;
const RETRY_BASE_MS = 4_000;
const RETRY_CAP_MS = 60_000;
const PROOF_MS = 3_000;

/** Joins what tells of changes, and says how that went. */
export type Join = (live: LiveConnection, status: ChannelHandlers['status']) => Unsubscribe;

export interface FreshOptions {
  readonly backend: Pick<Backend, 'connect'>;
  readonly clock: Clock;
  readonly page: Page;
  /** Listen for signals, rather than only ask now and then. */
  readonly live: boolean;
  /** Fetches it, and may call `follow`. */
  fetch(signal: AbortSignal): Promise<{ readonly server_time: string }>;
  /** Called after every change of what the getters tell. */
  changed(): void;
  /** Called when something may have been missed: a channel was joined or lost, or the machine slept. */
  doubted?(): void;
}

/** Runs from its construction until `stop`, once. */
export class Fresh {
  /** Epoch ms of this machine at which it was last known to be the database's. */
  freshAt: number | null = null;
  readonly serverClock = new ServerClock();

  readonly #options: FreshOptions;
  readonly #live: LiveConnection | null;
  readonly #leave: Unsubscribe[];
  readonly #ending = new AbortController();
  readonly #plan: Plan;
  readonly #waking: Plan;
  /** By name: how to leave it. */
  readonly #channels = new Map<string, Unsubscribe>();
  readonly #joined = new Set<string>();
  #fetching: Promise<void> | null = null;
  #fetchAgain = false;
  #failures = 0;
  #failure: OpenslotError | null = null;
  #refusal: OpenslotError | null = null;
  /** Counts joins, to tell whether anything was fetched since the latest. */
  #joins = 0;
  #joinsFetched = 0;
  /** A fetch succeeded while signals weren't coming. */
  #polled = false;

  constructor(options: FreshOptions) {
    this.#options = options;
    const { backend, clock, page, live } = options;
    // A hidden page fetches when it is looked at again.
    this.#plan = new Plan(clock, (slept) => {
      if (!page.hidden) void (slept ? this.refresh() : this.refetch());
    });
    this.#waking = new Plan(clock, () => void this.refresh());
    this.#leave = [page.onWake(() => this.#wake())];
    this.#live = live ? backend.connect() : null;
    void this.refetch();
  }

  /** Why the last fetch failed, or signals can't be heard; null once that is over. */
  get error(): OpenslotError | null {
    return this.#failure ?? this.#refusal;
  }

  /** Everything that is followed is joined. */
  get hearsAll(): boolean {
    return this.#channels.size > 0 && this.#joined.size === this.#channels.size;
  }

  get connection(): Connection {
    if (!this.#options.page.online || this.#failure?.transient) return 'offline';
    if (this.hearsAll && this.#joins === this.#joinsFetched) return 'live';
    return this.#polled ? 'polling' : 'connecting';
  }

  stop(): void {
    this.#ending.abort();
    this.#plan.cancel();
    this.#waking.cancel();
    this.follow(new Map());
    for (const leave of this.#leave.splice(0)) leave();
    this.#live?.close();
  }

  /** Listens to these, by names of their own, and to nothing else any more. Joins what it isn't joined to. */
  follow(joins: ReadonlyMap<string, Join>): void {
    for (const [name, leave] of this.#channels) {
      if (joins.has(name)) continue;
      leave();
      this.#channels.delete(name);
      this.#joined.delete(name);
    }
    for (const [name, join] of joins) {
      if (this.#live && !this.#channels.has(name)) this.#channels.set(name, this.#join(this.#live, name, join));
    }
  }

  /** Something was heard: fetches soon. */
  soon(): void {
    this.#plan.within(AFTER_SIGNAL);
  }

  /** Something else that was asked of the project failed with this. */
  fail(error: OpenslotError): void {
    this.#failure = error;
    this.#plan.within(AFTER_LOSS);
  }

  /** Proves the connection alive, or replaces it, and fetches. Never rejects; `error` tells. */
  async refresh(): Promise<void> {
    this.#options.doubted?.();
    const proof = this.#live?.prove(PROOF_MS).catch(() => undefined);
    await Promise.all([proof, this.refetch()]);
  }

  /** Fetches, after the fetch under way if there is one. Never rejects; `error` tells. */
  refetch(): Promise<void> {
    this.#plan.cancel();
    if (this.#fetching) this.#fetchAgain = true;
    this.#fetching ??= this.#fetchUntilCurrent();
    return this.#fetching;
  }

  async #fetchUntilCurrent(): Promise<void> {
    const { signal } = this.#ending;
    await this.#fetchOnce(signal);
    if (!signal.aborted) {
      this.#options.changed();
      if (this.#fetchAgain) {
        this.#fetchAgain = false;
        return this.#fetchUntilCurrent();
      }
    }
    // In one go with the plan, so that nobody who asks meanwhile is taken for asking during the fetch.
    this.#fetching = null;
    if (!signal.aborted) this.#planNext();
  }

  async #fetchOnce(signal: AbortSignal): Promise<void> {
    const { clock, fetch } = this.#options;
    const joins = this.#joins;
    const sentAt = clock.now();
    try {
      const { server_time } = await fetch(signal);
      if (signal.aborted) return;
      this.#polled ||= !this.hearsAll && (this.freshAt !== null || !this.#live);
      this.freshAt = clock.now();
      this.serverClock.learn(server_time, sentAt, this.freshAt);
      this.#failure = null;
      this.#failures = 0;
      this.#joinsFetched = joins;
    } catch (error) {
      if (signal.aborted) return;
      this.#failures++;
      this.#failure = toOpenslotError(error);
    }
  }

  #join(live: LiveConnection, name: string, join: Join): Unsubscribe {
    let isFirst = true;
    return keepChannel(
      this.#options.clock,
      (status) => join(live, status),
      (status, error) => {
        if (status === 'joined') {
          this.#joined.add(name);
          this.#joins++;
          this.#refusal = null;
          // A first join is this tab's alone; a rejoin is everybody's around us at the same time.
          this.#plan.within(isFirst ? AFTER_JOIN : AFTER_REJOIN);
          isFirst = false;
        } else {
          if (this.#joined.delete(name)) this.#polled = false;
          if (status === 'closed') this.#refusal = new OpenslotError('realtime_refused', undefined, { cause: error });
          this.#plan.within(AFTER_LOSS);
        }
        this.#options.doubted?.();
        this.#options.changed();
      },
    );
  }

  #wake(): void {
    this.#options.changed();
    if (this.#options.page.online) this.#waking.within(AFTER_WAKE);
  }

  #planNext(): void {
    const { clock } = this.#options;
    if (this.#failure?.code === 'rate_limited') {
      const wait = Number(this.#failure.detail['retry_after_seconds']) * 1_000 || RETRY_CAP_MS;
      this.#plan.within([wait, wait * 1.5]);
    } else if (this.#failure?.transient) {
      const wait = RETRY_FLOOR_MS + backoff(clock, this.#failures - 1, RETRY_BASE_MS, RETRY_CAP_MS);
      this.#plan.within([wait, wait]);
    } else if (this.#failure) {
      this.#plan.within(HOPE);
    } else if (this.connection === 'live') {
      this.#plan.within(CHECK);
    } else {
      this.#plan.within(this.#polled ? POLL : AFTER_LOSS);
    }
  }
}

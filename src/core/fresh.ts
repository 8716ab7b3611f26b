/**
 * Keeps something small that is fetched whole as the database has it: fetched again at each signal, each join, whenever
 * somebody looks again, and now and then. Knows nothing of what it is; the calendar, which is told changes one by one, has
 * its own way in `sync.ts`.
 */
import type { Backend, ChannelStatus, LiveConnection, Unsubscribe } from './backend.ts';
import { backoff, type Clock } from './clock.ts';
import { type OpenslotError, toOpenslotError } from './errors.ts';
import { keepChannel } from './keep-channel.ts';
import type { Page } from './page.ts';
import { Plan, type Range } from './plan.ts';
import { ServerClock } from './server-clock.ts';
import type { Connection } from './state.ts';

const AT_ONCE: Range = [0, 0];
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

export interface FreshOptions {
  readonly backend: Pick<Backend, 'connect'>;
  readonly clock: Clock;
  readonly page: Page;
  /** Listen for signals, rather than only ask now and then. */
  readonly live: boolean;
  /** Fetches it; the topic is the one on which changes of it are signalled. */
  fetch(signal: AbortSignal): Promise<{ readonly server_time: string; readonly topic: string }>;
  /** Called after every change of what the getters tell. */
  changed(): void;
}

/** Runs from its construction until `stop`, once. */
export class Fresh {
  /** Why the last fetch failed; null once one succeeded. */
  error: OpenslotError | null = null;
  /** Epoch ms of this machine at which it was last known to be the database's. */
  freshAt: number | null = null;
  readonly serverClock = new ServerClock();

  readonly #options: FreshOptions;
  readonly #live: LiveConnection | null;
  readonly #leave: Unsubscribe[];
  readonly #ending = new AbortController();
  readonly #plan: Plan;
  readonly #waking: Plan;
  #topic: string | null = null;
  #leaveTopic: Unsubscribe = () => undefined;
  #fetching: Promise<void> | null = null;
  #fetchAgain = false;
  #failures = 0;
  #joined = false;
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

  get connection(): Connection {
    if (!this.#options.page.online || this.error?.transient) return 'offline';
    if (this.#joined && this.#joins === this.#joinsFetched) return 'live';
    return this.#polled ? 'polling' : 'connecting';
  }

  stop(): void {
    this.#ending.abort();
    this.#plan.cancel();
    this.#waking.cancel();
    this.#leaveTopic();
    for (const leave of this.#leave.splice(0)) leave();
    this.#live?.close();
  }

  /** Proves the connection alive, or replaces it, and fetches. Never rejects; `error` tells. */
  async refresh(): Promise<void> {
    const proof = this.#live?.prove(PROOF_MS).catch(() => undefined);
    await Promise.all([proof, this.refetch()]);
  }

  /** Fetches, after the fetch under way if there is one. Never rejects; `error` tells. */
  refetch(): Promise<void> {
    this.#plan.cancel();
    if (this.#fetching) this.#fetchAgain = true;
    this.#fetching ??= this.#fetchUntilCurrent().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async #fetchUntilCurrent(): Promise<void> {
    await this.#fetchOnce(this.#ending.signal);
    if (this.#ending.signal.aborted) return;
    this.#options.changed();
    if (this.#fetchAgain) {
      this.#fetchAgain = false;
      await this.#fetchUntilCurrent();
    } else {
      this.#planNext();
    }
  }

  async #fetchOnce(signal: AbortSignal): Promise<void> {
    const { clock, fetch } = this.#options;
    const joins = this.#joins;
    const sentAt = clock.now();
    try {
      const { server_time, topic } = await fetch(signal);
      if (signal.aborted) return;
      this.freshAt = clock.now();
      this.serverClock.learn(server_time, sentAt, this.freshAt);
      this.#polled ||= !this.#joined && (this.#topic !== null || !this.#live);
      this.error = null;
      this.#failures = 0;
      this.#joinsFetched = joins;
      this.#listen(topic);
    } catch (error) {
      if (signal.aborted) return;
      this.#failures++;
      this.error = toOpenslotError(error);
    }
  }

  #listen(topic: string): void {
    const live = this.#live;
    if (!live || topic === this.#topic) return;
    this.#leaveTopic();
    this.#topic = topic;
    const signal = () => this.#plan.within(AFTER_SIGNAL);
    this.#leaveTopic = keepChannel(
      this.#options.clock,
      (status) => live.signals(topic, { status, signal }),
      (status) => this.#heard(status),
    );
  }

  #heard(status: ChannelStatus): void {
    const wasJoined = this.#joined;
    this.#joined = status === 'joined';
    if (wasJoined && !this.#joined) this.#polled = false;
    if (this.#joined) this.#plan.within(this.#joins++ === 0 ? AT_ONCE : AFTER_REJOIN);
    else this.#plan.within(AFTER_LOSS);
    this.#options.changed();
  }

  #wake(): void {
    this.#options.changed();
    if (this.#options.page.online) this.#waking.within(AFTER_WAKE);
  }

  #planNext(): void {
    const { clock } = this.#options;
    if (this.error?.code === 'rate_limited') {
      const wait = Number(this.error.detail['retry_after_seconds']) * 1_000 || RETRY_CAP_MS;
      this.#plan.within([wait, wait * 1.5]);
    } else if (this.error?.transient) {
      const wait = RETRY_FLOOR_MS + backoff(clock, this.#failures - 1, RETRY_BASE_MS, RETRY_CAP_MS);
      this.#plan.within([wait, wait]);
    } else if (this.error) {
      this.#plan.within(HOPE);
    } else if (this.connection === 'live') {
      this.#plan.within(CHECK);
    } else {
      this.#plan.within(this.#polled ? POLL : AFTER_LOSS);
    }
  }
}

/**
 * Keeps something that is fetched from the project equal to the database: it fetches after each signal, each join and each
 * wake of the page, and again and again in between, to check that messages leave nothing out. Knows nothing of what it
 * fetches.
 */
import type { LiveConnection, Unsubscribe } from '../realtime/types.ts';
import type { Clock } from '../time/clock.ts';
import { OpenslotError, toOpenslotError } from '../errors.ts';
import { FollowedTopics, type Join, type TopicChange } from './followed-topics.ts';
import { LiveCheck } from './live-check.ts';
import type { Page } from './page.ts';
import { Plan, type Range } from '../time/scheduled-task.ts';
import { retryRange } from './retry-range.ts';
import { ServerClock } from '../time/server-clock.ts';

/** One fetch serves several topics that are joined together. */
const AFTER_JOIN: Range = [0, 300];
/** One fetch serves several signals of one moment. */
const AFTER_SIGNAL: Range = [10, 100];
const AFTER_REJOIN: Range = [0, 3_000];
const AFTER_WAKE: Range = [0, 1_000];
const AFTER_LOSS: Range = [3_000, 12_000];
/** Seconds from one check to the next, on average, unless the server asks for more because of the crowd. */
const CHECK_SECONDS = 15;
/** Checks come so much quicker while messages are doubted. */
const QUICKER = 3;
const PROOF_MS = 3_000;

/** How the shown state is kept fresh. `live` while messages arrive; `polling` while they don't but the project answers. */
export type Connection = 'connecting' | 'live' | 'polling' | 'offline';

export interface FetchRequest {
  readonly signal: AbortSignal;
  /** Seconds between two checks of this caller, if this fetch is a check that nothing but time caused; else null. */
  readonly checkSeconds: number | null;
}

export interface Fetched {
  /** ISO instant at which the database answered. */
  readonly serverTime: string;
  /** It differs from the fetch before in something that messages announce. */
  readonly differs: boolean;
  /** Seconds to wait before the next check, as the server asks. */
  readonly checkAfterSeconds?: number;
}

export interface RefresherOptions {
  readonly backend: { connect(): LiveConnection };
  readonly clock: Clock;
  readonly page: Page;
  /** Join topics, rather than only poll. */
  readonly live: boolean;
  readonly serverClock?: ServerClock;
  /** Rejects with an `OpenslotError`. May call `follow`. */
  fetch(request: FetchRequest): Promise<Fetched>;
  /** Called after every change of what the getters return. */
  changed(): void;
  /** Called when messages may have been missed: a topic was joined or lost, or the machine slept. */
  onPossibleLoss?(): void;
  /** How messages are compared with what is fetched. By default a signal must have arrived since the fetch before. */
  readonly announcements?: Announcements;
}

export interface Announcements {
  /** Messages have announced everything that was fetched so far. */
  areComplete(): boolean;
  /** Takes everything that was fetched so far for announced. */
  startOver(): void;
}

/** Runs from its construction until `stop`, once. */
export class Refresher {
  /** Epoch ms of this machine at which the fetched state was last known to be the database's. */
  freshAt: number | null = null;
  readonly serverClock: ServerClock;

  readonly #options: RefresherOptions;
  readonly #live: LiveConnection | null;
  readonly #leave: Unsubscribe[];
  readonly #ending = new AbortController();
  readonly #plan: Plan;
  readonly #waking: Plan;
  readonly #check: LiveCheck;
  readonly #topics: FollowedTopics;
  #fetching: Promise<void> | null = null;
  #fetchAgain = false;
  #failures = 0;
  #failure: OpenslotError | null = null;
  #refusal: OpenslotError | null = null;
  /** How many joins there had been when the latest fetch that succeeded began. */
  #joinsFetched = 0;
  #signals = 0;
  /** How many signals had arrived when the latest fetch began. */
  #signalsFetched = 0;
  #fetches = 0;
  #checkSeconds = CHECK_SECONDS;
  /** A fetch succeeded while messages weren't arriving. */
  #polled = false;

  constructor(options: RefresherOptions) {
    this.#options = options;
    const { backend, clock, page, live } = options;
    this.serverClock = options.serverClock ?? new ServerClock();
    this.#check = new LiveCheck(clock, () => {
      if (this.#check.isDoubted) options.announcements?.startOver();
      this.#planNext();
      options.changed();
    });
    // A hidden page fetches when it is seen again.
    this.#plan = new Plan(clock, (slept, reason) => {
      if (page.hidden) return;
      if (slept) void this.refresh();
      else void this.#refetch(reason === 'check' ? this.#interval : null);
    });
    this.#waking = new Plan(clock, () => void this.refresh());
    this.#leave = [page.onWake(() => this.#wake())];
    this.#live = live ? backend.connect() : null;
    this.#topics = new FollowedTopics(clock, this.#live, (change) => this.#topicChanged(change));
    void this.refetch();
  }

  /** Why the last fetch failed, or why topics can't be joined; null once that is over. */
  get error(): OpenslotError | null {
    return this.#failure ?? this.#refusal;
  }

  get isFetching(): boolean {
    return this.#fetching !== null;
  }

  /** It was stopped, and sends no more requests. */
  get isOver(): boolean {
    return this.#ending.signal.aborted;
  }

  /** Every topic that is followed is joined. */
  get allJoined(): boolean {
    return this.#topics.allJoined;
  }

  get connection(): Connection {
    if (!this.#options.page.online || this.#failure?.transient) return 'offline';
    if (this.#isCurrent) return this.#check.isDoubted ? 'polling' : 'live';
    return this.#polled ? 'polling' : 'connecting';
  }

  /** The connection, for others who join topics of the same project; null without one. */
  get live(): LiveConnection | null {
    return this.#live;
  }

  stop(): void {
    this.#ending.abort();
    this.#plan.cancel();
    this.#waking.cancel();
    this.#check.reset();
    this.follow(new Map());
    for (const leave of this.#leave.splice(0)) leave();
    this.#live?.close();
  }

  /** Joins these topics, by names of the caller's, and leaves all others. */
  follow(joins: ReadonlyMap<string, Join>): void {
    this.#topics.follow(joins);
  }

  /** A message arrived that says all that there is to know. */
  heard(): void {
    this.#check.heard();
  }

  /** A message arrived that only says that something changed: fetches soon. */
  signalled(): void {
    this.#signals++;
    this.#check.heard();
    this.#plan.within(AFTER_SIGNAL);
  }

  /** Fetches at a time within `range`, ms from now, or sooner if that is planned already. */
  fetchWithin(range: Range, reason?: string): void {
    this.#plan.within(range, reason);
  }

  /** Gives up the fetch that was planned for this reason, if it still is. */
  fetchNoMore(reason: string): void {
    if (this.#plan.reason !== reason) return;
    this.#plan.cancel();
    if (!this.#fetching) this.#planNext();
  }

  /** Another request to the project failed with this error. */
  fail(error: OpenslotError): void {
    this.#failure = error;
    this.#plan.within(AFTER_LOSS);
  }

  /** Proves the connection alive, or replaces it, and fetches. Never rejects; see `error`. */
  async refresh(): Promise<void> {
    this.#options.onPossibleLoss?.();
    const proof = this.#live?.prove(PROOF_MS).catch(() => undefined);
    await Promise.all([proof, this.refetch()]);
  }

  /** Fetches, after the fetch under way if there is one. Never rejects; see `error`. */
  refetch(): Promise<void> {
    return this.#refetch(null);
  }

  /** Something was fetched since the latest join, so messages can keep it current. */
  get #isCurrent(): boolean {
    return this.allJoined && this.#topics.joins === this.#joinsFetched;
  }

  get #interval(): number {
    return this.#check.isDoubted ? this.#checkSeconds / QUICKER : this.#checkSeconds;
  }

  #refetch(checkSeconds: number | null): Promise<void> {
    this.#plan.cancel();
    if (this.#fetching) this.#fetchAgain = true;
    this.#fetching ??= this.#fetchUntilCurrent(checkSeconds);
    return this.#fetching;
  }

  async #fetchUntilCurrent(checkSeconds: number | null): Promise<void> {
    const { signal } = this.#ending;
    await this.#fetchOnce({ signal, checkSeconds });
    if (!signal.aborted) {
      this.#options.changed();
      if (this.#fetchAgain) {
        this.#fetchAgain = false;
        return this.#fetchUntilCurrent(null);
      }
    }
    // Clear and plan in one go: a `refetch()` in between would only set `#fetchAgain`, which nobody would read.
    this.#fetching = null;
    if (!signal.aborted) this.#planNext();
  }

  async #fetchOnce(request: FetchRequest): Promise<void> {
    const { clock, fetch } = this.#options;
    const { signal } = request;
    const wasCurrent = this.#isCurrent;
    const { joins } = this.#topics;
    const signalsBefore = this.#signalsFetched;
    this.#signalsFetched = this.#signals;
    const sentAt = clock.now();
    try {
      const { serverTime, differs, checkAfterSeconds = this.#checkSeconds } = await fetch(request);
      if (signal.aborted) return;
      // With topics to join, the first fetch doesn't wait for the joins.
      this.#polled ||= this.#topics.isEmpty || (!this.allJoined && this.#fetches > 0);
      this.#fetches++;
      this.freshAt = clock.now();
      this.serverClock.learn(serverTime, sentAt, this.freshAt);
      this.#checkSeconds = checkAfterSeconds;
      this.#failure = null;
      this.#failures = 0;
      this.#joinsFetched = joins;
      const { announcements } = this.#options;
      const isAnnounced = () => announcements?.areComplete() ?? this.#signals > signalsBefore;
      // No message announces what the first fetch after a join finds.
      if (!wasCurrent || !this.allJoined || joins !== this.#topics.joins) announcements?.startOver();
      else if (differs && !isAnnounced()) this.#check.expect(isAnnounced);
      else this.#check.agree();
    } catch (error) {
      if (signal.aborted) return;
      this.#failures++;
      this.#failure = toOpenslotError(error);
    }
  }

  #topicChanged({ status, error, wasJoined, wasEverJoined }: TopicChange): void {
    this.#check.reset();
    if (status === 'joined') {
      this.#refusal = null;
      // A first join is this tab's alone; after an outage everybody joins at the same time.
      this.#plan.within(wasEverJoined ? AFTER_REJOIN : AFTER_JOIN);
    } else {
      if (wasJoined) this.#polled = false;
      if (status === 'closed') this.#refusal = new OpenslotError('realtime_refused', undefined, { cause: error });
      this.#plan.within(AFTER_LOSS);
    }
    this.#options.onPossibleLoss?.();
    this.#options.changed();
  }

  #wake(): void {
    this.#options.changed();
    if (this.#options.page.online) this.#waking.within(AFTER_WAKE);
  }

  #planNext(): void {
    if (this.#failure) {
      this.#plan.within(retryRange(this.#options.clock, this.#failure, this.#failures));
    } else if (this.#isCurrent || this.#polled) {
      const ms = this.#interval * 1_000;
      this.#plan.within([(ms * 2) / 3, (ms * 4) / 3], 'check');
    } else {
      this.#plan.within(AFTER_LOSS);
    }
  }
}

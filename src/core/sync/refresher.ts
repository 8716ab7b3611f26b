/**
 * Keeps data that is fetched from the project equal to the database. It fetches after each signal, each join and each wake of
 * the page, and regularly in between, to check that no change was left without a message. The caller decides what is fetched.
 */
import type { LiveConnection, Unsubscribe } from '../realtime/types.ts';
import type { Clock } from '../time/clock.ts';
import { OpenslotError, toOpenslotError } from '../errors.ts';
import { FollowedTopics, type Join, type TopicChange } from './followed-topics.ts';
import { LiveCheck } from './live-check.ts';
import type { Page } from './page.ts';
import { ScheduledTask, type Range } from '../time/scheduled-task.ts';
import { retryRange } from './retry-range.ts';
import { ServerClock } from '../time/server-clock.ts';

/** One fetch serves several topics that join together. */
const AFTER_JOIN: Range = [0, 300];
/** One fetch serves several signals that arrive together. */
const AFTER_SIGNAL: Range = [10, 100];
const AFTER_REJOIN: Range = [0, 3_000];
const AFTER_WAKE: Range = [0, 1_000];
const AFTER_LOSS: Range = [3_000, 12_000];
/** Average seconds from one check to the next, unless the server wants more of them because there are many viewers. */
const CHECK_SECONDS = 15;
/** Checks are so many times as frequent while messages aren't trusted. */
const QUICKER = 3;
const PROOF_MS = 3_000;

/** How the data is kept fresh. `live`: by messages. `polling`: messages don't arrive, but the project answers. */
export type Connection = 'connecting' | 'live' | 'polling' | 'offline';

export interface FetchRequest {
  readonly signal: AbortSignal;
  /** Seconds between two checks, if this fetch is one of the regular checks; null if an event caused it. */
  readonly checkSeconds: number | null;
}

export interface Fetched {
  /** ISO instant at which the database answered. */
  readonly serverTime: string;
  /** It differs from the result of the fetch before, in something that messages announce. */
  readonly differs: boolean;
  /** Seconds until the next check, if the server sent such a number. */
  readonly checkAfterSeconds?: number;
}

export interface RefresherOptions {
  readonly backend: { connect(): LiveConnection };
  readonly clock: Clock;
  readonly page: Page;
  /** False: the refresher joins no topics and only polls. */
  readonly live: boolean;
  readonly serverClock?: ServerClock;
  /** Rejects with an `OpenslotError`. May call `follow`. */
  fetch(request: FetchRequest): Promise<Fetched>;
  /** Called after every change of what the getters return. */
  changed(): void;
  /** Called when messages may have been lost: a topic was joined or lost, or the machine slept. */
  onPossibleLoss?(): void;
  /** Compares messages with what was fetched. By default, a signal must have arrived since the fetch before. */
  readonly announcements?: Announcements;
}

export interface Announcements {
  /** Messages have announced everything that was fetched so far. */
  areComplete(): boolean;
  /** From now on, everything that was fetched so far counts as announced. */
  startOver(): void;
}

/** Runs from its construction until `stop`, once. */
export class Refresher {
  /** Epoch ms of this machine at which the latest fetch succeeded; null before the first one. */
  freshAt: number | null = null;
  readonly serverClock: ServerClock;
  /** The connection, for code that joins other topics of the same project; null without one. */
  readonly live: LiveConnection | null;

  readonly #options: RefresherOptions;
  readonly #leave: Unsubscribe[];
  readonly #ending = new AbortController();
  readonly #nextFetch: ScheduledTask;
  readonly #nextWake: ScheduledTask;
  readonly #check: LiveCheck;
  readonly #topics: FollowedTopics;
  #fetching: Promise<void> | null = null;
  #fetchAgain = false;
  #failures = 0;
  #failure: OpenslotError | null = null;
  #refusal: OpenslotError | null = null;
  /** The number of joins when the latest successful fetch began. */
  #joinsFetched = 0;
  #signals = 0;
  /** The number of signals when the latest fetch began. */
  #signalsFetched = 0;
  #fetches = 0;
  #checkSeconds = CHECK_SECONDS;
  /** A fetch has succeeded without messages, so the state is fresh although it isn't live. */
  #polled = false;

  constructor(options: RefresherOptions) {
    this.#options = options;
    const { backend, clock, page, live } = options;
    this.serverClock = options.serverClock ?? new ServerClock();
    this.#check = new LiveCheck(clock, () => {
      if (this.#check.isDoubted) options.announcements?.startOver();
      this.#scheduleNext();
      options.changed();
    });
    // A hidden page fetches when it becomes visible.
    this.#nextFetch = new ScheduledTask(clock, (slept, reason) => {
      if (page.hidden) return;
      if (slept) void this.refresh();
      else void this.#refetch(reason === 'check' ? this.#interval : null);
    });
    this.#nextWake = new ScheduledTask(clock, () => void this.refresh());
    this.#leave = [page.onWake(() => this.#wake())];
    this.live = live ? backend.connect() : null;
    this.#topics = new FollowedTopics(clock, this.live, (change) => this.#topicChanged(change));
    void this.refetch();
  }

  /** Why the last fetch failed, or why topics can't be joined. Null once both succeed. */
  get error(): OpenslotError | null {
    return this.#failure ?? this.#refusal;
  }

  get isFetching(): boolean {
    return this.#fetching !== null;
  }

  /** Stopped; sends no more requests. */
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

  stop(): void {
    this.#ending.abort();
    this.#nextFetch.cancel();
    this.#nextWake.cancel();
    this.#check.reset();
    this.follow(new Map());
    for (const leave of this.#leave.splice(0)) leave();
    this.live?.close();
  }

  /** Joins these topics, named as the caller likes, and leaves all others. */
  follow(joins: ReadonlyMap<string, Join>): void {
    this.#topics.follow(joins);
  }

  /** To be called for a message that contains the change itself. */
  messageArrived(): void {
    this.#check.messageArrived();
  }

  /** To be called for a message that only says that something changed. Fetches soon. */
  signalArrived(): void {
    this.#signals++;
    this.#check.messageArrived();
    this.#nextFetch.scheduleWithin(AFTER_SIGNAL);
  }

  /** Fetches at a random time within `range`, ms from now, or earlier if that is scheduled already. */
  fetchWithin(range: Range, reason?: string): void {
    this.#nextFetch.scheduleWithin(range, reason);
  }

  /** Cancels the fetch that was scheduled for this reason, if it hasn't begun. */
  cancelFetch(reason: string): void {
    if (this.#nextFetch.reason !== reason) return;
    this.#nextFetch.cancel();
    if (!this.#fetching) this.#scheduleNext();
  }

  /** To be called when another request to the project failed. */
  fail(error: OpenslotError): void {
    this.#failure = error;
    this.#nextFetch.scheduleWithin(AFTER_LOSS);
  }

  /** Checks that the connection is alive, replaces it if it isn't, and fetches. Never rejects; see `error`. */
  async refresh(): Promise<void> {
    this.#options.onPossibleLoss?.();
    const proof = this.live?.prove(PROOF_MS).catch(() => undefined);
    await Promise.all([proof, this.refetch()]);
  }

  /** Fetches; after the fetch that is under way, if there is one. Never rejects; see `error`. */
  refetch(): Promise<void> {
    return this.#refetch(null);
  }

  /** A fetch began after the latest join and succeeded, so messages keep the data current from here on. */
  get #isCurrent(): boolean {
    return this.allJoined && this.#topics.joins === this.#joinsFetched;
  }

  get #interval(): number {
    return this.#check.isDoubted ? this.#checkSeconds / QUICKER : this.#checkSeconds;
  }

  #refetch(checkSeconds: number | null): Promise<void> {
    this.#nextFetch.cancel();
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
    // Clear and schedule synchronously: a `refetch()` in between would only set `#fetchAgain`, and nothing reads that any more.
    this.#fetching = null;
    if (!signal.aborted) this.#scheduleNext();
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
      this.serverClock.adjust(serverTime, sentAt, this.freshAt);
      this.#checkSeconds = checkAfterSeconds;
      this.#failure = null;
      this.#failures = 0;
      this.#joinsFetched = joins;
      const { announcements } = this.#options;
      const isAnnounced = () => announcements?.areComplete() ?? this.#signals > signalsBefore;
      // What the first fetch after a join finds may have changed before it, without a message to this tab.
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
      // A first join concerns this tab alone; after an outage, all tabs of all viewers rejoin at the same time.
      this.#nextFetch.scheduleWithin(wasEverJoined ? AFTER_REJOIN : AFTER_JOIN);
    } else {
      if (wasJoined) this.#polled = false;
      if (status === 'closed') this.#refusal = new OpenslotError('realtime_refused', undefined, { cause: error });
      this.#nextFetch.scheduleWithin(AFTER_LOSS);
    }
    this.#options.onPossibleLoss?.();
    this.#options.changed();
  }

  #wake(): void {
    this.#options.changed();
    if (this.#options.page.online) this.#nextWake.scheduleWithin(AFTER_WAKE);
  }

  #scheduleNext(): void {
    if (this.#failure) {
      this.#nextFetch.scheduleWithin(retryRange(this.#options.clock, this.#failure, this.#failures));
    } else if (this.#isCurrent || this.#polled) {
      const ms = this.#interval * 1_000;
      this.#nextFetch.scheduleWithin([(ms * 2) / 3, (ms * 4) / 3], 'check');
    } else {
      this.#nextFetch.scheduleWithin(AFTER_LOSS);
    }
  }
}

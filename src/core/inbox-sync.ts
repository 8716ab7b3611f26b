/**
 * Keeps an inbox's list equal to the database's: the newest page to begin with, and again whenever a topic says that there is
 * more or anything gives reason to doubt. As in `sync.ts`, every wait is drawn anew from a range.
 */
import type { ChannelStatus, LiveConnection, Unsubscribe } from './backend.ts';
import { backoff, type Clock } from './clock.ts';
import { OpenslotError, toOpenslotError } from './errors.ts';
import type { InboxBackend } from './inbox-backend.ts';
import { type InboxList, withNewest } from './inbox-list.ts';
import { keepChannel } from './keep-channel.ts';
import type { Page } from './page.ts';
import { Plan, type Range } from './plan.ts';
import { ServerClock } from './server-clock.ts';
import type { Connection } from './state.ts';

/** Of several topics one after the other. */
const AFTER_JOIN: Range = [0, 300];
const AFTER_REJOIN: Range = [0, 3_000];
/** What belongs together is told together, and one topic's listeners don't ask all at once. */
const AFTER_SIGNAL: Range = [50, 400];
const AFTER_WAKE: Range = [0, 1_000];
const AFTER_LOSS: Range = [3_000, 12_000];
const POLL: Range = [15_000, 30_000];
const CHECK: Range = [60_000, 120_000];
/** For failures that waiting doesn't mend, in case somebody does. */
const HOPE: Range = [120_000, 300_000];
const RETRY_FLOOR_MS = 500;
const RETRY_BASE_MS = 4_000;
const RETRY_CAP_MS = 60_000;
const PROOF_MS = 3_000;
/** A connection carries at most 100 channels, and the page may have others. Whoever works for more is told of the rest late. */
const MOST_TOPICS = 60;

export interface InboxSyncOptions {
  readonly backend: InboxBackend;
  readonly clock: Clock;
  readonly page: Page;
  /** Called after every change of what the getters tell. */
  readonly changed: () => void;
  /** Called after every fetch. `away`: the page was hidden or nothing could be heard for some time since the one before. */
  readonly fetched: (away: boolean) => void;
}

/** Runs from its construction until `stop`, once. */
export class InboxSync {
  list: InboxList | null = null;
  topics: readonly string[] = [];
  readonly serverClock = new ServerClock();

  readonly #options: InboxSyncOptions;
  readonly #live: LiveConnection;
  readonly #leavePage: Unsubscribe[];
  readonly #ending = new AbortController();
  readonly #plan: Plan;
  readonly #waking: Plan;
  /** By topic: how to leave it. */
  readonly #channels = new Map<string, Unsubscribe>();
  readonly #joined = new Set<string>();
  #fetching: Promise<void> | null = null;
  #fetchAgain = false;
  #failures = 0;
  #failure: OpenslotError | null = null;
  #refusal: OpenslotError | null = null;
  #joins = 0;
  #joinsFetched = 0;
  /** A fetch succeeded while messages weren't coming. */
  #polled = false;
  /** The page could be seen and everything heard since the last fetch. */
  #attentive = false;

  constructor(options: InboxSyncOptions) {
    const { backend, clock, page } = options;
    this.#options = options;
    // A hidden page fetches when it is looked at again.
    this.#plan = new Plan(clock, (slept) => {
      if (!page.hidden) void (slept ? this.refresh() : this.refetch());
    });
    this.#waking = new Plan(clock, () => void this.refresh());
    this.#leavePage = [
      page.onWake(() => this.#wake()),
      page.onHide(() => {
        this.#attentive = false;
      }),
    ];
    this.#live = backend.connect();
    void this.refetch();
  }

  get error(): OpenslotError | null {
    return this.#failure ?? this.#refusal;
  }

  get connection(): Connection {
    if (!this.#options.page.online || this.#failure?.transient) return 'offline';
    if (this.#hearsAll && this.#joins === this.#joinsFetched) return 'live';
    return this.#polled ? 'polling' : 'connecting';
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  get #hearsAll(): boolean {
    return this.topics.length > 0 && this.topics.every((topic) => this.#joined.has(topic));
  }

  stop(): void {
    this.#ending.abort();
    this.#plan.cancel();
    this.#waking.cancel();
    for (const leave of this.#leavePage.splice(0)) leave();
    this.#follow([]);
    this.#live.close();
  }

  /** Proves the connection alive, or replaces it, and fetches. Never rejects; `error` tells. */
  async refresh(): Promise<void> {
    const proof = this.#live.prove(PROOF_MS).catch(() => undefined);
    await Promise.all([proof, this.refetch()]);
  }

  /** Fetches the newest, after the fetch under way if there is one. Never rejects; `error` tells. */
  refetch(): Promise<void> {
    this.#plan.cancel();
    if (this.#fetching) this.#fetchAgain = true;
    this.#fetching ??= this.#fetchUntilCurrent().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  /** Something else that was asked of the project failed with this. */
  fail(error: OpenslotError): void {
    this.#failure = error;
    if (isOver(error)) this.#forget();
    this.#plan.within(AFTER_LOSS);
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
    const { backend, clock, page, fetched } = this.#options;
    const joins = this.#joins;
    const sentAt = clock.now();
    const wasAttentive = this.#attentive;
    try {
      const answer = await backend.notifications({ before: null }, signal);
      if (signal.aborted) return;
      this.serverClock.learn(answer.server_time, sentAt, clock.now());
      this.#polled ||= !this.#hearsAll && this.list !== null;
      this.list = withNewest(this.list, answer.notifications, answer.unread);
      this.#failure = null;
      this.#failures = 0;
      this.#joinsFetched = joins;
      this.#attentive = this.#hearsAll && !page.hidden;
      this.#follow(answer.topics);
      fetched(!wasAttentive);
    } catch (error) {
      if (signal.aborted) return;
      this.#failures++;
      this.#failure = toOpenslotError(error);
      if (isOver(this.#failure)) this.#forget();
    }
  }

  /** Nothing is left of what is no longer theirs to see. */
  #forget(): void {
    this.list = null;
    this.#follow([]);
  }

  #follow(topics: readonly string[]): void {
    this.topics = topics;
    const wanted = topics.slice(0, MOST_TOPICS);
    for (const [topic, leave] of this.#channels) {
      if (wanted.includes(topic)) continue;
      leave();
      this.#channels.delete(topic);
      this.#joined.delete(topic);
    }
    for (const topic of wanted) if (!this.#channels.has(topic)) this.#channels.set(topic, this.#join(topic));
  }

  #join(topic: string): Unsubscribe {
    let isFirst = true;
    const signal = () => this.#plan.within(AFTER_SIGNAL);
    return keepChannel(
      this.#options.clock,
      (status) => this.#live.signals(topic, { status, signal }),
      (status, error) => {
        this.#heard(topic, status, isFirst, error);
        if (status === 'joined') isFirst = false;
      },
    );
  }

  #heard(topic: string, status: ChannelStatus, isFirst: boolean, error: unknown): void {
    if (status === 'joined') {
      this.#joined.add(topic);
      this.#joins++;
      this.#refusal = null;
      // A first join is this tab's alone; a rejoin is everybody's around us at the same time.
      this.#plan.within(isFirst ? AFTER_JOIN : AFTER_REJOIN);
    } else {
      if (this.#joined.delete(topic)) this.#polled = this.#attentive = false;
      if (status === 'closed') this.#refusal = new OpenslotError('realtime_refused', undefined, { cause: error });
      this.#plan.within(AFTER_LOSS);
    }
    this.#options.changed();
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

/** Who is asked doesn't know them, or not any more. */
function isOver({ code }: OpenslotError): boolean {
  return code === 'not_signed_in' || code === 'appointment_not_found';
}

/**
 * Keeps one provider's agenda equal to the database's: fetched whole, at every signal that something changed and whenever
 * anything gives reason to doubt. Few people work at a desk, so what counts is to be right, not to send little; patients'
 * widgets, of which there are thousands, apply changes instead (`sync.ts`).
 */
import type { ChannelStatus, LiveConnection, Unsubscribe } from './backend.ts';
import { backoff, type Clock } from './clock.ts';
import type { DayRange } from './desk-state.ts';
import { OpenslotError, toOpenslotError } from './errors.ts';
import { keepChannel } from './keep-channel.ts';
import type { Page } from './page.ts';
import { Plan, type Range } from './plan.ts';
import { UNKNOWN_VIEWERS, type Viewers, watchViewers } from './presence.ts';
import { ServerClock } from './server-clock.ts';
import type { StaffBackend } from './staff-backend.ts';
import type { Agenda, HoursResult, News } from './staff-types.ts';
import type { Connection } from './state.ts';

const AT_ONCE: Range = [0, 0];
/** Signals come in bursts: slots and appointment of one booking. */
const AFTER_SIGNAL: Range = [60, 120];
const AFTER_REJOIN: Range = [0, 3_000];
const AFTER_WAKE: Range = [0, 1_000];
const AFTER_LOSS: Range = [3_000, 12_000];
const POLL: Range = [10_000, 20_000];
const CHECK: Range = [60_000, 120_000];
const HOPE: Range = [120_000, 300_000];
const RETRY_FLOOR_MS = 500;
const RETRY_BASE_MS = 4_000;
const RETRY_CAP_MS = 60_000;
const PROOF_MS = 3_000;
/** Weeks that are remembered, to be there at once when somebody pages back. */
const MAX_AGENDAS = 8;
/** More slots at once than a booking or a blocked hour changes: somebody edited the hours. */
const MANY_SLOTS = 8;

export interface DeskSyncOptions {
  readonly backend: StaffBackend;
  /** Id, as in the names of topics. */
  readonly providerId: string;
  readonly clock: Clock;
  readonly page: Page;
  readonly range: DayRange;
  readonly changed: () => void;
}

/** Runs from its construction until `stop`, once. */
export class DeskSync {
  hours: HoursResult | null = null;
  news: readonly News[] = [];
  viewers: Viewers = UNKNOWN_VIEWERS;
  freshAt: number | null = null;
  /** Counts fetches of the agenda that were begun, and names the latest one that succeeded. */
  begun = 0;
  succeeded = 0;
  readonly serverClock = new ServerClock();

  readonly #options: DeskSyncOptions;
  readonly #clock: Clock;
  readonly #live: LiveConnection;
  readonly #leave: Unsubscribe[];
  readonly #ending = new AbortController();
  readonly #plan: Plan;
  readonly #waking: Plan;
  readonly #agendas = new Map<string, Agenda>();
  /** Topics that are joined, of the two. */
  readonly #joined = new Set<string>();
  #range: DayRange;
  #wants = { news: true, hours: true };
  #fetching: Promise<void> | null = null;
  #fetchAgain = false;
  #failures = 0;
  #failure: OpenslotError | null = null;
  #refusal: OpenslotError | null = null;
  #joins = 0;
  #joinsFetched = -1;
  #polled = false;

  constructor(options: DeskSyncOptions) {
    const { backend, clock, page, providerId, range } = options;
    this.#options = options;
    this.#clock = clock;
    this.#range = range;
    this.#plan = new Plan(clock, (slept) => {
      if (!page.hidden) void (slept ? this.refresh() : this.refetch());
    });
    this.#waking = new Plan(clock, () => void this.refresh());
    const live = (this.#live = backend.connect());
    const stay = (topic: string, join: Parameters<typeof keepChannel>[1]) =>
      keepChannel(clock, join, (status, error) => this.#heard(topic, status, error));
    this.#leave = [
      page.onWake(() => this.#wake()),
      stay('slots', (status) =>
        live.slots(providerId, {
          status,
          change: ({ slots, reload }) => {
            const edited =
              reload === true || slots.length > MANY_SLOTS || slots.some((slot) => slot.status === 'removed');
            this.#signal({ news: false, hours: edited });
          },
        }),
      ),
      stay('desk', (status) =>
        live.signals(`openslot:desk:${providerId}`, {
          status,
          signal: () => this.#signal({ news: true, hours: false }),
        }),
      ),
      watchViewers(
        clock,
        page,
        live,
        providerId,
        (viewers) => {
          this.viewers = viewers;
          options.changed();
        },
        { counted: false },
      ),
    ];
    void this.refetch();
  }

  get range(): DayRange {
    return this.#range;
  }

  /** Of the days shown; null while nothing is known of them. */
  get agenda(): Agenda | null {
    return this.#agendas.get(keyOf(this.#range)) ?? null;
  }

  /** Whichever is known, of whatever days. */
  get anyAgenda(): Agenda | null {
    return this.agenda ?? [...this.#agendas.values()].at(-1) ?? null;
  }

  get error(): OpenslotError | null {
    return this.#failure ?? this.#refusal;
  }

  get connection(): Connection {
    if (!this.#options.page.online || this.#failure?.transient) return 'offline';
    if (this.#joined.size === 2 && this.#joins === this.#joinsFetched) return 'live';
    return this.#polled ? 'polling' : 'connecting';
  }

  /** Epoch ms by the server's clock. */
  get serverNow(): number {
    return this.#clock.now() + this.serverClock.offset;
  }

  show(range: DayRange): void {
    if (keyOf(range) === keyOf(this.#range)) return;
    this.#range = range;
    this.#options.changed();
    void this.refetch();
  }

  stop(): void {
    this.#ending.abort();
    this.#plan.cancel();
    this.#waking.cancel();
    for (const leave of this.#leave.splice(0)) leave();
    this.#live.close();
  }

  /** Proves the connection alive, or replaces it, and fetches everything. Never rejects; `error` tells. */
  async refresh(): Promise<void> {
    this.#wants = { news: true, hours: true };
    const proof = this.#live.prove(PROOF_MS).catch(() => undefined);
    await Promise.all([proof, this.refetch()]);
  }

  /** Fetches the agenda, and what else is wanted, after the fetch under way if there is one. Never rejects. */
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
    const { backend, providerId: provider } = this.#options;
    const range = this.#range;
    const joins = this.#joins;
    const wants = this.#wants;
    this.#wants = { news: false, hours: false };
    const number = ++this.begun;
    const sentAt = this.#clock.now();
    try {
      const [agenda, news, hours] = await Promise.all([
        backend.agenda({ provider, from_date: range.from, to_date: range.to }, signal),
        wants.news ? backend.news(signal) : null,
        wants.hours ? backend.hours({ provider }, signal) : null,
      ]);
      if (signal.aborted) return;
      this.serverClock.learn(agenda.server_time, sentAt, this.#clock.now());
      this.#remember(range, agenda);
      if (news) this.news = news.notifications.filter((entry) => entry.provider_id === provider);
      if (hours) this.hours = hours;
      this.succeeded = number;
      this.freshAt = this.#clock.now();
      this.#polled ||= this.#joined.size < 2 && number > 1;
      this.#failure = null;
      this.#failures = 0;
      this.#joinsFetched = joins;
    } catch (error) {
      if (signal.aborted) return;
      this.#wants = { news: this.#wants.news || wants.news, hours: this.#wants.hours || wants.hours };
      this.#failures++;
      this.#failure = toOpenslotError(error);
    }
  }

  #remember(range: DayRange, agenda: Agenda): void {
    const key = keyOf(range);
    this.#agendas.delete(key);
    this.#agendas.set(key, agenda);
    for (const old of this.#agendas.keys()) {
      if (this.#agendas.size <= MAX_AGENDAS) break;
      if (old !== keyOf(this.#range)) this.#agendas.delete(old);
    }
  }

  #heard(topic: string, status: ChannelStatus, error: unknown): void {
    const wasJoined = this.#joined.has(topic);
    if (status === 'joined') {
      this.#joined.add(topic);
      this.#refusal = null;
      this.#want({ news: true, hours: true });
      this.#plan.within(this.#joins++ < 2 ? AT_ONCE : AFTER_REJOIN);
    } else {
      this.#joined.delete(topic);
      if (wasJoined) this.#polled = false;
      if (status === 'closed') this.#refusal = new OpenslotError('realtime_refused', undefined, { cause: error });
      this.#plan.within(AFTER_LOSS);
    }
    this.#options.changed();
  }

  #signal(wants: { news: boolean; hours: boolean }): void {
    this.#want(wants);
    this.#plan.within(AFTER_SIGNAL);
  }

  #want({ news, hours }: { news: boolean; hours: boolean }): void {
    this.#wants = { news: this.#wants.news || news, hours: this.#wants.hours || hours };
  }

  #wake(): void {
    this.#options.changed();
    if (this.#options.page.online) this.#waking.within(AFTER_WAKE);
  }

  #planNext(): void {
    if (this.#failure?.code === 'rate_limited') {
      const wait = Number(this.#failure.detail['retry_after_seconds']) * 1_000 || RETRY_CAP_MS;
      this.#plan.within([wait, wait * 1.5]);
    } else if (this.#failure?.transient) {
      const wait = RETRY_FLOOR_MS + backoff(this.#clock, this.#failures - 1, RETRY_BASE_MS, RETRY_CAP_MS);
      this.#plan.within([wait, wait]);
    } else if (this.#failure) {
      this.#plan.within(HOPE);
    } else if (this.connection === 'live') {
      this.#want({ news: true, hours: true });
      this.#plan.within(CHECK);
    } else {
      this.#want({ news: true, hours: true });
      this.#plan.within(this.#polled ? POLL : AFTER_LOSS);
    }
  }
}

function keyOf({ from, to }: DayRange): string {
  return `${from}/${to}`;
}

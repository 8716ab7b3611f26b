/**
 * Keeps a picture of one provider's calendar equal to the database's, whatever the network does: a snapshot to begin
 * with, live changes from then on, and a refetch of what was missed whenever anything gives reason to doubt.
 */
import type { Backend, ChannelStatus, LiveConnection, Unsubscribe } from './backend.ts';
import { backoff, type Cancel, type Clock } from './clock.ts';
import { OpenslotError, toOpenslotError } from './errors.ts';
import { keepChannel } from './keep-channel.ts';
import type { Page } from './page.ts';
import { Plan, type Range } from './plan.ts';
import { ServerClock } from './server-clock.ts';
import type { SlotMap } from './slot-map.ts';
import { applyChange, applySnapshot, hasGap, nextExpiry, openExpired, type SlotsState } from './slots-store.ts';
import type { CalendarOptions, Connection } from './state.ts';
import type { CalendarSnapshot, Provider, Service, SlotsChange } from './types.ts';

const AT_ONCE: Range = [0, 0];
const AFTER_REJOIN: Range = [0, 3_000];
const AFTER_GAP: Range = [0, 1_500];
const AFTER_RELOAD: Range = [0, 3_000];
const AFTER_WAKE: Range = [0, 1_000];
const AFTER_LOSS: Range = [3_000, 12_000];
const POLL: Range = [10_000, 20_000];
/** A database that restarted has lost messages without anybody being told, so even a live picture is checked. */
const CHECK: Range = [60_000, 120_000];
/** For failures that waiting doesn't mend, in case somebody does. */
const HOPE: Range = [120_000, 300_000];
const RETRY_FLOOR_MS = 500;
const RETRY_BASE_MS = 4_000;
const RETRY_CAP_MS = 60_000;
const PROOF_MS = 3_000;
/** Days enter the booking window as time passes, which no change tells; so a snapshot doesn't serve for ever. */
const SNAPSHOT_LIFE_MS = 3_600_000;

export interface SyncOptions {
  readonly backend: Backend;
  readonly provider: string;
  readonly realtime: NonNullable<CalendarOptions['realtime']>;
  readonly clock: Clock;
  readonly page: Page;
  /** Called after every change of what the getters tell. */
  readonly changed: () => void;
  /** Called once, when the first snapshot has come over a project with live messages. What it returns is called at the end. */
  readonly ready: (live: LiveConnection, providerId: string) => Unsubscribe;
}

/** Runs from its construction until `stop`, once. */
export class Sync {
  provider: Provider | null;
  services: readonly Service[];
  store: SlotsState | null;
  /** Epoch ms of this machine at which the picture was last known to be the database's. */
  freshAt: number | null;
  readonly serverClock: ServerClock;

  readonly #options: SyncOptions;
  readonly #clock: Clock;
  readonly #live: LiveConnection | null;
  readonly #leave: Unsubscribe[];
  readonly #ending = new AbortController();
  readonly #plan: Plan;
  readonly #waking: Plan;
  #expiry: Cancel | null = null;
  #fetching: Promise<void> | null = null;
  #fetchAgain = false;
  #failures = 0;
  #failure: OpenslotError | null = null;
  #refusal: OpenslotError | null = null;
  #snapshotAt: number | null = null;
  #joined = false;
  /** Counts joins, to tell whether anything was fetched since the latest. */
  #joins = 0;
  #joinsFetched = 0;
  /** A fetch succeeded while messages weren't coming. */
  #polled = false;

  /** @param former an ended one of the same provider, whose picture is shown until there is a newer one */
  constructor(options: SyncOptions, former: Sync | null) {
    this.#options = options;
    this.#clock = options.clock;
    this.provider = former?.provider ?? null;
    this.services = former?.services ?? [];
    this.store = former?.store ?? null;
    this.freshAt = former?.freshAt ?? null;
    this.serverClock = former?.serverClock ?? new ServerClock();
    // A hidden page fetches when it is looked at again.
    this.#plan = new Plan(this.#clock, (slept) => {
      if (!options.page.hidden) void (slept ? this.refresh() : this.refetch());
    });
    this.#waking = new Plan(this.#clock, () => void this.refresh());
    this.#leave = [options.page.onWake(() => this.#wake())];
    this.#live = options.realtime === 'off' ? null : options.backend.connect();
    void this.refetch();
  }

  get error(): OpenslotError | null {
    return this.#failure ?? this.#refusal;
  }

  get connection(): Connection {
    if (!this.#options.page.online || this.#failure?.transient) return 'offline';
    if (this.#joined && this.#joins === this.#joinsFetched) return 'live';
    return this.#polled ? 'polling' : 'connecting';
  }

  /** Open and held slots as of now; null while nothing is known. */
  get slots(): SlotMap | null {
    return this.store && openExpired(this.store.slots, this.serverNow);
  }

  /** It was stopped: nothing is asked any more. */
  get isOver(): boolean {
    return this.#ending.signal.aborted;
  }

  get isFetching(): boolean {
    return this.#fetching !== null;
  }

  /** Epoch ms by the server's clock. */
  get serverNow(): number {
    return this.#clock.now() + this.serverClock.offset;
  }

  stop(): void {
    this.#ending.abort();
    this.#plan.cancel();
    this.#waking.cancel();
    this.#expiry?.();
    for (const leave of this.#leave.splice(0)) leave();
    this.#live?.close();
  }

  /** Applies the change that came as the answer of a booking function. */
  applyAnswer(change: SlotsChange | null, serverTime: string, sentAt: number): void {
    this.serverClock.learn(serverTime, sentAt, this.#clock.now());
    if (change) this.#receive(change);
  }

  /** Proves the connection alive, or replaces it, and fetches what may have been missed. Never rejects; `error` tells. */
  async refresh(): Promise<void> {
    const proof = this.#live?.prove(PROOF_MS).catch(() => undefined);
    await Promise.all([proof, this.refetch()]);
  }

  /** Fetches what may be missing, after the fetch under way if there is one. Never rejects; `error` tells. */
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
      this.#changed();
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
    const { backend, provider } = this.#options;
    const joins = this.#joins;
    const { store } = this;
    const sentAt = this.#clock.now();
    const needsSnapshot = !store || this.#snapshotAt === null || sentAt - this.#snapshotAt >= SNAPSHOT_LIFE_MS;
    try {
      const answer = needsSnapshot
        ? await backend.calendar({ provider }, signal)
        : await backend.changes({ provider, after: store.revision }, signal);
      if (signal.aborted) return;
      this.serverClock.learn(answer.server_time, sentAt, this.#clock.now());
      this.freshAt = this.#clock.now();
      this.#polled ||= !this.#joined && this.#snapshotAt !== null;
      if ('provider' in answer) this.#replace(answer, sentAt);
      else if (answer.reload) this.#needSnapshot(answer.revision);
      else this.store = this.store && applyChange(this.store, answer);
      this.#failure = null;
      this.#failures = 0;
      this.#joinsFetched = joins;
    } catch (error) {
      if (signal.aborted) return;
      this.#failures++;
      this.#failure = toOpenslotError(error);
    }
  }

  #replace(snapshot: CalendarSnapshot, sentAt: number): void {
    const first = this.#snapshotAt === null;
    this.provider = snapshot.provider;
    this.services = snapshot.services;
    this.store = applySnapshot(this.store, snapshot);
    this.#snapshotAt = sentAt;
    if (!first) return;
    if (this.#live) this.#join(this.#live, snapshot.provider.id);
    else this.#polled = true;
  }

  #needSnapshot(revision: number): void {
    this.#snapshotAt = -Infinity;
    this.#fetchAgain = true;
    // A database that knows less than we do was restored from a backup: what we know never was.
    if (this.store && revision < this.store.revision) this.store = null;
  }

  #join(live: LiveConnection, providerId: string): void {
    const source = this.#options.realtime === 'postgres-changes' ? 'rows' : 'broadcast';
    const change = (slots: SlotsChange) => this.#receive(slots);
    const stay = keepChannel(
      this.#clock,
      (status) => live.slots(providerId, { status, change }, source),
      (status, error) => this.#heard(status, error),
    );
    this.#leave.push(stay, this.#options.ready(live, providerId));
  }

  #heard(status: ChannelStatus, error: unknown): void {
    const wasJoined = this.#joined;
    this.#joined = status === 'joined';
    if (status === 'joined') {
      this.#refusal = null;
      // A first join is this widget's alone; a rejoin is everybody's around us at the same time.
      this.#plan.within(this.#joins++ === 0 ? AT_ONCE : AFTER_REJOIN);
    } else {
      if (wasJoined) this.#polled = false;
      if (status === 'closed') this.#refusal = new OpenslotError('realtime_refused', undefined, { cause: error });
      this.#plan.within(AFTER_LOSS);
    }
    this.#changed();
  }

  #receive(change: SlotsChange): void {
    const before = this.store;
    if (!before || this.#ending.signal.aborted) return;
    this.store = applyChange(before, change);
    if (change.reload && change.revision > before.revision) {
      this.#snapshotAt = -Infinity;
      this.#plan.within(AFTER_RELOAD);
    } else if (hasGap(this.store)) {
      this.#plan.within(AFTER_GAP, 'gap');
    } else if (this.#plan.reason === 'gap') {
      this.#plan.cancel();
      this.#planNext();
    }
    if (this.store === before) return;
    if (this.connection === 'live') this.freshAt = this.#clock.now();
    this.#changed();
  }

  #wake(): void {
    this.#changed();
    if (this.#options.page.online) this.#waking.within(AFTER_WAKE);
  }

  #planNext(): void {
    if (this.#plan.reason === 'gap' && this.store && !hasGap(this.store)) this.#plan.cancel();
    if (this.#failure?.code === 'rate_limited') {
      const wait = Number(this.#failure.detail['retry_after_seconds']) * 1_000 || RETRY_CAP_MS;
      this.#plan.within([wait, wait * 1.5]);
    } else if (this.#failure?.transient) {
      const wait = RETRY_FLOOR_MS + backoff(this.#clock, this.#failures - 1, RETRY_BASE_MS, RETRY_CAP_MS);
      this.#plan.within([wait, wait]);
    } else if (this.#failure) {
      this.#plan.within(HOPE);
    } else if (this.connection === 'live') {
      this.#plan.within(CHECK);
    } else {
      this.#plan.within(this.#polled ? POLL : AFTER_LOSS);
    }
  }

  #changed(): void {
    this.#awaitExpiry();
    this.#options.changed();
  }

  /** Comes back when the next hold runs out. */
  #awaitExpiry(): void {
    this.#expiry?.();
    const next = this.store ? nextExpiry(this.store.slots, this.serverNow) - this.serverNow : Infinity;
    this.#expiry = next < Infinity ? this.#clock.after(next, () => this.#changed()) : null;
  }
}

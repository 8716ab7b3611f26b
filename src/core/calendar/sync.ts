/**
 * Keeps the slots of one provider equal to the database's, whatever the network does: a snapshot to begin with, live
 * changes from then on, and a fetch of the changes whenever some may be missing.
 */
import type { Backend } from './backend.ts';
import type { LiveConnection, Unsubscribe } from '../realtime/types.ts';
import type { Cancel, Clock } from '../time/clock.ts';
import type { OpenslotError } from '../errors.ts';
import { HeardRevisions } from './announced-revisions.ts';
import type { Page } from '../sync/page.ts';
import type { Range } from '../time/scheduled-task.ts';
import { type Fetched, type FetchRequest, Refresher, type Connection } from '../sync/refresher.ts';
import type { ServerClock } from '../time/server-clock.ts';
import type { SlotMap } from './slot-map.ts';
import { applyChange, applySnapshot, hasGap, nextExpiry, openExpired, type SlotsState } from './slots.ts';
import type { CalendarOptions } from './types.ts';
import type { CalendarSnapshot, MissedChanges, Provider, Service, SlotsChange } from '../wire.ts';

const AFTER_GAP: Range = [0, 1_500];
const AFTER_RELOAD: Range = [0, 3_000];
/** Long enough for the message about this visitor's own change to arrive first. */
const AFTER_OWN_CHANGE: Range = [1_000, 2_000];
/** Days enter the booking window as time passes, which no change tells; so a snapshot doesn't serve for ever. */
const SNAPSHOT_LIFE_MS = 3_600_000;

export interface SyncOptions {
  readonly backend: Backend;
  readonly provider: string;
  readonly realtime: NonNullable<CalendarOptions['realtime']>;
  readonly clock: Clock;
  readonly page: Page;
  /** Called after every change of what the getters return. */
  readonly changed: () => void;
  /** Called once, after the first snapshot, if there is a live connection. What it returns is called at the end. */
  readonly ready: (live: LiveConnection, providerId: string) => Unsubscribe;
}

/** Runs from its construction until `stop`, once. */
export class Sync {
  provider: Provider | null;
  services: readonly Service[];
  store: SlotsState | null;

  readonly #options: SyncOptions;
  readonly #refresher: Refresher;
  #heard = new HeardRevisions();
  /** The revision up to which the database has sent messages, as it said when it was last asked. */
  #announced = 0;
  #freshAt: number | null;
  #leave: Unsubscribe = () => undefined;
  #expiry: Cancel | null = null;
  #snapshotAt: number | null = null;

  /** @param former a stopped one of the same provider, whose slots are shown until newer ones have come */
  constructor(options: SyncOptions, former: Sync | null) {
    const { backend, clock, page, realtime } = options;
    this.#options = options;
    this.provider = former?.provider ?? null;
    this.services = former?.services ?? [];
    this.store = former?.store ?? null;
    this.#freshAt = former?.freshAt ?? null;
    this.#refresher = new Refresher({
      backend,
      clock,
      page,
      live: realtime !== 'off',
      ...(former && { serverClock: former.serverClock }),
      fetch: (request) => this.#fetch(request),
      changed: () => this.#changed(),
      announcements: {
        areComplete: () => this.#heard.upTo >= this.#announced,
        startOver: () => this.#heard.startOver(this.#announced),
      },
    });
  }

  get error(): OpenslotError | null {
    return this.#refresher.error;
  }

  get connection(): Connection {
    return this.#refresher.connection;
  }

  get serverClock(): ServerClock {
    return this.#refresher.serverClock;
  }

  /** Epoch ms of this machine at which the slots were last known to be the database's. */
  get freshAt(): number | null {
    return Math.max(this.#freshAt ?? 0, this.#refresher.freshAt ?? 0) || null;
  }

  /** Open and held slots as of now; null while nothing is known. */
  get slots(): SlotMap | null {
    return this.store && openExpired(this.store.slots, this.serverNow);
  }

  get isOver(): boolean {
    return this.#refresher.isOver;
  }

  get isFetching(): boolean {
    return this.#refresher.isFetching;
  }

  /** Epoch ms by the server's clock. */
  get serverNow(): number {
    return this.#options.clock.now() + this.serverClock.offset;
  }

  stop(): void {
    this.#leave();
    this.#refresher.stop();
    this.#expiry?.();
  }

  /** Applies the change that came as the answer of a booking function. */
  applyAnswer(change: SlotsChange | null, serverTime: string, sentAt: number): void {
    this.serverClock.learn(serverTime, sentAt, this.#options.clock.now());
    if (change) this.#receive(change);
    this.#refresher.fetchWithin(AFTER_OWN_CHANGE);
  }

  refresh(): Promise<void> {
    return this.#refresher.refresh();
  }

  refetch(): Promise<void> {
    return this.#refresher.refetch();
  }

  async #fetch({ signal, checkSeconds }: FetchRequest): Promise<Fetched> {
    const { backend, provider, clock } = this.#options;
    const { store } = this;
    const sentAt = clock.now();
    if (!store || this.#snapshotAt === null || sentAt - this.#snapshotAt >= SNAPSHOT_LIFE_MS) {
      const snapshot = await backend.calendar({ provider }, signal);
      if (!signal.aborted) this.#replace(snapshot, sentAt);
      return this.#fetched(snapshot);
    }
    const every_seconds = checkSeconds && Math.ceil(checkSeconds);
    const changes = await backend.changes({ provider, after: store.revision, every_seconds }, signal);
    if (!signal.aborted) {
      if (changes.reload) this.#needSnapshot(changes.revision);
      else this.store = this.store && applyChange(this.store, changes);
      if (this.store && !hasGap(this.store)) this.#refresher.fetchNoMore('gap');
    }
    return { ...this.#fetched(changes), checkAfterSeconds: changes.check_after_seconds };
  }

  #fetched({ announced_revision, server_time }: CalendarSnapshot | MissedChanges): Fetched {
    this.#announced = announced_revision;
    return { serverTime: server_time, differs: announced_revision > this.#heard.upTo };
  }

  #replace(snapshot: CalendarSnapshot, sentAt: number): void {
    const isFirst = this.#snapshotAt === null;
    this.provider = snapshot.provider;
    this.services = snapshot.services;
    this.store = applySnapshot(this.store, snapshot);
    this.#snapshotAt = sentAt;
    if (isFirst) this.#join(snapshot.provider.id);
  }

  #needSnapshot(revision: number): void {
    this.#snapshotAt = -Infinity;
    void this.#refresher.refetch();
    // A database that knows less than we do was restored from a backup: what we know never was.
    if (!this.store || revision >= this.store.revision) return;
    this.store = null;
    this.#heard = new HeardRevisions();
    this.#heard.startOver(revision);
  }

  #join(providerId: string): void {
    const { live } = this.#refresher;
    if (!live) return;
    const source = this.#options.realtime === 'postgres-changes' ? 'rows' : 'broadcast';
    const change = (slots: SlotsChange) => this.#hear(slots);
    this.#refresher.follow(
      new Map([['slots', (connection, status) => connection.slots(providerId, { status, change }, source)]]),
    );
    this.#leave = this.#options.ready(live, providerId);
  }

  /** A message arrived. */
  #hear(change: SlotsChange): void {
    // A row does not say which revision its own follows.
    if (this.#options.realtime === 'postgres-changes') this.#heard.startOver(change.revision);
    else this.#heard.add(change);
    this.#refresher.heard();
    this.#receive(change);
  }

  #receive(change: SlotsChange): void {
    const before = this.store;
    if (!before || this.isOver) return;
    this.store = applyChange(before, change);
    if (change.reload && change.revision > before.revision) {
      this.#snapshotAt = -Infinity;
      this.#refresher.fetchWithin(AFTER_RELOAD);
    } else if (hasGap(this.store)) {
      this.#refresher.fetchWithin(AFTER_GAP, 'gap');
    } else {
      this.#refresher.fetchNoMore('gap');
    }
    if (this.store === before) return;
    if (this.connection === 'live') this.#freshAt = this.#options.clock.now();
    this.#changed();
  }

  #changed(): void {
    this.#awaitExpiry();
    this.#options.changed();
  }

  /** Comes back when the next hold runs out. */
  #awaitExpiry(): void {
    this.#expiry?.();
    const next = this.store ? nextExpiry(this.store.slots, this.serverNow) - this.serverNow : Infinity;
    this.#expiry = next < Infinity ? this.#options.clock.after(next, () => this.#changed()) : null;
  }
}

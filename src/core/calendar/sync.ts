/**
 * Keeps the slots and full days of one provider equal to the database's, whatever the network does: it fetches a snapshot first, receives
 * changes from then on, and fetches changes whenever some may be missing.
 */
import type { Backend } from './backend.ts';
import type { LiveConnection, Unsubscribe } from '../realtime/types.ts';
import type { Cancel, Clock } from '../time/clock.ts';
import type { OpenslotError } from '../errors.ts';
import { AnnouncedRevisions } from './announced-revisions.ts';
import type { Page } from '../sync/page.ts';
import type { Range } from '../time/scheduled-task.ts';
import { type Fetched, type FetchRequest, Refresher, type Connection } from '../sync/refresher.ts';
import type { ServerClock } from '../time/server-clock.ts';
import { fullAt, NO_DAYS } from './full-days.ts';
import type { SlotMap } from './slot-map.ts';
import { applyChange, applySnapshot, hasGap, nextExpiry, openExpired, type SlotsState } from './slots.ts';
import type { CalendarOptions } from './types.ts';
import type { CalendarSnapshot, FullDay, MissedChanges, Provider, Service, SlotsChange } from '../wire.ts';

const AFTER_GAP: Range = [0, 1_500];
const AFTER_RELOAD: Range = [0, 3_000];
/** Late enough for the message about this visitor's own change to arrive first. */
const AFTER_OWN_CHANGE: Range = [1_000, 2_000];
/** As time passes, days enter the booking window without a change or message. So the snapshot is fetched anew. */
const SNAPSHOT_LIFE_MS = 3_600_000;

export interface CalendarSyncOptions {
  readonly backend: Backend;
  readonly provider: string;
  readonly realtime: NonNullable<CalendarOptions['realtime']>;
  readonly clock: Clock;
  readonly page: Page;
  /** Called after every change of what the getters return. */
  readonly changed: () => void;
  /** Called after the first snapshot if there is a live connection. The function that it returns is called on `stop`. */
  readonly ready: (live: LiveConnection, providerId: string) => Unsubscribe;
}

/** Runs from its construction until `stop`, once. */
export class CalendarSync {
  provider: Provider | null;
  services: readonly Service[];
  slotsState: SlotsState | null;

  readonly #options: CalendarSyncOptions;
  readonly #refresher: Refresher;
  #announced = new AnnouncedRevisions();
  /** The revision up to which the database has sent messages, by its latest answer. */
  #sentUpTo = 0;
  #freshAt: number | null;
  #leave: Unsubscribe = () => undefined;
  #expiry: Cancel | null = null;
  #snapshotAt: number | null = null;
  #fullDays: readonly FullDay[];

  /** @param former a stopped one of the same provider, whose slots are shown until newer ones have been fetched */
  constructor(options: CalendarSyncOptions, former: CalendarSync | null) {
    const { backend, clock, page, realtime } = options;
    this.#options = options;
    this.provider = former?.provider ?? null;
    this.services = former?.services ?? [];
    this.slotsState = former?.slotsState ?? null;
    this.#freshAt = former?.freshAt ?? null;
    this.#fullDays = former?.fullDays ?? NO_DAYS;
    this.#refresher = new Refresher({
      backend,
      clock,
      page,
      live: realtime !== 'off',
      ...(former && { serverClock: former.serverClock }),
      fetch: (request) => this.#fetch(request),
      changed: () => this.#changed(),
      announcements: {
        areComplete: () => this.#announced.upTo >= this.#sentUpTo,
        startOver: () => this.#announced.startOver(this.#sentUpTo),
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

  /** Epoch ms of this machine at which the slots last equalled the database's for certain. */
  get freshAt(): number | null {
    return Math.max(this.#freshAt ?? 0, this.#refresher.freshAt ?? 0) || null;
  }

  /** Open and held slots as of now; null before the first snapshot. */
  get slots(): SlotMap | null {
    return this.slotsState && openExpired(this.slotsState.slots, this.serverNow);
  }

  /** Full days as of now, in order; the same list while none of them changed. */
  get fullDays(): readonly FullDay[] {
    this.#fullDays = fullAt(this.slotsState?.days ?? NO_DAYS, this.serverNow, this.#fullDays);
    return this.#fullDays;
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

  /** Takes in the change that a booking function returned. */
  applyAnswer(change: SlotsChange | null, serverTime: string, sentAt: number): void {
    this.serverClock.adjust(serverTime, sentAt, this.#options.clock.now());
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
    const { slotsState } = this;
    const sentAt = clock.now();
    if (!slotsState || this.#snapshotAt === null || sentAt - this.#snapshotAt >= SNAPSHOT_LIFE_MS) {
      const snapshot = await backend.calendar({ provider }, signal);
      if (!signal.aborted) this.#replace(snapshot, sentAt);
      return this.#fetched(snapshot);
    }
    const every_seconds = checkSeconds && Math.ceil(checkSeconds);
    const changes = await backend.changes({ provider, after: slotsState.revision, every_seconds }, signal);
    if (!signal.aborted) {
      if (changes.reload) this.#needSnapshot(changes.revision);
      else this.slotsState = this.slotsState && applyChange(this.slotsState, changes);
      if (this.slotsState && !hasGap(this.slotsState)) this.#refresher.cancelFetch('gap');
    }
    return { ...this.#fetched(changes), checkAfterSeconds: changes.check_after_seconds };
  }

  #fetched({ announced_revision, server_time }: CalendarSnapshot | MissedChanges): Fetched {
    this.#sentUpTo = announced_revision;
    return { serverTime: server_time, differs: announced_revision > this.#announced.upTo };
  }

  #replace(snapshot: CalendarSnapshot, sentAt: number): void {
    const isFirst = this.#snapshotAt === null;
    this.provider = snapshot.provider;
    this.services = snapshot.services;
    this.slotsState = applySnapshot(this.slotsState, snapshot);
    this.#snapshotAt = sentAt;
    if (isFirst) this.#join(snapshot.provider.id);
  }

  #needSnapshot(revision: number): void {
    this.#snapshotAt = -Infinity;
    void this.#refresher.refetch();
    // A database with a lower revision than ours was restored from a backup: what we show never happened there.
    if (!this.slotsState || revision >= this.slotsState.revision) return;
    this.slotsState = null;
    this.#announced = new AnnouncedRevisions();
    this.#announced.startOver(revision);
  }

  #join(providerId: string): void {
    const { live } = this.#refresher;
    if (!live) return;
    const source = this.#options.realtime === 'postgres-changes' ? 'rows' : 'broadcast';
    const change = (slots: SlotsChange) => this.#receiveMessage(slots);
    this.#refresher.follow(
      new Map([['slots', (connection, status) => connection.slots(providerId, { status, change }, source)]]),
    );
    this.#leave = this.#options.ready(live, providerId);
  }

  #receiveMessage(change: SlotsChange): void {
    // A row doesn't say which revision comes before its own, so none can be found missing by it.
    if (this.#options.realtime === 'postgres-changes') this.#announced.startOver(change.revision);
    else this.#announced.add(change);
    this.#refresher.messageArrived();
    this.#receive(change);
  }

  #receive(change: SlotsChange): void {
    const before = this.slotsState;
    if (!before || this.isOver) return;
    this.slotsState = applyChange(before, change);
    if (change.reload && change.revision > before.revision) {
      this.#snapshotAt = -Infinity;
      this.#refresher.fetchWithin(AFTER_RELOAD);
    } else if (hasGap(this.slotsState)) {
      this.#refresher.fetchWithin(AFTER_GAP, 'gap');
    } else {
      this.#refresher.cancelFetch('gap');
    }
    if (this.slotsState === before) return;
    if (this.connection === 'live') this.#freshAt = this.#options.clock.now();
    this.#changed();
  }

  #changed(): void {
    this.#scheduleExpiry();
    this.#options.changed();
  }

  /** Changes the state again when the next hold runs out or a full day has room again. */
  #scheduleExpiry(): void {
    this.#expiry?.();
    const next = this.slotsState ? nextExpiry(this.slotsState, this.serverNow) - this.serverNow : Infinity;
    this.#expiry = next < Infinity ? this.#options.clock.after(next, () => this.#changed()) : null;
  }
}

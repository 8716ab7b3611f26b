/**
 * One provider's calendar: the server's slots (sync), this visitor's operations and the number of viewers, composed into one
 * frozen state. It runs while it has subscribers.
 */
import type { Backend } from './backend.ts';
import type { Cancel, Clock } from '../time/clock.ts';
import { whenLoaded } from '../realtime/lazy-connection.ts';
import { NO_DAYS } from './full-days.ts';
import type { Operations } from './operations.ts';
import { assume, type Assumptions, NO_ASSUMPTIONS } from './optimistic.ts';
import type { Page } from '../sync/page.ts';
import type { Viewers } from '../realtime/viewers.ts';
import type { BookOptions, Calendar, CalendarOptions, CalendarState, Hold } from './types.ts';
import { Store } from '../sync/store.ts';
import { sameItems } from './same-items.ts';
import { CalendarSync } from './sync.ts';
import { OpenslotError } from '../errors.ts';
import type { BookingResult, ChangedSlot, Slot } from '../wire.ts';

const NOTHING: ReadonlyMap<number, ChangedSlot> = new Map();

export interface CalendarContext {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly page: Page;
  readonly visitor: () => string;
}

export class LiveCalendar implements Calendar {
  readonly #context: CalendarContext;
  readonly #options: CalendarOptions;
  readonly #store: Store<CalendarState>;
  #sync: CalendarSync | null = null;
  /** Null until their code has loaded, which showing the times doesn't need. */
  #operations: Operations | null = null;
  #loading: Promise<Operations> | null = null;
  /** Null while unknown. */
  #viewers: Viewers | null = null;
  #shown: { slots: ReadonlyMap<number, ChangedSlot>; assumptions: Assumptions; result: ReadonlyMap<number, Slot> } = {
    slots: NOTHING,
    assumptions: NO_ASSUMPTIONS,
    result: NOTHING,
  };
  #leaving: Cancel | null = null;
  #holdExpiry: { readonly at: number; readonly cancel: Cancel } | null = null;

  constructor(context: CalendarContext, options: CalendarOptions) {
    this.#context = context;
    this.#options = options;
    this.#store = new Store({
      clock: context.clock,
      compose: () => this.#compose(),
      start: () => this.#start(),
      stop: () => this.#stop(),
    });
  }

  getState(): CalendarState {
    return this.#store.getState();
  }

  subscribe(listener: () => void): () => void {
    return this.#store.subscribe(listener);
  }

  hold(service: string, start: string): Promise<Hold> {
    return this.#operate((operations) => operations.take(service, start));
  }

  release(): Promise<void> {
    return this.#operate((operations) => operations.release());
  }

  book(options: BookOptions): Promise<BookingResult> {
    return this.#operate((operations) => operations.book(options));
  }

  reschedule(token: string, start: string): Promise<BookingResult> {
    return this.#operate((operations) => operations.reschedule(token, start));
  }

  cancel(token: string, reason?: string): Promise<BookingResult> {
    return this.#operate((operations) => operations.cancel(token, reason ?? null));
  }

  clearBooking(): void {
    this.#operations?.clearBooking();
  }

  async refresh(): Promise<void> {
    await this.#sync?.refresh();
  }

  /** Drops all subscribers and stops. */
  close(): void {
    this.#store.close();
  }

  /** Within this call once the code has loaded, so that the expected outcome is in the state when it returns. */
  #operate<T>(send: (operations: Operations) => Promise<T>): Promise<T> {
    return this.#operations ? send(this.#operations) : this.#load().then(send);
  }

  /** @throws {OpenslotError} `network` if the code can't be loaded; the next call loads it again */
  #load(): Promise<Operations> {
    const { backend, clock, visitor } = this.#context;
    this.#loading ??= import('./operations.ts').then(
      ({ Operations }) =>
        (this.#operations = new Operations({
          backend,
          provider: this.#options.provider,
          clock,
          visitor,
          sync: () => this.#sync,
          changed: () => this.#changed(),
        })),
      (cause: unknown) => {
        this.#loading = null;
        throw new OpenslotError('network', undefined, { cause });
      },
    );
    return this.#loading;
  }

  #start(): void {
    const { backend, clock, page } = this.#context;
    this.#leaving = page.onLeave(() => this.#operations?.abandon());
    this.#load().catch(() => undefined);
    this.#sync = new CalendarSync(
      {
        backend,
        clock,
        page,
        provider: this.#options.provider,
        realtime: this.#options.realtime ?? 'broadcast',
        changed: () => this.#changed(),
        ready: (live, providerId) => {
          if (this.#options.presence === false) return () => undefined;
          return whenLoaded(import('../realtime/connections.ts'), ({ watchViewers }) =>
            watchViewers(clock, page, live, providerId, (viewers) => {
              this.#viewers = viewers;
              this.#changed();
            }),
          );
        },
      },
      this.#sync,
    );
  }

  #stop(): void {
    this.#operations?.abandon();
    this.#sync?.stop();
    this.#leaving?.();
    this.#holdExpiry?.cancel();
    this.#holdExpiry = null;
    this.#viewers = null;
  }

  #changed(): void {
    this.#operations?.check();
    this.#watchHold();
    this.#store.changed();
  }

  #watchHold(): void {
    const at = (this.#store.isRunning && this.#operations?.expiresAt) || Infinity;
    if (this.#holdExpiry?.at === at) return;
    this.#holdExpiry?.cancel();
    this.#holdExpiry = null;
    const wait = at - (this.#sync?.serverNow ?? 0);
    // A hold that ran out stays while its booking is under way. When that ends, the state changes anyway.
    if (wait === Infinity || wait <= 0) return;
    const cancel = this.#context.clock.after(wait, () => {
      this.#holdExpiry = null;
      this.#changed();
    });
    this.#holdExpiry = { at, cancel };
  }

  #compose(): CalendarState {
    const sync = this.#sync;
    const operations = this.#operations;
    const running = this.#store.isRunning;
    const error = running ? (sync?.error ?? null) : null;
    return {
      status: sync?.slotsState ? 'ready' : error ? 'error' : 'loading',
      error,
      connection: running && sync ? sync.connection : 'connecting',
      provider: sync?.provider ?? null,
      services: sync?.services ?? [],
      slots: this.#slots(sync?.slots ?? NOTHING, operations?.assumptions ?? NO_ASSUMPTIONS),
      fullDays: sync?.fullDays ?? NO_DAYS,
      revision: sync?.slotsState?.revision ?? 0,
      clockOffset: sync?.serverClock.offset ?? 0,
      freshAt: sync?.freshAt ?? null,
      viewers: this.#viewers?.count ?? null,
      viewersCapped: this.#viewers?.capped ?? false,
      hold: operations?.hold ?? null,
      booking: operations?.booking ?? null,
    };
  }

  #slots(slots: ReadonlyMap<number, ChangedSlot>, assumptions: Assumptions): ReadonlyMap<number, Slot> {
    const shown = this.#shown;
    if (shown.slots === slots && sameAssumptions(shown.assumptions, assumptions)) return shown.result;
    this.#shown = { slots, assumptions, result: assume(slots, assumptions) };
    return this.#shown.result;
  }
}

function sameAssumptions(a: Assumptions, b: Assumptions): boolean {
  return sameItems(a.claimed, b.claimed) && sameItems(a.freed, b.freed);
}

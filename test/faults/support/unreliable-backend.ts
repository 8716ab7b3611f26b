/** One tab's access to the in-memory project, through a network that delays, loses, repeats and refuses. */
import type { Backend } from '../../../src/core/calendar/backend.ts';
import type { LiveConnection, SlotsChannelHandlers } from '../../../src/core/realtime/types.ts';
import { jitter } from '../../../src/core/time/clock.ts';
import { OpenslotError } from '../../../src/core/errors.ts';
import type { BookingResult, SlotsChange } from '../../../src/core/wire.ts';
import type { MemoryBackend } from '../../support/memory/memory-backend.ts';
import type { MessageFate, RequestFate, SocketFate } from './steps.ts';
import type { TabClock } from './tab-clock.ts';
import type { TabNetwork } from './tab.ts';

const TRIP_MS = [1, 150] as const;
/** A request this late has been given up by its client; the server still executes it. */
const LATE_MS = [2_000, 20_000] as const;
const GIVEN_UP_MS = 10_000;
const LATE_MESSAGE_MS = [50, 5_000] as const;
const HEARTBEAT_MS = [10_000, 20_000] as const;
/** Row changes are polled. */
const ROWS_MS = [100, 500] as const;

const LIMITED = new OpenslotError('rate_limited', undefined, { detail: { retry_after_seconds: 2 } });

interface Fates<Fate> {
  fate: Fate;
  count: number;
}

export class UnreliableBackend implements Backend, TabNetwork {
  lateRequestsPossible = false;
  private readonly inner: MemoryBackend;
  private readonly clock: TabClock;
  /** Receives every booking that the database made, moved or cancelled, even if no client gets the answer. */
  private readonly record: (result: BookingResult) => void;
  private isOffline = false;
  private onTheirWay = 0;
  private nextRequests: Fates<RequestFate> = { fate: 'late', count: 0 };
  private nextMessages: Fates<MessageFate> = { fate: 'late', count: 0 };

  constructor(inner: MemoryBackend, clock: TabClock, record: (result: BookingResult) => void) {
    this.inner = inner;
    this.clock = clock;
    this.record = record;
  }

  get quiet(): boolean {
    return this.onTheirWay === 0;
  }

  calendar: Backend['calendar'] = (request, signal) => this.call(() => this.inner.calendar(request), signal);
  changes: Backend['changes'] = (request, signal) => this.call(() => this.inner.changes(request), signal);
  hold: Backend['hold'] = (request, signal) => this.call(() => this.inner.hold(request), signal);
  release: Backend['release'] = (request, signal) => this.call(() => this.inner.release(request), signal);
  book: Backend['book'] = (request, signal) => this.call(() => this.recorded(this.inner.book(request)), signal);
  appointment: Backend['appointment'] = (request, signal) => this.call(() => this.inner.appointment(request), signal);
  cancel: Backend['cancel'] = (request, signal) => this.call(() => this.recorded(this.inner.cancel(request)), signal);
  reschedule: Backend['reschedule'] = (request, signal) =>
    this.call(() => this.recorded(this.inner.reschedule(request)), signal);
  notifications: Backend['notifications'] = (request, signal) =>
    this.call(() => this.inner.notifications(request), signal);

  connect(): LiveConnection {
    const live = this.inner.connect();
    return {
      ...live,
      slots: (providerId, handlers, source) =>
        live.slots(providerId, this.unreliable(handlers, source === 'rows'), source),
      signals: (topic, handlers) =>
        live.signals(topic, {
          status: (status, error) => this.clock.whenAwake(() => handlers.status(status, error)),
          signal: (signal) => this.clock.whenAwake(() => handlers.signal(signal)),
        }),
      viewers: (providerId, handlers) =>
        live.viewers(providerId, {
          status: (status, error) => this.clock.whenAwake(() => handlers.status(status, error)),
          viewers: (count, tracked) => this.clock.whenAwake(() => handlers.viewers(count, tracked)),
        }),
    };
  }

  requests(fate: RequestFate, count: number): void {
    this.nextRequests = { fate, count };
  }

  messages(fate: MessageFate, count: number): void {
    this.nextMessages = { fate, count };
  }

  socket(fate: SocketFate): void {
    const { socket } = this.inner;
    if (fate === 'cut') socket.drop();
    else if (fate === 'channels closed') socket.closeChannels();
    else {
      socket.stall();
      // The heartbeat notices this at the latest.
      this.clock.after(jitter(this.clock, ...HEARTBEAT_MS), () => this.isOffline || socket.drop());
    }
  }

  offline(): void {
    this.isOffline = true;
    this.inner.socket.down();
  }

  online(): void {
    this.isOffline = false;
    this.inner.socket.up();
  }

  heal(): void {
    this.nextRequests.count = this.nextMessages.count = 0;
    if (this.isOffline) this.online();
  }

  private async recorded(work: Promise<BookingResult>): Promise<BookingResult> {
    const result = await work;
    this.record(result);
    return result;
  }

  private async call<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const fate = take(this.nextRequests);
    if (fate === 'refused') throw await this.after(this.trip(), new OpenslotError('network'));
    if (fate === 'unavailable') throw await this.after(this.trip(), new OpenslotError('project_unavailable'));
    if (fate === 'limited') throw await this.after(this.trip(), LIMITED);
    if (fate === 'nonsense') throw await this.after(this.trip(), new OpenslotError('bad_response'));
    const wait = fate === 'late' ? jitter(this.clock, ...LATE_MS) : this.trip();
    this.onTheirWay++;
    const answer = this.after(wait, undefined).then(() => {
      this.onTheirWay--;
      if (this.isOffline) throw new OpenslotError('network');
      return work();
    });
    if (wait > GIVEN_UP_MS) {
      this.lateRequestsPossible = true;
      answer.catch(() => undefined);
      throw await this.after(GIVEN_UP_MS, new OpenslotError('network'));
    }
    const result = await settled(answer);
    await this.after(this.trip(), undefined);
    if (signal?.aborted) throw new OpenslotError('aborted');
    if (this.isOffline || fate === 'answer lost') throw new OpenslotError('network');
    return result();
  }

  private trip(): number {
    return jitter(this.clock, ...TRIP_MS);
  }

  private after<T>(ms: number, value: T): Promise<T> {
    return new Promise((resolve) => this.clock.after(ms, () => resolve(value)));
  }

  private unreliable(handlers: SlotsChannelHandlers, asRows: boolean): SlotsChannelHandlers {
    const arrive = (change: SlotsChange) => {
      const fate = take(this.nextMessages);
      if (fate === 'lost') return;
      const deliver = () => this.clock.whenAwake(() => handlers.change(change));
      if (fate === 'late') this.clock.after(jitter(this.clock, ...LATE_MESSAGE_MS), deliver);
      else deliver();
      if (fate === 'twice') deliver();
    };
    return {
      status: (status, error) => this.clock.whenAwake(() => handlers.status(status, error)),
      change: (change) => {
        if (!asRows) arrive(change);
        else for (const row of rowsOf(change)) this.clock.after(jitter(this.clock, ...ROWS_MS), () => arrive(row));
      },
    };
  }
}

/** A change as the database's log has it: its rows one by one, and nothing else. */
function rowsOf({ slots }: SlotsChange): SlotsChange[] {
  return slots.map((slot) => ({ after: slot.revision, revision: slot.revision, slots: [slot], fullDays: [] }));
}

function take<Fate>(next: Fates<Fate>): Fate | null {
  if (next.count === 0) return null;
  next.count--;
  return next.fate;
}

/** A refusal travels back in the same way as an answer. */
async function settled<T>(work: Promise<T>): Promise<() => T> {
  try {
    const value = await work;
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

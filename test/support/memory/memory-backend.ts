/**
 * A whole project in memory: database, live messages and presence for any number of clients, with everything that
 * can go wrong at the turn of a knob. For tests and stories; keeps the contract that `backend-contract.ts` states.
 */
import type { Backend } from '../../../src/core/calendar/backend.ts';
import type { Signal } from '../../../src/core/realtime/types.ts';
import { type Clock, systemClock } from '../../../src/core/time/clock.ts';
import { type ErrorCode, OpenslotError } from '../../../src/core/errors.ts';
import { MemoryDatabase, type ProviderSeed } from './memory-database.ts';
import { MemoryRealtime, MemorySocket } from './memory-realtime.ts';
import { demoSeed } from './memory-seed.ts';

export { AMARA, MIRA, SERVICES } from './memory-seed.ts';

/** The calls that can be made to go wrong. */
export type Operation = Exclude<keyof Backend, 'connect'>;

export interface Faults {
  /** Ms from a call to the database, and again from the database to the answer. */
  latency: number;
  /** Calls fail as they do without a network. Use `goOffline` to lose the socket as well. */
  offline: boolean;
  /** So many of the next answers get lost, although the database has carried out the request. */
  losesAnswers: number;
  /** Codes with which operations are refused before the database sees them. */
  refuses: Partial<Record<Operation, ErrorCode>>;
}

export interface MemoryBackend extends Backend {
  readonly faults: Faults;
  /** The live connection's own controls. */
  readonly socket: MemorySocket;
  /** Every call so far, in order. */
  readonly calls: readonly Operation[];
  goOffline(): void;
  goOnline(): void;
}

export interface MemoryProject {
  /** For what other visitors and the staff do. Its methods act at once and throw at once. */
  readonly database: MemoryDatabase;
  /** A client of this project, with faults of its own. */
  backend(faults?: Partial<Faults>): MemoryBackend;
  /** Sends a signal to a topic. */
  signal(topic: string, signal: Signal): void;
  /** Lets so many others look at a provider. */
  setViewers(providerId: string, count: number): void;
  /** How many clients have their socket open. */
  readonly sockets: number;
}

export interface MemoryProjectOptions {
  readonly clock?: Clock;
  /** Defaults to the providers of `supabase/seed.sql`. */
  readonly seed?: readonly ProviderSeed[];
}

export function createMemoryProject({ clock = systemClock, seed }: MemoryProjectOptions = {}): MemoryProject {
  const database = new MemoryDatabase(clock);
  for (const provider of seed ?? demoSeed(clock.now())) database.add(provider);
  const realtime = new MemoryRealtime(clock);
  database.listen((providerId, change) => realtime.broadcast(providerId, change));
  database.listenForSignals((topic, signal) => realtime.signal(topic, signal));
  return {
    database,
    backend: (faults) => memoryBackend(clock, database, new MemorySocket(realtime), faults),
    signal: (topic, signal) => realtime.signal(topic, signal),
    setViewers: (providerId, count) => realtime.setStrangers(providerId, count),
    get sockets() {
      return realtime.sockets.size;
    },
  };
}

function memoryBackend(
  clock: Clock,
  database: MemoryDatabase,
  socket: MemorySocket,
  knobs: Partial<Faults> = {},
): MemoryBackend {
  const faults: Faults = { latency: 0, offline: false, losesAnswers: 0, refuses: {}, ...knobs };
  const calls: Operation[] = [];

  async function call<T>(operation: Operation, work: () => T, signal: AbortSignal | undefined): Promise<T> {
    calls.push(operation);
    await wait(clock, faults.latency, signal);
    if (faults.offline) throw new OpenslotError('network');
    const refusal = faults.refuses[operation];
    if (refusal) throw new OpenslotError(refusal);
    const answer = structuredClone(work());
    await wait(clock, faults.latency, signal);
    if (faults.losesAnswers > 0) {
      faults.losesAnswers--;
      throw new OpenslotError('network');
    }
    return answer;
  }

  return {
    faults,
    socket,
    calls,
    calendar: (request, signal) => call('calendar', () => database.calendar(request), signal),
    changes: (request, signal) => call('changes', () => database.changes(request), signal),
    hold: (request, signal) => call('hold', () => database.hold(request), signal),
    release: (request, signal) => call('release', () => database.release(request), signal),
    book: (request, signal) => call('book', () => database.book(request), signal),
    appointment: (request, signal) => call('appointment', () => database.appointment(request), signal),
    cancel: (request, signal) => call('cancel', () => database.cancel(request), signal),
    reschedule: (request, signal) => call('reschedule', () => database.reschedule(request), signal),
    notifications: (request, signal) => call('notifications', () => database.notifications(request), signal),
    connect: () => socket.connect(),
    goOffline() {
      faults.offline = true;
      socket.down();
    },
    goOnline() {
      faults.offline = false;
      socket.up();
    },
  };
}

function wait(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms <= 0) return signal?.aborted ? Promise.reject(new OpenslotError('aborted')) : Promise.resolve();
  return new Promise((resolve, reject) => {
    const abort = () => {
      cancel();
      reject(new OpenslotError('aborted'));
    };
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}

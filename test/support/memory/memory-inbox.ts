/**
 * The notifications of one patient or one member in memory: the functions of notifications, with live signals,
 * for any number of tabs. For tests and stories.
 */
import { isoInstant } from '../../../src/core/time/iso-instant.ts';
import { type Clock, systemClock } from '../../../src/core/time/clock.ts';
import { OpenslotError, type ErrorCode } from '../../../src/core/errors.ts';
import type { InboxBackend, PushSubscribeRequest } from '../../../src/core/inbox/backend.ts';
import type { InboxNotification } from '../../../src/core/inbox/types.ts';
import { MemoryRealtime, MemorySocket } from './memory-realtime.ts';

const PAGE = 50;
const MINUTE = 60_000;

export const TOPIC = 'openslot:desk:5f0c1d2e-0000-4000-8000-000000000001';

type Call = 'notifications' | 'read' | 'pushSubscribe' | 'pushUnsubscribe';

export interface InboxFaults {
  /** Ms until an answer. */
  latency: number;
  offline: boolean;
  /** By call, the code with which it is refused. */
  refuses: Partial<Record<Call, ErrorCode>>;
}

export interface MemoryInboxBackend extends InboxBackend {
  readonly faults: InboxFaults;
  readonly socket: MemorySocket;
  /** Every call so far, in order. */
  readonly calls: readonly Call[];
  /** From now on this user is signed in; null: none is. */
  signIn(user: string | null): void;
}

export interface MemoryInboxOptions {
  readonly clock?: Clock;
  readonly audience?: 'patient' | 'member';
}

export class MemoryInbox {
  readonly audience: 'patient' | 'member';
  /** Newest first. */
  notifications: readonly InboxNotification[] = [];
  topics: readonly string[] = [TOPIC];
  readonly pushes: PushSubscribeRequest[] = [];
  private readonly clock: Clock;
  private readonly realtime: MemoryRealtime;

  constructor({ clock = systemClock, audience = 'member' }: MemoryInboxOptions = {}) {
    this.clock = clock;
    this.audience = audience;
    this.realtime = new MemoryRealtime(clock);
  }

  /** Adds a notification, of an appointment in 10 days unless the caller gives another start, and signals it. */
  tell(told: Partial<InboxNotification> = {}, { silently = false } = {}): InboxNotification {
    const now = this.clock.now();
    const start = told.start ?? isoInstant(Math.ceil(now / (20 * MINUTE)) * 20 * MINUTE + 10 * 24 * 60 * MINUTE);
    const notification: InboxNotification = {
      id: (this.notifications[0]?.id ?? 100) + 2,
      kind: 'booked',
      by: 'patient',
      appointment_id: crypto.randomUUID(),
      sequence: 0,
      provider_id: '5f0c1d2e-0000-4000-8000-000000000001',
      provider_name: 'Dr. Mira Lindqvist',
      clinic: 'Northside Clinic',
      service_name: 'Consultation',
      patient_name: this.audience === 'member' ? 'Jonas Ek' : null,
      start,
      end: isoInstant(Date.parse(start) + 20 * MINUTE),
      previous_start: null,
      time_zone: 'Europe/Stockholm',
      message: null,
      created_at: isoInstant(now),
      read: false,
      ...told,
    };
    this.notifications = [notification, ...this.notifications];
    if (!silently) this.signal(notification.id);
    return notification;
  }

  signal(notification: number | null = null): void {
    for (const topic of this.topics) this.realtime.signal(topic, { notification });
  }

  get unread(): number {
    return this.notifications.filter(({ read }) => !read).length;
  }

  /** How many clients have an open socket. */
  get sockets(): number {
    return this.realtime.sockets.size;
  }

  read(upTo: number): void {
    this.notifications = this.notifications.map((told) => (told.id <= upTo ? { ...told, read: true } : told));
  }

  /** One tab. */
  backend(knobs: Partial<InboxFaults> = {}): MemoryInboxBackend {
    const faults: InboxFaults = { latency: 0, offline: false, refuses: {}, ...knobs };
    const socket = new MemorySocket(this.realtime);
    const calls: Call[] = [];
    const users = new Set<(user: string | null) => void>();
    let user: string | null = 'mira';
    const call = async <T>(name: Call, work: () => T, signal?: AbortSignal): Promise<T> => {
      calls.push(name);
      if (faults.latency > 0) await new Promise<void>((resolve) => this.clock.after(faults.latency, resolve));
      else await Promise.resolve();
      if (signal?.aborted) throw new OpenslotError('aborted');
      if (faults.offline) throw new OpenslotError('network');
      if (user === null) throw new OpenslotError('not_signed_in');
      const refusal = faults.refuses[name];
      if (refusal) throw new OpenslotError(refusal);
      return structuredClone(work());
    };
    const server_time = () => isoInstant(this.clock.now());
    return {
      audience: this.audience,
      faults,
      socket,
      calls,
      notifications: ({ before }, signal) =>
        call(
          'notifications',
          () => ({
            notifications: this.notifications.filter(({ id }) => before === null || id < before).slice(0, PAGE),
            unread: this.unread,
            topics: this.topics,
            server_time: server_time(),
          }),
          signal,
        ),
      read: ({ up_to }, signal) =>
        call(
          'read',
          () => {
            this.read(up_to);
            return { unread: this.unread, server_time: server_time() };
          },
          signal,
        ),
      pushSubscribe: (request) => call('pushSubscribe', () => void this.pushes.push(request)),
      pushUnsubscribe: ({ endpoint }) =>
        call('pushUnsubscribe', () => {
          const left = this.pushes.filter(
            ({ subscription }) => (subscription as { endpoint?: string }).endpoint !== endpoint,
          );
          this.pushes.splice(0, Infinity, ...left);
        }),
      connect: () => socket.connect(),
      onUser(listener) {
        users.add(listener);
        queueMicrotask(() => users.has(listener) && listener(user));
        return () => users.delete(listener);
      },
      signIn(next) {
        user = next;
        for (const listener of users) listener(next);
      },
    };
  }
}

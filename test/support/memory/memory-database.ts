/**
 * The tenant's database in memory: the same functions, rules, codes and revisions as the SQL, without SQL. Synchronous,
 * so that every call is one transaction. It stands in for the real one in tests and stories; it does not know rate
 * limits, time-offs or staff.
 */
import { isoInstant } from '../../../src/core/time/iso-instant.ts';
import type { BookRequest, HoldRequest, RescheduleRequest } from '../../../src/core/calendar/backend.ts';
import type { Signal } from '../../../src/core/realtime/types.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { OpenslotError } from '../../../src/core/errors.ts';
import type { InboxNotification, NotificationsResult } from '../../../src/core/inbox/types.ts';
import type {
  Appointment,
  AppointmentResult,
  BookingResult,
  CalendarSnapshot,
  HoldResult,
  MissedChanges,
  Provider,
  SlotsChange,
} from '../../../src/core/wire.ts';
import { answered } from './memory-answers.ts';
import { type News, notificationOf } from './memory-news.ts';
import { found, type Row, sameRows, span } from './memory-rows.ts';
import { MemorySchedule, type ProviderSeed, refusal } from './memory-schedule.ts';

export type { ProviderSeed } from './memory-schedule.ts';

const MINUTE = 60_000;
const HOLD_MINUTES = 5;
const HOLD_MAX_MINUTES = 15;

interface Booked {
  appointment: Appointment;
  readonly token: string;
  rows: Row[];
  /** The patient's notifications, newest first. */
  told: readonly InboxNotification[];
}

type BookedBy = 'patient' | 'provider';

export class MemoryDatabase {
  private readonly clock: Clock;
  private readonly schedules: MemorySchedule[] = [];
  private readonly bookings: Booked[] = [];
  private readonly requests = new Map<string, { readonly asked: string; readonly booked: Booked }>();
  private readonly listeners = new Set<(providerId: string, change: SlotsChange) => void>();
  private readonly signalled = new Set<(topic: string, signal: Signal) => void>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  add(seed: ProviderSeed): void {
    const { id } = seed.provider;
    const confirmed = () =>
      this.bookings
        .filter(({ appointment: { provider, status } }) => provider.id === id && status === 'confirmed')
        .map(({ appointment: { start } }) => Date.parse(start));
    const tell = (change: SlotsChange) => this.listeners.forEach((listener) => listener(id, change));
    this.schedules.push(new MemorySchedule(seed, { clock: this.clock, confirmed, tell }));
  }

  /** Hears of every change at its commit. */
  listen(listener: (providerId: string, change: SlotsChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Hears of every signal at its commit. */
  listenForSignals(listener: (topic: string, signal: Signal) => void): () => void {
    this.signalled.add(listener);
    return () => this.signalled.delete(listener);
  }

  calendar({ provider }: { provider: string }): CalendarSnapshot {
    return { ...this.schedule(provider).snapshot(), server_time: this.time() };
  }

  changes({ provider, after }: { provider: string; after: number }): MissedChanges {
    return { ...this.schedule(provider).since(after), server_time: this.time() };
  }

  hold({ provider, service, start, visitor }: HoldRequest): HoldResult {
    const schedule = this.schedule(provider);
    const rows = schedule.run({ service: schedule.service(service), start, visitor });
    const now = Math.floor(this.clock.now() / 1_000) * 1_000;
    // The same time again is the same hold, even shortly after it ended.
    const former = schedule.heldBy(visitor);
    const again = former && sameRows(former.rows, rows) && former.until + HOLD_MINUTES * MINUTE > now ? former : null;
    const began = again?.began ?? now;
    const extendable = began + HOLD_MAX_MINUTES * MINUTE;
    if (extendable <= now) throw refusal('hold_limit_reached', 409);
    const heldUntil = Math.min(now + HOLD_MINUTES * MINUTE, extendable);
    this.releaseFrom(
      visitor,
      this.schedules.filter((other) => other !== schedule),
    );
    const change = schedule.take({ visitor, start: Date.parse(start), rows, began, until: heldUntil });
    const [held_until, extendable_until] = [heldUntil, extendable].map(isoInstant) as [string, string];
    return { held_until, extendable_until, change, server_time: this.time() };
  }

  release({ visitor }: { visitor: string }): HoldResult {
    const change = this.releaseFrom(visitor, this.schedules);
    return { held_until: null, extendable_until: null, change, server_time: this.time() };
  }

  book(request: Omit<BookRequest, 'visitor'> & { visitor?: string | null }): BookingResult {
    const { provider, service, start, patient, request_id, visitor = null } = request;
    const { answers = {}, ...details } = patient;
    const asked = JSON.stringify([provider, service, Date.parse(start), patient]);
    const former = this.requests.get(request_id);
    if (former) return this.replay(former, asked);
    for (const field of ['name', 'email'] as const) {
      if (!patient[field].trim())
        throw new OpenslotError('invalid_argument', undefined, { status: 422, detail: { field } });
    }
    const schedule = this.schedule(provider);
    const wanted = schedule.service(service);
    const rows = schedule.run({ service: wanted, start, visitor });
    const appointment: Appointment = {
      id: crypto.randomUUID(),
      status: 'confirmed',
      sequence: 0,
      ...span(start, wanted),
      provider: schedule.provider,
      service: wanted,
      patient: details,
      answers: answered(wanted, answers),
      cancelled_by: null,
      cancel_reason: null,
      changeable: true,
      changeable_until: start,
    };
    const booked: Booked = { appointment, token: `token-${appointment.id}`, rows, told: [] };
    this.bookings.push(booked);
    this.requests.set(request_id, { asked, booked });
    const change = schedule.occupy(rows, [], visitor);
    this.tell(booked, { kind: 'booked', by: 'patient' });
    return this.result(booked, change);
  }

  appointment({ token }: { token: string }): AppointmentResult {
    const booked = this.booking(token);
    return { appointment: this.current(booked), topic: topicOf(booked), server_time: this.time() };
  }

  /** The notifications of an appointment. Members' notifications are in `MemoryInbox`. */
  notifications({ token }: { token: string | null }): NotificationsResult {
    const booked = this.booking(token ?? '');
    return { notifications: booked.told, unread: 0, topics: [topicOf(booked)], server_time: this.time() };
  }

  cancel({ token, reason }: { token: string; reason: string | null }, by: BookedBy = 'patient'): BookingResult {
    const booked = this.booking(token);
    if (booked.appointment.status === 'cancelled') return this.result(booked, null);
    this.requireChangeable(booked, by);
    booked.appointment = {
      ...booked.appointment,
      status: 'cancelled',
      sequence: booked.appointment.sequence + 1,
      cancelled_by: by,
      cancel_reason: reason,
    };
    const schedule = this.schedule(booked.appointment.provider.id);
    const change = schedule.occupy([], booked.rows.splice(0), null);
    this.tell(booked, { kind: 'cancelled', by, message: reason });
    return this.result(booked, change);
  }

  reschedule(
    { token, start, request_id, visitor }: RescheduleRequest,
    by: BookedBy = 'patient',
    message: string | null = null,
  ): BookingResult {
    const asked = JSON.stringify([token, Date.parse(start)]);
    const former = this.requests.get(request_id);
    if (former) return this.replay(former, asked);
    const booked = this.booking(token);
    if (booked.appointment.status === 'cancelled') throw refusal('appointment_cancelled', 409);
    this.requireChangeable(booked, by);
    let change: SlotsChange | null = null;
    if (Date.parse(start) !== Date.parse(booked.appointment.start)) {
      const { service, provider, sequence } = booked.appointment;
      const schedule = this.schedule(provider.id);
      const moved = { start: Date.parse(booked.appointment.start), rows: booked.rows };
      const rows = schedule.run({ service, start, visitor, moved });
      const left = booked.rows.filter((row) => !rows.includes(row));
      booked.rows = rows;
      const previous_start = booked.appointment.start;
      booked.appointment = { ...booked.appointment, ...span(start, service), sequence: sequence + 1 };
      change = schedule.occupy(rows, left, visitor);
      this.tell(booked, { kind: 'rescheduled', by, previous_start, message });
    }
    this.requests.set(request_id, { asked, booked });
    return this.result(booked, change);
  }

  /** What staff do: says what became of an appointment. */
  mark(token: string, status: 'completed' | 'no_show'): void {
    const booked = this.booking(token);
    booked.appointment = { ...booked.appointment, status };
    this.signal(booked, null);
  }

  /** What staff and other patients do: sets the status of the slots that start in a range, in one statement. */
  setStatus(provider: string, from: string, until: string, status: Row['status']): SlotsChange | null {
    return this.schedule(provider).setStatus(from, until, status);
  }

  /** What appointments take, epoch ms, slot by slot: visitors only see that it is gone. */
  bookedSlots(provider: string): { readonly from: number; readonly until: number }[] {
    const booked = this.schedule(provider).rows.filter((row) => row.booked);
    return booked.map(({ start, end }) => ({ from: start, until: end }));
  }

  /** Changes a provider's settings as staff do, after which every viewer reloads. */
  configure(provider: string, settings: Partial<Provider>): void {
    this.schedule(provider).configure(settings);
  }

  /** So many viewers look at a provider that each of them should check this seldom. */
  crowd(provider: string, checkAfterSeconds: number): void {
    this.schedule(provider).checkAfterSeconds = checkAfterSeconds;
  }

  private tell(booked: Booked, news: News): void {
    const id = 1 + this.bookings.reduce((count, { told }) => count + told.length, 0);
    booked.told = [notificationOf(booked.appointment, { ...news, id, created_at: this.time() }), ...booked.told];
    this.signal(booked, id);
  }

  private signal(booked: Booked, notification: number | null): void {
    for (const listener of this.signalled) listener(topicOf(booked), { notification });
  }

  private releaseFrom(visitor: string, schedules: readonly MemorySchedule[]): SlotsChange | null {
    let change: SlotsChange | null = null;
    for (const schedule of schedules) {
      change = schedule.release(visitor) ?? change;
    }
    return change;
  }

  private schedule(provider: string): MemorySchedule {
    return found(
      this.schedules.find((schedule) => schedule.isCalled(provider)),
      'provider_not_found',
    );
  }

  private booking(token: string): Booked {
    return found(
      this.bookings.find((booked) => booked.token === token),
      'appointment_not_found',
    );
  }

  private replay(former: { asked: string; booked: Booked }, asked: string): BookingResult {
    if (former.asked !== asked) throw refusal('request_id_reused', 409);
    return this.result(former.booked, null);
  }

  /** Staff are not bound by the last moment to change. */
  private requireChangeable({ appointment }: Booked, by: BookedBy): void {
    if (Date.parse(appointment.start) <= this.clock.now()) throw refusal('appointment_past', 409);
    const until = this.changeableUntil(appointment);
    if (by === 'provider' || until > this.clock.now()) return;
    throw new OpenslotError('too_late_to_change', undefined, { status: 409, detail: { until: isoInstant(until) } });
  }

  private changeableUntil({ start, provider }: Appointment): number {
    const { change_notice_minutes: notice } = this.schedule(provider.id).provider;
    return Date.parse(start) - (notice ?? 0) * MINUTE;
  }

  private current({ appointment }: Booked): Appointment {
    const until = this.changeableUntil(appointment);
    return {
      ...appointment,
      provider: this.schedule(appointment.provider.id).provider,
      changeable: appointment.status === 'confirmed' && until > this.clock.now(),
      changeable_until: isoInstant(until),
    };
  }

  private result(booked: Booked, change: SlotsChange | null): BookingResult {
    return {
      appointment: this.current(booked),
      manage_token: booked.token,
      change,
      server_time: this.time(),
    };
  }

  private time(): string {
    return isoInstant(this.clock.now());
  }
}

function topicOf({ appointment }: Booked): string {
  return `openslot:appointment:${appointment.id}`;
}

/**
 * The tenant's database in memory: the same functions, rules, codes and revisions as the SQL, without SQL. Synchronous,
 * so that every call is one transaction. It stands in for the real one in tests and stories; it does not know rate
 * limits, time-offs or staff.
 */
import { isoInstant } from '../../src/core/availability.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { BookRequest, HoldRequest, RescheduleRequest } from '../../src/core/backend.ts';
import { OpenslotError } from '../../src/core/errors.ts';
import type {
  Appointment, AppointmentResult, BookingResult, CalendarSnapshot, HoldResult, MissedChanges, Provider, Service,
  SlotsChange, SlotStatus,
} from '../../src/core/types.ts';
import { dayOf } from '../../src/core/zones.ts';
import { found, publicSlot, type Row, sameRows, shown, span } from './memory-rows.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

interface Schedule {
  provider: Provider;
  readonly services: readonly Service[];
  readonly dailyLimit: number | null;
  readonly rows: Row[];
  revision: number;
  /** Changes up to here can't be listed: settings changed since, or tombstones were purged. */
  forgotten: number;
}

interface Booked {
  appointment: Appointment;
  readonly token: string;
  rows: Row[];
}

export interface ProviderSeed {
  readonly provider: Provider;
  readonly services: readonly Service[];
  readonly dailyLimit?: number | null;
  /** Starts of the grid's slots, epoch ms, ascending. */
  readonly starts: readonly number[];
}

export const HOLD_MINUTES = 5;
export const HOLD_MAX_MINUTES = 15;

export class MemoryDatabase {
  private readonly clock: Clock;
  private readonly schedules: Schedule[] = [];
  private readonly bookings: Booked[] = [];
  private readonly requests = new Map<string, { readonly asked: string; readonly booked: Booked }>();
  private readonly listeners = new Set<(providerId: string, change: SlotsChange) => void>();
  private ids = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  add({ provider, services, dailyLimit = null, starts }: ProviderSeed): void {
    const rows = starts.map((start): Row => ({
      id: ++this.ids, start, end: start + provider.slot_minutes * MINUTE, status: 'open',
      heldUntil: null, heldBy: null, holdStarted: 0, limited: false, revision: 1,
    }));
    this.schedules.push({ provider, services, dailyLimit, rows, revision: 1, forgotten: 0 });
  }

  /** Hears of every change at its commit. */
  listen(listener: (providerId: string, change: SlotsChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  calendar({ provider }: { provider: string }): CalendarSnapshot {
    const schedule = this.schedule(provider);
    const now = this.clock.now();
    const latest = now + schedule.provider.booking_window_days * DAY;
    const listed = schedule.rows.filter((row) => shown(row.status) && row.start >= now && row.start < latest);
    return {
      schema_version: 1, provider: schedule.provider, services: schedule.services, slots: listed.map(publicSlot),
      revision: schedule.revision, server_time: this.time(),
    };
  }

  changes({ provider, after }: { provider: string; after: number }): MissedChanges {
    const schedule = this.schedule(provider);
    const reload = after < schedule.forgotten || after > schedule.revision;
    const slots = reload ? [] : schedule.rows.filter((row) => row.revision > after && row.start > this.clock.now()).map(publicSlot);
    return { after, revision: schedule.revision, slots, server_time: this.time(), ...(reload && { reload }) };
  }

  hold(request: HoldRequest): HoldResult {
    const schedule = this.schedule(request.provider);
    const run = this.run(schedule, this.service(schedule, request.service), request.start, request.visitor);
    const now = Math.floor(this.clock.now() / 1_000) * 1_000;
    // The same time again is the same hold, even shortly after it ended.
    const held = schedule.rows.filter((row) => row.heldBy === request.visitor);
    const again = sameRows(held, run) && held.every((row) => (row.heldUntil ?? 0) + HOLD_MINUTES * MINUTE > now);
    const holdStarted = again ? Math.min(...run.map((row) => row.holdStarted)) : now;
    const extendable = holdStarted + HOLD_MAX_MINUTES * MINUTE;
    if (extendable <= now) throw new OpenslotError('hold_limit_reached', undefined, { status: 409 });
    const heldUntil = Math.min(now + HOLD_MINUTES * MINUTE, extendable);
    let change: SlotsChange | null = null;
    if (!again || run.some((row) => row.heldUntil !== heldUntil)) {
      this.release(request, this.schedules.filter((other) => other !== schedule));
      const former = this.letGo(request.visitor, schedule);
      for (const row of run) Object.assign(row, { status: 'held', heldUntil, heldBy: request.visitor, holdStarted });
      change = this.commit(schedule, new Set([...former, ...run]));
    }
    return { held_until: isoInstant(heldUntil), extendable_until: isoInstant(extendable), change, server_time: this.time() };
  }

  release({ visitor }: { visitor: string }, of = this.schedules): HoldResult {
    let change: SlotsChange | null = null;
    for (const schedule of of) {
      const rows = this.letGo(visitor, schedule);
      if (rows.length > 0) change = this.commit(schedule, rows);
    }
    return { held_until: null, extendable_until: null, change, server_time: this.time() };
  }

  book(request: Omit<BookRequest, 'visitor'> & { visitor?: string | null }): BookingResult {
    const { provider, service, start, patient, request_id } = request;
    const asked = JSON.stringify([provider, service, Date.parse(start), patient]);
    const former = this.requests.get(request_id);
    if (former) return this.replay(former, asked);
    const schedule = this.schedule(provider);
    const wanted = this.service(schedule, service);
    for (const field of ['name', 'email'] as const) {
      if (!patient[field].trim()) throw new OpenslotError('invalid_argument', undefined, { status: 422, detail: { field } });
    }
    const rows = this.run(schedule, wanted, start, request.visitor ?? null);
    const appointment: Appointment = {
      id: crypto.randomUUID(), status: 'confirmed', sequence: 0, ...span(start, wanted), provider: schedule.provider,
      service: wanted, patient, cancelled_by: null, cancel_reason: null, changeable: true,
    };
    const booked: Booked = { appointment, token: `token-${appointment.id}`, rows };
    this.bookings.push(booked);
    this.requests.set(request_id, { asked, booked });
    const freed = request.visitor ? this.letGo(request.visitor, schedule) : [];
    return this.result(booked, this.occupy(schedule, rows, freed));
  }

  appointment({ token }: { token: string }): AppointmentResult {
    return { appointment: this.current(this.booking(token)), server_time: this.time() };
  }

  cancel({ token, reason }: { token: string; reason: string | null }, by: 'patient' | 'provider' = 'patient'): BookingResult {
    const booked = this.booking(token);
    if (booked.appointment.status === 'cancelled') return this.result(booked, null);
    this.requireUpcoming(booked);
    const schedule = this.schedule(booked.appointment.provider.id);
    const { sequence } = booked.appointment;
    booked.appointment = { ...booked.appointment, status: 'cancelled', sequence: sequence + 1, cancelled_by: by, cancel_reason: reason };
    return this.result(booked, this.occupy(schedule, [], booked.rows.splice(0)));
  }

  reschedule({ token, start, request_id, visitor }: RescheduleRequest): BookingResult {
    const asked = JSON.stringify([token, Date.parse(start)]);
    const former = this.requests.get(request_id);
    if (former) return this.replay(former, asked);
    const booked = this.booking(token);
    if (booked.appointment.status === 'cancelled') throw new OpenslotError('appointment_cancelled', undefined, { status: 409 });
    this.requireUpcoming(booked);
    if (Date.parse(start) === Date.parse(booked.appointment.start)) {
      this.requests.set(request_id, { asked, booked });
      return this.result(booked, null);
    }
    const schedule = this.schedule(booked.appointment.provider.id);
    const rows = this.run(schedule, booked.appointment.service, start, visitor, booked.rows);
    const left = booked.rows.filter((row) => !rows.includes(row));
    booked.rows = rows;
    booked.appointment = {
      ...booked.appointment, ...span(start, booked.appointment.service), sequence: booked.appointment.sequence + 1,
    };
    this.requests.set(request_id, { asked, booked });
    return this.result(booked, this.occupy(schedule, rows, [...left, ...this.letGo(visitor, schedule)]));
  }

  /** What staff do: sets the status of the slots that start in a range, in one statement. */
  setStatus(provider: string, from: string, until: string, status: SlotStatus): SlotsChange {
    const schedule = this.schedule(provider);
    const rows = schedule.rows.filter((row) => row.start >= Date.parse(from) && row.start < Date.parse(until));
    for (const row of rows) Object.assign(row, { status, heldUntil: null, heldBy: null, limited: false });
    return this.commit(schedule, rows);
  }

  /** What staff do: changes a provider's settings, which tells everybody to reload. */
  configure(provider: string, settings: Partial<Provider>): void {
    const schedule = this.schedule(provider);
    schedule.provider = { ...schedule.provider, ...settings };
    const after = schedule.revision++;
    schedule.forgotten = schedule.revision;
    this.tell(schedule, { after, revision: schedule.revision, slots: [], reload: true });
  }

  private occupy(schedule: Schedule, rows: readonly Row[], freed: readonly Row[]): SlotsChange {
    const days = new Set([...rows, ...freed].map((row) => dayOf(row.start, schedule.provider.time_zone)));
    const sameDays = schedule.rows.filter((row) => days.has(dayOf(row.start, schedule.provider.time_zone)));
    for (const row of freed) Object.assign(row, { status: 'open', heldUntil: null, heldBy: null });
    for (const row of rows) Object.assign(row, { status: 'booked', heldUntil: null, heldBy: null });
    const limited: Row[] = [];
    for (const day of schedule.dailyLimit === null ? [] : days) {
      const full = this.confirmedOn(schedule, day) >= (schedule.dailyLimit ?? Infinity);
      for (const row of sameDays) {
        const flips = full ? row.status === 'open' : row.status === 'blocked' && row.limited;
        if (!flips || dayOf(row.start, schedule.provider.time_zone) !== day) continue;
        Object.assign(row, { status: full ? 'blocked' : 'open', limited: full });
        limited.push(row);
      }
    }
    return this.commit(schedule, new Set([...freed, ...rows, ...limited]));
  }

  private confirmedOn(schedule: Schedule, day: string): number {
    return this.bookings.filter(
      ({ appointment: { provider, status, start } }) =>
        provider.id === schedule.provider.id && status === 'confirmed' && dayOf(Date.parse(start), provider.time_zone) === day,
    ).length;
  }

  private commit(schedule: Schedule, rows: Iterable<Row>): SlotsChange {
    const after = schedule.revision++;
    const slots = Array.from(rows, (row) => publicSlot(Object.assign(row, { revision: schedule.revision })));
    return this.tell(schedule, { after, revision: schedule.revision, slots });
  }

  private tell(schedule: Schedule, change: SlotsChange): SlotsChange {
    for (const listener of this.listeners) listener(schedule.provider.id, change);
    return change;
  }

  /** The slots of a booking, once every rule is met. */
  private run(schedule: Schedule, service: Service, start: string, visitor: string | null, own: readonly Row[] = []): Row[] {
    const at = Date.parse(start);
    const { min_notice_minutes, booking_window_days, slot_minutes } = schedule.provider;
    if (at < this.clock.now() + min_notice_minutes * MINUTE) throw new OpenslotError('too_soon', undefined, { status: 422 });
    if (at >= this.clock.now() + booking_window_days * DAY) throw new OpenslotError('outside_window', undefined, { status: 422 });
    const minutes = service.buffer_before_minutes + service.duration_minutes + service.buffer_after_minutes;
    const rows: Row[] = [];
    for (let next = at - service.buffer_before_minutes * MINUTE; rows.length < Math.ceil(minutes / slot_minutes); ) {
      const row = schedule.rows.find((candidate) => candidate.start === next && candidate.status !== 'removed');
      if (!row) throw new OpenslotError('outside_hours', undefined, { status: 422 });
      rows.push(row);
      next = row.end;
    }
    const dayOfRow = (row: Row) => dayOf(row.start, schedule.provider.time_zone);
    const moves = (row: Row) => own.includes(row) || (row.limited && own.some((other) => dayOfRow(other) === dayOfRow(row)));
    const taken = rows.filter((row) => !moves(row) && !this.free(row, visitor));
    if (taken.length > 0) {
      throw new OpenslotError(taken.every((row) => row.limited) ? 'daily_limit_reached' : 'slot_taken', undefined, { status: 409 });
    }
    return rows;
  }

  private free(row: Row, visitor: string | null): boolean {
    if (row.status === 'held') return (row.heldUntil ?? 0) <= this.clock.now() || row.heldBy === visitor;
    return row.status === 'open';
  }

  private letGo(visitor: string, schedule: Schedule): Row[] {
    const rows = schedule.rows.filter((row) => row.status === 'held' && row.heldBy === visitor);
    for (const row of rows) Object.assign(row, { status: 'open', heldUntil: null, heldBy: null });
    return rows;
  }

  private schedule(provider: string): Schedule {
    return found(this.schedules.find(({ provider: { id, slug } }) => id === provider || slug === provider), 'provider_not_found');
  }

  private service(schedule: Schedule, service: string): Service {
    return found(schedule.services.find(({ id, slug }) => id === service || slug === service), 'service_not_found');
  }

  private booking(token: string): Booked {
    return found(this.bookings.find((booked) => booked.token === token), 'appointment_not_found');
  }

  private replay(former: { asked: string; booked: Booked }, asked: string): BookingResult {
    if (former.asked !== asked) throw new OpenslotError('request_id_reused', undefined, { status: 409 });
    return this.result(former.booked, null);
  }

  private requireUpcoming({ appointment }: Booked): void {
    if (Date.parse(appointment.start) <= this.clock.now()) throw new OpenslotError('appointment_past', undefined, { status: 409 });
  }

  private current({ appointment }: Booked): Appointment {
    return { ...appointment, changeable: appointment.status === 'confirmed' && Date.parse(appointment.start) > this.clock.now() };
  }

  private result(booked: Booked, change: SlotsChange | null): BookingResult {
    return { appointment: this.current(booked), manage_token: booked.token, change, server_time: this.time() };
  }

  private time(): string {
    return isoInstant(this.clock.now());
  }
}

/**
 * A tenant's project in memory as staff see it: the functions of `StaffBackend`, with their rules and codes, as far as the
 * desk depends on them. Synchronous within, so every call is one transaction. For tests and stories. It has no notice, no
 * window and no daily limit, which don't bind staff.
 */
import { spansOf, overlap } from '../../../src/core/desk/optimistic.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { type ErrorCode, OpenslotError } from '../../../src/core/errors.ts';
import type {
  MarkRequest,
  SetHoursRequest,
  SetSlotsRequest,
  StaffBookRequest,
  StaffRescheduleRequest,
} from '../../../src/core/desk/backend.ts';
import type {
  Agenda,
  DeskAppointment,
  DeskProvider,
  DeskResult,
  DeskService,
  DeskTenant,
  Hours,
  HoursResult,
  Invitation,
  Member,
  MembersResult,
  News,
  SetHoursResult,
  SetSlotsResult,
  StaffResult,
} from '../../../src/core/desk/types.ts';
import { addDays, dayOf } from '../../../src/core/time/time-zones.ts';
import { busyOf, byStart, type DeskHold, type DeskRow, isCovered, rowAt, rowsOf, slotOf } from './desk-rows.ts';
import { MemoryRealtime } from './memory-realtime.ts';

const MINUTE = 60_000;

export interface DeskSeed {
  readonly provider: DeskProvider;
  readonly services: readonly DeskService[];
  readonly hours: Hours;
}

interface Calendar {
  provider: DeskProvider;
  services: DeskService[];
  /** In order of start. */
  rows: DeskRow[];
  holds: DeskHold[];
  hours: Hours;
  revision: number;
}

export class MemoryDesk {
  readonly realtime: MemoryRealtime;
  tenants: DeskTenant[] = [];
  members: Member[] = [];
  invitations: (Invitation & { token: string })[] = [];
  appointments: DeskAppointment[] = [];
  news: News[] = [];
  private readonly clock: Clock;
  private readonly calendars: Calendar[] = [];
  private readonly requests = new Map<string, string>();
  private ids = 1;

  constructor(clock: Clock) {
    this.clock = clock;
    this.realtime = new MemoryRealtime(clock);
  }

  /** @param days before and after today that have slots */
  add({ provider, services, hours }: DeskSeed, days: readonly [before: number, after: number] = [7, 60]): void {
    const calendar = {
      provider,
      services: [...services],
      rows: [],
      holds: [],
      hours,
      revision: 1,
    } as Calendar;
    this.calendars.push(calendar);
    const today = dayOf(this.clock.now(), provider.time_zone);
    for (let day = -days[0]; day < days[1]; day++) {
      calendar.rows.push(...rowsOf(provider, hours, addDays(today, day)));
    }
    calendar.rows.sort(byStart);
  }

  desk(email: string): DeskResult {
    const member = this.members.find((other) => other.email === email);
    const providers = this.calendars.map(({ provider }) => provider);
    return {
      user: { id: member?.user_id ?? 'nobody', email },
      tenants: member ? this.tenants.map((tenant) => ({ ...tenant, role: member.role })) : [],
      providers: member
        ? providers
            .filter(({ id }) => member.provider_id === null || member.provider_id === id)
            .map((provider) => ({ ...provider, role: member.role }))
        : [],
      server_time: this.time(),
    };
  }

  agenda(provider: string, from: string, to: string): Agenda {
    const calendar = this.calendar(provider);
    const { time_zone: zone } = calendar.provider;
    const touches = (start: string, end = start) =>
      dayOf(Date.parse(start), zone) <= to && dayOf(Date.parse(end), zone) >= from;
    const appointments = this.appointmentsOf(calendar);
    return {
      provider: calendar.provider,
      services: calendar.services,
      slots: calendar.rows
        .filter(({ start }) => touches(start))
        .map((row) => slotOf(row, appointments, calendar.holds, calendar.revision)),
      appointments: appointments.filter(({ start, end }) => touches(start, end)),
      revision: calendar.revision,
      server_time: this.time(),
    };
  }

  book(
    { provider, service: wanted, start, patient, request_id }: StaffBookRequest,
    by: News['by'] = 'provider',
  ): StaffResult {
    const former = this.requests.get(request_id);
    if (former) return this.result(this.appointment(former));
    const calendar = this.calendar(provider);
    const service = calendar.services.find(({ id, slug }) => id === wanted || slug === wanted);
    if (!service) throw new OpenslotError('service_not_found');
    const spans = spansOf(service, start);
    this.requireFree(calendar, spans.busy_start, spans.busy_end, null);
    const appointment: DeskAppointment = {
      ...spans,
      id: `00000000-0000-4000-a000-${String(this.ids++).padStart(12, '0')}`,
      status: 'confirmed',
      sequence: 0,
      version: 1,
      provider_id: calendar.provider.id,
      service_id: service.id,
      service_name: service.name,
      patient,
      cancelled_by: null,
      cancel_reason: null,
      outside_hours: false,
      changeable: Date.parse(start) > this.clock.now(),
      created_at: this.time(),
      updated_at: this.time(),
    };
    this.appointments.push(appointment);
    this.requests.set(request_id, appointment.id);
    this.tell(calendar, appointment, { kind: 'booked', by });
    return this.result(appointment);
  }

  reschedule(request: StaffRescheduleRequest, by: News['by'] = 'provider'): StaffResult {
    const { appointment: id, start, version, request_id, message } = request;
    const former = this.requests.get(request_id);
    if (former) return this.result(this.appointment(former));
    const before = this.current(id, version);
    const calendar = this.calendar(before.provider_id);
    const service = calendar.services.find((other) => other.id === before.service_id)!;
    const spans = spansOf(service, start);
    this.requireFree(calendar, spans.busy_start, spans.busy_end, id);
    const now = this.update(before, { ...spans, sequence: before.sequence + 1 });
    this.requests.set(request_id, id);
    this.tell(calendar, now, { kind: 'rescheduled', by, previous_start: before.start, message });
    return this.result(now);
  }

  cancel(id: string, version: number, message: string | null, by: 'patient' | 'provider' = 'provider'): StaffResult {
    const before = this.current(id, version);
    const calendar = this.calendar(before.provider_id);
    const now = this.update(before, {
      status: 'cancelled',
      sequence: before.sequence + 1,
      cancelled_by: by,
      cancel_reason: message,
    });
    this.tell(calendar, now, { kind: 'cancelled', by, message });
    return this.result(now);
  }

  mark({ appointment: id, status, version }: MarkRequest): StaffResult {
    const before = this.current(id, version);
    if (Date.parse(before.start) > this.clock.now())
      throw new OpenslotError('invalid_argument', undefined, { detail: { field: 'status' } });
    const now = this.update(before, { status });
    this.realtime.signal(`openslot:desk:${now.provider_id}`, { notification: null });
    return this.result(now);
  }

  setSlots({ provider, from_time, to_time, status }: SetSlotsRequest): SetSlotsResult {
    const calendar = this.calendar(provider);
    const range = { start: from_time, end: to_time };
    const inside = calendar.rows.filter((row) => overlap(row, range));
    const appointments = this.appointmentsOf(calendar);
    const statuses = () =>
      inside.map((row) => slotOf(row, appointments, this.running(calendar), calendar.revision).status);
    const before = statuses();
    for (const row of inside) row.blocked = status === 'blocked';
    let changed = statuses().filter((now, index) => now === status && before[index] !== status).length;
    if (status === 'open' && inside.length === 0) {
      const { slot_minutes: step } = calendar.provider;
      for (let at = Date.parse(from_time); at + step * MINUTE <= Date.parse(to_time); at += step * MINUTE, changed++)
        calendar.rows.push(rowAt(at, step));
      calendar.rows.sort(byStart);
    }
    this.commit(calendar);
    return {
      changed,
      kept: appointments.filter((one) => one.status === 'confirmed' && overlap(busyOf(one), range)),
      held: this.running(calendar).filter((hold) => overlap(hold, range)).length,
      change: null,
      server_time: this.time(),
    };
  }

  hours(provider: string): HoursResult {
    const {
      hours,
      provider: { hours_version: version },
    } = this.calendar(provider);
    return { hours, version, server_time: this.time() };
  }

  setHours({ provider, hours, version, preview }: SetHoursRequest): SetHoursResult {
    const calendar = this.calendar(provider);
    if (version !== calendar.provider.hours_version) throw new OpenslotError('hours_changed');
    const yesterday = addDays(dayOf(this.clock.now(), calendar.provider.time_zone), -1);
    const wanted = Array.from({ length: 61 }, (_, day) =>
      rowsOf(calendar.provider, hours, addDays(yesterday, day)),
    ).flat();
    const isComing = ({ start }: { readonly start: string }) => Date.parse(start) > this.clock.now();
    const has = (rows: readonly DeskRow[], { start }: DeskRow) => rows.some((other) => other.start === start);
    const added = wanted.filter((row) => isComing(row) && !has(calendar.rows, row));
    const removed = calendar.rows.filter((row) => isComing(row) && !has(wanted, row));
    const rows = [...calendar.rows.filter((row) => !removed.includes(row)), ...added].sort(byStart);
    const outside = this.appointmentsOf({ ...calendar, rows }).filter((one) => one.outside_hours);
    if (!preview) {
      calendar.hours = hours;
      const { hours_version } = calendar.provider;
      calendar.provider = { ...calendar.provider, hours_version: hours_version + 1 };
      calendar.rows = rows;
      this.commit(calendar, true);
    }
    return {
      hours: preview ? hours : calendar.hours,
      version: calendar.provider.hours_version,
      added: added.length,
      removed: removed.length,
      outside,
      preview,
      change: null,
      server_time: this.time(),
    };
  }

  setProvider(provider: string, settings: Partial<DeskProvider>): { provider: DeskProvider } {
    const calendar = this.calendar(provider);
    calendar.provider = { ...calendar.provider, ...settings };
    this.commit(calendar, true);
    return { provider: calendar.provider };
  }

  setService(provider: string, settings: Partial<DeskService>): { service: DeskService } {
    const calendar = this.calendar(provider);
    const index = calendar.services.findIndex(({ id }) => id === settings.id);
    if (index < 0) throw new OpenslotError('service_not_found');
    const service = { ...calendar.services[index]!, ...settings };
    calendar.services[index] = service;
    this.commit(calendar, true);
    return { service };
  }

  membersResult(email: string): MembersResult {
    if (this.members.find((member) => member.email === email)?.role !== 'owner') throw new OpenslotError('not_allowed');
    return { members: this.members, invitations: this.invitations, server_time: this.time() };
  }

  removeMember(id: string): void {
    const owners = this.members.filter(({ role }) => role === 'owner');
    if (owners.length === 1 && owners[0]?.user_id === id) throw new OpenslotError('last_owner');
    this.members = this.members.filter(({ user_id }) => user_id !== id);
  }

  /** What a visitor does: holds a time from an instant on. */
  hold(provider: string, start: string, minutes: number, until: number): void {
    const calendar = this.calendar(provider);
    const end = new Date(Date.parse(start) + minutes * MINUTE).toISOString();
    calendar.holds.push({ start, end, held_until: new Date(until).toISOString() });
    this.commit(calendar);
  }

  /** Lets an appointment lie in the past, as the seed needs it. */
  amend(id: string, changes: Partial<DeskAppointment>): void {
    this.update(this.appointment(id), changes);
  }

  time(): string {
    return new Date(this.clock.now()).toISOString();
  }

  appointment(id: string): DeskAppointment {
    const found = this.appointments.find((other) => other.id === id);
    if (!found) throw new OpenslotError('appointment_not_found');
    return found;
  }

  private calendar(name: string): Calendar {
    const found = this.calendars.find(({ provider }) => provider.id === name || provider.slug === name);
    if (!found) throw new OpenslotError('provider_not_found');
    return found;
  }

  private current(id: string, version: number): DeskAppointment {
    const found = this.appointment(id);
    if (found.version !== version)
      throw new OpenslotError('appointment_changed', undefined, { detail: { version: found.version } });
    return found;
  }

  private update(before: DeskAppointment, changes: Partial<DeskAppointment>): DeskAppointment {
    const now = { ...before, version: before.version + 1, updated_at: this.time(), ...changes };
    this.appointments = this.appointments.map((other) => (other.id === before.id ? now : other));
    return now;
  }

  private requireFree(calendar: Calendar, start: string, end: string, own: string | null): void {
    if (Date.parse(start) <= this.clock.now()) throw new OpenslotError('too_soon');
    const run = calendar.rows.filter((row) => overlap(row, { start, end }));
    const first = run[0];
    const last = run.at(-1);
    if (!first || !last || Date.parse(first.start) > Date.parse(start) || Date.parse(last.end) < Date.parse(end))
      throw new OpenslotError('outside_hours');
    const holds = this.running(calendar);
    const others = this.appointmentsOf(calendar).filter(({ id, status }) => id !== own && status !== 'cancelled');
    if ([...others.map(busyOf), ...holds].some((other) => overlap(other, { start, end })))
      throw new OpenslotError('slot_taken');
  }

  /** A provider's appointments, in order, as the rows say which of them lie outside the hours. */
  private appointmentsOf({ provider, rows }: Pick<Calendar, 'provider' | 'rows'>): DeskAppointment[] {
    const isOutside = (one: DeskAppointment) =>
      one.status === 'confirmed' && Date.parse(one.start) > this.clock.now() && !isCovered(one, rows);
    return this.appointments
      .filter((one) => one.provider_id === provider.id)
      .map((one) => ({ ...one, outside_hours: isOutside(one) }))
      .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
  }

  private running({ holds }: Calendar): readonly DeskHold[] {
    return holds.filter(({ held_until }) => Date.parse(held_until) > this.clock.now());
  }

  private commit({ provider, revision }: Calendar, reload = false): void {
    const calendar = this.calendar(provider.id);
    calendar.revision = revision + 1;
    this.realtime.broadcast(provider.id, { after: revision, revision: revision + 1, slots: [], fullDays: [], reload });
  }

  private tell(
    calendar: Calendar,
    appointment: DeskAppointment,
    what: Pick<News, 'kind' | 'by'> & Partial<Pick<News, 'previous_start' | 'message'>>,
  ): void {
    this.commit(calendar);
    const id = this.ids++;
    this.news.unshift({
      previous_start: null,
      message: null,
      ...what,
      id,
      appointment_id: appointment.id,
      provider_id: appointment.provider_id,
      service_name: appointment.service_name,
      patient_name: appointment.patient.name,
      start: appointment.start,
      end: appointment.end,
      created_at: this.time(),
    });
    this.realtime.signal(`openslot:desk:${appointment.provider_id}`, { notification: id });
  }

  private result(appointment: DeskAppointment): StaffResult {
    const calendar = this.calendar(appointment.provider_id);
    const now = this.appointmentsOf(calendar).find(({ id }) => id === appointment.id)!;
    return { appointment: now, change: null, server_time: this.time() };
  }
}

export type DeskRefusals = Partial<Record<string, ErrorCode>>;

/** One provider's slots in memory: their rows and holds, the rules that a time has to meet, and a revision for every change. */
import { noticeMinutes } from '../../../src/core/calendar/availability.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { OpenslotError } from '../../../src/core/errors.ts';
import type {
  CalendarSnapshot,
  FullDay,
  MissedChanges,
  Provider,
  Service,
  SlotsChange,
} from '../../../src/core/wire.ts';
import { addDays, dayOf, startOfDay } from '../../../src/core/time/time-zones.ts';
import { found, type HeldRun, isGone, publicSlot, type Row, sameRows, seen } from './memory-rows.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

export interface ProviderSeed {
  readonly provider: Provider;
  readonly services: readonly Service[];
  readonly dailyLimit?: number | null;
  /** Starts of the grid's slots, epoch ms, ascending. */
  readonly starts: readonly number[];
}

/** What a schedule shares with the database that it is part of. */
export interface ScheduleContext {
  readonly clock: Clock;
  /** Starts of the provider's confirmed appointments, epoch ms. */
  readonly confirmed: () => readonly number[];
  readonly tell: (change: SlotsChange) => void;
}

/** A time that is to be taken. */
export interface Wanted {
  readonly service: Service;
  readonly start: string;
  readonly visitor: string | null;
  /** The appointment that is moved there: its rows, and its place in its day, are free to it. */
  readonly moved?: { readonly start: number; readonly rows: readonly Row[] };
}

export class MemorySchedule {
  provider: Provider;
  /** Seconds that viewers have to wait from one check to the next. */
  checkAfterSeconds = 15;
  readonly rows: readonly Row[];
  private readonly services: readonly Service[];
  private readonly dailyLimit: number | null;
  private readonly context: ScheduleContext;
  /** By visitor. */
  private readonly holds = new Map<string, HeldRun>();
  /** Every day that was full once, as of the latest change that visitors see of it. */
  private readonly days = new Map<string, FullDay>();
  private revision = 1;
  /** Changes before this can't be listed: settings changed with it. */
  private reloadRevision = 0;

  constructor(seed: ProviderSeed, context: ScheduleContext) {
    const { provider, services, dailyLimit = null, starts } = seed;
    this.provider = provider;
    this.services = services;
    this.dailyLimit = dailyLimit;
    this.context = context;
    this.rows = starts.map((start) => ({
      id: start / MINUTE,
      start,
      end: start + provider.slot_minutes * MINUTE,
      status: 'open',
      booked: false,
      hold: null,
      revision: 1,
      seen: 'open ',
    }));
  }

  isCalled(name: string): boolean {
    return this.provider.id === name || this.provider.slug === name;
  }

  service(name: string): Service {
    return found(
      this.services.find(({ id, slug }) => id === name || slug === name),
      'service_not_found',
    );
  }

  snapshot(): Omit<CalendarSnapshot, 'server_time'> {
    const { provider, services, revision, now } = this;
    // A service that begins at the end of the window takes slots after it.
    const longest = Math.max(0, ...services.map((one) => one.duration_minutes + one.buffer_after_minutes));
    const latest = now + provider.booking_window_days * DAY + longest * MINUTE;
    const listed = this.rows.filter((row) => !isGone(row) && row.start >= now && row.start < latest);
    return {
      schema_version: 2,
      provider,
      services,
      slots: listed.map((row) => publicSlot(row, revision)),
      fullDays: this.knownDays().flatMap((day) => (day.until > now ? [{ ...day, revision }] : [])),
      revision,
      announced_revision: revision,
    };
  }

  since(after: number): Omit<MissedChanges, 'server_time'> {
    const { revision } = this;
    const common = { after, revision, announced_revision: revision, check_after_seconds: this.checkAfterSeconds };
    if (after < this.reloadRevision || after > revision) return { ...common, slots: [], fullDays: [], reload: true };
    const changed = this.rows.filter((row) => row.revision > after && row.start > this.now);
    const days = this.knownDays().filter((day) => day.revision > after);
    return {
      ...common,
      slots: changed.map((row) => publicSlot(row, revision)),
      fullDays: days.map((day) => ({ ...day, revision })),
    };
  }

  /** The hold of a visitor, run out or not. */
  heldBy(visitor: string): HeldRun | null {
    return this.holds.get(visitor) ?? null;
  }

  /** The slots that a booking takes, once every rule is met. */
  run(wanted: Wanted): Row[] {
    const { service, start, visitor, moved } = wanted;
    const at = Date.parse(start);
    const { booking_window_days, slot_minutes } = this.provider;
    if (at < this.now + noticeMinutes(this.provider, service) * MINUTE) throw refusal('too_soon', 422);
    if (at >= this.now + booking_window_days * DAY) throw refusal('outside_window', 422);
    const minutes = service.buffer_before_minutes + service.duration_minutes + service.buffer_after_minutes;
    const own = visitor === null ? undefined : this.holds.get(visitor);
    const isOwn = (row: Row) => row.hold === own && own.until > this.now;
    const rows: Row[] = [];
    for (let next = at - service.buffer_before_minutes * MINUTE; rows.length < Math.ceil(minutes / slot_minutes);) {
      const row = this.rows.find((candidate) => candidate.start === next);
      if (!row || (row.status === 'removed' && !isOwn(row))) throw refusal('outside_hours', 422);
      rows.push(row);
      next = row.end;
    }
    // A hold is a promise, whatever was decided since.
    if (own && own.start === at && rows.every(isOwn) && sameRows(rows, own.rows)) return rows;
    const isFree = (row: Row) =>
      moved?.rows.includes(row) || (!isGone(row) && (!row.hold || row.hold.until <= this.now || isOwn(row)));
    if (!rows.every(isFree)) throw refusal('slot_taken', 409);
    const day = this.day(at);
    const others = [...this.holds.values()].filter((hold) => hold !== own && this.counts(hold, day)).length;
    const stays = moved && this.day(moved.start) === day;
    if (!stays && this.confirmedOn(day) + others >= (this.dailyLimit ?? Infinity))
      throw refusal('daily_limit_reached', 409);
    return rows;
  }

  /** Holds a time in place of what the visitor held before. */
  take(hold: HeldRun): SlotsChange | null {
    this.drop(hold.visitor);
    for (const row of hold.rows) {
      // One that ran out is in the way.
      if (row.hold) this.drop(row.hold.visitor);
      row.hold = hold;
    }
    this.holds.set(hold.visitor, hold);
    return this.commit();
  }

  release(visitor: string): SlotsChange | null {
    this.drop(visitor);
    return this.commit();
  }

  /**
   * Books rows, and frees others, in one change.
   * @param visitor whose hold ends with it
   */
  occupy(rows: readonly Row[], freed: readonly Row[], visitor: string | null): SlotsChange | null {
    if (visitor !== null) this.drop(visitor);
    for (const row of freed) row.booked = false;
    for (const row of rows) {
      if (row.hold) this.drop(row.hold.visitor);
      row.booked = true;
    }
    return this.commit();
  }

  /**
   * Sets the status of the slots that start in a range, in one change. Appointments stay as they are, and so do holds, except
   * where others have booked: they could do that only after the hold.
   */
  setStatus(from: string, until: string, status: Row['status']): SlotsChange | null {
    for (const row of this.rows) {
      if (row.start < Date.parse(from) || row.start >= Date.parse(until)) continue;
      if (status === 'booked' && row.hold) this.drop(row.hold.visitor);
      row.status = status;
    }
    return this.commit();
  }

  /** Changes settings, after which every viewer fetches a new snapshot. */
  configure(settings: Partial<Provider>): void {
    this.provider = { ...this.provider, ...settings };
    const after = this.revision++;
    this.reloadRevision = this.revision;
    this.context.tell({ after, revision: this.revision, slots: [], fullDays: [], reload: true });
  }

  private get now(): number {
    return this.context.clock.now();
  }

  private day(at: number): string {
    return dayOf(at, this.provider.time_zone);
  }

  private drop(visitor: string): void {
    for (const row of this.holds.get(visitor)?.rows ?? []) row.hold = null;
    this.holds.delete(visitor);
  }

  private counts(hold: HeldRun, day: string): boolean {
    return hold.until > this.now && this.day(hold.start) === day;
  }

  private confirmedOn(day: string): number {
    return this.context.confirmed().filter((start) => this.day(start) === day).length;
  }

  /** Gives rows and days that visitors see differently the next revision, and broadcasts them. Null if there are none. */
  private commit(): SlotsChange | null {
    const after = this.revision;
    const revision = after + 1;
    const rows = this.rows.filter((row) => row.seen !== seen(row));
    const days = this.changedDays();
    if (rows.length + days.length === 0) return null;
    this.revision = revision;
    for (const row of rows) Object.assign(row, { revision, seen: seen(row) });
    const fullDays = days.map((day) => ({ ...day, revision }));
    for (const day of fullDays) this.days.set(this.day(day.from), day);
    const change = { after, revision, slots: rows.map((row) => publicSlot(row, revision)), fullDays };
    this.context.tell(change);
    return change;
  }

  private knownDays(): FullDay[] {
    return [...this.days.values()].sort((a, b) => a.from - b.from);
  }

  private changedDays(): FullDay[] {
    if (this.dailyLimit === null) return [];
    const starts = [...this.context.confirmed(), ...[...this.holds.values()].map(({ start }) => start)];
    const days = new Set([...this.days.keys(), ...starts.map((start) => this.day(start))]);
    return [...days].sort().flatMap((day) => {
      const until = this.fullUntil(day);
      const known = this.days.get(day)?.until ?? 0;
      // A day whose hold ran out has room again without a change.
      if (until === known || (until === 0 && known <= this.now)) return [];
      const zone = this.provider.time_zone;
      return [{ from: startOfDay(day, zone), to: startOfDay(addDays(day, 1), zone), until, revision: 0 }];
    });
  }

  /** Until when a day takes no more, as `FullDay` has it. */
  private fullUntil(day: string): number {
    const confirmed = this.confirmedOn(day);
    const limit = this.dailyLimit ?? Infinity;
    if (confirmed >= limit) return Infinity;
    const holds = [...this.holds.values()].filter((hold) => this.counts(hold, day));
    const ends = holds.map(({ until }) => until).sort((a, b) => a - b);
    return ends[confirmed + ends.length - limit] ?? 0;
  }
}

export function refusal(code: ConstructorParameters<typeof OpenslotError>[0], status: number): OpenslotError {
  return new OpenslotError(code, undefined, { status });
}

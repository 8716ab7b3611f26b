/** One provider's slots in memory: their rows, the rules that a time has to meet, and a revision for every change. */
import type { Clock } from '../../../src/core/time/clock.ts';
import { OpenslotError } from '../../../src/core/errors.ts';
import type {
  CalendarSnapshot,
  MissedChanges,
  Provider,
  Service,
  SlotsChange,
  SlotStatus,
} from '../../../src/core/wire.ts';
import { dayOf } from '../../../src/core/time/time-zones.ts';
import { found, publicSlot, type Row, shown } from './memory-rows.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

export interface ProviderSeed {
  readonly provider: Provider;
  readonly services: readonly Service[];
  readonly dailyLimit?: number | null;
  /** Starts of the grid's slots, epoch ms, ascending. */
  readonly starts: readonly number[];
}

export class MemorySchedule {
  provider: Provider;
  /** Seconds that viewers have to wait from one check to the next. */
  checkAfterSeconds = 15;
  readonly rows: readonly Row[];
  private readonly services: readonly Service[];
  private readonly dailyLimit: number | null;
  private readonly clock: Clock;
  private readonly tell: (change: SlotsChange) => void;
  private revision = 1;
  /** Changes before this can't be listed: settings changed with it. */
  private reloadRevision = 0;

  /** @param firstId of its slots, which are numbered in order */
  constructor(seed: ProviderSeed, firstId: number, clock: Clock, tell: (change: SlotsChange) => void) {
    const { provider, services, dailyLimit = null, starts } = seed;
    this.provider = provider;
    this.services = services;
    this.dailyLimit = dailyLimit;
    this.clock = clock;
    this.tell = tell;
    this.rows = starts.map((start, index) => ({
      id: firstId + index,
      start,
      end: start + provider.slot_minutes * MINUTE,
      status: 'open',
      heldUntil: null,
      heldBy: null,
      holdStarted: 0,
      limited: false,
      revision: 1,
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

  day(at: number): string {
    return dayOf(at, this.provider.time_zone);
  }

  snapshot(): Omit<CalendarSnapshot, 'server_time'> {
    const now = this.clock.now();
    const latest = now + this.provider.booking_window_days * DAY;
    const listed = this.rows.filter((row) => shown(row.status) && row.start >= now && row.start < latest);
    const { provider, services, revision } = this;
    const slots = listed.map(publicSlot);
    return { schema_version: 1, provider, services, slots, revision, announced_revision: revision };
  }

  since(after: number): Omit<MissedChanges, 'server_time'> {
    const { revision } = this;
    const common = { after, revision, announced_revision: revision, check_after_seconds: this.checkAfterSeconds };
    if (after < this.reloadRevision || after > revision) return { ...common, slots: [], reload: true };
    const changed = this.rows.filter((row) => row.revision > after && row.start > this.clock.now());
    return { ...common, slots: changed.map(publicSlot) };
  }

  /** The slots that a booking takes, once every rule is met. Its own, when it is moved, are free to it. */
  run(service: Service, start: string, visitor: string | null, own: readonly Row[] = []): Row[] {
    const at = Date.parse(start);
    const { min_notice_minutes, booking_window_days, slot_minutes } = this.provider;
    if (at < this.clock.now() + min_notice_minutes * MINUTE) throw refusal('too_soon', 422);
    if (at >= this.clock.now() + booking_window_days * DAY) throw refusal('outside_window', 422);
    const minutes = service.buffer_before_minutes + service.duration_minutes + service.buffer_after_minutes;
    const rows: Row[] = [];
    for (let next = at - service.buffer_before_minutes * MINUTE; rows.length < Math.ceil(minutes / slot_minutes);) {
      const row = this.rows.find((candidate) => candidate.start === next && candidate.status !== 'removed');
      if (!row) throw refusal('outside_hours', 422);
      rows.push(row);
      next = row.end;
    }
    // Moving within a full day makes it no fuller.
    const moves = (row: Row) =>
      own.includes(row) || (row.limited && own.some((other) => this.day(other.start) === this.day(row.start)));
    const taken = rows.filter((row) => !moves(row) && !this.isFree(row, visitor));
    if (taken.length > 0) throw refusal(taken.every((row) => row.limited) ? 'daily_limit_reached' : 'slot_taken', 409);
    return rows;
  }

  /** Opens what a visitor holds, expired or not, without telling yet. */
  letGo(visitor: string): Row[] {
    const rows = this.rows.filter((row) => row.status === 'held' && row.heldBy === visitor);
    for (const row of rows) Object.assign(row, { status: 'open', heldUntil: null, heldBy: null });
    return rows;
  }

  /**
   * Books slots and frees others, and closes or opens the rest of their days by the daily limit, in one change.
   * @param confirmedOn how many appointments a day has by now
   */
  occupy(rows: readonly Row[], freed: readonly Row[], confirmedOn: (day: string) => number): SlotsChange {
    for (const row of freed) Object.assign(row, { status: 'open', heldUntil: null, heldBy: null });
    for (const row of rows) Object.assign(row, { status: 'booked', heldUntil: null, heldBy: null });
    const changed = new Set([...freed, ...rows]);
    const days = new Set(this.dailyLimit === null ? [] : Array.from(changed, (row) => this.day(row.start)));
    const full = new Set([...days].filter((day) => confirmedOn(day) >= (this.dailyLimit ?? Infinity)));
    for (const row of days.size > 0 ? this.rows : []) {
      const day = this.day(row.start);
      const flips = full.has(day) ? row.status === 'open' : row.limited && row.status === 'blocked';
      if (!days.has(day) || !flips) continue;
      Object.assign(row, { status: full.has(day) ? 'blocked' : 'open', limited: full.has(day) });
      changed.add(row);
    }
    return this.commit(changed);
  }

  /** Sets the status of the slots that start in a range, in one change. */
  setStatus(from: string, until: string, status: SlotStatus): SlotsChange {
    const rows = this.rows.filter((row) => row.start >= Date.parse(from) && row.start < Date.parse(until));
    for (const row of rows) Object.assign(row, { status, heldUntil: null, heldBy: null, limited: false });
    return this.commit(rows);
  }

  /** Changes settings, after which every viewer fetches a new snapshot. */
  configure(settings: Partial<Provider>): void {
    this.provider = { ...this.provider, ...settings };
    const after = this.revision++;
    this.reloadRevision = this.revision;
    this.tell({ after, revision: this.revision, slots: [], reload: true });
  }

  /** Gives changed slots the next revision, and broadcasts them. */
  commit(rows: Iterable<Row>): SlotsChange {
    const after = this.revision++;
    const { revision } = this;
    const change = { after, revision, slots: Array.from(rows, (row) => publicSlot(Object.assign(row, { revision }))) };
    this.tell(change);
    return change;
  }

  private isFree(row: Row, visitor: string | null): boolean {
    if (row.status === 'held') return (row.heldUntil ?? 0) <= this.clock.now() || row.heldBy === visitor;
    return row.status === 'open';
  }
}

export function refusal(code: ConstructorParameters<typeof OpenslotError>[0], status: number): OpenslotError {
  return new OpenslotError(code, undefined, { status });
}

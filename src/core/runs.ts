/**
 * Turns snapshots and changes as they travel, with runs and full days in numbers, into slots and days. What comes from outside
 * is checked before, so that no answer makes a page work with times that are none, or with millions of slots.
 */
import { isoInstant } from './time/iso-instant.ts';
import { type Fields, isObject } from './validate.ts';
import type {
  CalendarSnapshot,
  ChangedSlot,
  FullDay,
  FullDayEntry,
  MissedChanges,
  PackedChange,
  PackedSnapshot,
  Run,
  SlotsChange,
  SlotStatus,
} from './wire.ts';

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;
const DAY_MINUTES = 1_440;
/** The year 10000, in minutes since the epoch. From then on, the texts of instants are longer, and don't sort by time. */
const LAST_MINUTE = Date.UTC(10_000, 0) / MINUTE_MS;
/** Of one snapshot or change: ten years of fifteen-minute slots around the clock. */
const MOST_CELLS = 400_000;

export function isPackedSnapshot(answer: Fields): boolean {
  const { provider, revision } = answer;
  return isObject(provider) && isCount(revision) && hasTimes(answer, provider['slot_minutes'], 1);
}

/** True for the payload of a broadcast, too. */
export function isPackedChange(value: unknown): value is PackedChange {
  return (
    isObject(value) &&
    isCount(value['after']) &&
    isCount(value['revision']) &&
    hasTimes(value, value['slot_minutes'], 0)
  );
}

export function unpackSnapshot(packed: PackedSnapshot): CalendarSnapshot {
  const { runs, full_days, ...snapshot } = packed;
  const { provider, revision } = snapshot;
  return {
    ...snapshot,
    slots: slotsOf(runs, provider.slot_minutes, revision),
    fullDays: fullDaysOf(full_days, revision),
  };
}

export function unpackChange(packed: PackedChange<MissedChanges>): MissedChanges;
export function unpackChange(packed: PackedChange): SlotsChange;
export function unpackChange(packed: PackedChange): SlotsChange {
  const { runs, full_days, slot_minutes, ...change } = packed;
  const { revision } = change;
  return { ...change, slots: slotsOf(runs, slot_minutes, revision), fullDays: fullDaysOf(full_days, revision) };
}

/** @param leastUntil 0 where slots may be gone and days may have room again, which is so in changes only */
function hasTimes({ runs, full_days: days }: Fields, slotMinutes: unknown, leastUntil: 0 | 1): boolean {
  if (!isCount(slotMinutes, 1, DAY_MINUTES) || !Array.isArray(runs) || !Array.isArray(days)) return false;
  const isUntil = (until: unknown) => isCount(until, leastUntil, (LAST_MINUTE - 1) * 60);
  let total = 0;
  const isRun = (run: unknown) => {
    if (!Array.isArray(run) || run.length < 2 || run.length > 3) return false;
    const [minute, cells, until] = run as unknown[];
    if (!isCount(minute) || !isCount(cells, 1) || (run.length === 3 && !isUntil(until))) return false;
    total += cells;
    return minute + cells * slotMinutes < LAST_MINUTE;
  };
  const isDay = (day: unknown) => {
    if (!Array.isArray(day) || day.length !== 3) return false;
    const [from, to, until] = day as unknown[];
    return isCount(from) && isCount(to, from + 1, LAST_MINUTE) && (until === -1 || isUntil(until));
  };
  return runs.every(isRun) && total <= MOST_CELLS && days.every(isDay);
}

function isCount(value: unknown, least = 0, most = Number.MAX_SAFE_INTEGER): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}

function slotsOf(runs: readonly Run[], slotMinutes: number, revision: number): ChangedSlot[] {
  const slots: ChangedSlot[] = [];
  for (const [minute, cells, until] of runs) {
    const status: SlotStatus = until === undefined ? 'open' : until === 0 ? 'removed' : 'held';
    const held_until = until ? isoInstant(until * SECOND_MS) : null;
    let start = isoInstant(minute * MINUTE_MS);
    for (let id = minute; id < minute + cells * slotMinutes; id += slotMinutes) {
      const end = isoInstant((id + slotMinutes) * MINUTE_MS);
      slots.push({ id, start, end, status, held_until, revision });
      start = end;
    }
  }
  return slots;
}

function fullDaysOf(entries: readonly FullDayEntry[], revision: number): FullDay[] {
  return entries.map(([from, to, until]) => ({
    from: from * MINUTE_MS,
    to: to * MINUTE_MS,
    until: until < 0 ? Infinity : until * SECOND_MS,
    revision,
  }));
}

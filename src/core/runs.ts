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
  Packed,
  PackedChange,
  PackedSnapshot,
  Run,
  SlotsChange,
  SlotStatus,
} from './wire.ts';

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;
/** The year 10000, in seconds. From then on, the texts of instants are longer, and don't sort by time. */
const LAST_SECOND = Date.UTC(10_000, 0) / SECOND_MS;
const LAST_MINUTE = LAST_SECOND / 60;
/** Of one snapshot or change: ten years of fifteen-minute slots around the clock. */
const MOST_CELLS = 400_000;

export function isPackedSnapshot(answer: Fields): boolean {
  const { provider, revision } = answer;
  return (
    isObject(provider) &&
    typeof provider['id'] === 'string' &&
    hasTimes(answer, [provider['slot_minutes'], revision], 1)
  );
}

/** True for the payload of a broadcast, too. */
export function isPackedChange(value: unknown): value is PackedChange {
  return isObject(value) && hasTimes(value, [value['slot_minutes'], value['after'], value['revision']], 0);
}

/**
 * @param counts the length of the slots in minutes, and revisions
 * @param leastUntil 0 where slots may be gone and days may have room again, which is so in changes only
 */
function hasTimes({ runs, full_days: days }: Fields, counts: unknown[], leastUntil: 0 | 1): boolean {
  if (!areCounts(counts, 2) || !Array.isArray(runs) || !Array.isArray(days)) return false;
  const [slotMinutes = 0] = counts;
  let total = 0;
  const isRun = (run: unknown) => {
    if (!areCounts(run, 2)) return false;
    const [minute, cells, until = 1] = run as unknown as Run;
    total += cells;
    return cells > 0 && until >= leastUntil && minute + cells * slotMinutes < LAST_MINUTE;
  };
  const isDay = (day: unknown) => {
    if (!areCounts(day, 3, -1)) return false;
    const [from, to, until] = day as unknown as FullDayEntry;
    return from >= 0 && from < to && (until < 0 || until >= leastUntil);
  };
  return slotMinutes > 0 && runs.every(isRun) && total <= MOST_CELLS && days.every(isDay);
}

/** Whether it is a list of two or three whole numbers, none of which is more than the seconds until the year 10000. */
function areCounts(list: unknown, fewest: 2 | 3, least = 0): list is number[] {
  const isCount = (value: unknown) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) < LAST_SECOND;
  return Array.isArray(list) && list.length >= fewest && list.length <= 3 && list.every(isCount);
}

export function unpackSnapshot(snapshot: PackedSnapshot): CalendarSnapshot {
  return unpack(snapshot, snapshot.provider.slot_minutes);
}

export function unpackChange(change: PackedChange<MissedChanges>): MissedChanges;
export function unpackChange(change: PackedChange): SlotsChange;
export function unpackChange({ slot_minutes, ...change }: PackedChange): SlotsChange {
  return unpack(change, slot_minutes);
}

/** Replaces the runs by slots, and the numbers of full days by days. */
function unpack<T extends Packed<SlotsChange | CalendarSnapshot>>(
  { runs, full_days, ...rest }: T,
  slotMinutes: number,
) {
  const { revision } = rest;
  const slots: ChangedSlot[] = [];
  for (const [minute, cells, until] of runs) {
    const status: SlotStatus = until === undefined ? 'open' : until > 0 ? 'held' : 'removed';
    const held_until = until ? isoInstant(until * SECOND_MS) : null;
    let start = isoInstant(minute * MINUTE_MS);
    for (let id = minute; id < minute + cells * slotMinutes; id += slotMinutes) {
      const end = isoInstant((id + slotMinutes) * MINUTE_MS);
      slots.push({ id, start, end, status, held_until, revision });
      start = end;
    }
  }
  const fullDays = full_days.map(([from, to, until]): FullDay => ({
    from: from * MINUTE_MS,
    to: to * MINUTE_MS,
    until: until < 0 ? Infinity : until * SECOND_MS,
    revision,
  }));
  return { ...rest, slots, fullDays };
}

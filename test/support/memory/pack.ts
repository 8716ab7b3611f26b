/** Snapshots and changes as a project's functions and messages carry them, made from the shapes that the SDK works with. */
import type {
  CalendarSnapshot,
  ChangedSlot,
  FullDay,
  FullDayEntry,
  PackedChange,
  PackedSnapshot,
  Run,
  SlotsChange,
} from '../../../src/core/wire.ts';

const MINUTE = 60_000;

export function packSnapshot({ slots, fullDays, ...snapshot }: CalendarSnapshot): PackedSnapshot {
  return { ...snapshot, runs: runsOf(slots, snapshot.provider.slot_minutes), full_days: fullDays.map(entryOf) };
}

export function packChange({ slots, fullDays, ...change }: SlotsChange, slotMinutes: number): PackedChange {
  return { ...change, slot_minutes: slotMinutes, runs: runsOf(slots, slotMinutes), full_days: fullDays.map(entryOf) };
}

function runsOf(slots: readonly ChangedSlot[], slotMinutes: number): Run[] {
  const runs: [minute: number, cells: number, until?: number][] = [];
  for (const slot of slots) {
    const minute = Date.parse(slot.start) / MINUTE;
    const until = slot.status === 'held' ? Date.parse(slot.held_until!) / 1_000 : 0;
    const last = runs.at(-1);
    const follows = last && last[0] + last[1] * slotMinutes === minute;
    if (follows && last[2] === (slot.status === 'open' ? undefined : until)) last[1]++;
    else runs.push(slot.status === 'open' ? [minute, 1] : [minute, 1, until]);
  }
  return runs;
}

function entryOf({ from, to, until }: FullDay): FullDayEntry {
  return [from / MINUTE, to / MINUTE, until === Infinity ? -1 : until / 1_000];
}

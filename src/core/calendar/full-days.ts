/**
 * A provider's full days as the server has them: the newest version of each that was received, in order. Days that have room
 * again stay in the list, where they keep an older message from making them full, until a snapshot replaces them.
 */
import { sameItems } from './same-items.ts';
import type { FullDay } from '../wire.ts';

export const NO_DAYS: readonly FullDay[] = [];

/** The days of a snapshot, and those that are newer. Returns the same list if nothing differs. */
export function replaceDays(
  before: readonly FullDay[],
  days: readonly FullDay[],
  revision: number,
): readonly FullDay[] {
  const merged = newestOf(
    before.filter((day) => day.revision > revision),
    days.map((day) => before.find((known) => isSame(known, day)) ?? day),
  );
  return sameItems(merged, before) ? before : merged;
}

/** The days with those of a change. Returns the same list if the change has none. */
export function changeDays(before: readonly FullDay[], days: readonly FullDay[]): readonly FullDay[] {
  return days.length > 0 ? newestOf(before, days) : before;
}

function newestOf(before: readonly FullDay[], days: readonly FullDay[]): readonly FullDay[] {
  const oldestFirst = [...days, ...before].sort((a, b) => a.revision - b.revision);
  return [...new Map(oldestFirst.map((day) => [day.from, day])).values()].sort((a, b) => a.from - b.from);
}

function isSame(a: FullDay, b: FullDay): boolean {
  return a.from === b.from && a.to === b.to && a.until === b.until;
}

/** The days that are full by the server's clock; `before` if these are the same. */
export function fullAt(days: readonly FullDay[], serverNow: number, before: readonly FullDay[]): readonly FullDay[] {
  const full = days.filter(({ until }) => until > serverNow);
  return sameItems(full, before) ? before : full;
}

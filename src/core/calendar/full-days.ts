/**
 * A provider's full days as the server has them: the newest version of each that was received, in order. Days that have room
 * again stay in the list, where they keep an older message from making them full, until a snapshot replaces them.
 */
import type { FullDay } from '../wire.ts';

export const NO_DAYS: readonly FullDay[] = [];

/** The days of both lists, each as of its newest revision. */
export function newestDays(before: readonly FullDay[], days: readonly FullDay[]): readonly FullDay[] {
  const oldestFirst = [...days, ...before].sort((a, b) => a.revision - b.revision);
  return [...new Map(oldestFirst.map((day) => [day.from, day])).values()].sort((a, b) => a.from - b.from);
}

/** The days that are full by the server's clock; `before` if these say the same. */
export function fullAt(days: readonly FullDay[], serverNow: number, before: readonly FullDay[]): readonly FullDay[] {
  const full = days.filter(({ until }) => until > serverNow);
  const facts = (list: readonly FullDay[]) => String(list.flatMap(({ from, to, until }) => [from, to, until]));
  return facts(full) === facts(before) ? before : full;
}

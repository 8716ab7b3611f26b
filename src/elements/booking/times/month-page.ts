/** Which days a page of the calendar shows. Days are `YYYY-MM-DD`, months `YYYY-MM`; pure. */
import { addDays, monthGrid, type Weekday } from '../../../core/time/time-zones.ts';
import { monthOf } from '../offer.ts';

/** Fewer would make the calendar jump from month to month. */
const MIN_WEEKS = 5;

/**
 * The weeks of a month from the one of `first` on, if that falls into the month: what is over doesn't take the best
 * space. The weeks after the month fill the page up.
 */
export function pageOf(month: string, weekStart: Weekday, first: string): readonly (readonly string[])[] {
  const weeks = monthGrid(month, weekStart);
  const from = monthOf(first) === month ? weeks.findIndex((week) => week.includes(first)) : 0;
  const page = weeks.slice(from);
  while (page.length < MIN_WEEKS) {
    page.push((page.at(-1) ?? []).map((day) => addDays(day, 7)));
  }
  return page;
}

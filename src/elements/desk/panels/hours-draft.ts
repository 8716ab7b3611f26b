/** Hours while staff edit them: finds what is wrong, and converts between hours and the values of fields. Pure. */
import type { Hours, HoursException, HoursRule } from '../../../core/desk/types.ts';
import { addDays } from '../../../core/time/time-zones.ts';
import { endOf, minutesOf } from '../agenda/layout.ts';

/** Monday is 1 and Sunday is 7, as in the database. */
export const ISO_WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** `empty`: the hours end when they begin. */
export type Flaw = 'empty' | 'overlap';

const DAY = 24 * 60;
const WEEK = 7 * DAY;

export function rulesOf({ rules }: Hours, weekday: number): { readonly rule: HoursRule; readonly index: number }[] {
  return rules.map((rule, index) => ({ rule, index })).filter(({ rule }) => rule.weekday === weekday);
}

/** The rules that are wrong, by their index, with what is wrong. Of two rules that overlap, it is the later one. */
export function flawsOf({ rules }: Hours): ReadonlyMap<number, Flaw> {
  const flaws = new Map<number, Flaw>();
  for (const [index, rule] of rules.entries()) {
    if (isEmpty(rule)) flaws.set(index, 'empty');
    else if (rules.slice(0, index).some((other) => !isEmpty(other) && overlap(rule, other)))
      flaws.set(index, 'overlap');
  }
  return flaws;
}

function isEmpty({ start, end }: HoursRule): boolean {
  return start === end;
}

/** Whether two rules share time in the week, which begins anew after Sunday. */
function overlap(a: HoursRule, b: HoursRule): boolean {
  const [one, other] = [minutesOfWeek(a), minutesOfWeek(b)];
  return [-WEEK, 0, WEEK].some((shift) => one.from < other.until + shift && other.from + shift < one.until);
}

function minutesOfWeek(rule: HoursRule): { readonly from: number; readonly until: number } {
  const midnight = (rule.weekday - 1) * DAY;
  return { from: midnight + minutesOf(rule.start), until: midnight + endOf(rule) };
}

/** Whether the hours go on after midnight. */
export function endsNextDay(rule: HoursRule): boolean {
  return !isEmpty(rule) && endOf(rule) > DAY;
}

export function isWrongException({ starts_at, ends_at }: HoursException): boolean {
  return !starts_at || !ends_at || ends_at <= starts_at || starts_at.length < 16 || ends_at.length < 16;
}

/** The range that the button to add hours inserts: after the last one of that day, else in the morning. */
export function nextRange(hours: Hours, weekday: number): HoursRule {
  const last = Math.max(0, ...rulesOf(hours, weekday).map(({ rule }) => Math.min(endOf(rule), DAY)));
  if (last === 0) return { weekday, start: '09:00', end: '17:00' };
  const start = Math.min(last + 60, 22 * 60);
  return { weekday, start: clock(start), end: clock(Math.min(start + 120, 24 * 60)) };
}

/** Replaces the hours of Tuesday to Friday by those of Monday. */
export function withMondayCopied(hours: Hours): Hours {
  const monday = rulesOf(hours, 1).map(({ rule }) => rule);
  const rest = hours.rules.filter(({ weekday }) => weekday === 1 || weekday > 5);
  const copies = [2, 3, 4, 5].flatMap((weekday) => monday.map((rule) => ({ ...rule, weekday })));
  return { ...hours, rules: [...rest, ...copies].sort((a, b) => a.weekday - b.weekday) };
}

export function isWholeDays({ starts_at, ends_at }: HoursException): boolean {
  return starts_at.endsWith('T00:00') && ends_at.endsWith('T00:00');
}

/** Days off from one day to another, both inclusive. */
export function daysOff(first: string, last: string): Pick<HoursException, 'starts_at' | 'ends_at'> {
  return { starts_at: `${first}T00:00`, ends_at: last ? `${addDays(last, 1)}T00:00` : '' };
}

/** The last day of an exception of whole days, which ends at midnight after it. */
export function lastDayOf({ ends_at }: HoursException): string {
  return ends_at ? addDays(ends_at.slice(0, 10), -1) : '';
}

/** The value for a time field, which has 00:00 in place of 24:00. */
export function toField(time: string): string {
  return time === '24:00' ? '00:00' : time;
}

export function fromField(value: string, isEnd: boolean): string {
  return isEnd && value === '00:00' ? '24:00' : value;
}

function clock(minute: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

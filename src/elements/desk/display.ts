/** Writes dates and times as the booking widget does, and those that only the desk has. */
import { formatDayRange, formatMinute, weekday, weekdayNames, weekNumber } from '../../core/time/time-zones.ts';
import { Display } from '../shared/display.ts';

export class DeskDisplay extends Display {
  /** A time of any day, as minutes since midnight: "9:30". */
  minute(minute: number): string {
    return formatMinute(minute, this.lang, this.hourCycle);
  }

  /** As `minute`, but a clock of 24 hours leaves out the minutes of whole hours: "9", "9:30". */
  shortMinute(minute: number): string {
    const text = this.minute(minute);
    return /^\d+:00$/.test(text) ? String(Math.floor(minute / 60)) : text;
  }

  /** "23–27 November". */
  dayRange(first: string, last: string): string {
    return formatDayRange(first, last, this.lang);
  }

  /** "T". */
  weekdayLetter(day: string): string {
    return weekdayNames(weekday(day), this.lang, 'narrow')[0] ?? '';
  }

  week(day: string): number {
    return weekNumber(day);
  }

  /** "2 min ago". */
  ago(ms: number): string {
    const format = new Intl.RelativeTimeFormat(this.lang, { numeric: 'auto', style: 'short' });
    const seconds = Math.max(0, Math.round(ms / 1_000));
    if (seconds < 60) return format.format(-seconds, 'second');
    if (seconds < 3_600) return format.format(-Math.floor(seconds / 60), 'minute');
    if (seconds < 86_400) return format.format(-Math.floor(seconds / 3_600), 'hour');
    return format.format(-Math.floor(seconds / 86_400), 'day');
  }
}

/** Elements use this one until their owner sets another. */
export const defaultDeskDisplay = new DeskDisplay();

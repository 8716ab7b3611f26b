/** Writes days, times and texts for one reader. Immutable: its owner makes a new one when something changes. */
import {
  dayOf,
  firstDayOfWeek,
  formatDay,
  formatMonth,
  formatMonthRange,
  formatTime,
  hourCycleOf,
  viewerZone,
  type DayStyle,
  type HourCycle,
  type Weekday,
  zoneLabel,
} from '../../core/time/time-zones.ts';
import { en, type Messages } from '../../locales/index.ts';

export interface DisplayOptions {
  /** Language of the page, BCP 47. */
  readonly lang?: string;
  readonly messages?: Messages;
  /** IANA zone that times are shown in. */
  readonly zone?: string;
  readonly hourCycle?: HourCycle | undefined;
  readonly firstDay?: Weekday | undefined;
}

export class Display {
  /**
   * Language of texts, dates and numbers. If there are no texts in the page's language, it is the language of the texts, so
   * that no sentence mixes two. The page's language then still decides on 12 or 24 hours and on the first day of the week.
   */
  readonly lang: string;
  readonly messages: Messages;
  readonly zone: string;
  readonly firstDay: Weekday;
  readonly hourCycle: HourCycle | undefined;
  readonly #options: DisplayOptions;

  constructor(options: DisplayOptions = {}) {
    const { lang = 'en', messages = en, zone = viewerZone(), hourCycle, firstDay } = options;
    this.#options = options;
    const sameLanguage = primary(lang) === primary(messages.lang);
    this.lang = sameLanguage ? lang : messages.lang;
    this.messages = messages;
    this.zone = zone;
    this.firstDay = firstDay ?? firstDayOfWeek(lang);
    this.hourCycle = hourCycle ?? (sameLanguage ? undefined : hourCycleOf(lang));
  }

  /** For the same reader, but with times in another zone. */
  in(zone: string): Display {
    return new Display({ ...this.#options, zone });
  }

  /** "13:20", "1:20 PM". */
  time(at: number | string): string {
    return formatTime(instant(at), this.zone, this.lang, this.hourCycle);
  }

  /** "14:40–15:00". */
  timeRange(start: string, end: string): string {
    return `${this.time(start)}–${this.time(end)}`;
  }

  /** The day that an instant falls on, `YYYY-MM-DD`. */
  dayOf(at: number | string): string {
    return dayOf(instant(at), this.zone);
  }

  day(day: string, style: DayStyle): string {
    return formatDay(day, this.lang, style);
  }

  /** The day of an instant, in words. */
  dayAt(at: number | string, style: DayStyle): string {
    return this.day(this.dayOf(at), style);
  }

  /** "Tue 24 Nov, 13:20". */
  when(at: number | string, style: DayStyle): string {
    return this.messages.dayAndTime(this.dayAt(at, style), this.time(at));
  }

  /** "November 2026", or "Nov – Dec 2026". */
  months(first: string, last: string): string {
    return first === last ? formatMonth(first, this.lang) : formatMonthRange(first, last, this.lang);
  }

  /** "December", of a month or day. */
  monthName(month: string, style: 'long' | 'short' = 'long'): string {
    return formatMonth(month.slice(0, 7), this.lang, style);
  }

  /** "20 min". */
  duration(minutes: number): string {
    return new Intl.NumberFormat(this.lang, { style: 'unit', unit: 'minute', unitDisplay: 'short' }).format(minutes);
  }

  /** "Stockholm (GMT+1)", with the offset of that instant. */
  zoneName(zone: string, at: number): string {
    return zoneLabel(zone, at, this.lang);
  }
}

/** Elements use this one until their owner sets another. */
export const defaultDisplay = new Display();

function instant(at: number | string): number {
  return typeof at === 'number' ? at : Date.parse(at);
}

function primary(lang: string): string {
  return lang.split('-', 1)[0]?.toLowerCase() ?? '';
}

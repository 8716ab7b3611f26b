import {
  formatDay,
  formatTime,
  dayOf,
  hourCycleOf,
  isValidZone,
  zoneLabel,
  type HourCycle,
} from '../src/core/time/time-zones.ts';
import type { Delivery } from './delivery.ts';
import { type Facts, messagesFor, type Messages } from './messages/index.ts';

/** Writes texts, days and times for the recipient of one delivery. */
export class Writing {
  readonly messages: Messages;
  /** BCP 47. The recipient's language if there are texts in it, else the language of the texts, so that no sentence mixes two. */
  readonly lang: string;
  readonly zone: string;
  readonly #hourCycle: HourCycle | undefined;

  constructor({ locale, time_zone }: Pick<Delivery, 'locale' | 'time_zone'>) {
    const wanted = canonical(locale);
    this.messages = messagesFor(wanted);
    const isTheirs = messagesFor(wanted).lang === wanted.split('-', 1)[0];
    this.lang = isTheirs ? wanted : this.messages.lang;
    // A recipient without texts in their own language reads English, but keeps the 12- or 24-hour clock of home.
    this.#hourCycle = isTheirs ? undefined : hourCycleOf(wanted);
    this.zone = time_zone && isKnownZone(time_zone) ? time_zone : 'UTC';
  }

  /** "Tuesday, November 24, 2026, 1:20 PM – 1:40 PM, Stockholm (GMT+1)" */
  span(start: string, end: string): string {
    const times = `${this.#time(start)} – ${this.#time(end)}`;
    return this.#inZone(this.messages.dayAndTime(this.#day(start, 'full'), times), start);
  }

  /** The same without the end. */
  moment(start: string): string {
    return this.#inZone(this.messages.dayAndTime(this.#day(start, 'full'), this.#time(start)), start);
  }

  /** "Tue, Nov 24, 1:20 PM" */
  short(start: string): string {
    return this.messages.dayAndTime(this.#day(start, 'short'), this.#time(start));
  }

  #day(instant: string, style: 'full' | 'short'): string {
    return formatDay(dayOf(Date.parse(instant), this.zone), this.lang, style);
  }

  #time(instant: string): string {
    return formatTime(Date.parse(instant), this.zone, this.lang, this.#hourCycle);
  }

  #inZone(time: string, instant: string): string {
    return this.messages.inZone(time, zoneLabel(this.zone, Date.parse(instant), this.lang));
  }
}

/** Isolates each name, so that an Arabic name in a German sentence, or the reverse, keeps the order of the words. */
export function isolated(facts: Facts): Facts {
  const isolate = (text: string): string => `\u2068${text}\u2069`;
  return {
    ...facts,
    clinic: isolate(facts.clinic),
    provider: isolate(facts.provider),
    service: isolate(facts.service),
    patient: isolate(facts.patient),
    when: isolate(facts.when),
  };
}

/** Caches valid zones: there are some hundred, and one check takes Intl as long as writing the rest of a mail. */
const knownZones = new Set<string>();

function isKnownZone(zone: string): boolean {
  if (!knownZones.has(zone) && isValidZone(zone)) knownZones.add(zone);
  return knownZones.has(zone);
}

/** The browser's language tag in canonical form; English if Intl refuses the tag. */
function canonical(locale: string | null): string {
  try {
    return (locale && Intl.getCanonicalLocales(locale)[0]) || 'en';
  } catch {
    return 'en';
  }
}

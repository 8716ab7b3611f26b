/** Puts notifications into words for one reader. */
import { attributeOf, type OpenslotError } from '../../core/errors.ts';
import type { InboxNotification } from '../../core/inbox/types.ts';
import type { HourCycle } from '../../core/time/time-zones.ts';
import { addDays, viewerZone } from '../../core/time/time-zones.ts';
import { enInbox } from '../../locales/en/notifications.ts';
import type { InboxMessages, Messages } from '../../locales/index.ts';
import { Display } from '../shared/display.ts';

export interface InboxReader {
  readonly audience: 'patient' | 'member';
  readonly lang: string;
  readonly messages: InboxMessages;
  readonly base: Messages;
  /** `viewer`, `provider` or an IANA zone. */
  readonly zone: string;
  readonly hourCycle: HourCycle | undefined;
}

export interface Words {
  readonly what: string;
  readonly about: string;
  /** The message of the person who cancelled or moved the appointment. */
  readonly message: string | null;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Immutable: `InboxLanguage` makes a new one when something about the reader changes. */
export class InboxDisplay {
  readonly messages: InboxMessages;
  readonly audience: 'patient' | 'member';
  readonly #reader: InboxReader;
  readonly #displays = new Map<string, Display>();

  constructor(reader: Partial<InboxReader> = {}) {
    const { audience = 'member', messages = enInbox } = reader;
    this.audience = audience;
    this.messages = messages;
    this.#reader = {
      lang: 'en',
      base: new Display().messages,
      zone: audience === 'member' ? 'provider' : 'viewer',
      hourCycle: undefined,
      ...reader,
      audience,
      messages,
    };
  }

  /** Language of the texts. */
  get lang(): string {
    return this.#here.lang;
  }

  /** Writes days and times in the reader's own zone, not in that of an appointment. */
  get #here(): Display {
    return this.#in(this.#zone(viewerZone()));
  }

  words(notification: InboxNotification): Words {
    const { messages } = this;
    const { service_name: service, provider_name: provider, message } = notification;
    return {
      what: this.#what(notification),
      about: messages.about(service, provider),
      message: message && messages.message(message),
    };
  }

  /** The day on which a notification arrived, in the reader's zone, `YYYY-MM-DD`. */
  dayOf(notification: InboxNotification): string {
    return this.#here.dayOf(notification.created_at);
  }

  /** "Today", "Yesterday", "Monday, 23 November". */
  dayName(day: string, now: number): string {
    const display = this.#here;
    const today = display.dayOf(now);
    if (day === today) return this.messages.today;
    if (day === addDays(today, -1)) return this.messages.yesterday;
    return display.day(day, 'long');
  }

  /** When a notification arrived: "just now", "4 min ago", "13:05". */
  ago({ created_at: at }: InboxNotification, now: number): string {
    const age = now - Date.parse(at);
    if (age < MINUTE) return this.messages.justNow;
    if (age >= HOUR) return this.#here.time(at);
    const format = new Intl.RelativeTimeFormat(this.lang, { style: 'short' });
    return format.format(-Math.floor(age / MINUTE), 'minute');
  }

  #what({ kind, by, patient_name, clinic, start, previous_start: before, time_zone }: InboxNotification): string {
    const { messages, audience } = this;
    const display = this.#in(this.#zone(time_zone));
    const say = audience === 'member' ? messages.toMember : messages.toPatient;
    const who = audience === 'member' ? (patient_name ?? messages.somebody) : clinic;
    const when = display.when(start, 'short');
    const byClinic = by === 'provider';
    switch (kind) {
      case 'booked':
        return (byClinic ? say.bookedByClinic : say.booked)(who, when);
      case 'cancelled':
        return (byClinic ? say.cancelledByClinic : say.cancelled)(who, when);
      case 'reminder':
        return say.reminder(who, when);
      case 'rescheduled': {
        if (!before || display.dayOf(before) !== display.dayOf(start)) {
          return (byClinic ? say.movedByClinic : say.moved)(who, before ? display.when(before, 'short') : '…', when);
        }
        const move = byClinic ? say.movedWithinDayByClinic : say.movedWithinDay;
        return move(who, display.time(before), display.time(start), display.dayAt(start, 'short'));
      }
    }
  }

  #zone(provider: string): string {
    const { zone } = this.#reader;
    if (zone === 'viewer') return viewerZone();
    return zone === 'provider' ? provider : zone;
  }

  #in(zone: string): Display {
    const { lang, base, hourCycle } = this.#reader;
    let display = this.#displays.get(zone);
    if (!display) this.#displays.set(zone, (display = new Display({ lang, messages: base, zone, hourCycle })));
    return display;
  }
}

export const defaultInboxDisplay = new InboxDisplay();

/** Says what failed. `isSetup`: only the owner of the page can mend it, so the title of set-up errors stands before it. */
export function inboxTrouble(
  error: OpenslotError,
  messages: InboxMessages,
): { readonly text: string; readonly isSetup: boolean } {
  const { code, transient } = error;
  const { setup } = messages;
  const name = attributeOf(error);
  const ofOwner = {
    missing_config: name ? setup.missing(name) : '',
    invalid_config: name ? setup.invalid(name) : '',
    invalid_key: setup.invalidKey,
    not_installed: setup.notInstalled,
    schema_outdated: setup.notInstalled,
  }[code as 'missing_config'] as string | undefined;
  if (ofOwner !== undefined) return { text: ofOwner, isSetup: true };
  const ofReader = {
    not_signed_in: messages.signedOut,
    appointment_not_found: messages.unknownToken,
    rate_limited: messages.tooMany,
    realtime_refused: messages.notLive,
  }[code as 'not_signed_in'] as string | undefined;
  return { text: ofReader ?? (transient ? messages.unreachable : messages.unknown), isSetup: false };
}

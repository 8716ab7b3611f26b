/**
 * Every text that a person reads in the widget. Facts come in as arguments, already written in the reader's language
 * where they are dates, times or numbers with units; sentences are made here, so that each language orders them as it
 * must.
 */
import type { ChangeErrorCode, PatientErrorCode } from '../core/errors.ts';
import type { PushState } from '../core/push/push.ts';

/** What patients read before they choose a time. */
export interface Messages {
  /** BCP 47 tag of the language that these texts are written in. */
  readonly lang: string;

  /** Name of the whole widget for assistive technology. */
  readonly widget: (provider: string) => string;
  readonly loading: string;
  readonly loadingAppointment: string;
  readonly peopleViewing: (count: number, capped: boolean) => string;
  readonly peopleViewingShort: (count: number, capped: boolean) => string;
  readonly connection: Readonly<Record<'live' | 'connecting' | 'polling' | 'offline', string>>;

  readonly services: string;
  readonly previousMonth: string;
  readonly nextMonth: string;
  /** On the button to the view of weeks. */
  readonly showWeek: string;
  /** Below the days, each of which has a bar. */
  readonly legend: string;
  readonly chooseDay: string;
  readonly timesFree: (count: number) => string;
  /** A day in the calendar, and a day that was just chosen. */
  readonly dayWithTimes: (date: string, free: number) => string;
  readonly dayAndTime: (day: string, time: string) => string;
  readonly morning: string;
  readonly afternoon: string;
  readonly evening: string;
  readonly takenTime: (time: string) => string;
  readonly justTaken: (time: string) => string;

  readonly timesShownIn: string;
  readonly showInZone: (zone: string) => string;
  readonly nextFree: string;

  readonly noTimesInMonth: (month: string) => string;
  readonly noTimesOnDay: (day: string) => string;
  readonly noTimesAtAll: string;
  readonly next: (day: string) => string;
  readonly offline: (since: string) => string;
  readonly notUpdating: (since: string) => string;
  readonly unreachable: string;
  readonly tryAgain: string;
}

/** What patients read once they have chosen a time, or when something goes wrong. Loaded after the first paint. */
export interface DetailsMessages {
  readonly back: string;
  readonly serviceLine: (service: string, duration: string, provider: string) => string;
  readonly holding: string;
  /** `<strong>heldForYou</strong> heldFor` */
  readonly heldForYou: string;
  readonly heldFor: (remaining: string) => string;
  readonly holdLeft: (seconds: number) => string;
  readonly moreTime: string;
  readonly holdEnded: (time: string) => string;
  readonly holdAgain: string;
  readonly notHeld: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly note: string;
  readonly optional: string;
  readonly nameMissing: string;
  readonly emailMissing: string;
  readonly emailWrong: string;
  readonly phoneWrong: string;
  readonly book: (time: string) => string;
  readonly booking: (time: string) => string;

  readonly takenKept: string;
  readonly takenNearest: string;
  readonly takenNone: string;

  /** For the patient: what happened and what to do. */
  readonly errors: Readonly<Record<Exclude<PatientErrorCode, ChangeErrorCode>, string>>;
  /** For the owner of the page; patients see them only if the page is published with a wrong set-up. */
  readonly setup: SetupMessages;
}

/** What patients read about their appointment once it is booked. */
export interface AppointmentMessages {
  readonly booked: string;
  readonly withWhom: (provider: string, clinic: string) => string;
  /** What is left to do: nothing. `email` is null when the clinic doesn't have one. */
  readonly whatNext: (clinic: string, email: string | null) => string;

  /** Headings: how it stands. */
  readonly yours: string;
  readonly moved: string;
  readonly movedByClinic: string;
  readonly cancelled: string;
  readonly cancelledByClinic: string;
  readonly begun: string;
  readonly over: string;
  readonly completed: string;
  readonly missed: string;

  readonly insteadOf: (when: string) => string;
  /** The same time by the clocks of the clinic. */
  readonly inZone: (when: string, zone: string) => string;
  /** Comes before what the clinic wrote. */
  readonly writes: (clinic: string) => string;
  /** The last moment to move or cancel. Patients read it before they book, too. */
  readonly changeableUntil: (when: string) => string;
  readonly notChangeable: (clinic: string) => string;
  readonly notMovable: (clinic: string) => string;
  /** Why the server changed nothing; `notChangeable` says that it is too late. */
  readonly errors: Readonly<Record<Exclude<ChangeErrorCode, 'too_late_to_change'>, string>>;
  readonly notFound: string;
  readonly notFoundHint: string;
  readonly bookATime: string;
  readonly offline: (since: string) => string;
  readonly notUpdating: (since: string) => string;

  readonly addToCalendar: string;
  readonly calendarFile: string;
  readonly googleCalendar: string;
  readonly outlook: string;
  readonly opensInNewTab: (name: string) => string;
  readonly removeFromCalendar: string;
  /** Title of the event in the patient's calendar. */
  readonly eventTitle: (service: string, provider: string) => string;
  readonly print: string;
  readonly reschedule: string;
  readonly cancel: string;
  readonly bookAnother: string;

  readonly askCancel: string;
  readonly askCancelHint: string;
  readonly reason: string;
  readonly optional: string;
  readonly confirmCancel: string;
  readonly keep: string;
  readonly working: string;

  readonly chooseNewTime: (day: string, time: string) => string;
  readonly askMove: string;
  readonly moveFrom: string;
  readonly moveTo: string;
  readonly confirmMove: (time: string) => string;
  readonly otherTime: string;
}

/** The view that shows the times of a week side by side. */
export interface WeekMessages {
  /** On the button to the view of months. */
  readonly month: string;
  readonly previous: string;
  readonly next: string;
  readonly nothing: string;
  /** On a button that shows the rest of a day's times. */
  readonly moreTimes: (number: number) => string;
}

/** The list that patients choose a time zone from. */
export interface ZonesMessages {
  readonly title: string;
  readonly close: string;
  readonly search: string;
  /** Headings: the zone of the patient's device, that of the clinic, the rest. */
  readonly yours: string;
  readonly clinics: string;
  readonly others: string;
  /** How many a search has found, for screen readers. */
  readonly found: (number: number) => string;
  readonly none: (query: string) => string;
}

/** What stands around a clinic's questions for a service; the questions themselves are the clinic's. */
export interface QuestionsMessages {
  /** In place of an answer that isn't chosen yet. */
  readonly choose: string;
  readonly missing: string;
  readonly choiceMissing: string;
  readonly choicesMissing: string;
  readonly tickMissing: string;
  readonly dateMissing: string;
  readonly tooLong: (most: number) => string;
}

export interface SetupMessages {
  readonly title: string;
  readonly missing: (attribute: string) => string;
  readonly invalid: (attribute: string, expected: string) => string;
  /** By attribute: what it must be. Attributes with a few values use `oneOf`. */
  readonly expected: Readonly<
    Record<'supabase-url' | 'supabase-key' | 'time-zone' | 'phone-prefix' | 'client', string>
  >;
  readonly oneOf: (values: readonly string[]) => string;
  readonly invalidKey: string;
  readonly notInstalled: string;
  readonly outdated: string;
  readonly noProvider: (provider: string) => string;
  readonly noService: (service: string, known: readonly string[]) => string;
}

/** What happened to an appointment, as one recipient reads it. */
interface Happenings<Who extends readonly unknown[]> {
  readonly booked: (...facts: [...Who, when: string]) => string;
  readonly bookedByClinic: (...facts: [...Who, when: string]) => string;
  readonly cancelled: (...facts: [...Who, when: string]) => string;
  readonly cancelledByClinic: (...facts: [...Who, when: string]) => string;
  readonly moved: (...facts: [...Who, from: string, to: string]) => string;
  readonly movedByClinic: (...facts: [...Who, from: string, to: string]) => string;
  /** From a time to another one of the same day. */
  readonly movedWithinDay: (...facts: [...Who, from: string, to: string, day: string]) => string;
  readonly movedWithinDayByClinic: (...facts: [...Who, from: string, to: string, day: string]) => string;
  readonly reminder: (...facts: [...Who, when: string]) => string;
}

/** Every text of `<openslot-notifications>`. `when` is a day with a time. */
export interface InboxMessages {
  /** Of the bell and of what it opens. */
  readonly title: string;
  readonly titleWithUnread: (unread: number) => string;
  readonly markAll: string;
  readonly close: string;
  readonly loading: string;
  readonly tryAgain: string;

  readonly today: string;
  readonly yesterday: string;
  readonly justNow: string;
  /** Before what happened, for those who can't see the mark. */
  readonly isNew: string;
  readonly message: (text: string) => string;
  readonly about: (service: string, provider: string) => string;
  readonly somebody: string;
  readonly toMember: Happenings<[patient: string]>;
  readonly toPatient: Happenings<[clinic: string]>;

  readonly empty: string;
  readonly emptyForMember: string;
  readonly emptyForPatient: string;
  readonly older: string;
  readonly loadingOlder: string;
  readonly olderFailed: string;

  readonly toasts: string;
  readonly dismiss: (what: string) => string;
  readonly summary: (number: number) => string;
  readonly show: string;

  readonly offline: string;
  readonly notLive: string;
  readonly signedOut: string;
  readonly unknownToken: string;
  readonly tooMany: string;
  readonly unreachable: string;
  readonly unknown: string;

  readonly push: {
    readonly title: string;
    readonly states: Readonly<Record<Exclude<PushState, 'unknown'>, string>>;
    readonly turnOn: string;
    readonly turnOff: string;
  };

  /** For the owner of the page. */
  readonly setup: {
    readonly title: string;
    readonly missing: (attribute: string) => string;
    readonly invalid: (attribute: string) => string;
    readonly invalidKey: string;
    readonly notInstalled: string;
  };
}

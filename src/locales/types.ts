/**
 * Every text that a person reads in the widget. Facts come in as arguments, already written in the reader's language
 * where they are dates, times or numbers with units; sentences are made here, so that each language orders them as it
 * must.
 */
import type { PatientErrorCode } from '../core/errors.ts';

/** What is read before a time is chosen. */
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

/** What is read once a time was chosen, or when something goes wrong. Loaded after the first paint. */
export interface StepMessages {
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

  readonly booked: string;
  readonly withWhom: (provider: string, clinic: string) => string;
  /** What is left to do: nothing. `email` is null when the clinic doesn't have one. */
  readonly whatNext: (clinic: string, email: string | null) => string;

  /** English where it is missing. */
  readonly appointment?: AppointmentMessages;

  /** For the patient: what happened and what to do. */
  readonly errors: Readonly<Record<PatientErrorCode, string>>;
  /** For the owner of the page, who is the only one to see them in normal life. */
  readonly setup: SetupMessages;
}

/** What is read of an appointment from then on. English lies with what reads it. */
export interface AppointmentMessages {
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
  readonly notChangeable: (clinic: string) => string;
  readonly notMovable: (clinic: string) => string;
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

/** What is read where a patient or a service asks for more. English lies with what reads it. */
export interface ExtraMessages {
  /** Of the list that time zones are chosen from. */
  readonly zones: {
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
  };
  /** Of the view that shows a week's times side by side. */
  readonly week: {
    /** On the button to the view of months. */
    readonly month: string;
    readonly previous: string;
    readonly next: string;
    readonly nothing: string;
    /** On a button that shows the rest of a day's times. */
    readonly moreTimes: (number: number) => string;
  };
  /** Of the questions that a clinic asks for a service; the questions themselves are the clinic's. */
  readonly questions: {
    /** In place of an answer that isn't chosen yet. */
    readonly choose: string;
    readonly missing: string;
    readonly choiceMissing: string;
    readonly choicesMissing: string;
    readonly tickMissing: string;
    readonly dateMissing: string;
    readonly tooLong: (most: number) => string;
  };
}

export interface SetupMessages {
  readonly title: string;
  readonly missing: (attribute: string) => string;
  readonly invalid: (attribute: string, expected: string) => string;
  /** By attribute: what it must be. Those with a few values to choose from are told by `oneOf`. */
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

import type {
  AppointmentMessages,
  DetailsMessages,
  InboxMessages,
  Messages,
  QuestionsMessages,
  WeekMessages,
  ZonesMessages,
} from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('de');

const timesFree = (number: number) => count(number, { one: '# Termin frei', other: '# Termine frei' });

function list(values: readonly string[]): string {
  return new Intl.ListFormat('de', { type: 'disjunction' }).format(values.map((value) => `„${value}“`));
}

const RETRY = 'Bitte versuchen Sie es gleich noch einmal.';
const CHOOSE_ANOTHER = 'Bitte wählen Sie einen anderen Termin.';
const UNAVAILABLE = 'Die Online-Buchung ist zurzeit nicht verfügbar.';
const NOT_SET_UP = 'Die Online-Buchung ist noch nicht eingerichtet.';
const NOT_FOUND = 'Wir können diesen Termin nicht finden.';
const OPTIONAL = 'freiwillig';

export const messages: Messages = {
  lang: 'de',

  widget: (provider) => `Termin bei ${provider} buchen`,
  loading: 'Freie Termine werden geladen',
  loadingAppointment: 'Ihr Termin wird geladen',
  peopleViewing: (number, capped) =>
    capped
      ? `${number}+ Personen gerade hier`
      : count(number, { one: '# Person gerade hier', other: '# Personen gerade hier' }),
  peopleViewingShort: (number, capped) => `${number}${capped ? '+' : ''} gerade hier`,
  connection: {
    live: 'Live',
    connecting: 'Verbindung wird hergestellt',
    polling: 'Wird regelmäßig aktualisiert',
    offline: 'Offline',
  },

  services: 'Leistung',
  previousMonth: 'Voriger Monat',
  nextMonth: 'Nächster Monat',
  showWeek: 'Woche',
  legend: 'Der Balken zeigt, wie viel an einem Tag noch frei ist.',
  chooseDay: 'Wählen Sie einen Tag, um die Termine zu sehen.',
  timesFree: (number) => (number > 0 ? timesFree(number) : 'Keine freien Termine'),
  dayWithTimes: (date, free) => `${date}, ${free > 0 ? timesFree(free) : 'keine freien Termine'}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  morning: 'Vormittag',
  afternoon: 'Nachmittag',
  evening: 'Abend',
  takenTime: (time) => `${time}, vergeben`,
  justTaken: (time) => `${time} wurde gerade vergeben.`,

  timesShownIn: 'Zeitzone:',
  showInZone: (zone) => `Zu ${zone} wechseln`,
  nextFree: 'Nächster freier Termin:',

  noTimesInMonth: (month) => `Keine freien Termine im ${month}.`,
  noTimesOnDay: (day) => `Keine freien Termine am ${day}.`,
  noTimesAtAll: 'Zurzeit sind keine Termine frei. Sobald einer frei wird, erscheint er hier von selbst.',
  next: (day) => `Nächster: ${day}`,
  offline: (since) => `Sie sind offline. Stand: ${since}.`,
  notUpdating: (since) => `Wir können die Praxis gerade nicht erreichen. Stand: ${since}.`,
  unreachable:
    'Wir können die Praxis nicht erreichen. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  tryAgain: 'Erneut versuchen',
};

export const details: DetailsMessages = {
  back: 'Zurück zu den Terminen',
  serviceLine: (service, duration, provider) => `${service}, ${duration} · ${provider}`,
  holding: 'Der Termin wird für Sie reserviert\u00a0…',
  heldForYou: 'Für Sie reserviert',
  heldFor: (remaining) => `noch ${remaining}`,
  holdLeft: (seconds) =>
    `Dieser Termin ist noch ${count(seconds, { one: '# Sekunde', other: '# Sekunden' })} für Sie reserviert.`,
  moreTime: 'Mehr Zeit',
  holdEnded: (time) => `${time} ist nicht mehr für Sie reserviert, aber noch frei.`,
  holdAgain: 'Neu reservieren',
  notHeld: 'Dieser Termin ist nicht für Sie reserviert. Solange er frei ist, können Sie ihn buchen.',
  name: 'Vor- und Nachname',
  email: 'E-Mail',
  phone: 'Telefon',
  note: 'Worum geht es?',
  optional: OPTIONAL,
  nameMissing: 'Bitte geben Sie Ihren Namen ein.',
  emailMissing: 'Bitte geben Sie Ihre E-Mail-Adresse ein.',
  emailWrong: 'Bitte geben Sie eine E-Mail-Adresse wie name@example.com ein.',
  phoneWrong: 'Bitte geben Sie eine Telefonnummer wie +49 30 23125 123 ein.',
  book: (time) => `${time} buchen`,
  booking: (time) => `${time} wird gebucht\u00a0…`,

  takenKept: 'Ihre Angaben bleiben erhalten.',
  takenNearest: 'Die nächstgelegenen freien Termine:',
  takenNone: 'Im Moment ist kein anderer Termin frei.',

  errors: {
    invalid_argument: 'Mit einer Ihrer Angaben stimmt etwas nicht. Bitte prüfen Sie sie.',
    provider_not_found: UNAVAILABLE,
    service_not_found: 'Diese Leistung kann nicht mehr online gebucht werden. Bitte wählen Sie eine andere.',
    appointment_not_found: NOT_FOUND,
    slot_taken: `Jemand anderes war einen Moment schneller. ${CHOOSE_ANOTHER}`,
    outside_hours: `Die Praxis bietet diese Zeit nicht mehr an. ${CHOOSE_ANOTHER}`,
    outside_window: `So weit im Voraus kann noch nicht gebucht werden. ${CHOOSE_ANOTHER}`,
    too_soon: `So kurzfristig kann nicht mehr online gebucht werden. ${CHOOSE_ANOTHER}`,
    daily_limit_reached: `Dieser Tag ist ausgebucht. ${CHOOSE_ANOTHER}`,
    hold_limit_reached: 'Dieser Termin kann nicht länger reserviert bleiben. Bitte buchen Sie ihn jetzt.',
    request_id_reused: RETRY,
    rate_limited:
      'Über Ihre Verbindung kamen zu viele Versuche. Bitte warten Sie eine Weile oder rufen Sie die Praxis an.',
    missing_config: NOT_SET_UP,
    invalid_config: NOT_SET_UP,
    invalid_key: UNAVAILABLE,
    not_installed: UNAVAILABLE,
    schema_outdated: UNAVAILABLE,
    project_unavailable: `Das Buchungssystem der Praxis macht gerade Pause. ${RETRY}`,
    network: messages.unreachable,
    bad_response: `Das Buchungssystem hat etwas geantwortet, das wir nicht verstehen. ${RETRY}`,
    realtime_refused:
      'Live-Aktualisierungen sind nicht möglich. Stattdessen werden die Termine regelmäßig neu geladen.',
    aborted: RETRY,
    unknown: `Etwas ist schiefgegangen. ${RETRY}`,
  },

  setup: {
    title: 'Dieses Buchungs-Widget ist noch nicht eingerichtet',
    missing: (attribute) => `Das Attribut „${attribute}“ fehlt.`,
    invalid: (attribute, expected) =>
      `Das Attribut „${attribute}“ hat einen ungültigen Wert. Erwartet wird: ${expected}.`,
    expected: {
      'supabase-url': 'die URL eines Supabase-Projekts, etwa https://abcdefgh.supabase.co',
      'supabase-key':
        'der öffentliche Schlüssel des Projekts (sb_publishable_…) oder sein anon-Schlüssel, niemals ein geheimer',
      'time-zone': '„viewer“, „provider“ oder eine Zeitzone wie Europe/Stockholm',
      client: 'ein Client von supabase-js oder von createOpenslotClient',
      'phone-prefix': 'die Vorwahl eines Landes wie +46',
    },
    oneOf: list,
    invalidKey: 'Das Projekt lehnt den Schlüssel im Attribut „supabase-key“ ab.',
    notInstalled:
      'Das Projekt im Attribut „supabase-url“ antwortet, aber Openslot ist dort nicht vollständig installiert. Führen Sie die Migrationen aus.',
    outdated: 'Im Projekt ist ein älterer Stand der Migrationen von Openslot. Führen Sie die neuen aus.',
    noProvider: (provider) =>
      `Bei den Behandelnden gibt es „${provider}“ nicht. Das Attribut „provider“ erwartet einen Slug oder eine ID.`,
    noService: (service, known) =>
      `Es gibt keine Leistung „${service}“. Das Attribut „service“ erwartet den Slug oder die ID einer Leistung: ${list(known)}.`,
  },
};

export const appointment: AppointmentMessages = {
  booked: 'Ihr Termin ist gebucht',
  withWhom: (provider, clinic) => `${provider}, ${clinic}`,
  whatNext: (clinic, email) =>
    email ? `Sie müssen nichts weiter tun. ${clinic} erreicht Sie unter ${email}.` : 'Sie müssen nichts weiter tun.',

  yours: 'Ihr Termin',
  moved: 'Ihr neuer Termin ist gebucht',
  movedByClinic: 'Die Praxis hat Ihren Termin verlegt',
  cancelled: 'Ihr Termin ist abgesagt',
  cancelledByClinic: 'Die Praxis hat diesen Termin abgesagt',
  begun: 'Ihr Termin hat begonnen',
  over: 'Dieser Termin ist vorbei',
  completed: 'Dieser Termin hat stattgefunden',
  missed: 'Dieser Termin wurde nicht wahrgenommen',

  insteadOf: (when) => `Statt ${when}`,
  inZone: (when, zone) => `${when} in ${zone}`,
  writes: (clinic) => `${clinic} schreibt:`,
  changeableUntil: (when) => `Online verlegen oder absagen: bis ${when}.`,
  notChangeable: (clinic) =>
    `Online lässt er sich nicht mehr ändern. Wenn etwas dazwischenkommt, rufen Sie bitte bei ${clinic} an.`,
  notMovable: (clinic) =>
    `Online kann zurzeit kein neuer Termin gewählt werden. Zum Verlegen rufen Sie bitte bei ${clinic} an.`,
  errors: {
    appointment_cancelled: 'Dieser Termin wurde bereits abgesagt.',
    appointment_past: 'Dieser Termin ist vorbei und kann nicht mehr geändert werden.',
  },
  notFound: NOT_FOUND,
  notFoundHint:
    'Vielleicht ist der Link unvollständig. Bitte öffnen Sie ihn noch einmal aus Ihrer E-Mail oder rufen Sie die Praxis an.',
  bookATime: 'Termin buchen',
  offline: messages.offline,
  notUpdating: messages.notUpdating,

  addToCalendar: 'In den Kalender',
  calendarFile: 'Kalenderdatei',
  googleCalendar: 'Google Calendar',
  outlook: 'Outlook.com',
  opensInNewTab: (name) => `${name}, öffnet sich in einem neuen Tab`,
  removeFromCalendar: 'Aus Kalender löschen',
  eventTitle: (service, provider) => `${service} bei ${provider}`,
  print: 'Drucken',
  reschedule: 'Verlegen',
  cancel: 'Absagen',
  bookAnother: 'Neuen Termin buchen',

  askCancel: 'Diesen Termin absagen?',
  askCancelHint: 'Danach kann ihn sofort jemand anderes buchen.',
  reason: 'Grund der Absage, für die Praxis',
  optional: OPTIONAL,
  confirmCancel: 'Ja, absagen',
  keep: 'Behalten',
  working: 'Einen Moment\u00a0…',

  chooseNewTime: (day, time) =>
    `Wählen Sie einen neuen Termin. Ihr bisheriger am ${day}, ${time}, bleibt so lange bestehen.`,
  askMove: 'Termin verlegen?',
  moveFrom: 'Bisher',
  moveTo: 'Neu',
  confirmMove: (time) => `Auf ${time} verlegen`,
  otherTime: 'Anderer Termin',
};

export const week: WeekMessages = {
  month: 'Monat',
  previous: 'Vorige Woche',
  next: 'Nächste Woche',
  nothing: 'Nichts frei',
  moreTimes: (number) => count(number, { one: '# weiterer', other: '# weitere' }),
};

export const zones: ZonesMessages = {
  title: 'Zeitzone',
  close: 'Schließen',
  search: 'Stadt suchen',
  yours: 'Bei Ihnen',
  clinics: 'In der Praxis',
  others: 'Alle Zeitzonen',
  found: (number) => (number > 0 ? count(number, { one: '# Zeitzone', other: '# Zeitzonen' }) : 'Keine Zeitzonen'),
  none: (query) => `Zu „${query}“ kennen wir keine Zeitzone. Versuchen Sie es mit einer größeren Stadt in der Nähe.`,
};

export const questions: QuestionsMessages = {
  choose: 'Bitte wählen\u00a0…',
  missing: 'Bitte beantworten Sie diese Frage.',
  choiceMissing: 'Bitte wählen Sie eine Antwort aus.',
  choicesMissing: 'Bitte wählen Sie mindestens eine Antwort aus.',
  tickMissing: 'Bitte setzen Sie hier ein Häkchen, um fortzufahren.',
  dateMissing: 'Bitte geben Sie ein Datum ein.',
  tooLong: (most) => `Bitte verwenden Sie höchstens ${count(most, { other: '# Zeichen' })}.`,
};

export const notifications = async (): Promise<InboxMessages> => (await import('./notifications.ts')).notifications;

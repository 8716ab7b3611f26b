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

const count = plurals('nl');

const timesFree = (number: number) =>
  number > 0 ? count(number, { one: '# tijd vrij', other: '# tijden vrij' }) : 'Geen tijden vrij';

function list(values: readonly string[]): string {
  return new Intl.ListFormat('nl', { type: 'disjunction' }).format(values.map((value) => `‘${value}’`));
}

const RETRY = 'Probeer het zo meteen opnieuw.';
const CHOOSE_ANOTHER = 'Kies een andere tijd.';
const UNAVAILABLE = 'Online boeken is op dit moment niet mogelijk.';
const NOT_SET_UP = 'Online boeken is nog niet ingesteld.';
const NOT_FOUND = 'We kunnen deze afspraak niet vinden.';
const OPTIONAL = 'niet verplicht';

export const messages: Messages = {
  lang: 'nl',

  widget: (provider) => `Afspraak maken bij ${provider}`,
  loading: 'Vrije tijden worden geladen',
  loadingAppointment: 'Uw afspraak wordt geladen',
  peopleViewing: (number, capped) =>
    capped ? `${number}+ mensen kijken nu` : count(number, { one: '# persoon kijkt nu', other: '# mensen kijken nu' }),
  peopleViewingShort: (number, capped) =>
    capped ? `${number}+ kijken nu` : count(number, { one: '# kijkt nu', other: '# kijken nu' }),
  connection: {
    live: 'Live',
    connecting: 'Verbinding maken',
    polling: 'Wordt regelmatig bijgewerkt',
    offline: 'Offline',
  },

  services: 'Soort afspraak',
  previousMonth: 'Vorige maand',
  nextMonth: 'Volgende maand',
  showWeek: 'Week',
  legend: 'Het streepje toont hoeveel van een dag nog vrij is.',
  chooseDay: 'Kies een dag om de tijden te zien.',
  timesFree,
  dayWithTimes: (date, free) => `${date}, ${timesFree(free).toLowerCase()}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  morning: 'Ochtend',
  afternoon: 'Middag',
  evening: 'Avond',
  takenTime: (time) => `${time}, bezet`,
  justTaken: (time) => `${time} is zojuist bezet geraakt.`,

  timesShownIn: 'Tijdzone:',
  showInZone: (zone) => `Toon in ${zone}`,
  nextFree: 'Eerstvolgende vrije tijd:',

  noTimesInMonth: (month) => `Geen tijden vrij in ${month}.`,
  noTimesOnDay: (day) => `Geen tijden vrij op ${day}.`,
  noTimesAtAll: 'Op dit moment zijn er geen tijden vrij. Zodra er een vrijkomt, verschijnt die hier vanzelf.',
  next: (day) => `Eerstvolgende: ${day}`,
  offline: (since) => `U bent offline. Laatst bijgewerkt: ${since}.`,
  notUpdating: (since) => `We kunnen de praktijk op dit moment niet bereiken. Laatst bijgewerkt: ${since}.`,
  unreachable: 'We kunnen de praktijk niet bereiken. Controleer uw verbinding en probeer het opnieuw.',
  tryAgain: 'Probeer opnieuw',
};

export const details: DetailsMessages = {
  back: 'Terug naar de tijden',
  serviceLine: (service, duration, provider) => `${service}, ${duration} · ${provider}`,
  holding: 'We houden deze tijd voor u vast…',
  heldForYou: 'We houden deze tijd vast',
  heldFor: (remaining) => `nog ${remaining}`,
  holdLeft: (seconds) =>
    `We houden deze tijd nog ${count(seconds, { one: '# seconde', other: '# seconden' })} voor u vast.`,
  moreTime: 'Meer tijd',
  holdEnded: (time) => `We houden ${time} niet meer voor u vast, maar de tijd is nog vrij.`,
  holdAgain: 'Weer vasthouden',
  notHeld: 'We houden deze tijd niet voor u vast, maar u kunt hem boeken zolang hij vrij is.',
  name: 'Voor- en achternaam',
  email: 'E-mail',
  phone: 'Telefoon',
  note: 'Waar gaat het om?',
  optional: OPTIONAL,
  nameMissing: 'Vul uw naam in.',
  emailMissing: 'Vul uw e-mailadres in.',
  emailWrong: 'Vul een e-mailadres in zoals naam@example.com.',
  phoneWrong: 'Vul een telefoonnummer in zoals +31 6 12345678.',
  book: (time) => `${time} boeken`,
  booking: (time) => `${time} wordt geboekt…`,

  takenKept: 'Wat u hebt ingevuld, blijft staan.',
  takenNearest: 'Dichtstbijzijnde vrije tijden:',
  takenNone: 'Op dit moment zijn er geen andere tijden vrij.',

  errors: {
    invalid_argument: 'Er klopt iets niet in uw gegevens. Controleer ze.',
    provider_not_found: UNAVAILABLE,
    service_not_found: 'Deze soort afspraak kan niet meer online worden geboekt. Kies een andere.',
    appointment_not_found: NOT_FOUND,
    slot_taken: `Iemand anders was net iets sneller. ${CHOOSE_ANOTHER}`,
    outside_hours: `De praktijk biedt deze tijd niet meer aan. ${CHOOSE_ANOTHER}`,
    outside_window: `Zo ver vooruit kan nog niet worden geboekt. ${CHOOSE_ANOTHER}`,
    too_soon: `Het is te laat om deze tijd online te boeken. ${CHOOSE_ANOTHER}`,
    daily_limit_reached: `Deze dag is volgeboekt. ${CHOOSE_ANOTHER}`,
    hold_limit_reached: 'We kunnen deze tijd niet langer vasthouden. Boek hem nu.',
    request_id_reused: RETRY,
    rate_limited: 'Er zijn te veel pogingen gedaan via uw verbinding. Wacht even of bel de praktijk.',
    missing_config: NOT_SET_UP,
    invalid_config: NOT_SET_UP,
    invalid_key: UNAVAILABLE,
    not_installed: UNAVAILABLE,
    schema_outdated: UNAVAILABLE,
    project_unavailable: `Het boekingssysteem van de praktijk ligt even stil. ${RETRY}`,
    network: messages.unreachable,
    bad_response: `Het boekingssysteem gaf een antwoord dat we niet begrijpen. ${RETRY}`,
    realtime_refused: 'Live bijwerken is niet mogelijk. In plaats daarvan worden de tijden regelmatig vernieuwd.',
    aborted: RETRY,
    unknown: `Er is iets misgegaan. ${RETRY}`,
  },

  setup: {
    title: 'Deze boekingswidget is nog niet ingesteld',
    missing: (attribute) => `Het attribuut ‘${attribute}’ ontbreekt.`,
    invalid: (attribute, expected) =>
      `Het attribuut ‘${attribute}’ heeft een ongeldige waarde. Het moet dit zijn: ${expected}.`,
    expected: {
      'supabase-url': 'de URL van een Supabase-project, zoals https://abcdefgh.supabase.co',
      'supabase-key':
        'de openbare sleutel van het project (sb_publishable_…) of de anon-sleutel ervan, nooit een geheime',
      'time-zone': '‘viewer’, ‘provider’ of een tijdzone zoals Europe/Stockholm',
      client: 'een client van supabase-js of van createOpenslotClient',
      'phone-prefix': 'een landnummer zoals +46',
    },
    oneOf: list,
    invalidKey: 'Het project weigert de sleutel in het attribuut ‘supabase-key’.',
    notInstalled:
      'Het project in het attribuut ‘supabase-url’ antwoordt, maar Openslot is er niet volledig op geïnstalleerd. Voer de migraties uit.',
    outdated: 'Het project heeft een oudere versie van de migraties van Openslot. Voer de nieuwe uit.',
    noProvider: (provider) =>
      `De behandelaar ‘${provider}’ bestaat niet. In het attribuut ‘provider’ hoort een slug of een id.`,
    noService: (service, known) =>
      `De soort afspraak ‘${service}’ bestaat niet. In het attribuut ‘service’ hoort de slug of het id van een van deze: ${list(known)}.`,
  },
};

export const appointment: AppointmentMessages = {
  booked: 'Uw afspraak is geboekt',
  withWhom: (provider, clinic) => `${provider}, ${clinic}`,
  whatNext: (clinic, email) =>
    email ? `U hoeft verder niets te doen. ${clinic} kan u bereiken via ${email}.` : 'U hoeft verder niets te doen.',

  yours: 'Uw afspraak',
  moved: 'Uw nieuwe afspraak is geboekt',
  movedByClinic: 'De praktijk heeft uw afspraak verzet',
  cancelled: 'Uw afspraak is afgezegd',
  cancelledByClinic: 'De praktijk heeft deze afspraak afgezegd',
  begun: 'Uw afspraak is begonnen',
  over: 'Deze afspraak is voorbij',
  completed: 'Deze afspraak heeft plaatsgevonden',
  missed: 'Deze afspraak is gemist',

  insteadOf: (when) => `In plaats van ${when}`,
  inZone: (when, zone) => `${when} in ${zone}`,
  writes: (clinic) => `${clinic} schrijft:`,
  changeableUntil: (when) => `Online verzetten of afzeggen kan tot ${when}.`,
  notChangeable: (clinic) =>
    `De afspraak kan niet meer online worden gewijzigd. Komt er iets tussen? Bel dan ${clinic}.`,
  notMovable: (clinic) =>
    `Op dit moment kan online geen nieuwe tijd worden gekozen. Bel ${clinic} om de afspraak te verzetten.`,
  errors: {
    appointment_cancelled: 'Deze afspraak is al afgezegd.',
    appointment_past: 'Deze afspraak is voorbij en kan niet meer worden gewijzigd.',
  },
  notFound: NOT_FOUND,
  notFoundHint: 'Misschien is de link niet volledig. Open hem nog een keer vanuit uw e-mail of bel de praktijk.',
  bookATime: 'Afspraak maken',
  offline: messages.offline,
  notUpdating: messages.notUpdating,

  addToCalendar: 'In agenda zetten',
  calendarFile: 'Agendabestand',
  googleCalendar: 'Google Calendar',
  outlook: 'Outlook.com',
  opensInNewTab: (name) => `${name}, opent in een nieuw tabblad`,
  removeFromCalendar: 'Uit agenda halen',
  eventTitle: (service, provider) => `${service} bij ${provider}`,
  print: 'Afdrukken',
  reschedule: 'Verzetten',
  cancel: 'Afzeggen',
  bookAnother: 'Nieuwe afspraak',

  askCancel: 'Deze afspraak afzeggen?',
  askCancelHint: 'Iemand anders kan de tijd dan meteen boeken.',
  reason: 'Reden, voor de praktijk',
  optional: OPTIONAL,
  confirmCancel: 'Ja, afzeggen',
  keep: 'Behouden',
  working: 'Even geduld…',

  chooseNewTime: (day, time) => `Kies een nieuwe tijd. Uw afspraak op ${day} om ${time} blijft zolang staan.`,
  askMove: 'Uw afspraak verzetten?',
  moveFrom: 'Nu',
  moveTo: 'Nieuw',
  confirmMove: (time) => `Verzetten naar ${time}`,
  otherTime: 'Andere tijd kiezen',
};

export const week: WeekMessages = {
  month: 'Maand',
  previous: 'Vorige week',
  next: 'Volgende week',
  nothing: 'Niets vrij',
  moreTimes: (number) => `Nog ${number}`,
};

export const zones: ZonesMessages = {
  title: 'Tijdzone',
  close: 'Sluiten',
  search: 'Zoek een stad',
  yours: 'Bij u',
  clinics: 'Bij de praktijk',
  others: 'Alle tijdzones',
  found: (number) => (number > 0 ? count(number, { one: '# tijdzone', other: '# tijdzones' }) : 'Geen tijdzones'),
  none: (query) => `We kennen geen tijdzone voor ‘${query}’. Probeer een grotere stad in de buurt.`,
};

export const questions: QuestionsMessages = {
  choose: 'Maak een keuze…',
  missing: 'Beantwoord deze vraag.',
  choiceMissing: 'Kies een van deze antwoorden.',
  choicesMissing: 'Kies minstens een van deze antwoorden.',
  tickMissing: 'Vink dit vakje aan om verder te gaan.',
  dateMissing: 'Vul een datum in.',
  tooLong: (most) => `Gebruik hoogstens ${count(most, { one: '# teken', other: '# tekens' })}.`,
};

export const notifications = async (): Promise<InboxMessages> => (await import('./notifications.ts')).notifications;

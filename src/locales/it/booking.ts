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

const count = plurals('it');

const timesFree = (number: number) =>
  number > 0 ? count(number, { one: '# orario libero', other: '# orari liberi' }) : 'Nessun orario libero';

function list(values: readonly string[]): string {
  return new Intl.ListFormat('it', { type: 'disjunction' }).format(values.map((value) => `«${value}»`));
}

const RETRY = 'Riprovi tra un momento.';
const CHOOSE_ANOTHER = 'Scelga un altro orario.';
const UNAVAILABLE = 'La prenotazione online non è disponibile al momento.';
const NOT_SET_UP = 'La prenotazione online non è ancora configurata.';
const NOT_FOUND = 'Non troviamo questo appuntamento.';
const OPTIONAL = 'facoltativo';

export const messages: Messages = {
  lang: 'it',

  widget: (provider) => `Prenota un appuntamento con ${provider}`,
  loading: 'Caricamento degli orari liberi',
  loadingAppointment: 'Caricamento dell’appuntamento',
  peopleViewing: (number, capped) =>
    capped
      ? `${number}+ persone stanno guardando`
      : count(number, { one: '# persona sta guardando', other: '# persone stanno guardando' }),
  peopleViewingShort: (number, capped) => `${number}${capped ? '+' : ''} ora qui`,
  connection: {
    live: 'In tempo reale',
    connecting: 'Connessione in corso',
    polling: 'Aggiornato regolarmente',
    offline: 'Offline',
  },

  services: 'Prestazione',
  previousMonth: 'Mese precedente',
  nextMonth: 'Mese successivo',
  showWeek: 'Settimana',
  legend: 'La barra mostra quanto del giorno è ancora libero.',
  chooseDay: 'Scelga un giorno per vedere gli orari.',
  timesFree,
  dayWithTimes: (date, free) => `${date}, ${timesFree(free).toLowerCase()}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  morning: 'Mattina',
  afternoon: 'Pomeriggio',
  evening: 'Sera',
  takenTime: (time) => `${time}, occupato`,
  justTaken: (time) => `L’orario ${time} è appena stato preso.`,

  timesShownIn: 'Fuso orario:',
  showInZone: (zone) => `Passa a ${zone}`,
  nextFree: 'Prossimo orario libero:',

  noTimesInMonth: (month) => `Nessun orario libero in ${month}.`,
  noTimesOnDay: (day) => `Nessun orario libero per ${day}.`,
  noTimesAtAll: 'Al momento non ci sono orari liberi. Appena se ne libera uno, compare qui automaticamente.',
  next: (day) => `Prossimo: ${day}`,
  offline: (since) => `Manca la connessione. Ultimo aggiornamento: ${since}.`,
  notUpdating: (since) => `Al momento non riusciamo a contattare lo studio. Ultimo aggiornamento: ${since}.`,
  unreachable: 'Non riusciamo a contattare lo studio. Controlli la connessione e riprovi.',
  tryAgain: 'Riprova',
};

export const details: DetailsMessages = {
  back: 'Torna agli orari',
  serviceLine: (service, duration, provider) => `${service}, ${duration} · ${provider}`,
  holding: 'Stiamo riservando questo orario…',
  heldForYou: 'Orario riservato',
  heldFor: (remaining) => `ancora per ${remaining}`,
  holdLeft: (seconds) =>
    `L’orario resta riservato ancora per ${count(seconds, { one: '# secondo', other: '# secondi' })}.`,
  moreTime: 'Più tempo',
  holdEnded: (time) => `L’orario ${time} non è più riservato, ma è ancora libero.`,
  holdAgain: 'Riserva di nuovo',
  notHeld: 'Questo orario non è riservato, ma può prenotarlo finché è libero.',
  name: 'Nome e cognome',
  email: 'E-mail',
  phone: 'Telefono',
  note: 'Motivo dell’appuntamento',
  optional: OPTIONAL,
  nameMissing: 'Inserisca nome e cognome.',
  emailMissing: 'Inserisca l’indirizzo e-mail.',
  emailWrong: 'Inserisca un indirizzo e-mail come nome@example.com.',
  phoneWrong: 'Inserisca un numero di telefono come +39 312 345 6789.',
  book: (time) => `Prenota ${time}`,
  booking: (time) => `Prenotazione ore ${time}…`,

  takenKept: 'I dati inseriti non vanno persi.',
  takenNearest: 'Orari liberi più vicini:',
  takenNone: 'Al momento non ci sono altri orari liberi.',

  errors: {
    invalid_argument: 'Qualcosa nei suoi dati non va bene. Controlli quanto ha inserito.',
    provider_not_found: UNAVAILABLE,
    service_not_found: 'Questa prestazione non si può più prenotare online. Ne scelga un’altra.',
    appointment_not_found: NOT_FOUND,
    slot_taken: `Qualcun altro è stato un attimo più veloce. ${CHOOSE_ANOTHER}`,
    outside_hours: `Lo studio non offre più questo orario. ${CHOOSE_ANOTHER}`,
    outside_window: `È ancora presto per prenotare questo orario. ${CHOOSE_ANOTHER}`,
    too_soon: `È troppo tardi per prenotare questo orario online. ${CHOOSE_ANOTHER}`,
    daily_limit_reached: `Questo giorno è al completo. ${CHOOSE_ANOTHER}`,
    hold_limit_reached: 'Questo orario non può restare riservato più a lungo. Lo prenoti adesso.',
    request_id_reused: RETRY,
    rate_limited: 'Ci sono stati troppi tentativi da questa connessione. Aspetti un po’ o chiami lo studio.',
    missing_config: NOT_SET_UP,
    invalid_config: NOT_SET_UP,
    invalid_key: UNAVAILABLE,
    not_installed: UNAVAILABLE,
    schema_outdated: UNAVAILABLE,
    project_unavailable: `Il sistema di prenotazione dello studio è in pausa. ${RETRY}`,
    network: messages.unreachable,
    bad_response: `Il sistema di prenotazione ha dato una risposta che non capiamo. ${RETRY}`,
    realtime_refused: 'Gli aggiornamenti in tempo reale non sono disponibili. Gli orari si aggiornano regolarmente.',
    aborted: RETRY,
    unknown: `Qualcosa è andato storto. ${RETRY}`,
  },

  setup: {
    title: 'Questo widget di prenotazione non è ancora configurato',
    missing: (attribute) => `Manca l’attributo «${attribute}».`,
    invalid: (attribute, expected) => `L’attributo «${attribute}» ha un valore non valido. Deve essere ${expected}.`,
    expected: {
      'supabase-url': 'l’URL di un progetto Supabase, come https://abcdefgh.supabase.co',
      'supabase-key': 'la chiave pubblica del progetto (sb_publishable_…) o la sua chiave anon, mai una segreta',
      'time-zone': '«viewer», «provider» o un fuso orario come Europe/Stockholm',
      client: 'un client creato da supabase-js o da createOpenslotClient',
      'phone-prefix': 'il prefisso di un paese, come +46',
    },
    oneOf: list,
    invalidKey: 'Il progetto rifiuta la chiave dell’attributo «supabase-key».',
    notInstalled:
      'Il progetto dell’attributo «supabase-url» risponde, ma Openslot non vi è installato completamente. Applichi le sue migrazioni.',
    outdated: 'Il progetto ha una versione precedente delle migrazioni di Openslot. Applichi quelle nuove.',
    noProvider: (provider) =>
      `Non c’è nessun professionista «${provider}». L’attributo «provider» accetta uno slug o un id.`,
    noService: (service, known) =>
      `Non c’è nessuna prestazione «${service}». L’attributo «service» accetta lo slug o l’id di una di queste: ${list(known)}.`,
  },
};

export const appointment: AppointmentMessages = {
  booked: 'Appuntamento confermato',
  withWhom: (provider, clinic) => `${provider}, ${clinic}`,
  whatNext: (clinic, email) =>
    email ? `Non deve fare altro. ${clinic} può scriverle all’indirizzo ${email}.` : 'Non deve fare altro.',

  yours: 'Il suo appuntamento',
  moved: 'Il nuovo appuntamento è confermato',
  movedByClinic: 'Lo studio ha spostato il suo appuntamento',
  cancelled: 'Il suo appuntamento è disdetto',
  cancelledByClinic: 'Lo studio ha disdetto questo appuntamento',
  begun: 'Il suo appuntamento è iniziato',
  over: 'Questo appuntamento è passato',
  completed: 'Questo appuntamento si è svolto',
  missed: 'Nessuno si è presentato a questo appuntamento',

  insteadOf: (when) => `Invece di ${when}`,
  inZone: (when, zone) => `Ora dello studio: ${when} · ${zone}`,
  writes: (clinic) => `${clinic} scrive:`,
  changeableUntil: (when) => `Si può spostare o disdire online fino a: ${when}.`,
  notChangeable: (clinic) => `Non si può più modificare online. In caso di imprevisti, chiami ${clinic}.`,
  notMovable: (clinic) =>
    `Al momento non si può scegliere un nuovo orario online. Per spostare l’appuntamento, chiami ${clinic}.`,
  errors: {
    appointment_cancelled: 'Questo appuntamento è già stato disdetto.',
    appointment_past: 'Questo appuntamento è passato e non si può modificare.',
  },
  notFound: NOT_FOUND,
  notFoundHint: 'Il link potrebbe essere incompleto. Lo apra di nuovo dalla sua e-mail o chiami lo studio.',
  bookATime: 'Prenota un orario',
  offline: messages.offline,
  notUpdating: messages.notUpdating,

  addToCalendar: 'Salva nel calendario',
  calendarFile: 'File di calendario',
  googleCalendar: 'Google Calendar',
  outlook: 'Outlook.com',
  opensInNewTab: (name) => `${name}, si apre in una nuova scheda`,
  removeFromCalendar: 'Togli dal calendario',
  eventTitle: (service, provider) => `${service} con ${provider}`,
  print: 'Stampa',
  reschedule: 'Sposta',
  cancel: 'Disdici',
  bookAnother: 'Nuovo appuntamento',

  askCancel: 'Disdire questo appuntamento?',
  askCancelHint: 'Qualcun altro potrà prendere subito l’orario.',
  reason: 'Motivo, per lo studio',
  optional: OPTIONAL,
  confirmCancel: 'Sì, disdici',
  keep: 'Mantieni',
  working: 'Un momento…',

  chooseNewTime: (day, time) =>
    `Scelga un nuovo orario. Il suo appuntamento di ${day}, ore ${time}, resta valido fino ad allora.`,
  askMove: 'Spostare l’appuntamento?',
  moveFrom: 'Attuale',
  moveTo: 'Nuovo',
  confirmMove: (time) => `Sposta alle ore ${time}`,
  otherTime: 'Altro orario',
};

export const week: WeekMessages = {
  month: 'Mese',
  previous: 'Settimana precedente',
  next: 'Settimana successiva',
  nothing: 'Niente di libero',
  moreTimes: (number) => count(number, { one: 'Un altro', other: 'Altri #' }),
};

export const zones: ZonesMessages = {
  title: 'Fuso orario',
  close: 'Chiudi',
  search: 'Cerca una città',
  yours: 'Il suo',
  clinics: 'Quello dello studio',
  others: 'Tutti i fusi orari',
  found: (number) =>
    number > 0 ? count(number, { one: '# fuso orario', other: '# fusi orari' }) : 'Nessun fuso orario',
  none: (query) => `Non conosciamo nessun fuso orario per «${query}». Provi con una città vicina più grande.`,
};

export const questions: QuestionsMessages = {
  choose: 'Scelga…',
  missing: 'Risponda a questa domanda.',
  choiceMissing: 'Scelga una di queste risposte.',
  choicesMissing: 'Scelga almeno una di queste risposte.',
  tickMissing: 'Spunti questa casella per continuare.',
  dateMissing: 'Inserisca una data.',
  tooLong: (most) => `Usi al massimo ${count(most, { one: '# carattere', other: '# caratteri' })}.`,
};

export const notifications = async (): Promise<InboxMessages> => (await import('./notifications.ts')).notifications;

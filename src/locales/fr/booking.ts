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

const count = plurals('fr');

const timesFree = (number: number) =>
  number > 0 ? count(number, { one: '# créneau libre', other: '# créneaux libres' }) : 'Aucun créneau libre';

const quoted = (text: string) => `«\u00a0${text}\u00a0»`;

function list(values: readonly string[]): string {
  return new Intl.ListFormat('fr', { type: 'disjunction' }).format(values.map(quoted));
}

const RETRY = 'Veuillez réessayer dans un instant.';
const CHOOSE_ANOTHER = 'Veuillez choisir un autre créneau.';
const UNAVAILABLE = 'La prise de rendez-vous en ligne n’est pas disponible pour le moment.';
const NOT_SET_UP = 'La prise de rendez-vous en ligne n’est pas encore configurée.';
const NOT_FOUND = 'Nous ne trouvons pas ce rendez-vous.';
const OPTIONAL = 'facultatif';

export const messages: Messages = {
  lang: 'fr',

  widget: (provider) => `Prendre rendez-vous avec ${provider}`,
  loading: 'Chargement des créneaux libres',
  loadingAppointment: 'Chargement de votre rendez-vous',
  peopleViewing: (number, capped) =>
    capped
      ? `${number}+ personnes sur cette page`
      : count(number, { one: '# personne sur cette page', other: '# personnes sur cette page' }),
  peopleViewingShort: (number, capped) => `${number}${capped ? '+' : ''} sur la page`,
  connection: {
    live: 'En direct',
    connecting: 'Connexion en cours',
    polling: 'Actualisé régulièrement',
    offline: 'Hors ligne',
  },

  services: 'Prestation',
  previousMonth: 'Mois précédent',
  nextMonth: 'Mois suivant',
  showWeek: 'Semaine',
  legend: 'La barre indique la part de la journée encore libre.',
  chooseDay: 'Choisissez un jour pour voir les créneaux.',
  timesFree,
  dayWithTimes: (date, free) => `${date}, ${timesFree(free).toLowerCase()}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  morning: 'Matin',
  afternoon: 'Après-midi',
  evening: 'Fin de journée',
  takenTime: (time) => `${time}, pris`,
  justTaken: (time) => `Le créneau de ${time} vient d’être pris.`,

  timesShownIn: 'Fuseau horaire\u00a0:',
  showInZone: (zone) => `Passer à ${zone}`,
  nextFree: 'Prochain créneau libre\u00a0:',

  noTimesInMonth: (month) => `Aucun créneau libre en ${month}.`,
  noTimesOnDay: (day) => `Aucun créneau libre le ${day}.`,
  noTimesAtAll: 'Aucun créneau libre pour le moment. Dès qu’il s’en libère un, il apparaîtra ici automatiquement.',
  next: (day) => `Prochain\u00a0: ${day}`,
  offline: (since) => `Vous êtes hors ligne. Dernière mise à jour à ${since}.`,
  notUpdating: (since) => `Impossible de joindre le cabinet pour le moment. Dernière mise à jour à ${since}.`,
  unreachable: 'Impossible de joindre le cabinet. Veuillez vérifier votre connexion et réessayer.',
  tryAgain: 'Réessayer',
};

export const details: DetailsMessages = {
  back: 'Retour aux créneaux',
  serviceLine: (service, duration, provider) => `${service}, ${duration} · ${provider}`,
  holding: 'Nous vous gardons ce créneau…',
  heldForYou: 'Gardé pour vous',
  heldFor: (remaining) => `encore ${remaining}`,
  holdLeft: (seconds) =>
    `Ce créneau est gardé pour vous encore ${count(seconds, { one: '# seconde', other: '# secondes' })}.`,
  moreTime: 'Plus de temps',
  holdEnded: (time) => `Le créneau de ${time} n’est plus gardé pour vous, mais il est encore libre.`,
  holdAgain: 'Le garder à nouveau',
  notHeld: 'Ce créneau n’est pas gardé pour vous, mais vous pouvez le réserver tant qu’il est libre.',
  name: 'Prénom et nom',
  email: 'E-mail',
  phone: 'Téléphone',
  note: 'Motif du rendez-vous',
  optional: OPTIONAL,
  nameMissing: 'Veuillez indiquer votre nom.',
  emailMissing: 'Veuillez indiquer votre adresse e-mail.',
  emailWrong: 'Veuillez indiquer une adresse e-mail comme nom@example.com.',
  phoneWrong: 'Veuillez indiquer un numéro de téléphone comme +33 6 39 98 12 34.',
  book: (time) => `Réserver ${time}`,
  booking: (time) => `Réservation de ${time}…`,

  takenKept: 'Votre saisie est conservée.',
  takenNearest: 'Créneaux libres les plus proches\u00a0:',
  takenNone: 'Il n’y a pas d’autre créneau libre pour le moment.',

  errors: {
    invalid_argument: 'Une de vos informations ne convient pas. Veuillez vérifier votre saisie.',
    provider_not_found: UNAVAILABLE,
    service_not_found: 'Cette prestation ne peut plus être réservée en ligne. Veuillez en choisir une autre.',
    appointment_not_found: NOT_FOUND,
    slot_taken: `Quelqu’un a été un peu plus rapide. ${CHOOSE_ANOTHER}`,
    outside_hours: `Le cabinet ne propose plus ce créneau. ${CHOOSE_ANOTHER}`,
    outside_window: `Il est encore trop tôt pour réserver ce créneau. ${CHOOSE_ANOTHER}`,
    too_soon: `Il est trop tard pour réserver ce créneau en ligne. ${CHOOSE_ANOTHER}`,
    daily_limit_reached: `Cette journée est complète. ${CHOOSE_ANOTHER}`,
    hold_limit_reached: 'Ce créneau ne peut pas être gardé plus longtemps. Veuillez le réserver maintenant.',
    request_id_reused: RETRY,
    rate_limited:
      'Il y a eu trop de tentatives depuis votre connexion. Veuillez patienter un peu, ou appeler le cabinet.',
    missing_config: NOT_SET_UP,
    invalid_config: NOT_SET_UP,
    invalid_key: UNAVAILABLE,
    not_installed: UNAVAILABLE,
    schema_outdated: UNAVAILABLE,
    project_unavailable: `Le système de réservation du cabinet fait une pause. ${RETRY}`,
    network: messages.unreachable,
    bad_response: `Le système de réservation a donné une réponse que nous ne comprenons pas. ${RETRY}`,
    realtime_refused: 'Les mises à jour en direct ne sont pas disponibles. Les créneaux sont actualisés régulièrement.',
    aborted: RETRY,
    unknown: `Un problème est survenu. ${RETRY}`,
  },

  setup: {
    title: 'Ce widget de réservation n’est pas encore configuré',
    missing: (attribute) => `L’attribut ${quoted(attribute)} est absent.`,
    invalid: (attribute, expected) =>
      `L’attribut ${quoted(attribute)} a une valeur incorrecte. Valeur attendue\u00a0: ${expected}.`,
    expected: {
      'supabase-url': 'l’URL d’un projet Supabase, par exemple https://abcdefgh.supabase.co',
      'supabase-key': 'la clé publique du projet (sb_publishable_…) ou sa clé anon, jamais une clé secrète',
      'time-zone': `${quoted('viewer')}, ${quoted('provider')} ou un fuseau horaire comme Europe/Stockholm`,
      client: 'un client créé par supabase-js ou par createOpenslotClient',
      'phone-prefix': 'l’indicatif d’un pays, comme +46',
    },
    oneOf: list,
    invalidKey: `Le projet refuse la clé de l’attribut ${quoted('supabase-key')}.`,
    notInstalled: `Le projet de l’attribut ${quoted('supabase-url')} répond, mais Openslot n’y est pas complètement installé. Appliquez ses migrations.`,
    outdated: 'Le projet a une version plus ancienne des migrations d’Openslot. Appliquez les nouvelles.',
    noProvider: (provider) =>
      `Il n’y a pas de praticien ${quoted(provider)}. L’attribut ${quoted('provider')} attend un slug ou un identifiant.`,
    noService: (service, known) =>
      `Il n’y a pas de prestation ${quoted(service)}. L’attribut ${quoted('service')} attend le slug ou l’identifiant d’une prestation\u00a0: ${list(known)}.`,
  },
};

export const appointment: AppointmentMessages = {
  booked: 'Votre rendez-vous est confirmé',
  withWhom: (provider, clinic) => `${provider}, ${clinic}`,
  whatNext: (clinic, email) =>
    email
      ? `Vous n’avez rien d’autre à faire. ${clinic} peut vous joindre à l’adresse ${email}.`
      : 'Vous n’avez rien d’autre à faire.',

  yours: 'Votre rendez-vous',
  moved: 'Votre nouveau rendez-vous est confirmé',
  movedByClinic: 'Le cabinet a déplacé votre rendez-vous',
  cancelled: 'Votre rendez-vous est annulé',
  cancelledByClinic: 'Le cabinet a annulé ce rendez-vous',
  begun: 'Votre rendez-vous a commencé',
  over: 'Ce rendez-vous est passé',
  completed: 'Ce rendez-vous a eu lieu',
  missed: 'Ce rendez-vous n’a pas été honoré',

  insteadOf: (when) => `Au lieu du ${when}`,
  inZone: (when, zone) => `À l’heure du cabinet\u00a0: ${when} · ${zone}`,
  writes: (clinic) => `${clinic} vous écrit\u00a0:`,
  changeableUntil: (when) => `Modifiable ou annulable en ligne jusqu’au ${when}.`,
  notChangeable: (clinic) => `Il ne peut plus être modifié en ligne. En cas d’empêchement, veuillez appeler ${clinic}.`,
  notMovable: (clinic) =>
    `Il n’est pas possible de changer d’heure en ligne pour le moment. Pour déplacer votre rendez-vous, veuillez appeler ${clinic}.`,
  errors: {
    appointment_cancelled: 'Ce rendez-vous a déjà été annulé.',
    appointment_past: 'Ce rendez-vous est passé et ne peut plus être modifié.',
  },
  notFound: NOT_FOUND,
  notFoundHint:
    'Le lien est peut-être incomplet. Veuillez l’ouvrir à nouveau depuis votre e-mail, ou appeler le cabinet.',
  bookATime: 'Prendre rendez-vous',
  offline: messages.offline,
  notUpdating: messages.notUpdating,

  addToCalendar: 'Ajouter à l’agenda',
  calendarFile: 'Fichier d’agenda',
  googleCalendar: 'Google Calendar',
  outlook: 'Outlook.com',
  opensInNewTab: (name) => `${name}, s’ouvre dans un nouvel onglet`,
  removeFromCalendar: 'Retirer de l’agenda',
  eventTitle: (service, provider) => `${service} avec ${provider}`,
  print: 'Imprimer',
  reschedule: 'Déplacer',
  cancel: 'Annuler',
  bookAnother: 'Autre rendez-vous',

  askCancel: 'Annuler ce rendez-vous\u00a0?',
  askCancelHint: 'Le créneau pourra être pris aussitôt par quelqu’un d’autre.',
  reason: 'Motif, à l’attention du cabinet',
  optional: OPTIONAL,
  confirmCancel: 'Oui, l’annuler',
  keep: 'Le garder',
  working: 'Un instant…',

  chooseNewTime: (day, time) =>
    `Choisissez un nouveau créneau. Votre rendez-vous du ${day} à ${time} est conservé d’ici là.`,
  askMove: 'Déplacer votre rendez-vous\u00a0?',
  moveFrom: 'Actuel',
  moveTo: 'Nouveau',
  confirmMove: (time) => `Déplacer à ${time}`,
  otherTime: 'Autre créneau',
};

export const week: WeekMessages = {
  month: 'Mois',
  previous: 'Semaine précédente',
  next: 'Semaine suivante',
  nothing: 'Rien de libre',
  moreTimes: (number) => `${number} de plus`,
};

export const zones: ZonesMessages = {
  title: 'Fuseau horaire',
  close: 'Fermer',
  search: 'Chercher une ville',
  yours: 'Le vôtre',
  clinics: 'Celui du cabinet',
  others: 'Tous les fuseaux horaires',
  found: (number) =>
    number > 0 ? count(number, { one: '# fuseau horaire', other: '# fuseaux horaires' }) : 'Aucun fuseau horaire',
  none: (query) =>
    `Nous ne connaissons pas de fuseau horaire pour ${quoted(query)}. Essayez une plus grande ville des environs.`,
};

export const questions: QuestionsMessages = {
  choose: 'Veuillez choisir…',
  missing: 'Veuillez répondre à cette question.',
  choiceMissing: 'Veuillez choisir une réponse.',
  choicesMissing: 'Veuillez choisir au moins une réponse.',
  tickMissing: 'Veuillez cocher cette case pour continuer.',
  dateMissing: 'Veuillez indiquer une date.',
  tooLong: (most) => `Veuillez ne pas dépasser ${count(most, { one: '# caractère', other: '# caractères' })}.`,
};

export const notifications = async (): Promise<InboxMessages> => (await import('./notifications.ts')).notifications;

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

const count = plurals('es');

const timesFree = (number: number) =>
  number > 0 ? count(number, { one: '# horario libre', other: '# horarios libres' }) : 'Sin horarios libres';

/** «las 10:30», «la 1:30». */
const las = (time: string) => `${/^0?1\D/.test(time) ? 'la' : 'las'} ${time}`;

function list(values: readonly string[]): string {
  return new Intl.ListFormat('es', { type: 'disjunction' }).format(values.map((value) => `«${value}»`));
}

const RETRY = 'Vuelva a intentarlo en un momento.';
const CHOOSE_ANOTHER = 'Elija otro horario.';
const UNAVAILABLE = 'La reserva en línea no está disponible en este momento.';
const NOT_SET_UP = 'La reserva en línea todavía no está configurada.';
const NOT_FOUND = 'No encontramos esta cita.';
const OPTIONAL = 'opcional';

export const messages: Messages = {
  lang: 'es',

  widget: (provider) => `Reservar cita con ${provider}`,
  loading: 'Cargando los horarios libres',
  loadingAppointment: 'Cargando su cita',
  peopleViewing: (number, capped) =>
    capped ? `${number}+ personas mirando` : count(number, { one: '# persona mirando', other: '# personas mirando' }),
  peopleViewingShort: (number, capped) => `${number}${capped ? '+' : ''} mirando`,
  connection: {
    live: 'En directo',
    connecting: 'Conectando',
    polling: 'Se actualiza con regularidad',
    offline: 'Sin conexión',
  },

  services: 'Servicio',
  previousMonth: 'Mes anterior',
  nextMonth: 'Mes siguiente',
  showWeek: 'Semana',
  legend: 'La barra muestra cuánto queda libre ese día.',
  chooseDay: 'Elija un día para ver los horarios.',
  timesFree,
  dayWithTimes: (date, free) => `${date}, ${timesFree(free).toLowerCase()}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  morning: 'Mañana',
  afternoon: 'Tarde',
  evening: 'Tarde-noche',
  takenTime: (time) => `${time}, ocupado`,
  justTaken: (time) => `El horario de ${las(time)} acaba de ocuparse.`,

  timesShownIn: 'Zona horaria:',
  showInZone: (zone) => `Cambiar a ${zone}`,
  nextFree: 'Próximo horario libre:',

  noTimesInMonth: (month) => `No hay horarios libres en ${month}.`,
  noTimesOnDay: (day) => `No hay horarios libres el ${day}.`,
  noTimesAtAll: 'Ahora mismo no hay horarios libres. En cuanto se libere uno, aparecerá aquí automáticamente.',
  next: (day) => `Próximo: ${day}`,
  // In brackets, because some times end with a full stop.
  offline: (since) => `No tiene conexión (última actualización: ${since}).`,
  notUpdating: (since) => `No podemos contactar con la clínica en este momento (última actualización: ${since}).`,
  unreachable: 'No podemos contactar con la clínica. Compruebe su conexión y vuelva a intentarlo.',
  tryAgain: 'Reintentar',
};

export const details: DetailsMessages = {
  back: 'Volver a los horarios',
  serviceLine: (service, duration, provider) => `${service}, ${duration} · ${provider}`,
  holding: 'Le estamos guardando este horario…',
  heldForYou: 'Le guardamos este horario',
  heldFor: (remaining) => `durante ${remaining}`,
  holdLeft: (seconds) =>
    `Le guardamos este horario durante ${count(seconds, { one: '# segundo', other: '# segundos' })} más.`,
  moreTime: 'Más tiempo',
  holdEnded: (time) => `Ya no le guardamos el horario de ${las(time)}, pero sigue libre.`,
  holdAgain: 'Guardarlo otra vez',
  notHeld: 'No le estamos guardando este horario, pero puede reservarlo mientras esté libre.',
  name: 'Nombre y apellidos',
  email: 'Correo electrónico',
  phone: 'Teléfono',
  note: 'Motivo de la cita',
  optional: OPTIONAL,
  nameMissing: 'Escriba su nombre.',
  emailMissing: 'Escriba su correo electrónico.',
  emailWrong: 'Escriba un correo electrónico como nombre@example.com.',
  phoneWrong: 'Escriba un teléfono como +34 612 34 56 78.',
  book: (time) => `Reservar ${time}`,
  booking: (time) => `Reservando ${time}…`,

  takenKept: 'Lo que ha escrito se conserva.',
  takenNearest: 'Horarios libres más cercanos:',
  takenNone: 'No hay otros horarios libres en este momento.',

  errors: {
    invalid_argument: 'Alguno de sus datos no es válido. Revíselos, por favor.',
    provider_not_found: UNAVAILABLE,
    service_not_found: 'Este servicio ya no se puede reservar en línea. Elija otro.',
    appointment_not_found: NOT_FOUND,
    slot_taken: `Otra persona ha sido un poco más rápida. ${CHOOSE_ANOTHER}`,
    outside_hours: `La clínica ya no ofrece este horario. ${CHOOSE_ANOTHER}`,
    outside_window: `Todavía es pronto para reservar este horario. ${CHOOSE_ANOTHER}`,
    too_soon: `Ya es tarde para reservar este horario en línea. ${CHOOSE_ANOTHER}`,
    daily_limit_reached: `Este día está completo. ${CHOOSE_ANOTHER}`,
    hold_limit_reached: 'No podemos guardarle este horario más tiempo. Resérvelo ahora.',
    request_id_reused: RETRY,
    rate_limited: 'Ha habido demasiados intentos desde su conexión. Espere un rato o llame a la clínica.',
    missing_config: NOT_SET_UP,
    invalid_config: NOT_SET_UP,
    invalid_key: UNAVAILABLE,
    not_installed: UNAVAILABLE,
    schema_outdated: UNAVAILABLE,
    project_unavailable: `El sistema de reservas de la clínica está en pausa. ${RETRY}`,
    network: messages.unreachable,
    bad_response: `El sistema de reservas ha dado una respuesta que no entendemos. ${RETRY}`,
    realtime_refused:
      'Las actualizaciones en directo no están disponibles. Los horarios se actualizan con regularidad.',
    aborted: RETRY,
    unknown: `Algo ha salido mal. ${RETRY}`,
  },

  setup: {
    title: 'Este widget de reservas todavía no está configurado',
    missing: (attribute) => `Falta el atributo «${attribute}».`,
    invalid: (attribute, expected) => `El atributo «${attribute}» tiene un valor no válido. Debe ser ${expected}.`,
    expected: {
      'supabase-url': 'la URL de un proyecto de Supabase, como https://abcdefgh.supabase.co',
      'supabase-key': 'la clave pública del proyecto (sb_publishable_…) o su clave anon, nunca una secreta',
      'time-zone': '«viewer», «provider» o una zona horaria como Europe/Stockholm',
      client: 'un cliente creado con supabase-js o con createOpenslotClient',
      'phone-prefix': 'el prefijo de un país, como +46',
    },
    oneOf: list,
    invalidKey: 'El proyecto rechaza la clave del atributo «supabase-key».',
    notInstalled:
      'El proyecto del atributo «supabase-url» responde, pero Openslot no está instalado por completo en él. Aplique sus migraciones.',
    outdated: 'El proyecto tiene una versión anterior de las migraciones de Openslot. Aplique las nuevas.',
    noProvider: (provider) =>
      `No hay ningún profesional «${provider}». El atributo «provider» admite un slug o un identificador.`,
    noService: (service, known) =>
      `No hay ningún servicio «${service}». El atributo «service» admite el slug o el identificador de uno: ${list(known)}.`,
  },
};

export const appointment: AppointmentMessages = {
  booked: 'Su cita está confirmada',
  withWhom: (provider, clinic) => `${provider}, ${clinic}`,
  whatNext: (clinic, email) =>
    email ? `No tiene que hacer nada más. ${clinic} puede escribirle a ${email}.` : 'No tiene que hacer nada más.',

  yours: 'Su cita',
  moved: 'Su nueva cita está confirmada',
  movedByClinic: 'La clínica ha cambiado su cita',
  cancelled: 'Su cita está cancelada',
  cancelledByClinic: 'La clínica ha cancelado esta cita',
  begun: 'Su cita ha comenzado',
  over: 'Esta cita ya ha pasado',
  completed: 'Esta cita ya se ha realizado',
  missed: 'No se acudió a esta cita',

  insteadOf: (when) => `En lugar del ${when}`,
  inZone: (when, zone) => `Hora de la clínica: ${when} · ${zone}`,
  writes: (clinic) => `${clinic} le escribe:`,
  changeableUntil: (when) => `Se puede cambiar o cancelar en línea hasta: ${when}.`,
  notChangeable: (clinic) => `Ya no se puede cambiar en línea. Si le surge un imprevisto, llame a ${clinic}.`,
  notMovable: (clinic) =>
    `En este momento no se puede elegir otro horario en línea. Para cambiar la cita, llame a ${clinic}.`,
  errors: {
    appointment_cancelled: 'Esta cita ya se ha cancelado.',
    appointment_past: 'Esta cita ya ha pasado y no se puede cambiar.',
  },
  notFound: NOT_FOUND,
  notFoundHint:
    'Puede que el enlace esté incompleto. Ábralo otra vez desde su correo electrónico o llame a la clínica.',
  bookATime: 'Reservar cita',
  offline: messages.offline,
  notUpdating: messages.notUpdating,

  addToCalendar: 'Añadir al calendario',
  calendarFile: 'Archivo de calendario',
  googleCalendar: 'Google Calendar',
  outlook: 'Outlook.com',
  opensInNewTab: (name) => `${name}, se abre en una pestaña nueva`,
  removeFromCalendar: 'Quitar del calendario',
  eventTitle: (service, provider) => `${service} con ${provider}`,
  print: 'Imprimir',
  reschedule: 'Cambiar',
  cancel: 'Cancelar',
  bookAnother: 'Reservar otra cita',

  askCancel: '¿Cancelar esta cita?',
  askCancelHint: 'Otra persona podrá reservar el horario enseguida.',
  reason: 'Motivo, para la clínica',
  optional: OPTIONAL,
  confirmCancel: 'Sí, cancelarla',
  keep: 'Mantenerla',
  working: 'Un momento…',

  chooseNewTime: (day, time) =>
    `Elija un nuevo horario. Su cita del ${day}, a ${las(time)}, se mantiene mientras tanto.`,
  askMove: '¿Cambiar su cita?',
  moveFrom: 'Actual',
  moveTo: 'Nueva',
  confirmMove: (time) => `Pasar a ${las(time)}`,
  otherTime: 'Elegir otro horario',
};

export const week: WeekMessages = {
  month: 'Mes',
  previous: 'Semana anterior',
  next: 'Semana siguiente',
  nothing: 'Nada libre',
  moreTimes: (number) => `${number} más`,
};

export const zones: ZonesMessages = {
  title: 'Zona horaria',
  close: 'Cerrar',
  search: 'Buscar una ciudad',
  yours: 'La suya',
  clinics: 'La de la clínica',
  others: 'Todas las zonas horarias',
  found: (number) =>
    number > 0 ? count(number, { one: '# zona horaria', other: '# zonas horarias' }) : 'Ninguna zona horaria',
  none: (query) =>
    `No conocemos ninguna zona horaria para «${query}». Pruebe con una ciudad más grande que esté cerca.`,
};

export const questions: QuestionsMessages = {
  choose: 'Elija una opción…',
  missing: 'Responda a esta pregunta.',
  choiceMissing: 'Elija una de estas opciones.',
  choicesMissing: 'Elija al menos una de estas opciones.',
  tickMissing: 'Marque esta casilla para continuar.',
  dateMissing: 'Escriba una fecha.',
  tooLong: (most) => `Use como máximo ${count(most, { one: '# carácter', other: '# caracteres' })}.`,
};

export const notifications = async (): Promise<InboxMessages> => (await import('./notifications.ts')).notifications;

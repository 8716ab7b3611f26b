import type { InboxMessages } from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('es');

export const notifications: InboxMessages = {
  title: 'Notificaciones',
  titleWithUnread: (unread) => `Notificaciones, ${unread} sin leer`,
  markAll: 'Marcar como leídas',
  close: 'Cerrar',
  loading: 'Cargando las notificaciones',
  tryAgain: 'Reintentar',

  today: 'Hoy',
  yesterday: 'Ayer',
  justNow: 'ahora mismo',
  isNew: 'Nueva:',
  message: (text) => `«${text}»`,
  about: (service, provider) => `${service} · ${provider}`,
  somebody: 'Alguien',
  toMember: {
    booked: (patient, when) => `${patient} ha reservado: ${when}`,
    bookedByClinic: (patient, when) => `Cita reservada por la clínica: ${patient}, ${when}`,
    cancelled: (patient, when) => `${patient} ha cancelado: ${when}`,
    cancelledByClinic: (patient, when) => `Cita cancelada por la clínica: ${patient}, ${when}`,
    moved: (patient, from, to) => `${patient} ha cambiado su cita del ${from} al ${to}`,
    movedByClinic: (patient, from, to) => `Cita cambiada por la clínica: ${patient}, del ${from} al ${to}`,
    movedWithinDay: (patient, from, to, day) => `${patient} ha cambiado su cita de ${from} a ${to}, el ${day}`,
    movedWithinDayByClinic: (patient, from, to, day) =>
      `Cita cambiada por la clínica: ${patient}, de ${from} a ${to}, el ${day}`,
    reminder: (patient, when) => `${patient} viene el ${when}`,
  },
  toPatient: {
    booked: (_clinic, when) => `Cita reservada: ${when}`,
    bookedByClinic: (clinic, when) => `${clinic} ha reservado una cita para usted: ${when}`,
    cancelled: (_clinic, when) => `Cita cancelada: ${when}`,
    cancelledByClinic: (clinic, when) => `${clinic} ha cancelado su cita del ${when}`,
    moved: (_clinic, from, to) => `Cita cambiada del ${from} al ${to}`,
    movedByClinic: (clinic, from, to) => `${clinic} ha cambiado su cita del ${from} al ${to}`,
    movedWithinDay: (_clinic, from, to, day) => `Cita cambiada de ${from} a ${to}, el ${day}`,
    movedWithinDayByClinic: (clinic, from, to, day) => `${clinic} ha cambiado su cita de ${from} a ${to}, el ${day}`,
    reminder: (_clinic, when) => `Su cita es el ${when}`,
  },

  empty: 'Todavía no hay nada',
  emptyForMember: 'Las reservas, los cambios y las cancelaciones de los pacientes aparecen aquí automáticamente.',
  emptyForPatient: 'Si la clínica cambia su cita, lo leerá aquí enseguida.',
  older: 'Ver anteriores',
  loadingOlder: 'Cargando anteriores…',
  olderFailed: 'No se han podido cargar las anteriores.',

  toasts: 'Lo que acaba de pasar',
  dismiss: (what) => `Descartar: ${what}`,
  summary: (number) => count(number, { one: '# notificación nueva', other: '# notificaciones nuevas' }),
  show: 'Ver',

  offline: 'No tiene conexión. Lo que pase mientras tanto aparecerá en cuanto la recupere.',
  notLive: 'Por ahora no es en directo: se actualiza cada pocos segundos.',
  signedOut: 'Inicie sesión para ver las novedades.',
  unknownToken: 'No encontramos esta cita. Use el enlace de su último correo electrónico.',
  tooMany: 'Demasiadas peticiones a la vez. Espere un momento.',
  unreachable: 'No podemos contactar con la clínica. Compruebe su conexión y vuelva a intentarlo.',
  unknown: 'Algo ha salido mal. Vuelva a intentarlo en un momento.',

  push: {
    title: 'En este dispositivo',
    states: {
      unsupported: 'Este navegador no puede avisarle mientras la página está cerrada.',
      install:
        'Para recibir avisos con la página cerrada, añádala a la pantalla de inicio: toque «Compartir», luego «Añadir a pantalla de inicio», y ábrala desde allí.',
      off: 'Reciba avisos aquí aunque esta página esté cerrada.',
      asking: 'Su navegador le pide permiso: permita las notificaciones.',
      on: 'Recibe avisos aquí aunque esta página esté cerrada.',
      denied:
        'Su navegador bloquea los avisos de esta página. Para cambiarlo, abra los ajustes junto a la barra de direcciones, permita las notificaciones y vuelva a cargar la página.',
      failed: 'No ha funcionado. Vuelva a intentarlo en un momento.',
    },
    turnOn: 'Activar',
    turnOff: 'Desactivar',
  },

  setup: {
    title: 'Estas notificaciones todavía no están configuradas',
    missing: (attribute) => `Falta el atributo «${attribute}».`,
    invalid: (attribute) => `El atributo «${attribute}» tiene un valor no válido.`,
    invalidKey: 'El proyecto rechaza la clave del atributo «supabase-key».',
    notInstalled:
      'El proyecto responde, pero Openslot no está instalado por completo en él. Aplique las últimas migraciones.',
  },
};

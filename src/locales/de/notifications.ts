import type { InboxMessages } from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('de');

export const notifications: InboxMessages = {
  title: 'Mitteilungen',
  titleWithUnread: (unread) => `Mitteilungen, ${unread} ungelesen`,
  markAll: 'Alle gelesen',
  close: 'Schließen',
  loading: 'Mitteilungen werden geladen',
  tryAgain: 'Erneut versuchen',

  today: 'Heute',
  yesterday: 'Gestern',
  justNow: 'gerade eben',
  isNew: 'Neu:',
  message: (text) => `„${text}“`,
  about: (service, provider) => `${service} · ${provider}`,
  somebody: 'Jemand',
  toMember: {
    booked: (patient, when) => `${patient} hat gebucht: ${when}`,
    bookedByClinic: (patient, when) => `Von der Praxis gebucht: ${patient}, ${when}`,
    cancelled: (patient, when) => `${patient} hat abgesagt: ${when}`,
    cancelledByClinic: (patient, when) => `Von der Praxis abgesagt: ${patient}, ${when}`,
    moved: (patient, from, to) => `${patient} hat den Termin von ${from} auf ${to} verlegt`,
    movedByClinic: (patient, from, to) => `Von der Praxis verlegt: ${patient}, von ${from} auf ${to}`,
    movedWithinDay: (patient, from, to, day) => `${patient} hat den Termin am ${day}, von ${from} auf ${to} verlegt`,
    movedWithinDayByClinic: (patient, from, to, day) =>
      `Von der Praxis verlegt: ${patient}, von ${from} auf ${to}, ${day}`,
    reminder: (patient, when) => `${patient} kommt am ${when}`,
  },
  toPatient: {
    booked: (_clinic, when) => `Sie haben gebucht: ${when}`,
    bookedByClinic: (clinic, when) => `${clinic} hat einen Termin für Sie gebucht: ${when}`,
    cancelled: (_clinic, when) => `Sie haben abgesagt: ${when}`,
    cancelledByClinic: (clinic, when) => `${clinic} hat Ihren Termin am ${when} abgesagt`,
    moved: (_clinic, from, to) => `Sie haben Ihren Termin von ${from} auf ${to} verlegt`,
    movedByClinic: (clinic, from, to) => `${clinic} hat Ihren Termin von ${from} auf ${to} verlegt`,
    movedWithinDay: (_clinic, from, to, day) => `Sie haben Ihren Termin am ${day}, von ${from} auf ${to} verlegt`,
    movedWithinDayByClinic: (clinic, from, to, day) =>
      `${clinic} hat Ihren Termin am ${day}, von ${from} auf ${to} verlegt`,
    reminder: (_clinic, when) => `Ihr Termin ist am ${when}`,
  },

  empty: 'Noch nichts da',
  emptyForMember: 'Was Patientinnen und Patienten buchen, verlegen und absagen, erscheint hier von selbst.',
  emptyForPatient: 'Wenn die Praxis Ihren Termin ändert, lesen Sie es hier sofort.',
  older: 'Ältere anzeigen',
  loadingOlder: 'Ältere werden geladen\u00a0…',
  olderFailed: 'Die älteren konnten nicht geladen werden.',

  toasts: 'Was gerade passiert ist',
  dismiss: (what) => `Ausblenden: ${what}`,
  summary: (number) => count(number, { one: '# neue Mitteilung', other: '# neue Mitteilungen' }),
  show: 'Zeigen',

  offline: 'Sie sind offline. Was inzwischen passiert, erscheint, sobald Sie wieder verbunden sind.',
  notLive: 'Zurzeit nicht live, wird aber alle paar Sekunden aktualisiert.',
  signedOut: 'Melden Sie sich an, um zu sehen, was neu ist.',
  unknownToken: 'Wir können diesen Termin nicht finden. Bitte nehmen Sie den Link aus Ihrer neuesten E-Mail.',
  tooMany: 'Das war zu viel auf einmal. Bitte warten Sie einen Moment.',
  unreachable:
    'Wir können die Praxis nicht erreichen. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  unknown: 'Etwas ist schiefgegangen. Bitte versuchen Sie es gleich noch einmal.',

  push: {
    title: 'Auf diesem Gerät',
    states: {
      unsupported: 'Dieser Browser kann Sie nicht benachrichtigen, solange die Seite geschlossen ist.',
      install:
        'Damit Sie auch bei geschlossener Seite benachrichtigt werden, legen Sie sie auf den Home-Bildschirm: Tippen Sie auf „Teilen“, dann auf „Zum Home-Bildschirm“, und öffnen Sie sie von dort.',
      off: 'Lassen Sie sich hier benachrichtigen, auch wenn diese Seite geschlossen ist.',
      asking: 'Ihr Browser fragt nach: Bitte erlauben Sie Benachrichtigungen.',
      on: 'Sie werden hier benachrichtigt, auch wenn diese Seite geschlossen ist.',
      denied:
        'Ihr Browser blockiert Benachrichtigungen dieser Seite. Um das zu ändern, öffnen Sie die Einstellungen neben der Adresszeile, erlauben Sie Benachrichtigungen und laden Sie die Seite neu.',
      failed: 'Das hat nicht geklappt. Bitte versuchen Sie es gleich noch einmal.',
    },
    turnOn: 'Einschalten',
    turnOff: 'Ausschalten',
  },

  setup: {
    title: 'Diese Mitteilungen sind noch nicht eingerichtet',
    missing: (attribute) => `Das Attribut „${attribute}“ fehlt.`,
    invalid: (attribute) => `Das Attribut „${attribute}“ hat einen ungültigen Wert.`,
    invalidKey: 'Das Projekt lehnt den Schlüssel im Attribut „supabase-key“ ab.',
    notInstalled:
      'Das Projekt antwortet, aber Openslot ist dort nicht vollständig installiert. Führen Sie die neuesten Migrationen aus.',
  },
};

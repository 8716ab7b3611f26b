import type { InboxMessages } from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('nl');

export const notifications: InboxMessages = {
  title: 'Meldingen',
  titleWithUnread: (unread) => `Meldingen, ${unread} ongelezen`,
  markAll: 'Alles gelezen',
  close: 'Sluiten',
  loading: 'Meldingen worden geladen',
  tryAgain: 'Probeer opnieuw',

  today: 'Vandaag',
  yesterday: 'Gisteren',
  justNow: 'zojuist',
  isNew: 'Nieuw:',
  message: (text) => `‘${text}’`,
  about: (service, provider) => `${service} · ${provider}`,
  somebody: 'Iemand',
  toMember: {
    booked: (patient, when) => `${patient} heeft geboekt: ${when}`,
    bookedByClinic: (patient, when) => `Door de praktijk geboekt: ${patient}, ${when}`,
    cancelled: (patient, when) => `${patient} heeft afgezegd: ${when}`,
    cancelledByClinic: (patient, when) => `Door de praktijk afgezegd: ${patient}, ${when}`,
    moved: (patient, from, to) => `${patient} heeft de afspraak verzet van ${from} naar ${to}`,
    movedByClinic: (patient, from, to) => `Door de praktijk verzet: ${patient}, van ${from} naar ${to}`,
    movedWithinDay: (patient, from, to, day) => `${patient} heeft de afspraak op ${day} verzet van ${from} naar ${to}`,
    movedWithinDayByClinic: (patient, from, to, day) =>
      `Door de praktijk verzet: ${patient}, van ${from} naar ${to}, ${day}`,
    reminder: (patient, when) => `${patient} komt op ${when}`,
  },
  toPatient: {
    booked: (_clinic, when) => `U hebt geboekt: ${when}`,
    bookedByClinic: (clinic, when) => `${clinic} heeft een afspraak voor u geboekt: ${when}`,
    cancelled: (_clinic, when) => `U hebt afgezegd: ${when}`,
    cancelledByClinic: (clinic, when) => `${clinic} heeft uw afspraak op ${when} afgezegd`,
    moved: (_clinic, from, to) => `U hebt uw afspraak verzet van ${from} naar ${to}`,
    movedByClinic: (clinic, from, to) => `${clinic} heeft uw afspraak verzet van ${from} naar ${to}`,
    movedWithinDay: (_clinic, from, to, day) => `U hebt uw afspraak op ${day} verzet van ${from} naar ${to}`,
    movedWithinDayByClinic: (clinic, from, to, day) =>
      `${clinic} heeft uw afspraak op ${day} verzet van ${from} naar ${to}`,
    reminder: (_clinic, when) => `Uw afspraak is op ${when}`,
  },

  empty: 'Nog niets',
  emptyForMember: 'Wat patiënten boeken, verzetten en afzeggen, verschijnt hier vanzelf.',
  emptyForPatient: 'Als de praktijk uw afspraak wijzigt, leest u dat hier meteen.',
  older: 'Toon oudere',
  loadingOlder: 'Oudere worden geladen…',
  olderFailed: 'De oudere konden niet worden geladen.',

  toasts: 'Wat er zojuist is gebeurd',
  dismiss: (what) => `Verbergen: ${what}`,
  summary: (number) => count(number, { one: '# nieuwe melding', other: '# nieuwe meldingen' }),
  show: 'Tonen',

  offline: 'U bent offline. Wat er intussen gebeurt, verschijnt zodra u weer verbinding hebt.',
  notLive: 'Op dit moment niet live: elke paar seconden bijgewerkt.',
  signedOut: 'Log in om te zien wat er nieuw is.',
  unknownToken: 'We kunnen deze afspraak niet vinden. Gebruik de link in uw nieuwste e-mail.',
  tooMany: 'Dat was te veel tegelijk. Wacht even.',
  unreachable: 'We kunnen de praktijk niet bereiken. Controleer uw verbinding en probeer het opnieuw.',
  unknown: 'Er is iets misgegaan. Probeer het zo meteen opnieuw.',

  push: {
    title: 'Op dit apparaat',
    states: {
      unsupported: 'Deze browser kan u niets melden als de pagina gesloten is.',
      install:
        'Wilt u ook meldingen als de pagina gesloten is? Zet de pagina dan op uw beginscherm: tik op ‘Deel’, dan op ‘Zet op beginscherm’, en open de pagina daar.',
      off: 'Ontvang hier meldingen, ook als deze pagina gesloten is.',
      asking: 'Uw browser vraagt om toestemming: sta meldingen toe.',
      on: 'U ontvangt hier meldingen, ook als deze pagina gesloten is.',
      denied:
        'Uw browser houdt meldingen van deze pagina tegen. Wilt u dat veranderen? Open dan de instellingen naast de adresbalk, sta meldingen toe en laad de pagina opnieuw.',
      failed: 'Dat is niet gelukt. Probeer het zo meteen opnieuw.',
    },
    turnOn: 'Aanzetten',
    turnOff: 'Uitzetten',
  },

  setup: {
    title: 'Deze meldingen zijn nog niet ingesteld',
    missing: (attribute) => `Het attribuut ‘${attribute}’ ontbreekt.`,
    invalid: (attribute) => `Het attribuut ‘${attribute}’ heeft een ongeldige waarde.`,
    invalidKey: 'Het project weigert de sleutel in het attribuut ‘supabase-key’.',
    notInstalled:
      'Het project antwoordt, maar Openslot is er niet volledig op geïnstalleerd. Voer de nieuwste migraties uit.',
  },
};

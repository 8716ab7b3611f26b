import type { InboxMessages } from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('it');

export const notifications: InboxMessages = {
  title: 'Notifiche',
  titleWithUnread: (unread) => `Notifiche, ${unread} da leggere`,
  markAll: 'Segna come lette',
  close: 'Chiudi',
  loading: 'Caricamento delle notifiche',
  tryAgain: 'Riprova',

  today: 'Oggi',
  yesterday: 'Ieri',
  justNow: 'proprio ora',
  isNew: 'Nuova:',
  message: (text) => `«${text}»`,
  about: (service, provider) => `${service} · ${provider}`,
  somebody: 'Qualcuno',
  toMember: {
    booked: (patient, when) => `${patient} ha prenotato: ${when}`,
    bookedByClinic: (patient, when) => `Prenotato dallo studio: ${patient}, ${when}`,
    cancelled: (patient, when) => `${patient} ha disdetto: ${when}`,
    cancelledByClinic: (patient, when) => `Disdetto dallo studio: ${patient}, ${when}`,
    moved: (patient, from, to) => `${patient} ha spostato l’appuntamento da ${from} a ${to}`,
    movedByClinic: (patient, from, to) => `Spostato dallo studio: ${patient}, da ${from} a ${to}`,
    movedWithinDay: (patient, from, to, day) =>
      `${patient} ha spostato l’appuntamento dalle ore ${from} alle ore ${to}, ${day}`,
    movedWithinDayByClinic: (patient, from, to, day) =>
      `Spostato dallo studio: ${patient}, dalle ore ${from} alle ore ${to}, ${day}`,
    reminder: (patient, when) => `${patient} viene ${when}`,
  },
  toPatient: {
    booked: (_clinic, when) => `Appuntamento prenotato: ${when}`,
    bookedByClinic: (clinic, when) => `${clinic} ha prenotato un appuntamento per lei: ${when}`,
    cancelled: (_clinic, when) => `Appuntamento disdetto: ${when}`,
    cancelledByClinic: (clinic, when) => `${clinic} ha disdetto il suo appuntamento di ${when}`,
    moved: (_clinic, from, to) => `Appuntamento spostato da ${from} a ${to}`,
    movedByClinic: (clinic, from, to) => `${clinic} ha spostato il suo appuntamento da ${from} a ${to}`,
    movedWithinDay: (_clinic, from, to, day) => `Appuntamento spostato dalle ore ${from} alle ore ${to}, ${day}`,
    movedWithinDayByClinic: (clinic, from, to, day) =>
      `${clinic} ha spostato il suo appuntamento dalle ore ${from} alle ore ${to}, ${day}`,
    reminder: (_clinic, when) => `Il suo appuntamento: ${when}`,
  },

  empty: 'Ancora niente',
  emptyForMember: 'Quello che i pazienti prenotano, spostano e disdicono compare qui automaticamente.',
  emptyForPatient: 'Se lo studio cambia il suo appuntamento, lo legge subito qui.',
  older: 'Mostra precedenti',
  loadingOlder: 'Caricamento delle precedenti…',
  olderFailed: 'Non è stato possibile caricare le precedenti.',

  toasts: 'Che cosa è appena successo',
  dismiss: (what) => `Nascondi: ${what}`,
  summary: (number) => count(number, { one: '# nuova notifica', other: '# nuove notifiche' }),
  show: 'Mostra',

  offline: 'Manca la connessione. Quello che succede intanto compare appena torna.',
  notLive: 'Al momento non è in tempo reale: si aggiorna ogni pochi secondi.',
  signedOut: 'Acceda per vedere le novità.',
  unknownToken: 'Non troviamo questo appuntamento. Usi il link della sua e-mail più recente.',
  tooMany: 'Troppe richieste in una volta. Aspetti un momento.',
  unreachable: 'Non riusciamo a contattare lo studio. Controlli la connessione e riprovi.',
  unknown: 'Qualcosa è andato storto. Riprovi tra un momento.',

  push: {
    title: 'Su questo dispositivo',
    states: {
      unsupported: 'Questo browser non può avvisarla quando la pagina è chiusa.',
      install:
        'Per ricevere avvisi con la pagina chiusa, la metta nella schermata Home: tocchi «Condividi», poi «Aggiungi alla schermata Home», e la apra da lì.',
      off: 'Riceva avvisi qui anche quando questa pagina è chiusa.',
      asking: 'Il browser sta chiedendo il permesso: consenta le notifiche.',
      on: 'Riceve avvisi qui anche quando questa pagina è chiusa.',
      denied:
        'Il browser blocca gli avvisi di questa pagina. Per cambiare, apra le impostazioni accanto alla barra degli indirizzi, consenta le notifiche e ricarichi la pagina.',
      failed: 'Non ha funzionato. Riprovi tra un momento.',
    },
    turnOn: 'Attiva',
    turnOff: 'Disattiva',
  },

  setup: {
    title: 'Queste notifiche non sono ancora configurate',
    missing: (attribute) => `Manca l’attributo «${attribute}».`,
    invalid: (attribute) => `L’attributo «${attribute}» ha un valore non valido.`,
    invalidKey: 'Il progetto rifiuta la chiave dell’attributo «supabase-key».',
    notInstalled: 'Il progetto risponde, ma Openslot non vi è installato completamente. Applichi le ultime migrazioni.',
  },
};

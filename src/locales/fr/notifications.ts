import type { InboxMessages } from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('fr');

const quoted = (text: string) => `«\u00a0${text}\u00a0»`;

export const notifications: InboxMessages = {
  title: 'Notifications',
  titleWithUnread: (unread) => `Notifications, ${count(unread, { one: '# non lue', other: '# non lues' })}`,
  markAll: 'Tout marquer comme lu',
  close: 'Fermer',
  loading: 'Chargement des notifications',
  tryAgain: 'Réessayer',

  today: 'Aujourd’hui',
  yesterday: 'Hier',
  justNow: 'à l’instant',
  isNew: 'Nouveau\u00a0:',
  message: quoted,
  about: (service, provider) => `${service} · ${provider}`,
  somebody: 'Quelqu’un',
  toMember: {
    booked: (patient, when) => `${patient} a réservé\u00a0: ${when}`,
    bookedByClinic: (patient, when) => `Réservé par le cabinet\u00a0: ${patient}, ${when}`,
    cancelled: (patient, when) => `${patient} a annulé\u00a0: ${when}`,
    cancelledByClinic: (patient, when) => `Annulé par le cabinet\u00a0: ${patient}, ${when}`,
    moved: (patient, from, to) => `${patient} a déplacé son rendez-vous du ${from} au ${to}`,
    movedByClinic: (patient, from, to) => `Déplacé par le cabinet\u00a0: ${patient}, du ${from} au ${to}`,
    movedWithinDay: (patient, from, to, day) => `${patient} a déplacé son rendez-vous de ${from} à ${to}, le ${day}`,
    movedWithinDayByClinic: (patient, from, to, day) =>
      `Déplacé par le cabinet\u00a0: ${patient}, de ${from} à ${to}, le ${day}`,
    reminder: (patient, when) => `${patient} vient le ${when}`,
  },
  toPatient: {
    booked: (_clinic, when) => `Vous avez réservé\u00a0: ${when}`,
    bookedByClinic: (clinic, when) => `${clinic} a pris un rendez-vous pour vous\u00a0: ${when}`,
    cancelled: (_clinic, when) => `Vous avez annulé\u00a0: ${when}`,
    cancelledByClinic: (clinic, when) => `${clinic} a annulé votre rendez-vous du ${when}`,
    moved: (_clinic, from, to) => `Vous avez déplacé votre rendez-vous du ${from} au ${to}`,
    movedByClinic: (clinic, from, to) => `${clinic} a déplacé votre rendez-vous du ${from} au ${to}`,
    movedWithinDay: (_clinic, from, to, day) => `Vous avez déplacé votre rendez-vous de ${from} à ${to}, le ${day}`,
    movedWithinDayByClinic: (clinic, from, to, day) =>
      `${clinic} a déplacé votre rendez-vous de ${from} à ${to}, le ${day}`,
    reminder: (_clinic, when) => `Votre rendez-vous est le ${when}`,
  },

  empty: 'Rien pour le moment',
  emptyForMember: 'Les réservations, déplacements et annulations des patients apparaissent ici automatiquement.',
  emptyForPatient: 'Si le cabinet modifie votre rendez-vous, vous le lirez ici aussitôt.',
  older: 'Voir les plus anciennes',
  loadingOlder: 'Chargement des plus anciennes…',
  olderFailed: 'Les plus anciennes n’ont pas pu être chargées.',

  toasts: 'Ce qui vient de se passer',
  dismiss: (what) => `Masquer\u00a0: ${what}`,
  summary: (number) => count(number, { one: '# nouvelle notification', other: '# nouvelles notifications' }),
  show: 'Voir',

  offline: 'Vous êtes hors ligne. Ce qui se passe entre-temps apparaîtra à votre retour.',
  notLive: 'Pas en direct pour le moment\u00a0: actualisé à quelques secondes d’intervalle.',
  signedOut: 'Connectez-vous pour voir ce qu’il y a de nouveau.',
  unknownToken: 'Nous ne trouvons pas ce rendez-vous. Veuillez utiliser le lien de votre dernier e-mail.',
  tooMany: 'C’était trop à la fois. Veuillez patienter un instant.',
  unreachable: 'Impossible de joindre le cabinet. Veuillez vérifier votre connexion et réessayer.',
  unknown: 'Un problème est survenu. Veuillez réessayer dans un instant.',

  push: {
    title: 'Sur cet appareil',
    states: {
      unsupported: 'Ce navigateur ne peut pas vous prévenir quand la page est fermée.',
      install: `Pour recevoir des notifications même quand la page est fermée, ajoutez-la à l’écran d’accueil\u00a0: touchez ${quoted('Partager')}, puis ${quoted('Sur l’écran d’accueil')}, et ouvrez-la de là.`,
      off: 'Recevez des notifications ici, même quand cette page est fermée.',
      asking: 'Votre navigateur demande votre accord\u00a0: veuillez autoriser les notifications.',
      on: 'Vous recevez des notifications ici, même quand cette page est fermée.',
      denied:
        'Votre navigateur bloque les notifications de cette page. Pour changer cela, ouvrez les réglages à côté de la barre d’adresse, autorisez les notifications et rechargez la page.',
      failed: 'Cela n’a pas fonctionné. Veuillez réessayer dans un instant.',
    },
    turnOn: 'Activer',
    turnOff: 'Désactiver',
  },

  setup: {
    title: 'Ces notifications ne sont pas encore configurées',
    missing: (attribute) => `L’attribut ${quoted(attribute)} est absent.`,
    invalid: (attribute) => `L’attribut ${quoted(attribute)} a une valeur incorrecte.`,
    invalidKey: `Le projet refuse la clé de l’attribut ${quoted('supabase-key')}.`,
    notInstalled:
      'Le projet répond, mais Openslot n’y est pas complètement installé. Appliquez ses dernières migrations.',
  },
};

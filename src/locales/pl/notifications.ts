import type { InboxMessages } from '../types.ts';
import { plurals } from '../plurals.ts';

const count = plurals('pl');

export const notifications: InboxMessages = {
  title: 'Powiadomienia',
  titleWithUnread: (unread) => `Powiadomienia, nieprzeczytane: ${unread}`,
  markAll: 'Oznacz jako przeczytane',
  close: 'Zamknij',
  loading: 'Wczytywanie powiadomień',
  tryAgain: 'Ponów próbę',

  today: 'Dzisiaj',
  yesterday: 'Wczoraj',
  justNow: 'przed chwilą',
  isNew: 'Nowe:',
  message: (text) => `„${text}”`,
  about: (service, provider) => `${service} · ${provider}`,
  somebody: 'Ktoś',
  // The present tense, because the past one tells whether it was a man or a woman.
  toMember: {
    booked: (patient, when) => `${patient} umawia wizytę: ${when}`,
    bookedByClinic: (patient, when) => `Gabinet umawia wizytę: ${patient}, ${when}`,
    cancelled: (patient, when) => `${patient} odwołuje wizytę: ${when}`,
    cancelledByClinic: (patient, when) => `Gabinet odwołuje wizytę: ${patient}, ${when}`,
    moved: (patient, from, to) => `${patient} przekłada wizytę na ${to} (wcześniej: ${from})`,
    movedByClinic: (patient, from, to) => `Gabinet przekłada wizytę: ${patient}, na ${to} (wcześniej: ${from})`,
    movedWithinDay: (patient, from, to, day) => `${patient} przekłada wizytę z ${from} na ${to}, ${day}`,
    movedWithinDayByClinic: (patient, from, to, day) =>
      `Gabinet przekłada wizytę: ${patient}, z ${from} na ${to}, ${day}`,
    reminder: (patient, when) => `Nadchodząca wizyta: ${patient}, ${when}`,
  },
  toPatient: {
    booked: (_clinic, when) => `Wizyta umówiona: ${when}`,
    bookedByClinic: (clinic, when) => `${clinic} umawia wizytę: ${when}`,
    cancelled: (_clinic, when) => `Wizyta odwołana: ${when}`,
    cancelledByClinic: (clinic, when) => `${clinic} odwołuje wizytę: ${when}`,
    moved: (_clinic, from, to) => `Wizyta przełożona na ${to} (wcześniej: ${from})`,
    movedByClinic: (clinic, from, to) => `${clinic} przekłada wizytę na ${to} (wcześniej: ${from})`,
    movedWithinDay: (_clinic, from, to, day) => `Wizyta przełożona z ${from} na ${to}, ${day}`,
    movedWithinDayByClinic: (clinic, from, to, day) => `${clinic} przekłada wizytę z ${from} na ${to}, ${day}`,
    reminder: (_clinic, when) => `Nadchodząca wizyta: ${when}`,
  },

  empty: 'Jeszcze nic tu nie ma',
  emptyForMember: 'Wizyty umawiane, przekładane i odwoływane przez pacjentów same pojawiają się tutaj.',
  emptyForPatient: 'Jeśli gabinet zmieni wizytę, wiadomość od razu pojawi się tutaj.',
  older: 'Pokaż starsze',
  loadingOlder: 'Wczytywanie starszych…',
  olderFailed: 'Nie udało się wczytać starszych.',

  toasts: 'Co się właśnie wydarzyło',
  dismiss: (what) => `Ukryj: ${what}`,
  summary: (number) =>
    count(number, {
      one: '# nowe powiadomienie',
      few: '# nowe powiadomienia',
      many: '# nowych powiadomień',
      other: '# nowego powiadomienia',
    }),
  show: 'Pokaż',

  offline: 'Brak połączenia z internetem. To, co się w tym czasie wydarzy, pojawi się, gdy połączenie wróci.',
  notLive: 'W tej chwili nie na żywo: aktualizacja co kilka sekund.',
  signedOut: 'Proszę się zalogować, aby zobaczyć, co nowego.',
  unknownToken: 'Nie możemy znaleźć tej wizyty. Proszę użyć linku z najnowszej wiadomości e-mail.',
  tooMany: 'To było zbyt wiele naraz. Proszę chwilę poczekać.',
  unreachable: 'Nie możemy połączyć się z gabinetem. Proszę sprawdzić połączenie i spróbować ponownie.',
  unknown: 'Coś poszło nie tak. Proszę spróbować ponownie za chwilę.',

  push: {
    title: 'Na tym urządzeniu',
    states: {
      unsupported: 'Ta przeglądarka nie może wysyłać powiadomień, gdy strona jest zamknięta.',
      install:
        'Aby otrzymywać powiadomienia przy zamkniętej stronie, proszę dodać ją do ekranu początkowego: stuknąć „Udostępnij”, potem „Do ekranu początkowego” i otwierać ją stamtąd.',
      off: 'Powiadomienia mogą przychodzić tutaj także wtedy, gdy ta strona jest zamknięta.',
      asking: 'Przeglądarka pyta o zgodę: proszę zezwolić na powiadomienia.',
      on: 'Powiadomienia przychodzą tutaj także wtedy, gdy ta strona jest zamknięta.',
      denied:
        'Przeglądarka blokuje powiadomienia z tej strony. Aby to zmienić, proszę otworzyć ustawienia obok paska adresu, zezwolić na powiadomienia i wczytać stronę ponownie.',
      failed: 'To się nie udało. Proszę spróbować ponownie za chwilę.',
    },
    turnOn: 'Włącz',
    turnOff: 'Wyłącz',
  },

  setup: {
    title: 'Te powiadomienia nie zostały jeszcze skonfigurowane',
    missing: (attribute) => `Brakuje atrybutu „${attribute}”.`,
    invalid: (attribute) => `Atrybut „${attribute}” ma nieprawidłową wartość.`,
    invalidKey: 'Projekt odrzuca klucz z atrybutu „supabase-key”.',
    notInstalled:
      'Projekt odpowiada, ale pakiet Openslot nie jest w nim w pełni zainstalowany. Należy zastosować najnowsze migracje.',
  },
};

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

const count = plurals('pl');

const timesFree = (number: number) =>
  number > 0
    ? count(number, {
        one: '# wolny termin',
        few: '# wolne terminy',
        many: '# wolnych terminów',
        other: '# wolnego terminu',
      })
    : 'Brak wolnych terminów';

function list(values: readonly string[]): string {
  return new Intl.ListFormat('pl', { type: 'disjunction' }).format(values.map((value) => `„${value}”`));
}

const RETRY = 'Proszę spróbować ponownie za chwilę.';
const CHOOSE_ANOTHER = 'Proszę wybrać inny termin.';
const UNAVAILABLE = 'Rezerwacja online jest w tej chwili niedostępna.';
const NOT_SET_UP = 'Rezerwacja online nie została jeszcze skonfigurowana.';
const NOT_FOUND = 'Nie możemy znaleźć tej wizyty.';
const OPTIONAL = 'opcjonalnie';

export const messages: Messages = {
  lang: 'pl',

  widget: (provider) => `Umów wizytę: ${provider}`,
  loading: 'Wczytywanie wolnych terminów',
  loadingAppointment: 'Wczytywanie wizyty',
  peopleViewing: (number, capped) =>
    capped
      ? `${number}+ osób na stronie`
      : count(number, {
          one: '# osoba na stronie',
          few: '# osoby na stronie',
          many: '# osób na stronie',
          other: '# osoby na stronie',
        }),
  peopleViewingShort: (number, capped) => `${number}${capped ? '+' : ''} na stronie`,
  connection: {
    live: 'Na żywo',
    connecting: 'Łączenie',
    polling: 'Aktualizowane regularnie',
    offline: 'Brak połączenia',
  },

  services: 'Usługa',
  previousMonth: 'Poprzedni miesiąc',
  nextMonth: 'Następny miesiąc',
  showWeek: 'Tydzień',
  legend: 'Pasek pokazuje, ile wolnych terminów zostało danego dnia.',
  chooseDay: 'Proszę wybrać dzień, aby zobaczyć terminy.',
  timesFree,
  dayWithTimes: (date, free) => `${date}, ${timesFree(free).toLowerCase()}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  morning: 'Przed południem',
  afternoon: 'Po południu',
  evening: 'Wieczorem',
  takenTime: (time) => `${time}, zajęty`,
  justTaken: (time) => `Termin ${time} właśnie został zajęty.`,

  timesShownIn: 'Strefa czasowa:',
  showInZone: (zone) => `Zmień na ${zone}`,
  nextFree: 'Najbliższy wolny termin:',

  noTimesInMonth: (month) => `Brak wolnych terminów: ${month}.`,
  noTimesOnDay: (day) => `Brak wolnych terminów: ${day}.`,
  noTimesAtAll: 'W tej chwili nie ma wolnych terminów. Gdy tylko jakiś się zwolni, sam pojawi się tutaj.',
  next: (day) => `Najbliższy: ${day}`,
  offline: (since) => `Brak połączenia z internetem. Ostatnia aktualizacja: ${since}.`,
  notUpdating: (since) => `W tej chwili nie możemy połączyć się z gabinetem. Ostatnia aktualizacja: ${since}.`,
  unreachable: 'Nie możemy połączyć się z gabinetem. Proszę sprawdzić połączenie i spróbować ponownie.',
  tryAgain: 'Ponów próbę',
};

export const details: DetailsMessages = {
  back: 'Wróć do terminów',
  serviceLine: (service, duration, provider) => `${service}, ${duration} · ${provider}`,
  holding: 'Zajmujemy ten termin…',
  heldForYou: 'Trzymamy ten termin',
  heldFor: (remaining) => `jeszcze ${remaining}`,
  holdLeft: (seconds) =>
    `Trzymamy ten termin jeszcze przez ${count(seconds, {
      one: '# sekundę',
      few: '# sekundy',
      many: '# sekund',
      other: '# sekundy',
    })}.`,
  moreTime: 'Więcej czasu',
  holdEnded: (time) => `Nie trzymamy już terminu ${time}, ale nadal jest wolny.`,
  holdAgain: 'Zajmij ponownie',
  notHeld: 'Nie trzymamy tego terminu, ale można go zarezerwować, dopóki jest wolny.',
  name: 'Imię i nazwisko',
  email: 'E-mail',
  phone: 'Telefon',
  note: 'Powód wizyty',
  optional: OPTIONAL,
  nameMissing: 'Proszę podać imię i nazwisko.',
  emailMissing: 'Proszę podać adres e-mail.',
  emailWrong: 'Proszę podać adres e-mail, na przykład imie@example.com.',
  phoneWrong: 'Proszę podać numer telefonu, na przykład +48 512 345 678.',
  book: (time) => `Umów na ${time}`,
  booking: (time) => `Rezerwacja na ${time}…`,

  takenKept: 'Wpisane dane pozostały bez zmian.',
  takenNearest: 'Najbliższe wolne terminy:',
  takenNone: 'W tej chwili nie ma innych wolnych terminów.',

  errors: {
    invalid_argument: 'Coś w podanych danych się nie zgadza. Proszę je sprawdzić.',
    provider_not_found: UNAVAILABLE,
    service_not_found: 'Tej usługi nie można już zarezerwować online. Proszę wybrać inną.',
    appointment_not_found: NOT_FOUND,
    slot_taken: `Ktoś inny był odrobinę szybszy. ${CHOOSE_ANOTHER}`,
    outside_hours: `Gabinet nie oferuje już tego terminu. ${CHOOSE_ANOTHER}`,
    outside_window: `Na rezerwację tego terminu jest jeszcze za wcześnie. ${CHOOSE_ANOTHER}`,
    too_soon: `Na rezerwację tego terminu online jest już za późno. ${CHOOSE_ANOTHER}`,
    daily_limit_reached: `W tym dniu nie ma już wolnych miejsc. ${CHOOSE_ANOTHER}`,
    hold_limit_reached: 'Nie możemy dłużej trzymać tego terminu. Proszę zarezerwować go teraz.',
    request_id_reused: RETRY,
    rate_limited: 'Z tego połączenia było zbyt wiele prób. Proszę chwilę poczekać lub zadzwonić do gabinetu.',
    missing_config: NOT_SET_UP,
    invalid_config: NOT_SET_UP,
    invalid_key: UNAVAILABLE,
    not_installed: UNAVAILABLE,
    schema_outdated: UNAVAILABLE,
    project_unavailable: `System rezerwacji gabinetu ma chwilową przerwę. ${RETRY}`,
    network: messages.unreachable,
    bad_response: `System rezerwacji dał odpowiedź, której nie rozumiemy. ${RETRY}`,
    realtime_refused: 'Aktualizacje na żywo są niedostępne. Zamiast tego terminy odświeżają się regularnie.',
    aborted: RETRY,
    unknown: `Coś poszło nie tak. ${RETRY}`,
  },

  setup: {
    title: 'Ten widżet rezerwacji nie został jeszcze skonfigurowany',
    missing: (attribute) => `Brakuje atrybutu „${attribute}”.`,
    invalid: (attribute, expected) => `Atrybut „${attribute}” ma nieprawidłową wartość. Dozwolone: ${expected}.`,
    expected: {
      'supabase-url': 'adres URL projektu Supabase, na przykład https://abcdefgh.supabase.co',
      'supabase-key': 'klucz publiczny projektu (sb_publishable_…) lub jego klucz anon, nigdy tajny',
      'time-zone': '„viewer”, „provider” lub strefa czasowa, na przykład Europe/Stockholm',
      client: 'klient utworzony przez supabase-js lub createOpenslotClient',
      'phone-prefix': 'numer kierunkowy kraju, na przykład +46',
    },
    oneOf: list,
    invalidKey: 'Projekt odrzuca klucz z atrybutu „supabase-key”.',
    notInstalled:
      'Projekt z atrybutu „supabase-url” odpowiada, ale pakiet Openslot nie jest w nim w pełni zainstalowany. Należy zastosować jego migracje.',
    outdated: 'Projekt ma starszą wersję migracji pakietu Openslot. Należy zastosować nowe.',
    noProvider: (provider) => `Nie ma specjalisty „${provider}”. Atrybut „provider” przyjmuje slug lub identyfikator.`,
    noService: (service, known) =>
      `Nie ma usługi „${service}”. Atrybut „service” przyjmuje slug lub identyfikator jednej z nich: ${list(known)}.`,
  },
};

export const appointment: AppointmentMessages = {
  booked: 'Wizyta umówiona',
  withWhom: (provider, clinic) => `${provider}, ${clinic}`,
  whatNext: (clinic, email) =>
    email
      ? `To wszystko, nic więcej nie trzeba robić. ${clinic} może napisać na adres ${email}.`
      : 'To wszystko, nic więcej nie trzeba robić.',

  yours: 'Zaplanowana wizyta',
  moved: 'Nowy termin zarezerwowany',
  movedByClinic: 'Gabinet przełożył tę wizytę',
  cancelled: 'Wizyta odwołana',
  cancelledByClinic: 'Gabinet odwołał tę wizytę',
  begun: 'Wizyta już się rozpoczęła',
  over: 'Ta wizyta już minęła',
  completed: 'Ta wizyta się odbyła',
  missed: 'Nieobecność na wizycie',

  insteadOf: (when) => `Poprzedni termin: ${when}`,
  inZone: (when, zone) => `Według czasu gabinetu: ${when} · ${zone}`,
  writes: (clinic) => `${clinic} pisze:`,
  changeableUntil: (when) => `Przełożyć lub odwołać online można do: ${when}.`,
  notChangeable: (clinic) =>
    `Nie można jej już zmienić online. Gdyby coś stanęło na przeszkodzie, prosimy o telefon: ${clinic}.`,
  notMovable: (clinic) =>
    `W tej chwili nie można wybrać nowego terminu online. Aby przełożyć wizytę, prosimy o telefon: ${clinic}.`,
  errors: {
    appointment_cancelled: 'Ta wizyta została już odwołana.',
    appointment_past: 'Ta wizyta już minęła i nie można jej zmienić.',
  },
  notFound: NOT_FOUND,
  notFoundHint: 'Link może być niepełny. Proszę otworzyć go jeszcze raz z wiadomości e-mail lub zadzwonić do gabinetu.',
  bookATime: 'Umów wizytę',
  offline: messages.offline,
  notUpdating: messages.notUpdating,

  addToCalendar: 'Dodaj do kalendarza',
  calendarFile: 'Plik kalendarza',
  googleCalendar: 'Google Calendar',
  outlook: 'Outlook.com',
  opensInNewTab: (name) => `${name}, otwiera się w nowej karcie`,
  removeFromCalendar: 'Usuń z kalendarza',
  eventTitle: (service, provider) => `${service} – ${provider}`,
  print: 'Drukuj',
  reschedule: 'Przełóż',
  cancel: 'Odwołaj',
  bookAnother: 'Umów inną wizytę',

  askCancel: 'Odwołać tę wizytę?',
  askCancelHint: 'Termin od razu może zająć ktoś inny.',
  reason: 'Powód, do wiadomości gabinetu',
  optional: OPTIONAL,
  confirmCancel: 'Tak, odwołaj',
  keep: 'Zachowaj',
  working: 'Chwileczkę…',

  chooseNewTime: (day, time) =>
    `Proszę wybrać nowy termin. Dotychczasowy (${day}, ${time}) pozostaje do tego czasu ważny.`,
  askMove: 'Przełożyć wizytę?',
  moveFrom: 'Obecnie',
  moveTo: 'Po zmianie',
  confirmMove: (time) => `Przełóż na ${time}`,
  otherTime: 'Wybierz inny termin',
};

export const week: WeekMessages = {
  month: 'Miesiąc',
  previous: 'Poprzedni tydzień',
  next: 'Następny tydzień',
  nothing: 'Brak terminów',
  moreTimes: (number) => `Jeszcze ${number}`,
};

export const zones: ZonesMessages = {
  title: 'Strefa czasowa',
  close: 'Zamknij',
  search: 'Wyszukaj miasto',
  yours: 'Na tym urządzeniu',
  clinics: 'W gabinecie',
  others: 'Wszystkie strefy czasowe',
  found: (number) =>
    number > 0
      ? count(number, {
          one: '# strefa czasowa',
          few: '# strefy czasowe',
          many: '# stref czasowych',
          other: '# strefy czasowej',
        })
      : 'Brak stref czasowych',
  none: (query) => `Nie znamy strefy czasowej dla „${query}”. Proszę spróbować z większym miastem w pobliżu.`,
};

export const questions: QuestionsMessages = {
  choose: 'Proszę wybrać…',
  missing: 'Proszę odpowiedzieć na to pytanie.',
  choiceMissing: 'Proszę wybrać jedną z odpowiedzi.',
  choicesMissing: 'Proszę wybrać co najmniej jedną odpowiedź.',
  tickMissing: 'Proszę zaznaczyć to pole, aby przejść dalej.',
  dateMissing: 'Proszę podać datę.',
  tooLong: (most) =>
    `Proszę użyć najwyżej ${count(most, { one: '# znaku', few: '# znaków', many: '# znaków', other: '# znaku' })}.`,
};

export const notifications = async (): Promise<InboxMessages> => (await import('./notifications.ts')).notifications;

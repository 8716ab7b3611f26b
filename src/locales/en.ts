import type { Messages } from './messages.ts';

const rules = new Intl.PluralRules('en');

function count(number: number, one: string, other: string): string {
  return `${number} ${rules.select(number) === 'one' ? one : other}`;
}

function list(values: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(values.map((value) => `“${value}”`));
}

const RETRY = 'Please try again in a moment.';

export const en: Messages = {
  lang: 'en',

  widget: (provider) => `Book a time with ${provider}`,
  loading: 'Loading free times',
  peopleViewing: (number, capped) => (capped ? `${number}+ people viewing` : count(number, 'person viewing', 'people viewing')),
  peopleViewingShort: (number, capped) => `${number}${capped ? '+' : ''} viewing`,
  connection: { live: 'Live', connecting: 'Connecting', polling: 'Updates every few seconds', offline: 'Offline' },

  services: 'Service',
  previousMonth: 'Previous month',
  nextMonth: 'Next month',
  timesFree: (number) => count(number, 'time free', 'times free'),
  noTimes: 'No free times',
  dayName: (date, free) => `${date}, ${free > 0 ? count(free, 'time free', 'times free') : 'no free times'}`,
  chooseDay: 'Choose a day to see its times.',
  morning: 'Morning',
  afternoon: 'Afternoon',
  evening: 'Evening',
  takenTime: (time) => `${time}, taken`,
  justTaken: (time) => `${time} was just taken.`,
  daySummary: (day, free) => `${day}: ${free > 0 ? count(free, 'time free', 'times free') : 'no free times'}`,

  timesShownIn: 'Times shown in',
  showInZone: (zone) => `Show the clinic’s: ${zone}`,
  nextFree: 'Next free:',

  noTimesInMonth: (month) => `No free times in ${month}.`,
  noTimesOnDay: (day) => `No free times on ${day}.`,
  noTimesAtAll: 'No free times right now.',
  noTimesAtAllHint: 'As soon as one opens up, it appears here by itself.',
  next: (day) => `Next: ${day}`,
  offline: (since) => `You’re offline. Times as of ${since}.`,
  notUpdating: (since) => `We can’t reach the clinic at the moment. Times as of ${since}.`,
  tryAgain: 'Try again',

  back: 'Back to the times',
  detailsFor: (day, time) => `${day}, ${time}`,
  serviceLine: (service, duration, provider) => `${service}, ${duration} · ${provider}`,
  holding: 'Holding this time for you…',
  heldForYou: 'Held for you',
  heldFor: (remaining) => `for ${remaining}`,
  holdLeft: (seconds) => `${count(seconds, 'second', 'seconds')} left on this time.`,
  moreTime: 'More time',
  holdEnded: (time) => `${time} is no longer held for you, but it is still free.`,
  holdAgain: 'Hold it again',
  notHeld: 'This time isn’t held for you, but you can book it as long as it is free.',
  name: 'Full name',
  email: 'E-mail',
  phone: 'Phone',
  note: 'What is it about?',
  optional: 'optional',
  nameMissing: 'Please enter your name.',
  emailMissing: 'Please enter your e-mail address.',
  emailWrong: 'Please enter an e-mail address like name@example.com.',
  phoneWrong: 'Please enter a phone number like +46 70 123 45 67.',
  book: (time) => `Book ${time}`,
  booking: (time) => `Booking ${time}…`,

  takenKept: 'What you typed is kept.',
  takenNearest: 'Nearest free times:',
  takenNone: 'There are no other free times at the moment.',

  booked: 'You’re booked',
  moved: 'Your new time is booked',
  cancelled: 'Your appointment is cancelled',
  cancelledByClinic: 'The clinic has cancelled this appointment',
  withWhom: (provider, clinic) => `${provider}, ${clinic}`,
  whatNext: (clinic, email) => `There is nothing more to do. ${clinic} can reach you at ${email}.`,
  addToCalendar: 'Add to calendar',
  reschedule: 'Reschedule',
  cancel: 'Cancel',
  bookAnother: 'Book another time',
  askCancel: 'Cancel this appointment?',
  askCancelHint: 'Somebody else may take the time at once.',
  confirmCancel: 'Yes, cancel it',
  keep: 'Keep it',
  working: 'One moment…',
  chooseNewTime: (day, time) => `Choose a new time. Yours on ${day}, ${time}, is kept until then.`,
  askMove: 'Move your appointment?',
  moveFrom: 'From',
  moveTo: 'To',
  confirmMove: (time) => `Move to ${time}`,
  otherTime: 'Choose another time',
  eventTitle: (service, provider) => `${service} with ${provider}`,

  errorTitle: 'That didn’t work',
  errors: {
    invalid_argument: 'Something in your details can’t be used. Please check them.',
    provider_not_found: 'Online booking isn’t available here at the moment. Please call the clinic.',
    service_not_found: 'This service can’t be booked online any more. Please choose another one.',
    appointment_not_found: 'We can’t find this appointment.',
    slot_taken: 'Somebody else was a moment faster. Please choose another time.',
    outside_hours: 'The clinic no longer offers this time. Please choose another one.',
    outside_window: 'This time is too far ahead to be booked yet.',
    too_soon: 'It is too late to book this time online. Please choose a later one or call the clinic.',
    daily_limit_reached: 'This day is fully booked. Please choose another one.',
    hold_limit_reached: 'This time can’t be held any longer. Please book it now, or choose it again.',
    request_id_reused: RETRY,
    appointment_cancelled: 'This appointment has already been cancelled.',
    appointment_past: 'This appointment is over and can’t be changed.',
    rate_limited: 'There were too many tries from here. Please wait a while, or call the clinic.',
    missing_config: 'Online booking isn’t set up yet.',
    invalid_config: 'Online booking isn’t set up yet.',
    invalid_key: 'Online booking isn’t available at the moment.',
    not_installed: 'Online booking isn’t available at the moment.',
    schema_outdated: 'Online booking isn’t available at the moment.',
    project_unavailable: `The clinic’s booking system is taking a break. ${RETRY}`,
    network: 'We can’t reach the clinic. Please check your connection and try again.',
    bad_response: `The booking system gave an answer that we don’t understand. ${RETRY}`,
    realtime_refused: 'Live updates are not available. The times are refreshed every few seconds instead.',
    aborted: RETRY,
    unknown: `Something went wrong. ${RETRY}`,
  },

  setup: {
    title: 'This booking widget isn’t set up yet',
    missing: (attribute) => `The attribute “${attribute}” is missing.`,
    invalid: (attribute, expected) => `The attribute “${attribute}” can’t be what it is. It must be ${expected}.`,
    expected: {
      'supabase-url': 'the URL of a Supabase project, such as https://abcdefgh.supabase.co',
      'supabase-key': 'the project’s publishable key (sb_publishable_…) or its anon key, never a secret one',
      'time-zone': '“viewer”, “provider” or a time zone such as Europe/Stockholm',
      client: 'a client made by supabase-js or by createOpenslotClient',
    },
    oneOf: list,
    invalidKey: 'The project refuses the key in the attribute “supabase-key”.',
    notInstalled: 'The project in the attribute “supabase-url” answers, but Openslot’s migrations haven’t been applied to it.',
    outdated: 'The project has an older version of Openslot’s migrations. Apply the new ones.',
    noProvider: (provider) => `There is no provider “${provider}”. The attribute “provider” takes a slug or an id.`,
    noService: (service, known) =>
      `There is no service “${service}”. The attribute “service” takes the slug or the id of one: ${list(known)}.`,
  },
};

import { count, en } from './booking.ts';
import type { DetailsMessages } from '../types.ts';

function list(values: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(values.map((value) => `“${value}”`));
}

const RETRY = 'Please try again in a moment.';
const CHOOSE_ANOTHER = 'Please choose another one.';
const UNAVAILABLE = 'Online booking isn’t available at the moment.';
const NOT_SET_UP = 'Online booking isn’t set up yet.';

export const enDetails: DetailsMessages = {
  back: 'Back to the times',
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

  errors: {
    invalid_argument: 'Something in your details can’t be used. Please check them.',
    provider_not_found: UNAVAILABLE,
    service_not_found: `This service can’t be booked online any more. ${CHOOSE_ANOTHER}`,
    appointment_not_found: 'We can’t find this appointment.',
    slot_taken: `Somebody else was a moment faster. ${CHOOSE_ANOTHER}`,
    outside_hours: `The clinic no longer offers this time. ${CHOOSE_ANOTHER}`,
    outside_window: `This time is too far ahead to be booked yet. ${CHOOSE_ANOTHER}`,
    too_soon: `It is too late to book this time online. ${CHOOSE_ANOTHER}`,
    daily_limit_reached: `This day is fully booked. ${CHOOSE_ANOTHER}`,
    hold_limit_reached: 'This time can’t be held any longer. Please book it now.',
    request_id_reused: RETRY,
    rate_limited: 'There were too many tries from here. Please wait a while, or call the clinic.',
    missing_config: NOT_SET_UP,
    invalid_config: NOT_SET_UP,
    invalid_key: UNAVAILABLE,
    not_installed: UNAVAILABLE,
    schema_outdated: UNAVAILABLE,
    project_unavailable: `The clinic’s booking system is taking a break. ${RETRY}`,
    network: en.unreachable,
    bad_response: `The booking system gave an answer that we don’t understand. ${RETRY}`,
    realtime_refused: 'Live updates are not available. The times are refreshed regularly instead.',
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
      'phone-prefix': 'the code of a country, such as +46',
    },
    oneOf: list,
    invalidKey: 'The project refuses the key in the attribute “supabase-key”.',
    notInstalled:
      'The project in the attribute “supabase-url” answers, but Openslot isn’t installed there completely. Apply its migrations.',
    outdated: 'The project has an older version of Openslot’s migrations. Apply the new ones.',
    noProvider: (provider) => `There is no provider “${provider}”. The attribute “provider” takes a slug or an id.`,
    noService: (service, known) =>
      `There is no service “${service}”. The attribute “service” takes the slug or the id of one: ${list(known)}.`,
  },
};

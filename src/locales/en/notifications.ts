import { count } from './booking.ts';
import type { InboxMessages } from '../types.ts';

export const enInbox: InboxMessages = {
  title: 'Notifications',
  titleWithUnread: (unread) => `Notifications, ${unread} unread`,
  markAll: 'Mark all as read',
  close: 'Close',
  loading: 'Loading notifications',
  tryAgain: 'Try again',

  today: 'Today',
  yesterday: 'Yesterday',
  justNow: 'just now',
  isNew: 'New:',
  message: (text) => `“${text}”`,
  about: (service, provider) => `${service} · ${provider}`,
  somebody: 'Somebody',
  toMember: {
    booked: (patient, when) => `${patient} booked ${when}`,
    bookedByClinic: (patient, when) => `The clinic booked ${patient} for ${when}`,
    cancelled: (patient, when) => `${patient} cancelled ${when}`,
    cancelledByClinic: (patient, when) => `The clinic cancelled ${patient}, ${when}`,
    moved: (patient, from, to) => `${patient} moved from ${from} to ${to}`,
    movedByClinic: (patient, from, to) => `The clinic moved ${patient} from ${from} to ${to}`,
    movedWithinDay: (patient, from, to, day) => `${patient} moved from ${from} to ${to}, ${day}`,
    movedWithinDayByClinic: (patient, from, to, day) => `The clinic moved ${patient} from ${from} to ${to}, ${day}`,
    reminder: (patient, when) => `${patient} is coming ${when}`,
  },
  toPatient: {
    booked: (_clinic, when) => `You booked ${when}`,
    bookedByClinic: (clinic, when) => `${clinic} booked an appointment for you: ${when}`,
    cancelled: (_clinic, when) => `You cancelled ${when}`,
    cancelledByClinic: (clinic, when) => `${clinic} cancelled your appointment on ${when}`,
    moved: (_clinic, from, to) => `You moved your appointment from ${from} to ${to}`,
    movedByClinic: (clinic, from, to) => `${clinic} moved your appointment from ${from} to ${to}`,
    movedWithinDay: (_clinic, from, to, day) => `You moved your appointment from ${from} to ${to}, ${day}`,
    movedWithinDayByClinic: (clinic, from, to, day) => `${clinic} moved your appointment from ${from} to ${to}, ${day}`,
    reminder: (_clinic, when) => `Your appointment is on ${when}`,
  },

  empty: 'Nothing yet',
  emptyForMember: 'What patients book, move and cancel appears here by itself.',
  emptyForPatient: 'If the clinic changes your appointment, you read it here at once.',
  older: 'Show older ones',
  loadingOlder: 'Loading older ones…',
  olderFailed: 'Older ones could not be loaded.',

  toasts: 'What just happened',
  dismiss: (what) => `Dismiss: ${what}`,
  summary: (number) => count(number, 'new notification', 'new notifications'),
  show: 'Show',

  offline: 'You’re offline. What happens meanwhile appears as soon as you’re back.',
  notLive: 'Not live at the moment: updated every few seconds.',
  signedOut: 'Sign in to see what is new.',
  unknownToken: 'We can’t find this appointment. Please use the link in your latest e-mail.',
  tooMany: 'That was too much at once. Please wait a moment.',
  unreachable: 'We can’t reach the clinic. Please check your connection and try again.',
  unknown: 'Something went wrong. Please try again in a moment.',

  push: {
    title: 'On this device',
    states: {
      unsupported: 'This browser can’t tell you anything while the page is closed.',
      install:
        'To be told while the page is closed, put it on your home screen: tap “Share”, then “Add to Home Screen”, and open it from there.',
      off: 'Be told here even when this page is closed.',
      asking: 'Your browser is asking: please allow notifications.',
      on: 'You’re told here even when this page is closed.',
      denied:
        'Your browser keeps this page from telling you. To change that, open the settings beside the address bar, allow notifications, and load the page again.',
      failed: 'That didn’t work. Please try again in a moment.',
    },
    turnOn: 'Turn on',
    turnOff: 'Turn off',
  },

  setup: {
    title: 'These notifications aren’t set up yet',
    missing: (attribute) => `The attribute “${attribute}” is missing.`,
    invalid: (attribute) => `The attribute “${attribute}” can’t be what it is.`,
    invalidKey: 'The project refuses the key in the attribute “supabase-key”.',
    notInstalled: 'The project answers, but Openslot isn’t installed there completely. Apply its latest migrations.',
  },
};

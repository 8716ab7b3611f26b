import type { Messages, Role } from './messages.ts';

const ROLES: Readonly<Record<Role, string>> = {
  owner: 'an owner, who can do everything',
  staff: 'staff, who see and change the appointments of all providers',
  provider: 'a provider, who sees and changes their own appointments',
};

export const en: Messages = {
  lang: 'en',
  dir: 'ltr',
  patient: {
    booked: ({ service, provider, when }) => ({
      subject: `Confirmed: ${service} with ${provider}, ${when}`,
      heading: 'Your appointment is confirmed',
      intro: 'We look forward to seeing you.',
    }),
    cancelled: ({ service, provider, clinic, when, by }) => ({
      subject: `Cancelled: ${service} with ${provider}, ${when}`,
      heading: by === 'provider' ? 'Your appointment had to be cancelled' : 'Your appointment is cancelled',
      intro:
        by === 'provider'
          ? `${clinic} had to cancel it. We are sorry for the trouble.`
          : 'As you asked. There is nothing else to do.',
    }),
    rescheduled: ({ service, provider, clinic, when, by }) => ({
      subject: `New time: ${service} with ${provider}, ${when}`,
      heading: 'Your appointment has a new time',
      intro:
        by === 'provider'
          ? `${clinic} moved it. If the new time doesn’t suit you, please choose another.`
          : 'Moved as you asked. The time before is free for somebody else now.',
    }),
    reminder: ({ service, provider, when }) => ({
      subject: `Reminder: ${service} with ${provider}, ${when}`,
      heading: 'Your appointment is coming up',
      intro: 'If you can’t come, please tell us early, so that somebody else can have the time.',
    }),
  },
  provider: {
    booked: ({ service, patient, when, by }) => ({
      subject: `Booked: ${patient}, ${service}, ${when}`,
      heading: by === 'provider' ? 'An appointment was added' : `${patient} booked a time`,
      intro: 'It is in your agenda.',
    }),
    cancelled: ({ service, patient, when, by }) => ({
      subject: `Cancelled: ${patient}, ${service}, ${when}`,
      heading: by === 'provider' ? 'An appointment was cancelled' : `${patient} cancelled`,
      intro: 'The time can be booked again.',
    }),
    rescheduled: ({ service, patient, when, by }) => ({
      subject: `Moved: ${patient}, ${service}, ${when}`,
      heading: by === 'provider' ? 'An appointment was moved' : `${patient} chose another time`,
      intro: 'The time before can be booked again.',
    }),
    reminder: ({ service, patient, when }) => ({
      subject: `Coming up: ${patient}, ${service}, ${when}`,
      heading: 'An appointment is coming up',
      intro: 'It is in your agenda.',
    }),
  },
  invitation: ({ clinic, role }) => ({
    subject: `You are invited to the bookings of ${clinic}`,
    heading: `Join ${clinic}`,
    intro: `You are invited to work with the bookings of ${clinic} as ${ROLES[role]}.`,
  }),
  eventForPatient: ({ service, provider }) => `${service} with ${provider}`,
  eventForProvider: ({ service, patient }) => `${patient}: ${service}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  inZone: (time, zone) => `${time}, ${zone}`,
  labels: {
    when: 'When',
    was: 'Before',
    service: 'What',
    provider: 'With',
    patient: 'Patient',
    clinic: 'Where',
  },
  manage: 'Change or cancel',
  bookAgain: 'Choose another time',
  openDesk: 'Open your agenda',
  acceptInvitation: 'Accept the invitation',
  messageFrom: (name) => `${name} wrote:`,
  why: {
    patient: (clinic) => `You get this because your address was given for an appointment at ${clinic}.`,
    provider: (clinic) => `You get this because your address is the one of a provider at ${clinic}.`,
    member: (clinic) =>
      `Somebody at ${clinic} entered your address. If you don’t expect it, there is nothing you need to do.`,
  },
};

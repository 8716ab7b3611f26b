import type { Messages, Role } from './messages.ts';

const ROLES: Readonly<Record<Role, string>> = {
  owner: 'mit allen Rechten',
  staff: 'und können dort die Termine aller Behandelnden sehen und ändern',
  provider: 'und können dort Ihre eigenen Termine sehen und ändern',
};

export const de: Messages = {
  lang: 'de',
  dir: 'ltr',
  patient: {
    booked: ({ service, provider, when }) => ({
      subject: `Bestätigt: ${service} bei ${provider}, ${when}`,
      heading: 'Ihr Termin ist bestätigt',
      intro: 'Wir freuen uns auf Sie.',
    }),
    cancelled: ({ service, provider, clinic, when, by }) => ({
      subject: `Abgesagt: ${service} bei ${provider}, ${when}`,
      heading: by === 'provider' ? 'Ihr Termin musste abgesagt werden' : 'Ihr Termin ist abgesagt',
      intro:
        by === 'provider'
          ? `${clinic} musste ihn absagen. Wir bitten um Entschuldigung.`
          : 'Wie von Ihnen gewünscht. Sie müssen nichts weiter tun.',
    }),
    rescheduled: ({ service, provider, clinic, when, by }) => ({
      subject: `Neue Zeit: ${service} bei ${provider}, ${when}`,
      heading: 'Ihr Termin hat eine neue Zeit',
      intro:
        by === 'provider'
          ? `${clinic} hat ihn verlegt. Wenn Ihnen die neue Zeit nicht passt, wählen Sie bitte eine andere.`
          : 'Verlegt, wie von Ihnen gewünscht. Die bisherige Zeit ist wieder frei.',
    }),
    reminder: ({ service, provider, when }) => ({
      subject: `Erinnerung: ${service} bei ${provider}, ${when}`,
      heading: 'Ihr Termin steht bevor',
      intro: 'Wenn Sie nicht kommen können, sagen Sie bitte früh ab, damit jemand anderes die Zeit nutzen kann.',
    }),
  },
  provider: {
    booked: ({ service, patient, when, by }) => ({
      subject: `Gebucht: ${patient}, ${service}, ${when}`,
      heading: by === 'provider' ? 'Ein Termin wurde eingetragen' : `${patient} hat einen Termin gebucht`,
      intro: 'Er steht in Ihrem Kalender.',
    }),
    cancelled: ({ service, patient, when, by }) => ({
      subject: `Abgesagt: ${patient}, ${service}, ${when}`,
      heading: by === 'provider' ? 'Ein Termin wurde abgesagt' : `${patient} hat abgesagt`,
      intro: 'Die Zeit kann wieder gebucht werden.',
    }),
    rescheduled: ({ service, patient, when, by }) => ({
      subject: `Verlegt: ${patient}, ${service}, ${when}`,
      heading: by === 'provider' ? 'Ein Termin wurde verlegt' : `${patient} hat eine andere Zeit gewählt`,
      intro: 'Die bisherige Zeit kann wieder gebucht werden.',
    }),
    reminder: ({ service, patient, when }) => ({
      subject: `Demnächst: ${patient}, ${service}, ${when}`,
      heading: 'Ein Termin steht bevor',
      intro: 'Er steht in Ihrem Kalender.',
    }),
  },
  invitation: ({ clinic, role }) => ({
    subject: `Einladung zur Terminverwaltung: ${clinic}`,
    heading: `Einladung: ${clinic}`,
    intro: `Sie sind zur Terminverwaltung von ${clinic} eingeladen ${ROLES[role]}.`,
  }),
  eventForPatient: ({ service, provider }) => `${service} bei ${provider}`,
  eventForProvider: ({ service, patient }) => `${patient}: ${service}`,
  dayAndTime: (day, time) => `${day}, ${time}`,
  inZone: (time, zone) => `${time}, ${zone}`,
  labels: {
    when: 'Wann',
    was: 'Bisher',
    service: 'Was',
    provider: 'Bei',
    patient: 'Wer',
    clinic: 'Wo',
  },
  manage: 'Ändern oder absagen',
  bookAgain: 'Andere Zeit wählen',
  openDesk: 'Kalender öffnen',
  acceptInvitation: 'Einladung annehmen',
  messageFrom: (name) => `${name} schreibt:`,
  why: {
    patient: (clinic) =>
      `Sie erhalten diese Nachricht, weil Ihre Adresse für einen Termin bei ${clinic} angegeben wurde.`,
    provider: (clinic) => `Sie erhalten diese Nachricht, weil bei ${clinic} Termine bei Ihnen gebucht werden.`,
    member: (clinic) =>
      `Ihre Adresse wurde bei ${clinic} eingegeben. Wenn Sie nichts davon wissen, müssen Sie nichts tun.`,
  },
};

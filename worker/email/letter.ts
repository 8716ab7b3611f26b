/** The content of an e-mail, before it becomes HTML and plain text. */
import { invitationLink, manageLink, type Delivery, type DeliveredNotification } from '../delivery.ts';
import { required } from '../failure.ts';
import type { Facts, Words } from '../messages/index.ts';
import { isolated, Writing } from '../writing.ts';

export interface Letter {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly clinic: string;
  readonly subject: string;
  readonly heading: string;
  readonly intro: string;
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  /** The text that the other side added. */
  readonly quote: { readonly from: string; readonly text: string } | null;
  readonly action: { readonly label: string; readonly url: string } | null;
  readonly footer: string;
}

/** @throws {MissingValueError} */
export function writeLetter(delivery: Delivery): Letter {
  return delivery.kind === 'invitation' ? invitation(delivery) : aboutAppointment(delivery);
}

/** The facts of a delivery about an appointment, as they were when its notification was written. @throws {MissingValueError} */
export function factsOf(delivery: Delivery, writing: Writing): Facts & { notification: DeliveredNotification } {
  const remedy = 'the delivery is not about an appointment';
  const notification = required(delivery.notification, 'notification', remedy);
  return {
    notification,
    clinic: required(delivery.tenant.name, 'tenant.name', remedy),
    provider: required(delivery.provider?.name, 'provider.name', remedy),
    service: required(delivery.service?.name, 'service.name', remedy),
    patient: required(delivery.appointment?.patient.name, 'patient.name', remedy),
    when: writing.short(required(notification.start, 'notification.start', remedy)),
    by: notification.by,
  };
}

/** @throws {MissingValueError} */
export function wordsOf(delivery: Delivery, facts: Facts, writing: Writing): Words {
  const { kind, audience } = delivery;
  const words = kind === 'invitation' || audience === 'member' ? undefined : writing.messages[audience][kind];
  return required(words, `text for ${audience}/${kind}`, 'this worker does not know that kind of message')(facts);
}

function aboutAppointment(delivery: Delivery): Letter {
  const writing = new Writing(delivery);
  const { messages } = writing;
  const { labels } = messages;
  const { notification, ...facts } = factsOf(delivery, writing);
  const isPatient = delivery.audience === 'patient';
  const words = wordsOf(delivery, isolated(facts), writing);
  const { start, end, previous_start: previous, by, message } = notification;
  return {
    lang: writing.lang,
    dir: messages.dir,
    clinic: facts.clinic,
    subject: wordsOf(delivery, facts, writing).subject,
    heading: words.heading,
    intro: words.intro,
    rows: [
      { label: labels.when, value: writing.span(start, end) },
      ...(previous ? [{ label: labels.was, value: writing.moment(previous) }] : []),
      { label: labels.service, value: facts.service },
      isPatient
        ? { label: labels.provider, value: [facts.provider, delivery.provider?.title].filter(Boolean).join(', ') }
        : { label: labels.patient, value: facts.patient },
      ...(isPatient ? [{ label: labels.clinic, value: facts.clinic }] : []),
    ],
    quote:
      message && by && by !== delivery.audience
        ? { from: messages.messageFrom(by === 'patient' ? facts.patient : facts.clinic), text: message }
        : null,
    action: isPatient ? actionOfPatient(delivery, writing) : actionOfProvider(delivery, writing),
    footer: messages.why[isPatient ? 'patient' : 'provider'](facts.clinic),
  };
}

function actionOfPatient(delivery: Delivery, { messages }: Writing): Letter['action'] {
  if (delivery.kind === 'cancelled') {
    return delivery.page_url ? { label: messages.bookAgain, url: delivery.page_url } : null;
  }
  const url = manageLink(delivery);
  return url ? { label: messages.manage, url } : null;
}

function actionOfProvider({ tenant }: Delivery, { messages }: Writing): Letter['action'] {
  return tenant.desk_url ? { label: messages.openDesk, url: tenant.desk_url } : null;
}

function invitation(delivery: Delivery): Letter {
  const { messages, lang } = new Writing(delivery);
  const clinic = required(delivery.tenant.name, 'tenant.name', 'the clinic has no name');
  const role = required(delivery.role, 'role', 'the invitation is gone');
  required(delivery.invitation_token, 'invitation_token', 'the invitation is gone');
  const url = required(invitationLink(delivery), 'desk_url', 'set tenants.desk_url to the page with the desk');
  const words = messages.invitation({ clinic: `\u2068${clinic}\u2069`, role });
  return {
    ...words,
    subject: messages.invitation({ clinic, role }).subject,
    lang,
    dir: messages.dir,
    clinic,
    rows: [],
    quote: null,
    action: { label: messages.acceptInvitation, url },
    footer: messages.why.member(clinic),
  };
}

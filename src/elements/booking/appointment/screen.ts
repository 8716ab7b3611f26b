import { html, type TemplateResult } from 'lit';
import type { Appointment } from '../../../core/wire.ts';
import { enAppointment } from '../../../locales/en/appointment.ts';
import { enDetails } from '../../../locales/en/details.ts';
import type { AppointmentMessages } from '../../../locales/index.ts';
import { failureNotice, staleNotice } from '../error-texts.ts';
import { renderNotice } from '../notices.ts';
import { OpenslotNotice, type Notice } from '../openslot-notice.ts';
import type { Screen, Texts, View } from '../screen.ts';
import { AppointmentFollower } from './follower.ts';
import { OpenslotConfirmation } from './openslot-confirmation.ts';
import { OpenslotManage } from './openslot-manage.ts';
import { refusalNotice } from './refusal.ts';
import { appointmentRequests } from './requests.ts';
import { isSettled, statusTextOf } from './status-text.ts';
import { renderTerms } from './terms.ts';

type Part = 'appointment' | 'details';

/**
 * The appointment, booked a moment ago or opened by its link, and what the patient can do about it. As a part of the details:
 * what the patient should know about that before.
 */
export const screen: Screen<Part> = {
  elements: {
    'openslot-confirmation': OpenslotConfirmation,
    'openslot-manage': OpenslotManage,
    'openslot-notice': OpenslotNotice,
  },
  texts: { appointment: enAppointment, details: enDetails },
  render: (view, texts) =>
    view.flow.booked
      ? renderAppointment(view, texts, view.flow.booked.appointment)
      : view.flow.chosen
        ? renderTerms(view, texts.appointment)
        : renderNotFound(view, texts.appointment),
  notices(view, { appointment: texts }) {
    const { step, booked } = view.flow;
    if (step === 'done') return staleNotice(view, texts);
    return step === 'times' && booked ? [movingNotice(view, texts, booked.appointment)] : [];
  },
  requests: appointmentRequests,
  follow: (booking) => new AppointmentFollower(booking.host, booking),
};

function renderAppointment(view: View, texts: Texts<Part>, appointment: Appointment): TemplateResult {
  const { selection, flow, now } = view;
  const { refusal, busy, isFixed } = flow;
  const standing = statusTextOf(view, texts.appointment, appointment);
  const notice =
    refusal &&
    (refusalNotice(view, texts.appointment) ?? failureNotice(refusal, texts.details, appointment.provider.slug));
  return html`
    <openslot-confirmation
      part="confirmation"
      exportparts="heading, when, quote"
      .display=${selection.display}
      .messages=${texts.appointment}
      .appointment=${appointment}
      .standing=${standing}
      ><openslot-manage
        part="manage"
        exportparts="actions, calendars, question"
        .display=${selection.display}
        .texts=${texts.appointment}
        .appointment=${appointment}
        .upcoming=${!isSettled(appointment, now())}
        .movable=${!isFixed}
        .busy=${busy}
        .now=${now}
      ></openslot-manage>
      ${notice && renderNotice(notice, { slot: 'notice' })}
      ${standing.hint && renderTerms(view, texts.appointment)}</openslot-confirmation
    >
  `;
}

/** Stands above the times while the patient chooses a new one. */
function movingNotice(
  { flow, selection: { display } }: View,
  { movedByClinic, chooseNewTime, keep }: AppointmentMessages,
  { start }: Appointment,
): Notice {
  const isNews = flow.move?.by === 'provider' && !flow.moved;
  return {
    kind: 'moving',
    ...(isNews && { title: `${movedByClinic}.` }),
    text: chooseNewTime(display.dayAt(start, 'long'), display.time(start)),
    actions: [{ label: keep, request: 'openslot-back' }],
  };
}

/** Where the page names a provider, the patient can book a time instead. */
function renderNotFound({ host }: View, texts: AppointmentMessages): TemplateResult {
  const { notFound: title, notFoundHint: text, bookATime: label } = texts;
  const actions = host.provider ? [{ label, request: 'openslot-book-another' } as const] : [];
  return renderNotice({ kind: 'error', title, text, actions }, { className: 'alone' });
}

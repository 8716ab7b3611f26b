/** How an appointment is told, and what `<openslot-booking>` shows of what can be done about it. */
import { html, type TemplateResult } from 'lit';
import type { OpenslotError } from '../../../core/errors.ts';
import type { Appointment } from '../../../core/wire.ts';
import { enAppointment } from '../../../locales/en/appointment.ts';
import type { AppointmentMessages, StepMessages } from '../../../locales/index.ts';
import type { Booked } from '../flow.ts';
import type { StepView } from '../details/screen.ts';
import type { Standing } from './openslot-confirmation.ts';
import type { Notice } from '../openslot-notice.ts';

export function textsOf({ appointment }: StepMessages): AppointmentMessages {
  return appointment ?? enAppointment;
}

/** Nothing can be done about it any more. */
export function isSettled({ status, end }: Appointment, now: number): boolean {
  return status !== 'confirmed' || Date.parse(end) <= now;
}

export function standingOf(
  { selection: { display }, messages, flow, now }: Pick<StepView, 'selection' | 'messages' | 'flow' | 'now'>,
  appointment: Appointment,
): Standing {
  const { status, start, provider, cancelled_by, cancel_reason, patient, changeable } = appointment;
  const texts = textsOf(messages);
  if (status === 'cancelled') {
    const byClinic = cancelled_by === 'provider';
    const heading = byClinic ? texts.cancelledByClinic : texts.cancelled;
    return { kind: 'gone', heading, quote: byClinic ? quoteOf(appointment, texts, cancel_reason) : null };
  }
  if (status === 'no_show') return { kind: 'over', heading: texts.missed };
  if (status === 'completed') return { kind: 'over', heading: texts.completed };
  if (isSettled(appointment, now())) return { kind: 'over', heading: texts.over };
  const notes: string[] = [];
  const theirs = display.in(provider.time_zone).when(start, 'long');
  if (theirs !== display.when(start, 'long')) {
    notes.push(texts.inZone(theirs, display.zoneName(provider.time_zone, Date.parse(start))));
  }
  if (Date.parse(start) <= now()) return { kind: 'good', heading: texts.begun, notes };
  const whatNext = messages.whatNext(provider.clinic, patient.email);
  const hint = !changeable
    ? texts.notChangeable(provider.clinic)
    : flow.isFixed
      ? texts.notMovable(provider.clinic)
      : whatNext;
  if (flow.move?.by === 'provider' && !flow.moved) {
    const instead = texts.insteadOf(display.when(flow.move.previousStart, 'long'));
    const quote = quoteOf(appointment, texts, flow.move.message);
    return { kind: 'changed', heading: texts.movedByClinic, notes: [instead, ...notes], quote, hint };
  }
  const heading = flow.moved ? texts.moved : flow.isNew ? messages.booked : texts.yours;
  return { kind: 'good', heading, notes, hint };
}

function quoteOf(
  { provider }: Appointment,
  { writes }: AppointmentMessages,
  text: string | null,
): NonNullable<Standing['quote']> | null {
  return text ? { from: writes(provider.clinic), text } : null;
}

export function renderManage({ selection, messages, flow, now }: StepView, appointment: Appointment): TemplateResult {
  return html`
    <openslot-manage
      part="manage"
      exportparts="actions, calendars, question"
      .display=${selection.display}
      .texts=${textsOf(messages)}
      .appointment=${appointment}
      .upcoming=${!isSettled(appointment, now())}
      .movable=${!flow.isFixed}
      .busy=${flow.busy}
      .now=${now}
    ></openslot-manage>
  `;
}

export function renderMove(
  { selection, messages, flow }: StepView,
  isGone: boolean,
  inner: TemplateResult,
): TemplateResult {
  return html`
    <openslot-move
      part="move"
      exportparts="heading, when, submit-button"
      .display=${selection.display}
      .messages=${messages}
      .texts=${textsOf(messages)}
      .appointment=${flow.booked?.appointment ?? null}
      .to=${flow.chosen?.start ?? ''}
      .busy=${flow.busy}
      .taken=${isGone}
      >${inner}</openslot-move
    >
  `;
}

/** Stands above the times while a new one is being chosen. */
export function movingNotice({ flow, messages, selection: { display } }: StepView): Notice {
  const texts = textsOf(messages);
  const start = flow.booked?.appointment.start ?? '';
  const isNews = flow.move?.by === 'provider' && !flow.moved;
  return {
    kind: 'moving',
    ...(isNews && { title: `${texts.movedByClinic}.` }),
    text: texts.chooseNewTime(display.dayAt(start, 'long'), display.time(start)),
    actions: [{ label: texts.keep, request: 'openslot-back' }],
  };
}

/** Why a change was refused, where that is told in other words than while booking. */
export function refusalNotice({ code }: OpenslotError, messages: StepMessages, { appointment }: Booked): Notice | null {
  const { clinic } = appointment.provider;
  return code === 'provider_not_found' ? { kind: 'error', text: textsOf(messages).notMovable(clinic) } : null;
}

/** @param canBook there is a provider to book a time with instead */
export function notFoundNotice(messages: StepMessages, canBook: boolean): Notice {
  const { notFound: title, notFoundHint: text, bookATime: label } = textsOf(messages);
  return { kind: 'error', title, text, ...(canBook && { actions: [{ label, request: 'openslot-book-another' }] }) };
}

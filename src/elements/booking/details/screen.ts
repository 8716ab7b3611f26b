/** What `<openslot-booking>` shows once a time was chosen. */
import { html, nothing, type TemplateResult } from 'lit';
import type { OpenslotError } from '../../../core/errors.ts';
import { nearestStarts } from '../../../core/calendar/nearest-starts.ts';
import type { CalendarState } from '../../../core/calendar/types.ts';
import type { ExtraMessages, StepMessages } from '../../../locales/index.ts';
import type * as afterwards from '../afterwards.ts';
import type { BookingFlow, Booked } from '../flow.ts';
import { type Link, renderNotice } from '../times/screen.ts';
import type { Display } from '../../shared/display.ts';
import type * as extras from '../extras.ts';
import { failureNotice, sentenceFor, timeIsGone } from '../error-texts.ts';
import type { Notice } from '../openslot-notice.ts';
import type { Picture } from '../offer.ts';
import type { Draft } from '../requests.ts';
import type { Selection } from '../selection.ts';

export interface StepView {
  /** Null while an appointment is shown and no new time for it is being chosen. */
  readonly state: CalendarState | null;
  readonly picture: Picture | null;
  readonly link: Link;
  readonly selection: Selection;
  readonly flow: BookingFlow;
  readonly messages: StepMessages;
  /** What the page filled in. */
  readonly prefill: Draft;
  /** Country code of phone numbers that name none. */
  readonly phonePrefix: string;
  /** Epoch ms by the server's clock. */
  readonly now: () => number;
  /** Null while it is on its way. */
  readonly afterwards: typeof afterwards | null;
  /** Null while it is on its way. */
  readonly extras: typeof extras | null;
  readonly extraMessages: ExtraMessages | undefined;
}

/** What is to be told above the times, or above an appointment. */
export function stepNotices(view: StepView): Notice[] {
  const { state, selection, flow, messages } = view;
  const notices: Notice[] = [];
  const stale = staleNotice(view);
  if (stale) notices.push(stale);
  if (state && selection.unknownService && !flow.booked) {
    const known = state.services.map(({ slug }) => slug);
    notices.push({ kind: 'setup', text: messages.setup.noService(selection.unknownService, known) });
  }
  if (flow.booked && flow.step === 'times' && view.afterwards) notices.push(view.afterwards.movingNotice(view));
  return notices;
}

/** Tells that what is shown is old, if it is. */
function staleNotice({ link, selection: { display }, flow, messages, afterwards }: StepView): Notice | null {
  const { connection, freshAt, clockOffset } = link;
  if (connection !== 'offline' || freshAt === null) return null;
  const texts = (flow.step === 'done' && afterwards?.textsOf(messages)) || display.messages;
  const since = display.time(freshAt + clockOffset);
  return { kind: 'stale', text: texts[navigator.onLine ? 'notUpdating' : 'offline'](since) };
}

/** What stands in the place of what can't be shown. */
export function renderFailure(
  error: OpenslotError,
  messages: StepMessages,
  display: Display,
  provider: string,
  afterwards: StepView['afterwards'],
): TemplateResult {
  const retry = [{ label: display.messages.tryAgain, request: 'openslot-retry' }] as const;
  const notice = failureNotice(error, messages, provider);
  return renderNotice(
    (afterwards && error.code === 'appointment_not_found' && afterwards.notFoundNotice(messages, provider !== '')) ||
      (notice.kind === 'error' ? { ...notice, actions: retry } : notice),
    { className: 'alone' },
  );
}

export function renderStep(view: StepView): TemplateResult | typeof nothing {
  const { flow } = view;
  const isGone = timeWent(view);
  const notice = trouble(view, isGone);
  const inner = html`
    ${isGone ? nothing : renderHold(view)} ${notice ? renderNotice(notice, { slot: 'notice' }) : nothing}
  `;
  if (flow.step === 'details') return renderForm(view, isGone, inner);
  if (!flow.booked) return nothing;
  return flow.step === 'move'
    ? (view.afterwards?.renderMove(view, isGone, inner) ?? nothing)
    : renderDone(view, flow.booked, inner);
}

function renderForm(view: StepView, isGone: boolean, inner: TemplateResult) {
  const { selection, picture, flow, messages, prefill } = view;
  const { refusal, chosen, typed, busy } = flow;
  const field = refusal?.code === 'invalid_argument' ? String(refusal.detail['field']) : '';
  return html`
    <openslot-form
      part="form"
      exportparts="heading, back-button, label, input, error, submit-button"
      .display=${selection.display}
      .messages=${messages}
      .provider=${picture?.provider ?? null}
      .service=${chosen?.service ?? null}
      .start=${chosen?.start ?? ''}
      .draft=${{ ...prefill, ...typed }}
      .phonePrefix=${view.phonePrefix}
      .busy=${busy}
      .taken=${isGone}
      .rejected=${fieldOf(field)}
      >${inner} ${view.extras?.renderQuestions(view, field)}</openslot-form
    >
  `;
}

function renderDone(view: StepView, { appointment }: Booked, inner: TemplateResult) {
  const { afterwards, messages, selection } = view;
  const standing = afterwards?.standingOf(view, appointment) ?? {
    kind: 'good',
    heading: messages.booked,
    hint: messages.whatNext(appointment.provider.clinic, appointment.patient.email),
  };
  return html`
    <openslot-confirmation
      part="confirmation"
      exportparts="heading, when, quote"
      .display=${selection.display}
      .messages=${messages}
      .appointment=${appointment}
      .standing=${standing}
      >${afterwards?.renderManage(view, appointment)} ${inner}</openslot-confirmation
    >
  `;
}

/** The chosen time went to somebody else, before or after it was held. */
function timeWent({ state, picture, flow: { chosen, refusal, holding, busy } }: StepView): boolean {
  if (!chosen || busy || !state || !picture) return false;
  if (timeIsGone(refusal)) return true;
  const at = Date.parse(chosen.start);
  return holding !== 'pending' && !state.hold && !picture.availability.starts.some((offered) => offered.at === at);
}

function renderHold({ state, selection: { display }, flow: { chosen, holding, busy }, messages, now }: StepView) {
  if (!chosen || busy) return nothing;
  const hold = state?.hold?.start === chosen.start ? state.hold : null;
  const withoutHold = { pending: 'pending', granted: 'ended', refused: 'none' } as const;
  const isAtLimit =
    hold?.heldUntil && hold.extendableUntil && Date.parse(hold.heldUntil) >= Date.parse(hold.extendableUntil);
  return html`
    <openslot-hold
      slot="hold"
      exportparts="hold"
      .messages=${messages}
      .now=${now}
      .status=${hold?.heldUntil ? 'held' : withoutHold[holding]}
      .heldUntil=${hold?.heldUntil ?? null}
      .extendable=${!isAtLimit}
      .time=${display.time(chosen.start)}
    ></openslot-hold>
  `;
}

/** What to tell of the chosen time or of the latest call, if anything went wrong. */
function trouble(view: StepView, isGone: boolean): Notice | null {
  const { picture, flow, messages } = view;
  const { display } = view.selection;
  const { chosen, refusal, typed, booked } = flow;
  if (!isGone || !chosen || !picture) {
    if (!refusal) return null;
    return (
      (booked && view.afterwards?.refusalNotice(refusal, messages, booked)) ??
      failureNotice(refusal, messages, picture?.provider.slug ?? '')
    );
  }
  const alternatives = nearestStarts(picture.availability, chosen.start);
  const kept = !booked && Object.values(typed).some(Boolean) ? `${messages.takenKept} ` : '';
  const day = display.dayOf(chosen.start);
  return {
    kind: 'taken',
    title:
      refusal && refusal.code !== 'slot_taken'
        ? sentenceFor(refusal, messages)
        : display.messages.justTaken(display.time(chosen.start)),
    text: kept + (alternatives.length > 0 ? messages.takenNearest : messages.takenNone),
    actionsLabel: messages.takenNearest,
    actions: alternatives.map((other) => ({
      label: display.time(other.at),
      ...(other.day !== day && { above: display.day(other.day, 'short') }),
      request: 'openslot-time-select',
      start: other.start,
    })),
  };
}

/** The server names fields as `patient.email` or `email`. */
function fieldOf(field: string): keyof Draft | null {
  const name = field.replace(/^patient\./, '');
  return name === 'name' || name === 'email' || name === 'phone' || name === 'note' ? name : null;
}

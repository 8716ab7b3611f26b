/** What `<openslot-booking>` shows once a time was chosen. */
import { html, nothing, type TemplateResult } from 'lit';
import type { StepMessages } from '../locales/index.ts';
import type { BookingFlow } from './booking-flow.ts';
import { renderNotice, type View } from './booking-views.ts';
import { failureNotice, timeIsGone } from './failures.ts';
import type { Notice } from './openslot-notice.ts';
import { alternativesTo, isOffered } from './picture.ts';
import type { Draft } from './requests.ts';

export interface StepView extends View {
  readonly flow: BookingFlow;
  readonly messages: StepMessages;
  /** What the page filled in. */
  readonly prefill: Draft;
  /** Epoch ms by the server's clock. */
  readonly now: () => number;
}

/** What is to be told above the times. */
export function stepNotices({ state, selection: { display, unknownService }, flow, messages }: StepView): Notice[] {
  const notices: Notice[] = [];
  if (unknownService) {
    const known = state.services.map(({ slug }) => slug);
    notices.push({ kind: 'setup', text: messages.setup.noService(unknownService, known) });
  }
  if (flow.booked && flow.step === 'times') {
    const { start } = flow.booked.appointment;
    const text = messages.chooseNewTime(display.dayAt(start, 'long'), display.time(start));
    notices.push({ kind: 'moving', text, actions: [{ label: messages.keep, request: 'openslot-back' }] });
  }
  return notices;
}

export function renderStep(view: StepView): TemplateResult {
  const { flow } = view;
  const isGone = timeWent(view);
  const notice = trouble(view, isGone);
  const inner = html`
    ${isGone ? nothing : renderHold(view)} ${notice ? renderNotice(notice, { slot: 'notice' }) : nothing}
  `;
  return flow.step === 'details' ? renderForm(view, isGone, inner) : renderConfirmation(view, isGone, inner);
}

function renderForm({ selection, picture, flow, messages, prefill }: StepView, isGone: boolean, inner: TemplateResult) {
  const { refusal, chosen, typed, busy } = flow;
  return html`
    <openslot-form
      part="form"
      exportparts="heading, back-button, label, input, error, submit-button"
      .display=${selection.display}
      .messages=${messages}
      .provider=${picture.provider}
      .service=${chosen?.service ?? null}
      .start=${chosen?.start ?? ''}
      .draft=${{ ...prefill, ...typed }}
      .busy=${busy}
      .taken=${isGone}
      .rejected=${refusal?.code === 'invalid_argument' ? fieldOf(refusal.detail['field']) : null}
      >${inner}</openslot-form
    >
  `;
}

function renderConfirmation({ selection, flow, messages, now }: StepView, isGone: boolean, inner: TemplateResult) {
  const { booked, moved, step, chosen, busy } = flow;
  return html`
    <openslot-confirmation
      part="confirmation"
      exportparts="heading, when, submit-button"
      .display=${selection.display}
      .messages=${messages}
      .appointment=${booked?.appointment ?? null}
      .moved=${moved}
      .moveTo=${step === 'move' && chosen ? chosen.start : null}
      .busy=${busy}
      .taken=${isGone}
      .now=${now}
      >${inner}</openslot-confirmation
    >
  `;
}

/** The chosen time went to somebody else, before or after it was held. */
function timeWent({ state, picture, flow: { chosen, refusal, holding, busy } }: StepView): boolean {
  if (!chosen || busy) return false;
  if (timeIsGone(refusal)) return true;
  return holding !== 'pending' && !state.hold && !isOffered(picture, chosen.start);
}

function renderHold({ state, selection: { display }, flow: { chosen, holding, busy }, messages, now }: StepView) {
  if (!chosen || busy) return nothing;
  const hold = state.hold?.start === chosen.start ? state.hold : null;
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
function trouble({ selection: { display }, picture, flow, messages }: StepView, isGone: boolean): Notice | null {
  const { chosen, refusal, typed } = flow;
  if (!isGone || !chosen) return refusal && failureNotice(refusal, messages, picture.provider);
  const alternatives = alternativesTo(picture, chosen.start);
  const kept = Object.values(typed).some(Boolean) ? `${messages.takenKept} ` : '';
  const day = display.dayOf(chosen.start);
  return {
    kind: 'taken',
    title:
      refusal && refusal.code !== 'slot_taken'
        ? messages.errors[refusal.code]
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
function fieldOf(field: unknown): keyof Draft | null {
  const name = String(field).replace(/^patient\./, '');
  return name === 'name' || name === 'email' || name === 'phone' || name === 'note' ? name : null;
}

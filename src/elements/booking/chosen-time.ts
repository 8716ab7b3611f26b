/** What stands in the details and in the question whether to move: how the chosen time is held, or that it is gone. */
import { html, nothing, type TemplateResult } from 'lit';
import { nearestStarts } from '../../core/calendar/nearest-starts.ts';
import type { DetailsMessages } from '../../locales/index.ts';
import { failureNotice, sentenceFor, timeIsGone } from './error-texts.ts';
import type { Offer } from './offer.ts';
import { renderNotice } from './notices.ts';
import type { Notice } from './openslot-notice.ts';
import type { RequestHandlers } from './requests.ts';
import type { BookingActions, Texts, View } from './screen.ts';
import { back, hold, keepFocus } from './steps.ts';

/** The chosen time went to somebody else, before or after this visitor held it. */
export function isTaken({ state, offer, flow: { chosen, refusal, holding, busy } }: View): boolean {
  if (!chosen || busy || !state || !offer) return false;
  if (timeIsGone(refusal)) return true;
  const at = Date.parse(chosen.start);
  return holding !== 'pending' && !state.hold && !offer.availability.starts.some((start) => start.at === at);
}

/** @param refusal in place of the usual sentence for why the latest call failed */
export function renderChosenTime(
  view: View,
  { details }: Texts<'details'>,
  refusal: Notice | null = null,
): TemplateResult {
  const { flow, offer } = view;
  const taken = isTaken(view);
  const notice =
    refusal ??
    (taken && offer
      ? takenNotice(view, offer, details)
      : flow.refusal && failureNotice(flow.refusal, details, offer?.provider.slug ?? ''));
  return html`
    ${taken ? nothing : renderHold(view, details)} ${notice ? renderNotice(notice, { slot: 'notice' }) : nothing}
  `;
}

/** The requests that both screens make. */
export function chosenTimeRequests(booking: BookingActions): RequestHandlers {
  keepFocus(booking);
  return {
    'openslot-hold-extend': () => void hold(booking),
    'openslot-back': () => back(booking),
  };
}

function renderHold({ state, selection, flow, now }: View, messages: DetailsMessages) {
  const { chosen, holding, busy } = flow;
  if (!chosen || busy) return nothing;
  const held = state?.hold?.start === chosen.start ? state.hold : null;
  const withoutHold = { pending: 'pending', granted: 'ended', refused: 'none' } as const;
  const isAtLimit =
    held?.heldUntil && held.extendableUntil && Date.parse(held.heldUntil) >= Date.parse(held.extendableUntil);
  return html`
    <openslot-hold
      slot="hold"
      exportparts="hold"
      .messages=${messages}
      .now=${now}
      .status=${held?.heldUntil ? 'held' : withoutHold[holding]}
      .heldUntil=${held?.heldUntil ?? null}
      .extendable=${!isAtLimit}
      .time=${selection.display.time(chosen.start)}
    ></openslot-hold>
  `;
}

/** Offers the nearest free times instead. */
function takenNotice(
  { flow, selection: { display } }: View,
  { availability }: Offer,
  messages: DetailsMessages,
): Notice {
  const { refusal, typed, booked } = flow;
  const { takenKept, takenNearest, takenNone } = messages;
  const start = flow.chosen?.start ?? '';
  const alternatives = nearestStarts(availability, start);
  const kept = !booked && Object.values(typed).some(Boolean) ? `${takenKept} ` : '';
  const day = display.dayOf(start);
  return {
    kind: 'taken',
    title:
      refusal && refusal.code !== 'slot_taken'
        ? sentenceFor(refusal, messages)
        : display.messages.justTaken(display.time(start)),
    text: kept + (alternatives.length > 0 ? takenNearest : takenNone),
    actionsLabel: takenNearest,
    actions: alternatives.map((other) => ({
      label: display.time(other.at),
      ...(other.day !== day && { above: display.day(other.day, 'short') }),
      request: 'openslot-time-select',
      start: other.start,
    })),
  };
}

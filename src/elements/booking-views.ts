/** What `<openslot-booking>` shows in each step, from what it knows. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CalendarState } from '../core/state.ts';
import type { BookingFlow } from './booking-flow.ts';
import type { Display } from './display.ts';
import { failureNotice, timeIsGone } from './failures.ts';
import type { Notice } from './openslot-notice.ts';
import { alternativesTo, hasTimesIn, isOffered, nextAfter, type Picture } from './picture.ts';
import type { Draft } from './requests.ts';
import type { Selection } from './selection.ts';

export interface View {
  readonly display: Display;
  readonly state: CalendarState;
  readonly picture: Picture;
  readonly selection: Selection;
  readonly flow: BookingFlow;
  readonly draft: Draft;
  /** Epoch ms by the server's clock. */
  readonly now: () => number;
}

/** `flush`: across the whole width of the card. */
export function renderNotice(display: Display, notice: Notice | null, { className = '', slot = '', flush = false } = {}): TemplateResult | typeof nothing {
  if (!notice) return nothing;
  return html`
    <openslot-notice
      part="notice"
      class=${className}
      slot=${slot || nothing}
      ?flush=${flush}
      .display=${display}
      .notice=${notice}
    ></openslot-notice>
  `;
}

/** What concerns all that is shown. */
export function banners({ display, state, selection, flow }: View): Notice[] {
  const { messages } = display;
  const notices: Notice[] = [];
  if (selection.unknownService) {
    const known = state.services.map(({ slug }) => slug);
    notices.push({ kind: 'setup', text: messages.setup.noService(selection.unknownService, known) });
  }
  if (state.connection === 'offline' && state.freshAt !== null) {
    const since = display.time(state.freshAt + state.clockOffset);
    notices.push({ kind: 'stale', text: navigator.onLine ? messages.notUpdating(since) : messages.offline(since) });
  }
  if (flow.booked && flow.step === 'times') {
    const { start } = flow.booked.appointment;
    notices.push({ kind: 'moving', text: messages.chooseNewTime(display.dayAt(start, 'long'), display.time(start)) });
  }
  return notices;
}

export function renderTimes({ display, state, picture, selection, flow }: View): TemplateResult {
  const { messages } = display;
  const { availability, service, day, month, starts, next } = picture;
  const isEmpty = availability.starts.length === 0;
  // Where the day has no times either, that is told already.
  const emptyMonth: Notice | null =
    starts.length === 0 || hasTimesIn(picture, month)
      ? null
      : { kind: 'empty', text: messages.noTimesInMonth(display.monthName(month)), next: nextAfter(picture, month) };
  return html`
    ${state.services.length > 1 && !flow.booked
      ? html`<openslot-services
          part="services"
          class="row"
          exportparts="service, selected"
          .display=${display}
          .services=${state.services}
          .selected=${service.id}
        ></openslot-services>`
      : nothing}
    <div class="columns">
      <div class="column">
        <openslot-calendar
          part="calendar"
          exportparts="month, nav-button, day, bookable, selected, today"
          .display=${display}
          .days=${availability.days}
          .month=${month}
          .selected=${day}
          .today=${picture.today}
        ></openslot-calendar>
        ${renderNotice(display, emptyMonth)}
      </div>
      <div class="column times">
        ${isEmpty
          ? renderNotice(display, { kind: 'empty', text: `${messages.noTimesAtAll} ${messages.noTimesAtAllHint}`, next: null })
          : html`<openslot-times
              part="times"
              exportparts="heading, group-label, time, taken, selected"
              .display=${display}
              .day=${day}
              .of=${service.id}
              .starts=${starts}
              .earliest=${picture.earliest}
            >
              ${starts.length === 0 && day
                ? renderNotice(display, { kind: 'empty', text: messages.noTimesOnDay(display.day(day, 'long')), next: nextAfter(picture, day) })
                : nothing}
            </openslot-times>`}
      </div>
    </div>
    <openslot-footer
      part="footer"
      class="footer"
      exportparts="zone, link"
      .display=${display}
      .otherZone=${selection.otherZone}
      .now=${picture.now}
      .next=${next}
    ></openslot-footer>
  `;
}

export function renderLater(view: View): TemplateResult {
  return view.flow.step === 'details' ? renderForm(view) : renderConfirmation(view);
}

function renderForm(view: View): TemplateResult {
  const { display, picture, flow, draft } = view;
  const gone = isGone(view);
  const rejected = flow.refusal?.code === 'invalid_argument' ? fieldOf(flow.refusal.detail['field']) : null;
  return html`
    <openslot-form
      part="form"
      exportparts="heading, back-button, label, input, error, submit-button"
      .display=${display}
      .provider=${picture.provider}
      .service=${flow.chosen?.service ?? null}
      .start=${flow.chosen?.start ?? ''}
      .draft=${draft}
      .busy=${flow.busy}
      .taken=${gone}
      .rejected=${rejected}
    >
      ${renderHold(view, gone)} ${renderNotice(display, trouble(view, gone), { slot: 'notice' })}
    </openslot-form>
  `;
}

function renderConfirmation(view: View): TemplateResult {
  const { display, flow, now } = view;
  const gone = isGone(view);
  return html`
    <openslot-confirmation
      part="confirmation"
      exportparts="heading, when, submit-button"
      .display=${display}
      .appointment=${flow.booked?.appointment ?? null}
      .moved=${flow.moved}
      .moveTo=${flow.step === 'move' ? (flow.chosen?.start ?? null) : null}
      .busy=${flow.busy}
      .taken=${gone}
      .now=${now}
    >
      ${renderHold(view, gone)} ${renderNotice(display, trouble(view, gone), { slot: 'notice' })}
    </openslot-confirmation>
  `;
}

/** The chosen time went to somebody else, before or after it was held. */
function isGone({ state, picture, flow: { chosen, refusal, holding, busy } }: View): boolean {
  if (!chosen || busy) return false;
  if (timeIsGone(refusal)) return true;
  return holding !== 'pending' && !state.hold && !isOffered(picture, chosen.start);
}

function renderHold({ display, state, flow, now }: View, gone: boolean) {
  const { chosen, holding, busy } = flow;
  if (!chosen || gone || busy) return nothing;
  const hold = state.hold?.start === chosen.start ? state.hold : null;
  const status = hold?.heldUntil ? 'held' : holding === 'pending' ? 'pending' : holding === 'granted' ? 'ended' : 'none';
  const canExtend = hold?.heldUntil && hold.extendableUntil ? Date.parse(hold.heldUntil) < Date.parse(hold.extendableUntil) : true;
  return html`
    <openslot-hold
      slot="hold"
      exportparts="hold"
      .display=${display}
      .now=${now}
      .status=${status}
      .heldUntil=${hold?.heldUntil ?? null}
      .extendable=${canExtend}
      .time=${display.time(chosen.start)}
    ></openslot-hold>
  `;
}

/** What to tell of the chosen time or of the latest call, if anything went wrong. */
function trouble({ display, picture, flow: { chosen, refusal, typed } }: View, gone: boolean): Notice | null {
  const { messages } = display;
  if (!gone || !chosen) return refusal && failureNotice(refusal, messages, { provider: picture.provider.slug });
  const text = refusal && refusal.code !== 'slot_taken' ? messages.errors[refusal.code] : messages.justTaken(display.time(chosen.start));
  return {
    kind: 'taken',
    text,
    day: display.dayOf(chosen.start),
    alternatives: alternativesTo(picture, chosen.start),
    kept: Object.values(typed).some(Boolean),
  };
}

/** The server names fields as `patient.email` or `email`. */
function fieldOf(field: unknown): keyof Draft | null {
  const name = String(field).replace(/^patient\./, '');
  return name === 'name' || name === 'email' || name === 'phone' || name === 'note' ? name : null;
}

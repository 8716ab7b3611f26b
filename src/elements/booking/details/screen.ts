import { html } from 'lit';
import { enDetails } from '../../../locales/en/details.ts';
import { chosenTimeRequests, isTaken, renderChosenTime } from '../chosen-time.ts';
import { clearDraft, keepDraft, providerOf } from '../draft.ts';
import { rejectedField } from '../error-texts.ts';
import { OpenslotBookingConfirmedEvent, OpenslotBookingRejectedEvent, OpenslotBookingSubmitEvent } from '../events.ts';
import { OpenslotHold } from '../openslot-hold.ts';
import { OpenslotNotice } from '../openslot-notice.ts';
import type { Draft } from '../requests.ts';
import type { BookingActions, Screen } from '../screen.ts';
import { choose, send } from '../steps.ts';
import { OpenslotForm } from './openslot-form.ts';
import { answersTo, patientFrom } from './patient-details.ts';
import { prefillFrom } from './prefill.ts';

/** Asks for the patient's details while the chosen time is held, and books it. */
export const screen: Screen<'details'> = {
  elements: { 'openslot-form': OpenslotForm, 'openslot-hold': OpenslotHold, 'openslot-notice': OpenslotNotice },
  texts: { details: enDetails },
  render(view, texts) {
    const { selection, offer, flow, host } = view;
    const { chosen, typed, busy } = flow;
    return html`
      <openslot-form
        part="form"
        exportparts="heading, back-button, label, input, error, submit-button"
        .display=${selection.display}
        .messages=${texts.details}
        .provider=${offer?.provider ?? null}
        .service=${chosen?.service ?? null}
        .start=${chosen?.start ?? ''}
        .draft=${{ ...prefillFrom(host), ...typed }}
        .phonePrefix=${host.phonePrefix}
        .busy=${busy}
        .taken=${isTaken(view)}
        .rejected=${fieldOf(rejectedField(flow.refusal))}
        >${renderChosenTime(view, texts)} ${view.part('appointment')} ${view.part('questions')}</openslot-form
      >
    `;
  },
  requests: (booking) => ({
    ...chosenTimeRequests(booking),
    'openslot-details-change': ({ detail }) => {
      booking.flow.set({ typed: { ...booking.flow.typed, [detail.field]: detail.value } });
      keepDraft(booking);
    },
    'openslot-details-submit': ({ detail }) => void submit(booking, detail.draft),
  }),
  enter(booking, chosen) {
    choose(booking, chosen);
    // While the patient types, so that the booking need not wait for it.
    void booking.load('appointment');
  },
};

async function submit(booking: BookingActions, draft: Draft): Promise<void> {
  const { flow, host, selection } = booking;
  const { chosen } = flow;
  if (!chosen || flow.busy) return;
  // Nothing is sent before the patient has seen the clinic's questions.
  if (chosen.service.questions?.length && !booking.isLoaded('questions')) return;
  const { lang: locale, zone } = selection.display;
  const patient = patientFrom(draft, { locale, zone }, answersTo(chosen.service, flow.answers));
  if (!host.dispatchEvent(new OpenslotBookingSubmitEvent({ ...chosen, patient }))) return;
  await send(booking, {
    call: (calendar) =>
      calendar
        .book({ service: chosen.service.id, start: chosen.start, patient })
        .finally(() => calendar.clearBooking()),
    confirmed: (appointment) => {
      flow.set({ isNew: true, answers: {} });
      clearDraft(providerOf(booking));
      host.dispatchEvent(new OpenslotBookingConfirmedEvent(appointment));
    },
    rejected: (error) => {
      host.dispatchEvent(new OpenslotBookingRejectedEvent({ ...chosen, error }));
    },
  });
}

/** The server names fields as `patient.email` or `email`. */
function fieldOf(field: string): keyof Draft | null {
  const name = field.replace(/^patient\./, '');
  return name === 'name' || name === 'email' || name === 'phone' || name === 'note' ? name : null;
}

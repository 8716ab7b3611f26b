/** What a booking is known by, when it or its answer is lost, or when the same is booked a second time. */
import { expect } from '@open-wc/testing';
import { failure, PATIENT as patient, shownAt, truth, type Visit, visit } from '../../support/pages/visit.ts';

const NINE = '2026-11-24T08:00:00Z';
const TWENTY_PAST = '2026-11-24T08:20:00Z';
const TEN = '2026-11-24T09:00:00Z';

const book = (tab: Visit, start = NINE) => tab.calendar.book({ service: 'consultation', start, patient });

describe('a booking under way', () => {
  it('can’t be cleared away, but its outcome can', async () => {
    const tab = await visit({ faults: { latency: 50 } });
    await tab.clock.advance(500);
    const booked = book(tab);
    tab.calendar.clearBooking();
    expect(tab.calendar.getState().booking?.phase).to.equal('submitting');
    await tab.clock.advance(100);
    await booked;
    tab.calendar.clearBooking();
    expect(tab.calendar.getState().booking).to.equal(null);
  });

  it('outlasts its hold, whose time is over before the answer', async () => {
    const tab = await visit();
    const { heldUntil } = await tab.calendar.hold('consultation', NINE);
    await tab.clock.advance(Date.parse(heldUntil ?? '') - tab.clock.now() - 1_000);
    tab.backend.faults.latency = 2_000;
    const booked = book(tab);
    await tab.clock.advance(1_900);
    expect([tab.calendar.getState().hold?.start, shownAt(tab, NINE)]).to.deep.equal([NINE, 'held']);
    await tab.clock.advance(5_000);
    expect((await booked).appointment.start).to.equal(NINE);
  });
});

describe('a booking', () => {
  it('gives up the hold by itself', async () => {
    const tab = await visit();
    await tab.calendar.hold('consultation', NINE);
    await book(tab);
    await tab.clock.advance(1_000);
    expect(tab.backend.calls).not.to.include('release');
  });
});

describe('the same booking', () => {
  it('is another one after the first was cancelled', async () => {
    const tab = await visit();
    const first = await book(tab);
    await tab.calendar.cancel(first.manage_token);
    tab.calendar.clearBooking();
    const second = await book(tab);
    expect(second.appointment).to.deep.include({ status: 'confirmed', start: NINE });
    expect(second.appointment.id).to.not.equal(first.appointment.id);
  });

  it('found by its id gives up a hold that was made since', async () => {
    const tab = await visit();
    tab.backend.faults.losesAnswers = 99;
    const lost = failure(book(tab, TEN));
    await tab.clock.advance(60_000);
    expect(await lost).to.equal('network');
    tab.backend.faults.losesAnswers = 0;
    await tab.calendar.hold('consultation', NINE);
    const found = book(tab, TEN);
    await tab.clock.advance(5_000);
    expect((await found).appointment.start).to.equal(TEN);
    expect([tab.calendar.getState().hold, shownAt(tab, NINE)]).to.deep.equal([null, 'open']);
    expect(truth(tab).filter(({ status }) => status === 'held')).to.deep.equal([]);
  });
});

describe('moving an appointment', () => {
  it('to a second time is not taken for the first, whose answer was lost', async () => {
    const tab = await visit();
    const { manage_token } = await book(tab);
    tab.backend.faults.losesAnswers = 99;
    const lost = failure(tab.calendar.reschedule(manage_token, TEN));
    await tab.clock.advance(60_000);
    expect(await lost).to.equal('network');
    tab.backend.faults.losesAnswers = 0;
    const moved = tab.calendar.reschedule(manage_token, TWENTY_PAST);
    await tab.clock.advance(1_000);
    expect((await moved).appointment).to.deep.include({ start: TWENTY_PAST, sequence: 2 });
  });
});

describe('a booking that nobody looks at', () => {
  it('can be refused, held and moved without a calendar to show it', async () => {
    const tab = await visit();
    const calendar = tab.client.calendar({ provider: 'mira-lindqvist', realtime: 'off' });
    expect(await failure(calendar.book({ service: 'massage', start: NINE, patient }))).to.equal('service_not_found');
    expect((await calendar.hold('consultation', NINE)).slotStarts).to.deep.equal([NINE]);
    const { manage_token } = await calendar.book({ service: 'consultation', start: NINE, patient });
    expect(await failure(calendar.hold('consultation', NINE))).to.equal('slot_taken');
    expect((await calendar.reschedule(manage_token, TEN)).appointment.start).to.equal(TEN);
    await tab.clock.advance(10);
    expect([shownAt(tab, NINE), shownAt(tab, TEN)]).to.deep.equal(['open', null]);
  });
});

import { expect } from '@open-wc/testing';
import { createAvailability } from '../../../src/core/calendar/availability.ts';
import type { BookingResult } from '../../../src/core/wire.ts';
import { AMARA, MIRA } from '../../support/memory/memory-backend.ts';
import {
  expectTruth,
  failure,
  PATIENT as patient,
  shownAt,
  STRANGER,
  type Visit,
  visit,
} from '../../support/pages/visit.ts';

const NINE = '2026-11-24T08:00:00Z';
const TWENTY_PAST = '2026-11-24T08:20:00Z';
const TEN = '2026-11-24T09:00:00Z';

const bookByOthers = ({ project }: Visit, start: string, service = 'consultation') =>
  project.database.book({ provider: MIRA.id, service, start, patient, request_id: crypto.randomUUID() });

describe('booking', () => {
  const book = (tab: Visit, start = NINE, service = 'consultation') => tab.calendar.book({ service, start, patient });

  it('shows that it is under way, then that it is done', async () => {
    const tab = await visit({ faults: { latency: 50 } });
    await tab.clock.advance(500);
    const booked = book(tab);
    expect(tab.calendar.getState().booking).to.deep.include({ phase: 'submitting', start: NINE });
    expect(tab.calendar.getState().hold?.slotStarts).to.deep.equal([NINE]);
    await tab.clock.advance(100);
    const { appointment, manage_token } = await booked;
    const { booking, hold } = tab.calendar.getState();
    expect(booking).to.deep.equal({ phase: 'confirmed', appointment, manageToken: manage_token });
    expect([hold, shownAt(tab, NINE)]).to.deep.equal([null, null]);
    expectTruth(tab);
    tab.calendar.clearBooking();
    expect(tab.calendar.getState().booking).to.equal(null);
  });

  it('consumes the hold', async () => {
    const tab = await visit();
    await tab.calendar.hold('consultation', NINE);
    await book(tab);
    await tab.clock.advance(10);
    expect(tab.calendar.getState().hold).to.equal(null);
    expectTruth(tab);
  });

  it('keeps its place in the picture when its own message comes before its answer', async () => {
    const tab = await visit({ faults: { latency: 100 } });
    await tab.clock.advance(500);
    const booked = book(tab);
    await tab.clock.advance(150);
    expect([shownAt(tab, NINE), tab.calendar.getState().booking?.phase]).to.deep.equal(['held', 'submitting']);
    await tab.clock.advance(50);
    await booked;
    expect([shownAt(tab, NINE), tab.calendar.getState().booking?.phase]).to.deep.equal([null, 'confirmed']);
  });

  it('is rejected when somebody was faster, and shows the truth', async () => {
    const tab = await visit();
    tab.backend.socket.losesMessages = 1;
    bookByOthers(tab, NINE);
    const refused = failure(book(tab));
    await tab.clock.advance(10);
    expect(await refused).to.equal('slot_taken');
    const { booking } = tab.calendar.getState();
    expect(booking?.phase === 'rejected' && [booking.start, booking.error.code]).to.deep.equal([NINE, 'slot_taken']);
    expect(shownAt(tab, NINE)).to.equal(null);
    expectTruth(tab);
  });

  it('asks again with the same id when the answer was lost: one appointment, and no failure', async () => {
    const tab = await visit();
    tab.backend.faults.losesAnswers = 2;
    const booked = book(tab);
    await tab.clock.advance(5_000);
    expect((await booked).appointment.status).to.equal('confirmed');
    expect(tab.backend.calls.filter((call) => call === 'book')).to.have.length(3);
    expectTruth(tab);
  });

  it('outlasts a network that is gone for half a minute', async () => {
    const tab = await visit();
    tab.backend.goOffline();
    const booked = book(tab);
    await tab.clock.advance(30_000);
    expect(tab.calendar.getState().booking?.phase).to.equal('submitting');
    tab.backend.goOnline();
    await tab.clock.advance(10_000);
    expect((await booked).appointment.start).to.equal(NINE);
  });

  it('after an unknown outcome, finds its own appointment when it is asked for again', async () => {
    const tab = await visit();
    tab.backend.faults.losesAnswers = 99;
    const lost = failure(book(tab));
    await tab.clock.advance(60_000);
    expect(await lost).to.equal('network');
    expect(tab.calendar.getState().booking?.phase).to.equal('rejected');
    tab.backend.faults.losesAnswers = 0;
    const again = book(tab);
    await tab.clock.advance(5_000);
    expect((await again).appointment.start).to.equal(NINE);
    expectTruth(tab);
  });

  it('books once for a double click', async () => {
    const tab = await visit({ faults: { latency: 50 } });
    await tab.clock.advance(500);
    const clicks = [book(tab), book(tab)];
    await tab.clock.advance(500);
    const results = await Promise.all(clicks);
    expect(results[0]).to.equal(results[1]);
    expect(await book(tab)).to.equal(results[0]);
    expect(tab.backend.calls.filter((call) => call === 'book')).to.have.length(1);
  });

  it('shows the latest of two different ones until both are done', async () => {
    const tab = await visit({ faults: { latency: 50 } });
    await tab.clock.advance(500);
    const [first, second] = [book(tab, NINE), book(tab, TEN)];
    await tab.clock.advance(120);
    await first;
    expect(tab.calendar.getState().booking).to.deep.include({ phase: 'submitting', start: TEN });
    expect([shownAt(tab, NINE), shownAt(tab, TEN)]).to.deep.equal([null, 'held']);
    await tab.clock.advance(500);
    expect((await second).appointment.start).to.equal(TEN);
    expect(tab.calendar.getState().booking?.phase).to.equal('confirmed');
    expectTruth(tab);
  });

  it('lets a corrected form be sent after a refusal', async () => {
    const tab = await visit();
    const wrong = await failure(
      tab.calendar.book({ service: 'consultation', start: NINE, patient: { ...patient, name: ' ' } }),
    );
    expect(wrong).to.equal('invalid_argument');
    expect((await book(tab)).appointment.patient.name).to.equal('Ada Byron');
  });

  it('waits for the hold that is still on its way', async () => {
    const tab = await visit({ faults: { latency: 50 } });
    await tab.clock.advance(500);
    const held = tab.calendar.hold('consultation', NINE);
    const booked = book(tab);
    await tab.clock.advance(500);
    await held;
    expect((await booked).appointment.start).to.equal(NINE);
    expectTruth(tab);
  });

  it('works without a subscriber', async () => {
    const tab = await visit();
    const calendar = tab.client.calendar({ provider: 'amara-okafor' });
    const { appointment } = await calendar.book({ service: 'follow-up', start: '2026-11-24T14:00:00Z', patient });
    expect(appointment.provider.id).to.equal(AMARA.id);
    expect(calendar.getState()).to.deep.include({ status: 'loading' });
    expect(calendar.getState().booking?.phase).to.equal('confirmed');
  });

  it('shows the day as full when the daily limit is reached, and not any more after a cancellation', async () => {
    const tab = await visit({ provider: 'amara-okafor' });
    const starts = ['14:00', '14:30', '15:00', '15:30', '16:00', '16:30'].map((time) => `2026-11-24T${time}:00Z`);
    const bookings: BookingResult[] = [];
    for (const start of starts) {
      bookings.push(await tab.calendar.book({ service: 'follow-up', start, patient }));
      tab.calendar.clearBooking();
    }
    await tab.clock.advance(10);
    const { fullDays } = tab.calendar.getState();
    const from = Date.parse('2026-11-24T05:00:00Z');
    expect(fullDays.map((day) => [day.from, day.to, day.until])).to.deep.equal([[from, from + 86_400_000, Infinity]]);
    expect(shownAt(tab, '2026-11-24T19:00:00Z')).to.equal('open');
    expectTruth(tab);
    await tab.calendar.cancel(bookings[0]!.manage_token, 'ill');
    expect(tab.calendar.getState().fullDays).to.deep.equal([]);
    await tab.clock.advance(10);
    expectTruth(tab);
  });

  describe('the last place of a day', () => {
    /** Somebody has booked five of six. */
    async function oneIsLeft(): Promise<Visit> {
      const tab = await visit({ provider: 'amara-okafor' });
      for (const time of ['14:00', '14:30', '15:00', '15:30', '16:00']) {
        const start = `2026-11-24T${time}:00Z`;
        tab.project.database.book({ provider: AMARA.id, service: 'follow-up', start, patient, request_id: time });
      }
      await tab.clock.advance(10);
      return tab;
    }

    const last = { provider: AMARA.id, service: 'follow-up', start: '2026-11-24T19:00:00Z' };

    it('is taken by a hold until this runs out, and then back without a message', async () => {
      const tab = await oneIsLeft();
      expect(tab.calendar.getState().fullDays).to.deep.equal([]);
      tab.project.database.hold({ ...last, visitor: STRANGER });
      await tab.clock.advance(10);
      const { fullDays } = tab.calendar.getState();
      expect(fullDays.map(({ until }) => until)).to.deep.equal([Date.parse('2026-11-23T07:05:00Z')]);
      expect(await failure(tab.calendar.hold('follow-up', '2026-11-24T20:00:00Z'))).to.equal('daily_limit_reached');
      const seen: number[] = [];
      tab.calendar.subscribe(() => seen.push(tab.calendar.getState().fullDays.length));
      tab.backend.goOffline();
      await tab.clock.advance(60_000);
      expect(tab.calendar.getState().fullDays).to.equal(fullDays);
      await tab.clock.advance(240_000);
      expect([tab.calendar.getState().fullDays.length, seen.at(-1)]).to.deep.equal([0, 0]);
    });

    it('is the visitor’s own once it is held, and booked by that', async () => {
      const tab = await oneIsLeft();
      await tab.calendar.hold('follow-up', last.start);
      const { slots, fullDays, provider, services, hold } = tab.calendar.getState();
      const service = services.find(({ slug }) => slug === 'follow-up')!;
      const query = { slots, fullDays, provider: provider!, service, zone: AMARA.time_zone, now: tab.clock.now() };
      const onThatDay = (own: typeof hold) =>
        createAvailability()({ ...query, own })
          .days.get('2026-11-24')
          ?.starts.some(({ start }) => start === last.start);
      expect([onThatDay(hold), onThatDay(null)]).to.deep.equal([true, undefined]);
      const { appointment } = await tab.calendar.book({ service: 'follow-up', start: last.start, patient });
      expect(appointment.start).to.equal(last.start);
      expectTruth(tab);
    });
  });
});

describe('an appointment', () => {
  it('moves to another time: the old one is free again, in one step', async () => {
    const tab = await visit();
    const { manage_token } = await tab.calendar.book({ service: 'consultation', start: NINE, patient });
    await tab.calendar.hold('consultation', TEN);
    const moved = await tab.calendar.reschedule(manage_token, TEN);
    expect([moved.appointment.start, moved.appointment.sequence]).to.deep.equal([TEN, 1]);
    expect([shownAt(tab, NINE), shownAt(tab, TEN), tab.calendar.getState().hold]).to.deep.equal(['open', null, null]);
    await tab.clock.advance(10);
    expectTruth(tab);
  });

  it('moves once although the answer was lost, and stays where it was when the time is taken', async () => {
    const tab = await visit();
    const { manage_token } = await tab.calendar.book({ service: 'consultation', start: NINE, patient });
    tab.backend.faults.losesAnswers = 1;
    const moved = tab.calendar.reschedule(manage_token, TEN);
    await tab.clock.advance(1_000);
    expect((await moved).appointment.sequence).to.equal(1);
    bookByOthers(tab, TWENTY_PAST);
    expect(await failure(tab.calendar.reschedule(manage_token, TWENTY_PAST))).to.equal('slot_taken');
    expect((await tab.client.appointment(manage_token)).start).to.equal(TEN);
  });

  it('is cancelled once, however often it is asked', async () => {
    const tab = await visit();
    const { manage_token } = await tab.calendar.book({ service: 'consultation', start: NINE, patient });
    tab.backend.faults.losesAnswers = 1;
    const cancelled = tab.calendar.cancel(manage_token);
    await tab.clock.advance(1_000);
    expect((await cancelled).appointment).to.deep.include({
      status: 'cancelled',
      cancelled_by: 'patient',
      sequence: 1,
    });
    expect((await tab.calendar.cancel(manage_token)).appointment.sequence).to.equal(1);
    await tab.clock.advance(10);
    expect(shownAt(tab, NINE)).to.equal('open');
  });

  it('of another provider leaves this calendar’s picture alone', async () => {
    const tab = await visit();
    const other = tab.client.calendar({ provider: 'amara-okafor' });
    const { manage_token } = await other.book({ service: 'follow-up', start: '2026-11-24T14:00:00Z', patient });
    const { slots } = tab.calendar.getState();
    await tab.calendar.cancel(manage_token);
    expect(tab.calendar.getState().slots).to.equal(slots);
  });
});

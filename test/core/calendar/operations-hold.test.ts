import { expect } from '@open-wc/testing';
import { MIRA } from '../../support/memory/memory-backend.ts';
import { expectTruth, failure, shownAt, STRANGER, truth, visit } from '../../support/pages/visit.ts';

const NINE = '2026-11-24T08:00:00Z';
const TWENTY_PAST = '2026-11-24T08:20:00Z';
const FORTY_PAST = '2026-11-24T08:40:00Z';
const TEN = '2026-11-24T09:00:00Z';

describe('holding a time', () => {
  it('shows it at once, and counts from the server’s answer on', async () => {
    const tab = await visit({ faults: { latency: 100 } });
    await tab.clock.advance(500);
    const held = tab.calendar.hold('first-visit', NINE);
    const { hold } = tab.calendar.getState();
    expect(hold).to.deep.include({ start: NINE, slotStarts: [NINE, TWENTY_PAST], heldUntil: null });
    expect([shownAt(tab, NINE), shownAt(tab, TWENTY_PAST), shownAt(tab, TEN)]).to.deep.equal(['held', 'held', 'open']);
    await tab.clock.advance(200);
    expect(await held).to.deep.equal(tab.calendar.getState().hold);
    expect(tab.calendar.getState().hold?.heldUntil).to.equal('2026-11-23T07:05:00Z');
    expectTruth(tab);
  });

  it('is seen live by others, and again when it is let go', async () => {
    const tab = await visit();
    const other = await visit({ clock: tab.clock, project: tab.project });
    const held = tab.calendar.hold('consultation', NINE);
    await tab.clock.advance(10);
    await held;
    expect([shownAt(other, NINE), other.calendar.getState().hold]).to.deep.equal(['held', null]);
    const released = tab.calendar.release();
    expect([tab.calendar.getState().hold, shownAt(tab, NINE)]).to.deep.equal([null, 'open']);
    await tab.clock.advance(10);
    await released;
    expect(shownAt(other, NINE)).to.equal('open');
    expectTruth(tab);
  });

  it('moves with the visitor: never two at a time', async () => {
    const tab = await visit({ faults: { latency: 50 } });
    await tab.clock.advance(500);
    const first = tab.calendar.hold('consultation', NINE);
    await tab.clock.advance(100);
    await first;
    const second = tab.calendar.hold('consultation', TEN);
    expect([shownAt(tab, NINE), shownAt(tab, TEN)]).to.deep.equal(['open', 'held']);
    await tab.clock.advance(100);
    expect((await second).start).to.equal(TEN);
    expectTruth(tab);
    expect(truth(tab).filter(({ status }) => status === 'held')).to.have.length(1);
  });

  it('knows of a slot that an earlier hold ended with in the same second, which the answer then doesn’t tell', async () => {
    const tab = await visit();
    await tab.calendar.hold('first-visit', NINE);
    const { hold } = tab.backend;
    tab.backend.hold = async (request, signal) => {
      const result = await hold(request, signal);
      const told = result.change?.slots.filter((slot) => slot.start !== TWENTY_PAST) ?? [];
      return { ...result, change: result.change && { ...result.change, slots: told } };
    };
    await tab.calendar.hold('first-visit', TWENTY_PAST);
    expect(tab.calendar.getState().hold?.slotStarts).to.deep.equal([TWENTY_PAST, FORTY_PAST]);
    await tab.calendar.release();
    expectTruth(tab);
  });

  it('sends only the last of several quick choices', async () => {
    const tab = await visit({ faults: { latency: 50 } });
    await tab.clock.advance(500);
    const choices = [NINE, TWENTY_PAST, TEN].map((start) => tab.calendar.hold('consultation', start));
    const outcomes = Promise.all(choices.map(failure));
    expect(tab.calendar.getState().hold?.start).to.equal(TEN);
    await tab.clock.advance(500);
    expect(await outcomes).to.deep.equal(['aborted', 'aborted', 'none']);
    expect(tab.backend.calls.filter((call) => call === 'hold')).to.have.length(1);
    expectTruth(tab);
  });

  it('returns to the former hold when the new time was taken by somebody else', async () => {
    const tab = await visit();
    await tab.calendar.hold('consultation', NINE);
    tab.backend.socket.losesMessages = 1;
    tab.project.database.hold({ provider: MIRA.id, service: 'consultation', start: TEN, visitor: STRANGER });
    const refused = failure(tab.calendar.hold('consultation', TEN));
    expect([shownAt(tab, NINE), shownAt(tab, TEN)]).to.deep.equal(['open', 'held']);
    await tab.clock.advance(10);
    expect(await refused).to.equal('slot_taken');
    expect(tab.calendar.getState().hold?.start).to.equal(NINE);
    expectTruth(tab);
  });

  it('ends by the server’s clock, without anybody doing anything', async () => {
    const tab = await visit();
    await tab.calendar.hold('consultation', NINE);
    await tab.clock.advance(299_000);
    expect(tab.calendar.getState().hold?.start).to.equal(NINE);
    await tab.clock.advance(2_000);
    expect([tab.calendar.getState().hold, shownAt(tab, NINE)]).to.deep.equal([null, 'open']);
  });

  it('is extended by holding the same time again, without the countdown going away', async () => {
    const tab = await visit();
    await tab.calendar.hold('consultation', NINE);
    await tab.clock.advance(240_000);
    const again = tab.calendar.hold('consultation', NINE);
    expect(tab.calendar.getState().hold?.heldUntil).to.equal('2026-11-23T07:05:00Z');
    await tab.clock.advance(10);
    expect((await again).heldUntil).to.equal('2026-11-23T07:09:00Z');
    expect((await again).extendableUntil).to.equal('2026-11-23T07:15:00Z');
  });

  it('asks again when the answer is lost', async () => {
    const tab = await visit();
    tab.backend.faults.losesAnswers = 1;
    const held = tab.calendar.hold('consultation', NINE);
    await tab.clock.advance(1_000);
    expect((await held).heldUntil).to.equal('2026-11-23T07:05:00Z');
  });

  it('lets go of what it may hold without knowing, once the connection is back', async () => {
    const tab = await visit();
    tab.backend.faults.losesAnswers = 1;
    const lost = failure(tab.calendar.hold('consultation', NINE));
    await tab.clock.settle();
    tab.backend.goOffline();
    await tab.clock.advance(10_000);
    expect(await lost).to.equal('network');
    expect(tab.calendar.getState().hold).to.equal(null);
    expect(truth(tab).filter(({ status }) => status === 'held')).to.have.length(1);
    tab.backend.goOnline();
    tab.page.wake();
    await tab.clock.advance(5_000);
    expectTruth(tab);
    expect(truth(tab).filter(({ status }) => status === 'held')).to.have.length(0);
  });

  it('is not believed any more once the answer to holding another time was lost', async () => {
    const tab = await visit();
    await tab.calendar.hold('consultation', NINE);
    tab.backend.faults.losesAnswers = 1;
    const lost = failure(tab.calendar.hold('consultation', TEN));
    await tab.clock.settle();
    tab.backend.goOffline();
    await tab.clock.advance(10_000);
    expect(await lost).to.equal('network');
    expect(tab.calendar.getState().hold).to.equal(null);
    tab.backend.goOnline();
    tab.page.wake();
    await tab.clock.advance(5_000);
    expectTruth(tab);
    expect(truth(tab).every(({ status }) => status === 'open')).to.equal(true);
  });

  it('is let go when the page is left', async () => {
    const tab = await visit();
    await tab.calendar.hold('consultation', NINE);
    tab.page.leave();
    await tab.clock.settle();
    expect(tab.calendar.getState().hold).to.equal(null);
    expect(truth(tab).every(({ status }) => status === 'open')).to.equal(true);
  });
});

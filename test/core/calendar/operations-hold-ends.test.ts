/** How a hold ends: by time, by staff, by another choice, or by leaving; and what is let go of then. */
import { expect } from '@open-wc/testing';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';
import { createMemoryProject, MIRA, SERVICES } from '../../support/memory/memory-backend.ts';
import { expectTruth, failure, shownAt, truth, type Visit, visit } from '../../support/pages/visit.ts';

const NINE = '2026-11-24T08:00:00Z';
const TWENTY_PAST = '2026-11-24T08:20:00Z';
const FORTY_PAST = '2026-11-24T08:40:00Z';
const TEN = '2026-11-24T09:00:00Z';
const MINUTE = 60_000;

const holdOf = ({ calendar }: Visit) => calendar.getState().hold;
const heldInDatabase = (tab: Visit) => truth(tab).filter(({ status }) => status === 'held');
const sent = ({ backend }: Visit, what: 'hold' | 'release') => backend.calls.filter((call) => call === what).length;

describe('a hold whose time is over', () => {
  it('is shown until the server has said so, and needs no release', async () => {
    const tab = await visit();
    const { heldUntil } = await tab.calendar.hold('consultation', NINE);
    tab.backend.faults.latency = 100;
    await tab.clock.advance(Date.parse(heldUntil ?? '') - tab.clock.now() + 50);
    expect(holdOf(tab)?.start).to.equal(NINE);
    await tab.clock.advance(200);
    expect([holdOf(tab), sent(tab, 'release')]).to.deep.equal([null, 0]);
  });

  it('is not over when only the machine’s clock was set', async () => {
    const clock = createFakeClock();
    const server = { ...clock, ahead: 0, now: () => clock.now() + server.ahead };
    const tab = await visit({ clock, project: createMemoryProject({ clock: server }) });
    await tab.calendar.hold('consultation', NINE);
    server.ahead = -10 * MINUTE;
    await clock.jump(10 * MINUTE);
    await clock.advance(1_000);
    expect([holdOf(tab)?.start, shownAt(tab, NINE)]).to.deep.equal([NINE, 'held']);
    await clock.advance(5 * MINUTE);
    expect(holdOf(tab)).to.equal(null);
  });

  it('is over by this machine’s clock where the server can’t be asked, and is let go once it can', async () => {
    const tab = await visit();
    await tab.calendar.hold('consultation', NINE);
    tab.backend.goOffline();
    await tab.clock.advance(5 * MINUTE + 1_000);
    expect(holdOf(tab)).to.equal(null);
    tab.backend.goOnline();
    tab.page.wake();
    await tab.clock.advance(5_000);
    expect(sent(tab, 'release')).to.equal(1);
  });
});

describe('a hold of several slots', () => {
  it('is kept when staff block one of them, and is over once the server shows the other one open', async () => {
    const tab = await visit();
    let visitor = '';
    const { hold } = tab.backend;
    tab.backend.hold = (request, signal) => hold({ ...request, visitor: (visitor = request.visitor) }, signal);
    await tab.calendar.hold('first-visit', NINE);
    tab.project.database.setStatus(MIRA.id, TWENTY_PAST, FORTY_PAST, 'blocked');
    await tab.clock.advance(20);
    expect([holdOf(tab)?.start, shownAt(tab, NINE), shownAt(tab, TWENTY_PAST)]).to.deep.equal([NINE, 'held', null]);
    tab.project.database.release({ visitor });
    await tab.clock.advance(20);
    expect([holdOf(tab), shownAt(tab, NINE), shownAt(tab, TWENTY_PAST)]).to.deep.equal([null, 'open', null]);
  });

  it('that begins within the one before frees only what it doesn’t take itself', async () => {
    const tab = await visit({ faults: { latency: 50 } });
    await tab.clock.advance(500);
    const first = tab.calendar.hold('first-visit', NINE);
    await tab.clock.advance(100);
    expect((await first).slotStarts).to.deep.equal([NINE, TWENTY_PAST]);
    const second = tab.calendar.hold('first-visit', TWENTY_PAST);
    expect([NINE, TWENTY_PAST, FORTY_PAST].map((start) => shownAt(tab, start))).to.deep.equal(['open', 'held', 'held']);
    await tab.clock.advance(100);
    expect((await second).slotStarts).to.deep.equal([TWENTY_PAST, FORTY_PAST]);
    expectTruth(tab);
  });
});

describe('a hold', () => {
  it('of a service by its id is the same as by its slug, and another one at the same time is not', async () => {
    const tab = await visit({ faults: { latency: 50 } });
    await tab.clock.advance(500);
    const first = tab.calendar.hold(SERVICES.firstVisit.id, NINE);
    expect(holdOf(tab)?.slotStarts).to.deep.equal([NINE, TWENTY_PAST]);
    await tab.clock.advance(100);
    expect(await first).to.deep.include({ serviceId: SERVICES.firstVisit.id, slotStarts: [NINE, TWENTY_PAST] });
    const other = tab.calendar.hold('consultation', NINE);
    expect(holdOf(tab)).to.deep.include({ serviceId: SERVICES.consultation.id, slotStarts: [NINE], heldUntil: null });
    await tab.clock.advance(100);
    expect((await other).heldUntil).to.equal('2026-11-23T07:05:01Z');
  });

  it('knows its slots from the answer where the picture had them not free', async () => {
    const tab = await visit();
    const { database } = tab.project;
    database.setStatus(MIRA.id, NINE, TWENTY_PAST, 'blocked');
    await tab.clock.advance(10);
    expect(shownAt(tab, NINE)).to.equal(null);
    tab.backend.socket.losesMessages = 1;
    database.setStatus(MIRA.id, NINE, TWENTY_PAST, 'open');
    const { slotStarts } = await tab.calendar.hold('consultation', NINE);
    expect([slotStarts, shownAt(tab, NINE)]).to.deep.equal([[NINE], 'held']);
    await tab.clock.advance(5_000);
    expect(holdOf(tab)?.start).to.equal(NINE);
  });

  it('knows its slots from the answer while the calendar has loaded none', async () => {
    const tab = await visit({ faults: { refuses: { calendar: 'network' } } });
    const { slotStarts, heldUntil } = await tab.calendar.hold('first-visit', NINE);
    expect([slotStarts, heldUntil]).to.deep.equal([[NINE, TWENTY_PAST], '2026-11-23T07:05:00Z']);
    await tab.clock.advance(MINUTE);
    expect((await tab.calendar.hold('consultation', TEN)).slotStarts).to.deep.equal([TEN]);
  });

  it('is what is wanted now, while the one before is still being asked for', async () => {
    const tab = await visit({ faults: { latency: 50 } });
    await tab.clock.advance(500);
    const first = failure(tab.calendar.hold('consultation', NINE));
    await tab.clock.advance(60);
    const second = tab.calendar.hold('consultation', TEN);
    expect(holdOf(tab)?.start).to.equal(TEN);
    await tab.clock.advance(60);
    expect([await first, holdOf(tab)?.start]).to.deep.equal(['none', TEN]);
    await tab.clock.advance(100);
    expect((await second).slotStarts).to.deep.equal([TEN]);
    expectTruth(tab);
  });

  it('is not asked for again after a lost answer when another time is wanted by then', async () => {
    const tab = await visit();
    tab.backend.faults.losesAnswers = 1;
    const first = failure(tab.calendar.hold('consultation', NINE));
    await tab.clock.advance(100);
    const second = tab.calendar.hold('consultation', TEN);
    await tab.clock.advance(1_000);
    expect([await first, (await second).start, sent(tab, 'hold')]).to.deep.equal(['aborted', TEN, 2]);
    expectTruth(tab);
    expect(heldInDatabase(tab).map(({ start }) => start)).to.deep.equal([TEN]);
  });

  it('keeps its countdown while its extension is asked for again', async () => {
    const tab = await visit();
    await tab.calendar.hold('consultation', NINE);
    await tab.clock.advance(MINUTE);
    tab.backend.faults.losesAnswers = 1;
    const again = tab.calendar.hold('consultation', NINE);
    await tab.clock.advance(100);
    expect(holdOf(tab)?.heldUntil).to.equal('2026-11-23T07:05:00Z');
    await tab.clock.advance(1_000);
    expect((await again).heldUntil).to.equal('2026-11-23T07:06:00Z');
  });

  it('is confirmed by a second answer that says nothing of a change, as the first one was lost', async () => {
    const tab = await visit();
    const { hold } = tab.backend;
    let asked = 0;
    tab.backend.hold = async (request, signal) => {
      const result = await hold(request, signal);
      return ++asked === 1 ? result : { ...result, change: null };
    };
    tab.backend.faults.losesAnswers = 1;
    tab.backend.socket.losesMessages = 1;
    const held = tab.calendar.hold('consultation', NINE);
    await tab.clock.advance(1_000);
    expect((await held).slotStarts).to.deep.equal([NINE]);
    await tab.clock.advance(5_000);
    expect([holdOf(tab)?.start, shownAt(tab, NINE)]).to.deep.equal([NINE, 'held']);
  });

  describe('whose answer says nothing of a change, as it was over by then', () => {
    /** The answer, and no message at all, arrives after the server released the time. */
    async function grantedTooLate(): Promise<Visit> {
      const tab = await visit();
      const { hold } = tab.backend;
      tab.backend.hold = async (request, signal) => {
        const result = await hold(request, signal);
        tab.project.database.release({ visitor: request.visitor });
        return { ...result, change: null };
      };
      tab.backend.socket.losesMessages = Infinity;
      return tab;
    }

    it('is over once a fetch shows that', async () => {
      const tab = await grantedTooLate();
      expect((await tab.calendar.hold('consultation', NINE)).start).to.equal(NINE);
      await tab.clock.advance(1);
      expect([holdOf(tab), shownAt(tab, NINE)]).to.deep.equal([null, 'open']);
      expect(tab.backend.calls.slice(2)).to.deep.equal(['hold', 'changes', 'changes']);
    });

    it('is kept while nothing can be fetched', async () => {
      const tab = await grantedTooLate();
      const held = tab.calendar.hold('consultation', NINE);
      tab.backend.faults.refuses = { changes: 'network' };
      await held;
      await tab.clock.advance(1_000);
      expect(holdOf(tab)?.start).to.equal(NINE);
      tab.backend.faults.refuses = {};
      await tab.clock.advance(15_000);
      expect(holdOf(tab)).to.equal(null);
    });
  });
});

describe('a hold of a time that staff block', () => {
  async function blocked(service = 'consultation'): Promise<Visit> {
    const tab = await visit();
    await tab.calendar.hold(service, NINE);
    tab.project.database.setStatus(MIRA.id, NINE, TWENTY_PAST, 'blocked');
    await tab.clock.advance(10);
    return tab;
  }

  it('is kept, although the time isn’t shown any more, and can be booked', async () => {
    const tab = await blocked();
    const other = await visit({ clock: tab.clock, project: tab.project });
    expect([holdOf(tab)?.start, shownAt(tab, NINE), shownAt(other, NINE)]).to.deep.equal([NINE, null, null]);
    expect(await failure(other.calendar.hold('consultation', NINE))).to.equal('slot_taken');
    const patient = { name: 'Ada Byron', email: 'ada@example.org' };
    const { appointment } = await tab.calendar.book({ service: 'consultation', start: NINE, patient });
    expect([appointment.start, holdOf(tab)]).to.deep.equal([NINE, null]);
    expectTruth(tab);
  });

  for (const [service, slots] of [
    ['consultation', [NINE]],
    ['first-visit', [NINE, TWENTY_PAST]],
  ] as const) {
    it(`is extended without losing its slots (${slots.length})`, async () => {
      const tab = await blocked(service);
      await tab.clock.advance(MINUTE);
      const { heldUntil, slotStarts } = await tab.calendar.hold(service, NINE);
      expect([heldUntil, slotStarts]).to.deep.equal(['2026-11-23T07:06:00Z', slots]);
      await tab.clock.advance(5_000);
      expect(holdOf(tab)?.slotStarts).to.deep.equal(slots);
    });
  }

  it('ends when it runs out, and leaves the time blocked', async () => {
    const tab = await blocked();
    await tab.clock.advance(5 * MINUTE - 1_000);
    expect(holdOf(tab)?.start).to.equal(NINE);
    await tab.clock.advance(2_000);
    expect([holdOf(tab), shownAt(tab, NINE), sent(tab, 'release')]).to.deep.equal([null, null, 0]);
  });

  it('is over once the server shows the time open', async () => {
    const tab = await blocked();
    tab.project.database.setStatus(MIRA.id, NINE, TWENTY_PAST, 'open');
    await tab.clock.advance(10);
    expect([holdOf(tab)?.start, shownAt(tab, NINE)]).to.deep.equal([NINE, 'held']);
    const held = tab.calendar.getState().slots.get(Date.parse(NINE) / MINUTE)!;
    const { revision } = tab.calendar.getState();
    const open = { ...held, status: 'open' as const, held_until: null, revision: revision + 1 };
    tab.backend.socket.deliver(MIRA.id, { after: revision, revision: revision + 1, slots: [open], fullDays: [] });
    await tab.clock.advance(10);
    expect([holdOf(tab), shownAt(tab, NINE)]).to.deep.equal([null, 'open']);
  });
});

describe('letting go', () => {
  it('asks nothing where nothing is held', async () => {
    const tab = await visit();
    await tab.calendar.release();
    tab.page.leave();
    await tab.clock.settle();
    expect(sent(tab, 'release')).to.equal(0);
  });

  it('asks nothing when another time is wanted before its turn', async () => {
    const tab = await visit({ faults: { latency: 50 } });
    await tab.clock.advance(500);
    const held = failure(tab.calendar.hold('consultation', NINE));
    const released = failure(tab.calendar.release());
    const other = tab.calendar.hold('consultation', TEN);
    await tab.clock.advance(500);
    expect([await held, await released, (await other).start]).to.deep.equal(['aborted', 'none', TEN]);
    expect([sent(tab, 'hold'), sent(tab, 'release')]).to.deep.equal([1, 0]);
  });

  it('is repeated after half a minute when it was too much at once', async () => {
    const tab = await visit();
    await tab.calendar.hold('consultation', NINE);
    tab.backend.faults.refuses = { release: 'rate_limited' };
    await tab.calendar.release();
    expect([holdOf(tab), heldInDatabase(tab).length]).to.deep.equal([null, 1]);
    tab.backend.faults.refuses = {};
    await tab.clock.advance(29_000);
    expect(heldInDatabase(tab)).to.have.length(1);
    await tab.clock.advance(2_000);
    expect(heldInDatabase(tab)).to.have.length(0);
  });

  for (const realtime of ['broadcast', 'off'] as const) {
    it(`is repeated once the server can be reached when it could not (realtime: ${realtime})`, async () => {
      const tab = await visit({ realtime });
      await tab.calendar.hold('consultation', NINE);
      tab.backend.goOffline();
      const released = tab.calendar.release();
      await tab.clock.advance(10_000);
      await released;
      expect([holdOf(tab), heldInDatabase(tab).length]).to.deep.equal([null, 1]);
      tab.backend.goOnline();
      tab.page.wake();
      await tab.clock.advance(5_000);
      expect(heldInDatabase(tab)).to.have.length(0);
    });
  }

  it('by leaving the page is repeated when somebody comes back to it', async () => {
    const tab = await visit();
    await tab.calendar.hold('consultation', NINE);
    tab.backend.goOffline();
    tab.page.leave();
    await tab.clock.settle();
    expect([holdOf(tab), heldInDatabase(tab).length]).to.deep.equal([null, 1]);
    tab.backend.goOnline();
    tab.page.wake();
    await tab.clock.advance(5_000);
    expect(heldInDatabase(tab)).to.have.length(0);
  });

  it('also lets go of a time that is only granted after everybody left', async () => {
    const tab = await visit();
    const { hold } = tab.backend;
    tab.backend.hold = async (request, signal) => {
      await new Promise<void>((resolve) => tab.clock.after(3_000, resolve));
      return hold(request, signal);
    };
    const held = failure(tab.calendar.hold('consultation', NINE));
    tab.leave();
    await tab.clock.advance(2_000);
    expect(sent(tab, 'release')).to.equal(1);
    await tab.clock.advance(2_000);
    expect([await held, sent(tab, 'release'), heldInDatabase(tab).length]).to.deep.equal(['aborted', 2, 0]);
  });
});

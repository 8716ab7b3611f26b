/** What a desk shows and remembers, and for whom it is kept live. */
import { expect } from '@open-wc/testing';
import type { DayRange } from '../../../src/core/desk/state.ts';
import { addDays } from '../../../src/core/time/time-zones.ts';
import { at, DESK_MIRA, DESK_NOW } from '../../support/memory/desk-seed.ts';
import { beginShift, WEEK } from '../../support/memory/desk-shift.ts';
import { AMARA, MIRA } from '../../support/memory/memory-seed.ts';

const FRIDAY_11 = at('2026-11-27', '11:00');
const FRIDAY_12 = at('2026-11-27', '12:00');
const patient = { name: 'Berit Blom', email: null, phone: null, note: null };

describe('a desk’s state', () => {
  it('has news of its own provider alone', async () => {
    const shift = await beginShift();
    const before = shift.live.getState().news.length;
    shift.desk.book(
      { provider: AMARA.id, service: 'follow-up', start: at('2026-11-30', '10:00'), patient, request_id: 'r' },
      'patient',
    );
    void shift.live.refresh();
    await shift.clock.advance(1_000);
    expect(shift.desk.news[0]?.patient_name).to.equal('Berit Blom');
    expect(shift.live.getState().news).to.have.length(before);
  });

  it('changes by itself when the next hold is over', async () => {
    const shift = await beginShift();
    shift.desk.hold(MIRA.id, FRIDAY_11, 20, DESK_NOW + 8_000);
    shift.desk.hold(MIRA.id, FRIDAY_12, 20, DESK_NOW + 7_000);
    await shift.clock.advance(1_000);
    const times: number[] = [];
    shift.live.subscribe(() => times.push(shift.clock.now() - DESK_NOW));
    shift.backend.faults.latency = 60_000;
    await shift.clock.advance(7_000);
    expect(times).to.include.members([7_000, 8_000]);
  });

  it('is an error while nothing is known and nothing can be fetched, but not while it is only not live', async () => {
    const refused = await beginShift(({ faults }) => (faults.refuses.agenda = 'not_allowed'));
    expect(refused.live.getState()).to.include({ status: 'error', provider: null });
    expect(refused.live.getState().error?.code).to.equal('not_allowed');
    const mute = await beginShift(({ socket }) => (socket.refuses = true));
    expect(mute.live.getState()).to.include({ status: 'ready' });
    expect(mute.live.getState().error?.code).to.equal('realtime_refused');
    mute.backend.faults.latency = 60_000;
    mute.live.show({ from: '2026-12-07', to: '2026-12-13' });
    expect(mute.live.getState()).to.include({ status: 'loading' });
    expect(mute.live.getState().provider?.id, 'of another week').to.equal(DESK_MIRA.id);
  });

  it('knows when it was last equal to the database’s, and the server’s clock', async () => {
    const shift = await beginShift();
    const { freshAt, clockOffset } = shift.live.getState();
    expect(freshAt).to.be.within(DESK_NOW, DESK_NOW + 1_000);
    expect(Math.abs(clockOffset)).to.be.lessThan(5);
    shift.backend.faults.latency = 100;
    await shift.clock.advance(60_000);
    expect(shift.live.getState().freshAt).to.be.within(shift.clock.now() - 20_200, shift.clock.now());
  });

  it('goes by the server’s clock', async () => {
    const shift = await beginShift();
    shift.desk.time = () => new Date(shift.clock.now() + 1_800_000).toISOString();
    void shift.live.refresh();
    await shift.clock.advance(1_000);
    expect(shift.live.getState().clockOffset).to.equal(1_800_000);
    void shift.live.book({ service: 'consultation', start: FRIDAY_12, patient });
    expect(shift.appointment('Berit Blom').created_at).to.equal(shift.desk.time());
    await shift.clock.advance(1_000);
  });

  it('has the viewers of the public page, as they come and go', async () => {
    const shift = await beginShift();
    expect(shift.live.getState()).to.include({ viewers: 3, viewersCapped: false });
    const seen: unknown[] = [];
    shift.live.subscribe(() => seen.push(shift.live.getState().viewers));
    shift.desk.realtime.setStrangers(MIRA.id, 5);
    await shift.clock.advance(300);
    expect(seen).to.deep.equal([5]);
  });

  it('is fetched once for days that are shown already', async () => {
    const shift = await beginShift();
    const before = shift.count('agenda');
    shift.live.show({ ...WEEK });
    await shift.clock.advance(100);
    expect(shift.count('agenda')).to.equal(before);
  });

  it('remembers eight weeks, those looked at last', async () => {
    const shift = await beginShift();
    const week = (number: number): DayRange => ({
      from: addDays(WEEK.from, 7 * number),
      to: addDays(WEEK.to, 7 * number),
    });
    const statusOf = async (number: number) => {
      shift.live.show(week(number));
      const { status } = shift.live.getState();
      await shift.clock.advance(100);
      return status;
    };
    for (let number = 1; number < 8; number++) expect(await statusOf(number)).to.equal('loading');
    expect(await statusOf(0)).to.equal('ready');
    expect(await statusOf(8)).to.equal('loading');
    expect([await statusOf(0), await statusOf(2)]).to.deep.equal(['ready', 'ready']);
    expect(await statusOf(1)).to.equal('loading');
  });
});

describe('who looks at a desk', () => {
  it('may leave and come back at once, as an element that moves in the page', async () => {
    const shift = await beginShift();
    let calls = 0;
    const second = shift.live.subscribe(() => calls++);
    shift.leave();
    shift.leave();
    await shift.clock.advance(5_000);
    expect(shift.live.getState().connection).to.equal('live');
    second();
    await shift.clock.advance(900);
    const third = shift.live.subscribe(() => undefined);
    await shift.clock.advance(5_000);
    expect([shift.live.getState().connection, shift.backend.socket.connected]).to.deep.equal(['live', true]);
    third();
    await shift.clock.advance(1_001);
    expect([shift.backend.socket.connected, shift.clock.pending, shift.page.listeners]).to.deep.equal([false, 0, 0]);
    const before = calls;
    shift.live.show({ from: '2026-12-07', to: '2026-12-13' });
    await shift.clock.settle();
    expect(calls, 'its listener is called no more').to.equal(before);
  });

  it('is called once for what belongs together', async () => {
    const shift = await beginShift();
    let calls = 0;
    shift.live.subscribe(() => calls++);
    shift.backend.socket.down();
    await shift.clock.settle();
    expect(calls).to.equal(1);
  });
});

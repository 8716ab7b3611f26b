import { expect } from '@open-wc/testing';
import { ScheduledTask } from '../../../src/core/time/scheduled-task.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';

function setUp() {
  const clock = createFakeClock();
  const runs: [at: number, slept: boolean, reason: string][] = [];
  const begun = clock.now();
  const plan = new ScheduledTask(clock, (slept, reason) => runs.push([clock.now() - begun, slept, reason]));
  return { clock, plan, runs };
}

describe('what is planned', () => {
  it('is done once, at the soonest of the times that were asked for, for the reason of that one', async () => {
    const { clock, plan, runs } = setUp();
    plan.scheduleWithin([500, 500], 'late');
    plan.scheduleWithin([200, 200], 'soon');
    plan.scheduleWithin([200, 200], 'as soon');
    plan.scheduleWithin([900, 900]);
    expect(plan.reason).to.equal('soon');
    await clock.advance(2_000);
    expect([runs, plan.reason, clock.pending]).to.deep.equal([[[200, false, 'soon']], null, 0]);
  });

  it('is done somewhere within its range', async () => {
    const times = new Set<number>();
    for (let round = 0; round < 50; round++) {
      const { clock, plan, runs } = setUp();
      for (let skipped = 0; skipped < round; skipped++) clock.random();
      plan.scheduleWithin([100, 200]);
      await clock.advance(200);
      const [at, , reason] = runs[0]!;
      expect([at >= 100, at <= 200, reason]).to.deep.equal([true, true, '']);
      times.add(at);
    }
    expect(times.size).to.be.greaterThan(25);
  });

  it('is not done once it is cancelled', async () => {
    const { clock, plan, runs } = setUp();
    plan.cancel();
    plan.scheduleWithin([100, 100], 'check');
    plan.cancel();
    expect([plan.reason, clock.pending]).to.deep.equal([null, 0]);
    await clock.advance(1_000);
    expect(runs).to.deep.equal([]);
  });

  it('knows that the machine slept when it is done more than fifteen seconds late', async () => {
    const awake = setUp();
    awake.plan.scheduleWithin([1_000, 1_000]);
    await awake.clock.jump(16_000);
    const slept = setUp();
    slept.plan.scheduleWithin([1_000, 1_000]);
    await slept.clock.jump(16_001);
    expect([awake.runs, slept.runs]).to.deep.equal([[[16_000, false, '']], [[16_001, true, '']]]);
  });
});

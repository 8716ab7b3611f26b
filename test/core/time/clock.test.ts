import { expect } from '@open-wc/testing';
import { systemClock } from '../../../src/core/time/clock.ts';

describe('the clock of the machine', () => {
  const passed = (ms: number) => new Promise<void>((resolve) => systemClock.after(ms, resolve));

  it('says what time it is', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).to.be.within(before, Date.now());
  });

  it('draws from 0 to below 1', () => {
    const drawn = Array.from({ length: 1_000 }, () => systemClock.random());
    expect([Math.min(...drawn) >= 0, Math.max(...drawn) < 1, new Set(drawn).size > 900]).to.deep.equal([
      true,
      true,
      true,
    ]);
  });

  it('runs what is due, in order, but for what was cancelled', async () => {
    const ran: string[] = [];
    const cancel = systemClock.after(1, () => ran.push('cancelled'));
    systemClock.after(30, () => ran.push('later'));
    systemClock.after(2, () => ran.push('sooner'));
    cancel();
    await passed(40);
    cancel();
    expect(ran).to.deep.equal(['sooner', 'later']);
  });
});

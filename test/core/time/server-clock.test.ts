import { expect } from '@open-wc/testing';
import { ServerClock } from '../../../src/core/time/server-clock.ts';

const NOON = Date.UTC(2026, 10, 24, 12);
const iso = (at: number) => new Date(at).toISOString();

describe('the server’s clock', () => {
  it('is taken to have been read in the middle of the request', () => {
    const clock = new ServerClock();
    expect(clock.offset).to.equal(0);
    clock.adjust(iso(NOON + 5_000), NOON, NOON + 400);
    expect(clock.offset).to.equal(4_800);
  });

  it('is believed from the first answer on, however long that took', () => {
    const clock = new ServerClock();
    clock.adjust(iso(NOON + 100), NOON, NOON + 1_000);
    expect(clock.offset).to.equal(-400);
  });

  it('stays as it was estimated while answers don’t contradict that', () => {
    const clock = new ServerClock();
    clock.adjust(iso(NOON + 5_000), NOON, NOON);
    clock.adjust(iso(NOON + 5_000), NOON, NOON + 400);
    clock.adjust(iso(NOON + 5_400), NOON, NOON + 400);
    expect(clock.offset).to.equal(5_000);
  });

  it('is estimated anew when an answer contradicts', () => {
    const clock = new ServerClock();
    clock.adjust(iso(NOON + 5_000), NOON, NOON);
    clock.adjust(iso(NOON + 5_401), NOON, NOON + 400);
    expect(clock.offset).to.equal(5_201);
    clock.adjust(iso(NOON - 60_000), NOON, NOON);
    expect(clock.offset).to.equal(-60_000);
  });
});

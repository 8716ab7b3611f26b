import { expect } from '@open-wc/testing';
import { askAgain } from '../../src/core/ask-again.ts';
import { OpenslotError } from '../../src/core/errors.ts';
import { createFakeClock } from '../support/fake-clock.ts';

describe('asking again', () => {
  it('goes on while answers get lost, with growing waits, and ends when patience does', async () => {
    const clock = createFakeClock();
    const asked: number[] = [];
    const start = clock.now();
    const lost = askAgain(clock, 45_000, () => {
      asked.push(clock.now() - start);
      return Promise.reject(new OpenslotError('network'));
    }).catch((error: unknown) => error);
    await clock.advance(60_000);
    expect(await lost).to.have.property('code', 'network');
    const waits = asked.slice(1).map((at, index) => at - asked[index]!);
    expect(waits[0]).to.be.within(200, 400);
    expect(Math.max(...waits)).to.be.within(4_000, 8_000);
    expect(asked.at(-1)).to.be.within(37_000, 45_000);
  });

  it('takes a refusal, and anything unknown, for an answer', async () => {
    const clock = createFakeClock();
    for (const error of [new OpenslotError('slot_taken'), new TypeError('broken')]) {
      let asked = 0;
      const refused = askAgain(clock, 45_000, () => {
        asked++;
        return Promise.reject(error);
      });
      expect(await refused.catch((reason: unknown) => reason)).to.equal(error);
      expect(asked).to.equal(1);
    }
  });
});

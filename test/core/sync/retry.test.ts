import { expect } from '@open-wc/testing';
import { retry } from '../../../src/core/sync/retry.ts';
import { OpenslotError } from '../../../src/core/errors.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';

describe('asking again', () => {
  it('goes on while answers get lost, with growing waits, and ends when patience does', async () => {
    const clock = createFakeClock();
    const asked: number[] = [];
    const start = clock.now();
    const lost = retry(clock, 45_000, () => {
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

  it('trusts nobody but the database once an answer was lost', async () => {
    const clock = createFakeClock();
    const fates = ['network', 'rate_limited', 'invalid_key', 'slot_taken'] as const;
    let asked = 0;
    const outcome = retry(clock, 45_000, () => Promise.reject(new OpenslotError(fates[asked++]!))).catch(
      (error: unknown) => error,
    );
    await clock.advance(45_000);
    expect(await outcome).to.have.property('code', 'slot_taken');

    asked = 0;
    const unknown = retry(clock, 45_000, () => {
      return Promise.reject(new OpenslotError(asked++ === 0 ? 'project_unavailable' : 'rate_limited'));
    }).catch((error: unknown) => error);
    await clock.advance(60_000);
    expect(await unknown).to.have.property('code', 'project_unavailable');
  });

  it('ends when its question was withdrawn, also once an answer was lost', async () => {
    const clock = createFakeClock();
    const fates = ['network', 'aborted', 'slot_taken'] as const;
    let asked = 0;
    const outcome = retry(clock, 45_000, () => Promise.reject(new OpenslotError(fates[asked++]!))).catch(
      (error: unknown) => error,
    );
    await clock.advance(45_000);
    expect(await outcome).to.have.property('code', 'aborted');
    expect([asked, clock.pending]).to.deep.equal([2, 0]);
  });

  it('waits for nothing after the answer', async () => {
    const clock = createFakeClock();
    expect(await retry(clock, 45_000, () => Promise.resolve('yes'))).to.equal('yes');
    expect(clock.pending).to.equal(0);
  });

  it('does not wait to ask again when patience ended with the last question', async () => {
    const clock = createFakeClock();
    const slow = retry(
      clock,
      1_000,
      () => new Promise((_, reject) => clock.after(2_000, () => reject(new OpenslotError('network')))),
    ).catch((error: unknown) => error);
    await clock.advance(2_000);
    expect(clock.pending).to.equal(0);
    expect(await slow).to.have.property('code', 'network');
  });

  it('takes a refusal, and anything unknown, for an answer', async () => {
    const clock = createFakeClock();
    for (const error of [new OpenslotError('slot_taken'), new TypeError('broken')]) {
      let asked = 0;
      const refused = retry(clock, 45_000, () => {
        asked++;
        return Promise.reject(error);
      });
      expect(await refused.catch((reason: unknown) => reason)).to.equal(error);
      expect(asked).to.equal(1);
    }
  });
});

import { expect } from '@open-wc/testing';
import { OpenslotError } from '../../../src/core/errors.ts';
import { retryRange } from '../../../src/core/sync/retry-range.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';

const clock = createFakeClock();
const MINUTE = 60_000;

describe('when a request that failed is repeated', () => {
  it('is as long after as the server asks, and up to half as much later; without that, a minute', () => {
    const limited = (detail: object) => new OpenslotError('rate_limited', undefined, { detail: { ...detail } });
    expect(retryRange(clock, limited({ retry_after_seconds: 8 }), 1)).to.deep.equal([8_000, 12_000]);
    expect(retryRange(clock, limited({}), 1)).to.deep.equal([MINUTE, 1.5 * MINUTE]);
  });

  it('is after minutes where waiting alone mends nothing', () => {
    expect(retryRange(clock, new OpenslotError('not_installed'), 1)).to.deep.equal([2 * MINUTE, 5 * MINUTE]);
  });

  it('is after half a second and up to 4, 8, 16, 32 and then 60 s more where it may', () => {
    for (const [failures, most] of [4_000, 8_000, 16_000, 32_000, MINUTE, MINUTE].entries()) {
      const waits = Array.from({ length: 200 }, () => {
        const [from, to] = retryRange(clock, new OpenslotError('network'), failures + 1);
        expect(from).to.equal(to);
        return from - 500;
      });
      expect(Math.min(...waits)).to.be.within(0, most * 0.1);
      expect(Math.max(...waits)).to.be.within(most * 0.9, most);
    }
  });
});

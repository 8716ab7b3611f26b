import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { isoInstant } from '../../../src/core/time/iso-instant.ts';

const MINUTE = 60_000;

describe('an instant as text', () => {
  it('is that of the browser, without a fraction of a second when there is none', () => {
    const instants = fc.oneof(
      fc.integer({ min: -1e10, max: 1e10 }).map((minute) => minute * MINUTE),
      fc.integer({ min: 0, max: 3_000 }).map((minute) => Date.UTC(2026, 11, 31) + minute * MINUTE),
      fc.integer({ min: -8.64e15, max: 8.64e15 }),
    );
    fc.assert(
      fc.property(instants, (at) => {
        expect(isoInstant(at)).to.equal(new Date(at).toISOString().replace('.000Z', 'Z'));
      }),
      { seed: 20261124, numRuns: 2_000 },
    );
  });

  it('is none for what is no instant', () => {
    for (const at of [NaN, Infinity, 8.64e15 + MINUTE]) expect(() => isoInstant(at), String(at)).to.throw(RangeError);
  });
});

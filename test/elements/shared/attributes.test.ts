import { expect } from '@open-wc/testing';
import { hourCycleFrom, weekdayFrom } from '../../../src/elements/shared/attributes.ts';

describe('attributes that several elements have', () => {
  it('leave it to the language where they have no value that can be used', () => {
    expect(['h12', 'h25', ''].map(hourCycleFrom)).to.deep.equal(['h12', undefined, undefined]);
    expect(['sunday', 'saturday', '', 'lördag'].map(weekdayFrom)).to.deep.equal([0, 6, undefined, undefined]);
  });
});

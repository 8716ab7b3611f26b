import { expect } from '@open-wc/testing';
import { CLIENT_CODES, isOpenslotError, OpenslotError, SERVER_CODES, toOpenslotError } from '../../src/core/errors.ts';

describe('an error of the SDK', () => {
  it('has its code, and what is known beside it', () => {
    const cause = new TypeError('Failed to fetch');
    const error = new OpenslotError('network', 'no answer', { cause, status: 502, detail: { name: 'x' } });
    expect(error).to.include({ name: 'OpenslotError', code: 'network', message: 'no answer', status: 502, cause });
    expect(JSON.parse(JSON.stringify(error))).to.deep.equal({
      name: 'OpenslotError',
      code: 'network',
      message: 'no answer',
      status: 502,
      detail: { name: 'x' },
    });
    const bare = new OpenslotError('slot_taken');
    expect([bare.message, bare.status, bare.detail, 'cause' in bare]).to.deep.equal(['slot_taken', null, {}, false]);
  });

  it('passes by itself only where nobody answered, or no answer of the database’s', () => {
    const passing = [...SERVER_CODES, ...CLIENT_CODES].filter((code) => new OpenslotError(code).transient);
    expect(passing).to.deep.equal(['project_unavailable', 'network', 'bad_response']);
  });

  it('is known as one, also when another copy of the SDK made it, and anything else is not', () => {
    const copy = Object.defineProperty(new Error('slot_taken'), Symbol.for('openslot.error'), { value: true });
    for (const error of [new OpenslotError('slot_taken'), copy]) {
      expect(isOpenslotError(error)).to.equal(true);
      expect(toOpenslotError(error)).to.equal(error);
    }
    for (const other of [new Error('slot_taken'), { code: 'slot_taken' }, null, undefined, 'slot_taken']) {
      expect(isOpenslotError(other)).to.equal(false);
      const unknown = toOpenslotError(other);
      expect([unknown.code, unknown.cause]).to.deep.equal(['unknown', other]);
    }
  });
});

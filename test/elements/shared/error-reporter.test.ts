import { expect } from '@open-wc/testing';
import { OpenslotError } from '../../../src/core/errors.ts';
import { ErrorReporter } from '../../../src/elements/shared/error-reporter.ts';

describe('an error reporter', () => {
  let codes: string[];
  let errors: ErrorReporter;

  beforeEach(() => {
    codes = [];
    const host = document.createElement('div');
    host.addEventListener('openslot-error', ({ detail }) => codes.push(detail.error.code));
    errors = new ErrorReporter(host);
  });

  it('dispatches an event once for as long as the error lasts', () => {
    expect(errors.report(new OpenslotError('network'))).to.equal(true);
    expect(errors.report(new OpenslotError('network', 'in other words'))).to.equal(false);
    expect(codes).to.deep.equal(['network']);
  });

  it('dispatches it again after the error was over', () => {
    errors.report(new OpenslotError('network'));
    expect(errors.report(null)).to.equal(false);
    expect(errors.report(new OpenslotError('network'))).to.equal(true);
    expect(codes).to.deep.equal(['network', 'network']);
  });

  it('takes an error with another code or other details for another one', () => {
    const invalid = (name: string) => new OpenslotError('invalid_config', undefined, { detail: { name } });
    const reported = [invalid('provider'), invalid('view'), new OpenslotError('network')].map((error) =>
      errors.report(error),
    );
    expect(reported).to.deep.equal([true, true, true]);
    expect(codes).to.deep.equal(['invalid_config', 'invalid_config', 'network']);
  });
});

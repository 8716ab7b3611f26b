/* eslint-disable no-console -- what is written there is to fail a test */
import { expect, waitUntil } from '@open-wc/testing';

/** What would have failed the test, in place of Mocha. */
function intercept(): { readonly errors: string[]; stop(): void } {
  const errors: string[] = [];
  const { onerror } = window;
  window.onerror = (_event, _source, _line, _column, error) => errors.push(error?.message ?? '') > 0;
  return { errors, stop: () => (window.onerror = onerror) };
}

describe('a test fails', () => {
  it('for what is printed as an error', () => {
    const { errors, stop } = intercept();
    console.error('printed', 7);
    console.error('printed with its cause', new TypeError('cause'));
    stop();
    expect(errors).to.deep.equal(['printed 7', 'cause']);
  });

  it('for a promise that nobody handles', async () => {
    const { errors, stop } = intercept();
    void Promise.reject(new TypeError('rejected'));
    await waitUntil(() => errors.length > 0);
    stop();
    expect(errors).to.deep.equal(['rejected']);
  });
});

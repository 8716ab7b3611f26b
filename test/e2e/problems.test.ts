/* eslint-disable no-console -- pages write there what is to be found */
import { expect, test } from './clinic.ts';

test('an error in a page or in one of its workers is found, wherever it occurs', async ({
  page,
  sandbox,
  problems,
}) => {
  problems.expect(
    /^uncaught: Error: thrown$/,
    /^uncaught: Error: rejected$/,
    /^console: written /,
    /^uncaught: Error: of a worker$/,
    /^console: written by a service worker /,
  );
  await page.goto(new URL('/embedded', sandbox.url).href);
  const serviceWorker = page.context().waitForEvent('serviceworker');
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('thrown');
    });
    void Promise.reject(new Error('rejected'));
    console.error('written');
    new Worker(URL.createObjectURL(new Blob([`throw new Error('of a worker')`])));
    void navigator.serviceWorker.register('/openslot/openslot-push.js');
  });
  await (await serviceWorker).evaluate(() => console.error('written by a service worker'));
  await expect.poll(() => problems.missing).toEqual([]);
});

import { axeFindsNothing } from '../../support/pages/axe.ts';
import { DeskPage } from '../../support/pages/desk-page.ts';

const FREE = 'Friday 27 November, 11:00–11:20, open';

async function opened(...buttons: (string | RegExp)[]): Promise<DeskPage> {
  const page = await DeskPage.open();
  for (const button of buttons) await page.press(button);
  return page;
}

describe('axe finds nothing at the desk', () => {
  axeFindsNothing([
    ['signing in', () => DeskPage.open({ as: null })],
    [
      'signing in, with a mistake',
      async () => {
        const page = await DeskPage.open({ as: null });
        await page.press('Sign in');
        await page.sees('Please enter your e-mail address.');
        return page;
      },
    ],
    ['while loading', () => DeskPage.open({ faults: { latency: 1e6 }, impatient: true })],
    ['in the week', () => DeskPage.open()],
    ['on one day', () => DeskPage.open({ width: 360 })],
    ['among times', () => opened(FREE)],
    ['booking', () => opened(FREE, /^Book for a patient/, 'Book')],
    ['in an appointment', () => opened(/Lea Roth/)],
    ['in one that is over', () => opened(/Eva Berg/)],
    ['moving', () => opened(/Lea Roth/, 'Move')],
    ['cancelling', () => opened(/Lea Roth/, 'Cancel appointment')],
    [
      'after blocking',
      async () => {
        const page = await opened(FREE, /^Block/);
        await page.sees('1 time is blocked.');
        return page;
      },
    ],
    ['as nobody’s member', () => DeskPage.open({ as: 'stranger@example.com', impatient: true })],
    [
      'offline',
      async () => {
        const page = await DeskPage.open();
        page.backend.goOffline();
        window.dispatchEvent(new Event('online'));
        await page.sees(/This may be old: as of 12:4\d\./);
        return page;
      },
    ],
  ]);
});

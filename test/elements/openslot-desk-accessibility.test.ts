import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { DeskPage } from '../support/desk-page.ts';
import { MIRA } from '../support/memory-seed.ts';

const FREE = 'Friday 27 November, 11:00–11:20, open';

async function opened(...buttons: (string | RegExp)[]): Promise<DeskPage> {
  const page = await DeskPage.open();
  for (const button of buttons) await page.press(button);
  return page;
}

describe('axe finds nothing at the desk', () => {
  afterEach(() => emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' }));

  const states: [name: string, reach: () => Promise<DeskPage>][] = [
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
    ['in the menu', () => opened('Settings and account')],
    [
      'in the hours, with what would change',
      async () => {
        const page = await opened('Edit hours', /^Remove .* on Friday/, 'See what changes');
        await page.sees('would lie outside');
        return page;
      },
    ],
    [
      'in the hours, overtaken',
      async () => {
        const page = await opened('Edit hours', 'Add hours on Saturday');
        page.desk.setHours({ provider: MIRA.id, hours: { rules: [], exceptions: [] }, version: 1, preview: false });
        await page.sees('Somebody changed the hours meanwhile.');
        return page;
      },
    ],
    ['in the rules', () => opened('Settings and account', 'Booking rules')],
    [
      'in the team',
      async () => {
        const page = await opened('Settings and account', 'Team', 'Remove desk@northside.example');
        await page.sees('Yes, remove');
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
        await page.sees('This may be old');
        return page;
      },
    ],
  ];
  for (const [name, reach] of states) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`${name}, ${colorScheme}`, async () => {
        await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const page = await reach();
        const place = page.element.parentElement!;
        place.style.colorScheme = 'light dark';
        place.style.background = 'Canvas';
        await expect(page.element).to.be.accessible();
      });
    }
  }
});

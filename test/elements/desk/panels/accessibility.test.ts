import { axeFindsNothing } from '../../../support/pages/axe.ts';
import { DeskPage } from '../../../support/pages/desk-page.ts';
import { MIRA } from '../../../support/memory/memory-seed.ts';

async function opened(...buttons: (string | RegExp)[]): Promise<DeskPage> {
  const page = await DeskPage.open();
  for (const button of buttons) await page.press(button);
  return page;
}

describe('axe finds nothing in the panels of the desk', () => {
  axeFindsNothing([
    ['in the menu', () => opened('Settings and account')],
    [
      'in the hours, with what would change',
      async () => {
        const page = await opened('Edit hours', /^Remove .* on Friday/, 'See what changes');
        await page.sees('1 appointment would lie outside your hours and stay:');
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
  ]);
});

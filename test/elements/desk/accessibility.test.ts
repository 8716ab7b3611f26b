import { axeFindsNothing } from '../../support/pages/axe.ts';
import { DeskPage } from '../../support/pages/desk-page.ts';

describe('axe finds nothing at the desk', () => {
  axeFindsNothing([
    [
      'in an appointment, above the week',
      async () => {
        const page = await DeskPage.open();
        await page.press(/Lea Roth/);
        await page.sees('Cancel appointment');
        return page;
      },
    ],
  ]);
});

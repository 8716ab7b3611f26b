import { axeFindsNothing } from '../../support/pages/axe.ts';
import { InboxPage } from '../../support/pages/inbox-page.ts';

describe('axe finds nothing in notifications', () => {
  axeFindsNothing([
    [
      'opened',
      async () => {
        const page = await InboxPage.open({ before: (database) => void database.tell() });
        await page.openPanel();
        return page;
      },
    ],
  ]);
});

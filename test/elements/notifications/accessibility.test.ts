import { axeFindsNothing, type State } from '../../support/pages/axe.ts';
import { InboxPage } from '../../support/pages/inbox-page.ts';

const told = { before: (database: InboxPage['database']) => void database.tell() };

async function opened(page: InboxPage): Promise<InboxPage> {
  await page.openPanel();
  return page;
}

describe('axe finds nothing in notifications', () => {
  const states: readonly State[] = [
    ['with a number at the bell', () => InboxPage.open(told)],
    ['opened', async () => opened(await InboxPage.open(told))],
    ['that can be chosen', async () => opened(await InboxPage.open({ ...told, attributes: { selectable: '' } }))],
    ['empty', async () => opened(await InboxPage.open())],
    ['loading', async () => opened(await InboxPage.open({ faults: { latency: 1e6 }, impatient: true }))],
    [
      'that can’t be reached',
      async () => {
        const page = await opened(await InboxPage.open({ faults: { offline: true }, impatient: true }));
        await page.sees('We can’t reach the clinic.');
        return page;
      },
    ],
    [
      'with a toast',
      async () => {
        const page = await InboxPage.open();
        page.database.tell();
        await page.until(() => page.toasts.length === 1, 'a toast');
        return page;
      },
    ],
    [
      'misconfigured',
      async () => opened(await InboxPage.open({ attributes: { 'time-zone': 'Shire' }, impatient: true })),
    ],
  ];
  axeFindsNothing(states);
});

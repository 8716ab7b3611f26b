import { createMemoryProject } from '../../support/memory/memory-backend.ts';
import { askingSeed } from '../../support/memory/memory-questions.ts';
import { axeFindsNothing } from '../../support/pages/axe.ts';
import { BookingPage, clockAt, NOW } from '../../support/pages/booking-page.ts';

describe('axe finds nothing', () => {
  axeFindsNothing([
    [
      'in the details, with questions that were not answered',
      async () => {
        const project = createMemoryProject({ clock: clockAt(NOW), seed: askingSeed(NOW) });
        const page = await BookingPage.open({ project });
        await page.hold('10:00');
        await page.sees('What brings you here?');
        await page.press('Book 10:00');
        await page.sees('Please tick this box to go on.');
        return page;
      },
    ],
  ]);
});

import { viewerZone, zoneLabel } from '../../../src/core/time/time-zones.ts';
import { axeFindsNothing, type State } from '../../support/pages/axe.ts';
import { BookingPage, clockAt, NOW } from '../../support/pages/booking-page.ts';
import { createMemoryProject } from '../../support/memory/memory-backend.ts';
import { askingSeed } from '../../support/memory/memory-questions.ts';

describe('axe finds nothing', () => {
  const states: readonly State[] = [
    ['while loading', () => BookingPage.open({ faults: { latency: 1e6 }, impatient: true })],
    ['among the times', () => BookingPage.open()],
    ['in a week', () => BookingPage.open({ attributes: { view: 'week' } })],
    [
      'while a time zone is chosen',
      async () => {
        const page = await BookingPage.open({ attributes: { 'time-zone': 'viewer' } });
        await page.press(zoneLabel(viewerZone(), NOW, 'en-GB'));
        await page.sees('All time zones');
        return page;
      },
    ],
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
    [
      'with a time struck',
      async () => {
        const page = await BookingPage.open();
        (await page.button('10:20')).focus();
        page.othersTake('10:00');
        await page.button('10:00, taken');
        return page;
      },
    ],
    [
      'in the details, with mistakes',
      async () => {
        const page = await BookingPage.open();
        await page.hold('10:00');
        await page.press('Book 10:00');
        await page.sees('Please enter your name.');
        return page;
      },
    ],
    [
      'when the time is taken',
      async () => {
        const page = await BookingPage.open();
        await page.hold('10:00');
        await page.fillDetails();
        page.backend.faults.refuses.book = 'slot_taken';
        await page.press('Book 10:00');
        await page.sees('10:00 was just taken.');
        return page;
      },
    ],
    [
      'when booked',
      async () => {
        const page = await BookingPage.open();
        await page.book('10:00');
        return page;
      },
    ],
    [
      'when asked to cancel',
      async () => {
        const page = await BookingPage.open();
        await page.book('10:00');
        await page.press('Cancel');
        return page;
      },
    ],
    [
      'when asked to move',
      async () => {
        const page = await BookingPage.open();
        await page.book('10:00');
        await page.press('Reschedule');
        await page.hold('13:00');
        return page;
      },
    ],
    [
      'with nothing free',
      async () => {
        const page = await BookingPage.open();
        page.project.database.setStatus('mira-lindqvist', '2026-11-01T00:00:00Z', '2027-12-01T00:00:00Z', 'booked');
        await page.sees('No free times right now.');
        return page;
      },
    ],
    [
      'offline',
      async () => {
        const page = await BookingPage.open();
        await page.becomes('live');
        page.backend.goOffline();
        window.dispatchEvent(new Event('offline'));
        await page.sees(/We can’t reach the clinic at the moment. Times as of 19:0\d\./);
        return page;
      },
    ],
    [
      'when misconfigured',
      async () => {
        const page = await BookingPage.open({ attributes: { provider: null }, impatient: true });
        await page.sees('This booking widget isn’t set up yet');
        return page;
      },
    ],
  ];
  axeFindsNothing(states);
});

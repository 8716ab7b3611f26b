import { expect } from '@open-wc/testing';
import { viewerZone, zoneLabel } from '../../../../src/core/time/time-zones.ts';
import { BookingPage, NOW } from '../../../support/pages/booking-page.ts';

describe('the zone of a clinic that browsers list by its former name', () => {
  it('is found among the first of the list all the same', async () => {
    const page = await BookingPage.open({ attributes: { provider: 'priya-raman', 'time-zone': 'viewer' } });
    await page.press(zoneLabel(viewerZone(), NOW, 'en-GB'));
    await page.sees('All time zones');
    expect(page.text).to.match(/(Yours|The clinic’s) Kolkata .*All time zones/);
  });
});

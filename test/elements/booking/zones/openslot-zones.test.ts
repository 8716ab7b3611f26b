import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { viewerZone, zoneLabel } from '../../../../src/core/time/time-zones.ts';
import { BookingPage, NOW } from '../../../support/pages/booking-page.ts';

/** A widget that shows times in the viewer's zone, with the list of zones open. */
async function open(): Promise<BookingPage> {
  const page = await BookingPage.open({ attributes: { 'time-zone': 'viewer' } });
  await page.press(zoneLabel(viewerZone(), NOW, 'en-GB'));
  await page.sees('All time zones');
  return page;
}

describe('the time zone', () => {
  it('is chosen from a list, and all times are shown in it', async () => {
    const page = await open();
    await sendKeys({ type: 'reykj' });
    await page.sees(/Reykjavik/);
    await sendKeys({ press: 'Enter' });
    await page.sees(/Times shown in Reykjavik \(GMT(\+0)?\)/);
    expect(page.times.slice(0, 2)).to.deep.equal(['8:00', '8:20']);
    await page.seesNo('All time zones', 'Times shown in');
  });

  it('is found by country, by offset and without accents', async () => {
    const page = await open();
    const found = async (query: string, city: RegExp) => {
      page.fill('Search for a city', query);
      await page.sees(city);
    };
    await found('sao paulo', /Sao Paulo/);
    await found('gmt+5:45', /Kathmandu/);
    await found('utc+9', /Tokyo/);
    await found('atlantis', /We know no time zone for “atlantis”/);
  });

  it('has the viewer’s own and the clinic’s first', async () => {
    const page = await open();
    expect(page.text).to.match(/Yours .+ The clinic’s Stockholm .+ All time zones/);
  });

  it('stays what it is when nothing is chosen', async () => {
    const page = await open();
    const before = page.times;
    await sendKeys({ press: 'Escape' });
    await page.seesNo('All time zones', 'Times shown in');
    expect(page.times).to.deep.equal(before);
  });

  it('cannot be chosen where the page says which it is', async () => {
    const page = await BookingPage.open({ attributes: { 'time-zone': 'Asia/Tokyo' } });
    await page.sees('Times shown in Tokyo (GMT+9)');
    expect(page.buttons.some((name) => name.includes('Tokyo'))).to.equal(false);
  });
});

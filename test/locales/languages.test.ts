import { expect } from '@open-wc/testing';
import { loaders } from '../../src/locales/loaders.ts';
import { textsOf } from '../../src/locales/index.ts';
import { BookingPage } from '../support/pages/booking-page.ts';

const LANGUAGES = Object.keys(loaders);

describe('each language', () => {
  it('counts in its own grammar', async () => {
    const free = async (tag: string, ...numbers: number[]) => {
      const { timesFree } = (await loaders[tag]!()).messages;
      return numbers.map(timesFree);
    };
    expect(new Set(await free('pl', 1, 2, 5)).size).to.equal(3);
    expect((await free('pl', 2, 22)).map((text) => text.replace(/\d+/, '#'))).to.deep.equal(
      (await free('pl', 3, 24)).map((text) => text.replace(/\d+/, '#')),
    );
    const arabic = (await free('ar', 1, 2, 3, 11, 100)).map((text) => text.replaceAll(/\d/g, ''));
    expect(new Set(arabic).size).to.be.greaterThan(3);
  });

  for (const tag of LANGUAGES) {
    it(`${tag} is what a widget of that language speaks, from the times to the details`, async () => {
      const locale = await loaders[tag]!();
      const { messages } = locale;
      const details = (await textsOf(locale, 'details'))!;
      const page = await BookingPage.open({ attributes: { lang: tag, 'hour-cycle': 'h23' } });
      await page.sees(messages.morning);
      expect(page.text).not.to.match(/\b(Morning|times free|Next free|Times shown)\b/);
      await page.press(/^(0?9|٠?٩)[:.](00|٠٠)$/);
      await page.sees(details.heldForYou);
      expect(page.text).not.to.match(/\b(Held for|Full name|optional|More time|Book)\b/);
    });
  }
});

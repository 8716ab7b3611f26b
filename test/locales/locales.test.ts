import { expect } from '@open-wc/testing';
import { CLIENT_CODES, SERVER_CODES } from '../../src/core/errors.ts';
import { enAppointment } from '../../src/locales/en/appointment.ts';
import { enDetails } from '../../src/locales/en/details.ts';
import { addLocale, en, type Locale } from '../../src/locales/index.ts';
import { BookingPage } from '../support/pages/booking-page.ts';

describe('texts', () => {
  it('have a sentence for every error code', () => {
    const tooLate = { too_late_to_change: enAppointment.notChangeable('The clinic') };
    const sentences = { ...enDetails.errors, ...enAppointment.errors, ...tooLate };
    for (const code of [...SERVER_CODES, ...CLIENT_CODES]) expect(sentences[code], code).to.match(/\w.*\.$/);
  });

  it('count in the grammar of their language', () => {
    expect([0, 1, 2].map((free) => en.timesFree(free))).to.deep.equal(['No free times', '1 time free', '2 times free']);
    expect([1, 2].map((count) => en.peopleViewing(count, false))).to.deep.equal([
      '1 person viewing',
      '2 people viewing',
    ]);
    expect(en.peopleViewing(50, true)).to.equal('50+ people viewing');
  });
});

describe('the language of the widget', () => {
  const swedish: Locale = {
    messages: { ...en, lang: 'sv', morning: 'Förmiddag' },
    details: () => Promise.resolve({ ...enDetails, name: 'Namn' }),
  };
  addLocale('sv', () => Promise.resolve(swedish));

  afterEach(() => {
    document.documentElement.lang = 'en';
  });

  it('is that of the page around it, loaded when it is needed, and follows it', async () => {
    document.documentElement.lang = 'sv-SE';
    const page = await BookingPage.open({ attributes: { lang: null } });
    await page.sees('Förmiddag');
    expect(page.headings).to.include('måndag 23 november');
    await page.press('9:00');
    await page.sees('Namn');
    document.documentElement.lang = 'en-GB';
    await page.sees('Full name');
  });

  it('is its own before that of the page', async () => {
    document.documentElement.lang = 'sv';
    const page = await BookingPage.open({ attributes: { lang: 'en-GB' } });
    expect(page.text).to.include('Morning');
  });

  it('is English where there are no texts, with the customs of the page’s language', async () => {
    const page = await BookingPage.open({ attributes: { lang: 'fi-FI' } });
    expect(page.headings).to.include('Monday, November 23');
    expect(page.times[0]).to.equal('9:00');
    expect(page.text).to.include('Mon Tue Wed');
  });

  it('takes words of the page’s own in place of some of ours, and others later', async () => {
    const page = await BookingPage.open();
    page.element.messages = { nextFree: 'Soonest:', details: { note: 'Reason for your visit' } };
    await page.sees('Soonest:');
    await page.hold('9:00');
    await page.sees('Reason for your visit');
    expect(page.text).to.include('Full name');
    page.element.messages = { details: { note: 'What can we do for you?' } };
    await page.sees('What can we do for you?');
  });

  it('passes over a tag that is none', async () => {
    document.documentElement.lang = 'sv';
    const page = await BookingPage.open({ attributes: { lang: 'not a tag' } });
    await page.sees('Förmiddag');
  });
});

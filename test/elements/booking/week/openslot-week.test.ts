import { expect } from '@open-wc/testing';
import { BookingPage } from '../../../support/pages/booking-page.ts';

/** With the times of a whole week on the page. */
async function open(options: Parameters<typeof BookingPage.open>[0] = {}): Promise<BookingPage> {
  return BookingPage.open({ ...options, attributes: { view: 'week', ...options.attributes } });
}

describe('a week', () => {
  it('shows the times of its days side by side, the rest of them on demand', async () => {
    const page = await open();
    expect(page.headings).to.include('23–29 November');
    expect(page.times).to.have.length(5 * 6);
    expect(page.text).to.include('Sat 28 Nov No free times');
    await page.press('15 more Monday 23 November');
    await page.until(() => page.times.length === 4 * 6 + 21, 'all of Monday’s times');
    expect(page.focused).to.equal('11:00');
  });

  it('is turned, not before today and not past what can be booked', async () => {
    const page = await open();
    expect((await page.button('Previous week')).ariaDisabled).to.equal('true');
    await page.press('Previous week');
    await page.press('Next week');
    await page.until(() => page.headings.includes('30 November – 6 December'), 'the next week');
    await page.press('Previous week');
    await page.until(() => page.headings.includes('23–29 November'), 'the week before');
    (await page.button('Previous week')).focus();
    await page.press('Previous week');
    expect(page.focused, 'who presses it stays on it').to.equal('Previous week');
  });

  it('leads to a booking', async () => {
    const page = await open();
    await page.book('9:40');
    expect(page.text).to.include('Monday 23 November');
  });

  it('strikes what others take, and lets nothing slip in its place', async () => {
    const page = await open();
    await page.press('15 more Monday 23 November');
    await page.until(() => page.times.length === 4 * 6 + 21, 'all of Monday’s times');
    page.othersTake('10:00');
    await page.until(() => page.announced === 'Monday 23 November, 10:00 was just taken.', 'it is announced');
    await page.button('10:00, taken');
    expect(page.times).to.have.length(4 * 6 + 20);
  });

  it('keeps the focus in the week when a whole day goes', async () => {
    const page = await open();
    (await page.button('9:00')).focus();
    await page.until(() => page.focused === '9:00', '9:00 has the focus');
    page.othersTake('9:00', '16:59');
    await page.sees('Mon 23 Nov No free times');
    await page.until(() => page.focused === '23–29 November', 'the heading has the focus');
  });

  it('gives way to a month, and comes back', async () => {
    const page = await open();
    await page.press('Month');
    await page.until(() => page.month === 'Nov – Dec 2026', 'the month');
    await page.press('Week');
    await page.until(() => page.headings.includes('23–29 November'), 'the week');
  });

  it('is a view that there is', async () => {
    const page = await BookingPage.open({ attributes: { view: 'year' }, impatient: true });
    await page.sees('The attribute “view” can’t be what it is. It must be “month” or “week”.');
  });
});

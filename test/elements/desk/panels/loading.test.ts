import { expect } from '@open-wc/testing';
import { PANELS } from '../../../../src/elements/desk/panels.ts';
import { DeskPage } from '../../../support/pages/desk-page.ts';

describe('a panel that the menu opens', () => {
  const panels: { -readonly [Name in keyof typeof PANELS]: (typeof PANELS)[Name] } = PANELS;
  const { hours } = PANELS;

  afterEach(() => {
    panels.hours = hours;
  });

  it('is loaded when it is first opened, with its texts', async () => {
    const page = await DeskPage.open();
    expect(customElements.get('openslot-desk-settings')).to.equal(undefined);
    await page.press('Settings and account');
    await page.press('Booking rules');
    await page.field('Shortest notice');
    expect(customElements.get('openslot-desk-settings')).not.to.equal(undefined);
  });

  it('has its heading while it loads, and keeps the focus there when it has come', async () => {
    const page = await DeskPage.open();
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    panels.hours = () => arrived.then(() => (typeof hours === 'function' ? hours() : hours));
    await page.press('Edit hours');
    await page.sees('One moment…');
    expect(page.dialog).to.equal('Hours One moment…');
    expect(page.focused).to.equal('Hours');
    arrive();
    await page.button('Add hours on Saturday');
    await page.seesNo('One moment…', 'Hours');
    expect(page.focused).to.equal('Hours');
  });

  it('that can’t be loaded says so, and loads when staff try again', async () => {
    const page = await DeskPage.open();
    panels.hours = () => Promise.reject(new TypeError('Failed to fetch'));
    await page.press('Edit hours');
    await page.sees('We can’t reach the database. Please check your connection and try again.');
    expect(page.dialog).to.match(/^Hours /);
    panels.hours = hours;
    const retry = await page.button('Try again');
    retry.focus();
    retry.click();
    await page.button('Add hours on Saturday');
    await page.seesNo('Try again', 'Hours');
    await page.until(
      () => page.focused === 'Hours',
      () => `the focus is on the heading, but it is on “${page.focused}”`,
    );
  });
});

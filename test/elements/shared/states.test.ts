import { expect } from '@open-wc/testing';
import { BookingPage } from '../../support/pages/booking-page.ts';
import { DeskPage } from '../../support/pages/desk-page.ts';
import { InboxPage } from '../../support/pages/inbox-page.ts';

/** Makes a page ask the server again, as it does when the network of the machine has come back. */
const wake = () => window.dispatchEvent(new Event('online'));

describe('the connection is a state of', () => {
  it('<openslot-booking>', async () => {
    const page = await BookingPage.open({ attributes: { provider: null }, impatient: true });
    await page.sees('This booking widget isn’t set up yet');
    expect(page.connection, 'there is nothing to connect to').to.equal('');
    page.backend.faults.latency = 200;
    page.element.setAttribute('provider', 'mira-lindqvist');
    await page.becomes('connecting');
    await page.becomes('live');
    page.backend.goOffline();
    wake();
    await page.becomes('offline');
    page.backend.goOnline();
    wake();
    await page.becomes('live');
    page.element.setAttribute('realtime', 'off');
    await page.becomes('polling');
  });

  it('<openslot-desk>', async () => {
    const page = await DeskPage.open();
    expect(page.connection).to.equal('live');
    page.backend.goOffline();
    wake();
    await page.becomes('offline');
    page.backend.socket.refuses = true;
    page.backend.goOnline();
    wake();
    await page.becomes('polling');
    await page.sees('Live updates aren’t available.');
    await page.press('Settings and account');
    await page.press('Sign out');
    await page.becomes('');
  });

  it('<openslot-notifications>', async () => {
    const page = await InboxPage.open();
    expect(page.connection).to.equal('live');
    page.backend.faults.offline = true;
    page.page.wake();
    await page.becomes('offline');
    page.backend.faults.offline = false;
    page.page.wake();
    await page.becomes('live');
    page.backend.signIn(null);
    await page.becomes('connecting');
  });
});

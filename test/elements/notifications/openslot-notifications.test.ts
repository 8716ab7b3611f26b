import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { enInbox } from '../../../src/locales/en/notifications.ts';
import { addLocale, en } from '../../../src/locales/index.ts';
import { InboxPage } from '../../support/pages/inbox-page.ts';

const TUESDAY = '2026-11-24';

describe('somebody of the clinic', () => {
  it('reads what happened in words, by day, the newest first', async () => {
    const page = await InboxPage.open({
      before(database) {
        database.tell({ start: `${TUESDAY}T10:40:00Z`, created_at: '2026-11-20T12:00:00Z', read: true });
        database.tell({
          kind: 'cancelled',
          start: `${TUESDAY}T10:40:00Z`,
          message: 'I’m well again.',
          created_at: '2026-11-21T12:00:00Z',
          read: true,
        });
        database.tell({
          kind: 'rescheduled',
          by: 'provider',
          start: '2026-11-25T10:40:00Z',
          previous_start: `${TUESDAY}T12:20:00Z`,
        });
        database.tell({ kind: 'rescheduled', start: `${TUESDAY}T10:40:00Z`, previous_start: `${TUESDAY}T12:20:00Z` });
      },
    });
    await page.openPanel();
    expect(page.days).to.deep.equal(['Today', 'Yesterday', 'Friday 20 November']);
    const about = 'Consultation · Dr. Mira Lindqvist';
    expect(page.items.slice(0, 2)).to.deep.equal([
      `New: Jonas Ek moved from 13:20 to 11:40, Tue 24 Nov ${about} just now`,
      `New: The clinic moved Jonas Ek from Tue 24 Nov, 13:20 to Wed 25 Nov, 11:40 ${about} just now`,
    ]);
    expect(page.items[2]).to.match(/^Jonas Ek cancelled Tue 24 Nov, 11:40 “I’m well again.” Consultation/);
    expect(page.items[3]).to.match(/^Jonas Ek booked Tue 24 Nov, 11:40 Consultation/);
  });

  it('sees at the bell how much is new, and that it is read once it was looked at', async () => {
    const page = await InboxPage.open({
      before(database) {
        database.tell();
        database.tell();
      },
    });
    expect(page.bell).to.equal('Notifications, 2 unread');
    await page.openPanel();
    await page.until(() => page.database.unread === 0, 'read');
    expect(page.bell).to.equal('Notifications');
    expect(page.items.filter((item) => item.startsWith('New:'))).to.have.length(2);
    await page.closePanel();
    await page.openPanel();
    expect(page.items.filter((item) => item.startsWith('New:'))).to.have.length(0);
  });

  it('sees what arrives in the corner, and a screen reader announces it', async () => {
    const page = await InboxPage.open();
    page.database.tell({ start: `${TUESDAY}T10:40:00Z` });
    await page.until(() => page.toasts.length === 1, 'a toast');
    expect(page.toasts).to.deep.equal(['Jonas Ek booked Tue 24 Nov, 11:40 Consultation · Dr. Mira Lindqvist']);
    expect(page.announced).to.equal('Jonas Ek booked Tue 24 Nov, 11:40');
    expect(page.bell).to.equal('Notifications, 1 unread');
    expect(page.events.sort()).to.deep.equal(['openslot-notification', 'openslot-unread-change']);
    await page.press(/^Dismiss/);
    await page.until(() => page.toasts.length === 0, 'no toast');
    expect(page.bell).to.equal('Notifications, 1 unread');
  });

  it('sees three toasts at most', async () => {
    const page = await InboxPage.open();
    for (const name of ['A', 'B', 'C', 'D']) {
      page.database.tell({ patient_name: name });
      await page.until(() => page.toasts.at(-1)?.startsWith(name) ?? false, `toast of ${name}`);
    }
    expect(page.toasts.map((toast) => toast[0])).to.deep.equal(['B', 'C', 'D']);
  });

  it('comes back to one toast for all that arrived meanwhile, which opens the list', async () => {
    const page = await InboxPage.open();
    page.page.hide();
    for (let told = 0; told < 3; told++) page.database.tell();
    page.page.hidden = false;
    page.page.wake();
    await page.until(() => page.toasts.length === 1, 'a toast');
    expect(page.toasts).to.deep.equal(['3 new notifications']);
    await page.press('Show');
    await page.until(() => page.isOpen, 'the panel is open');
    expect(page.toasts).to.deep.equal([]);
    expect(page.items).to.have.length(3);
  });

  it('has no toast over the list that shows it, and leaves it read', async () => {
    const page = await InboxPage.open();
    await page.openPanel();
    page.database.tell();
    await page.until(() => page.items.length === 1, 'it is listed');
    expect(page.toasts).to.deep.equal([]);
    expect([page.items[0]!.slice(0, 4), page.bell]).to.deep.equal(['New:', 'Notifications, 1 unread']);
    await page.closePanel();
    await page.until(() => page.database.unread === 0, 'read');
  });

  it('marks all as read while the list stays open', async () => {
    const page = await InboxPage.open({ before: (database) => void database.tell() });
    await page.openPanel();
    await page.press('Mark all as read');
    expect(page.items.filter((item) => item.startsWith('New:'))).to.have.length(0);
    expect([page.buttons.includes('Mark all as read'), page.focused]).to.deep.equal([false, 'Notifications']);
  });

  it('sees it unread again when the server did not mark it as read', async () => {
    const page = await InboxPage.open({
      before: (database) => void database.tell(),
      faults: { refuses: { read: 'rate_limited' } },
    });
    await page.openPanel();
    await page.until(() => page.bell === 'Notifications, 1 unread', 'unread again');
    await page.sees('That was too much at once.');
    expect(page.errors).to.deep.equal(['rate_limited']);
  });

  it('opens and leaves the list by keyboard', async () => {
    const page = await InboxPage.open();
    await sendKeys({ press: 'Tab' });
    expect(page.focused).to.equal('Notifications');
    await sendKeys({ press: 'Enter' });
    await page.until(() => page.isOpen, 'the panel is open');
    expect(page.element.matches(':state(open)')).to.equal(true);
    await sendKeys({ press: 'Tab' });
    expect(page.focused).to.equal('Close');
    await sendKeys({ press: 'Escape' });
    await page.until(() => !page.isOpen && page.focused === 'Notifications', 'closed, with the focus on the bell');
    expect(page.buttons).to.deep.equal(['Notifications']);
  });

  it('reads older ones on demand', async () => {
    const page = await InboxPage.open({
      before(database) {
        for (let told = 0; told < 60; told++) database.tell({ read: true });
      },
    });
    await page.openPanel();
    expect(page.items).to.have.length(50);
    page.backend.faults.offline = true;
    await page.press('Show older ones');
    await page.sees('Older ones could not be loaded.');
    page.backend.faults.offline = false;
    await page.press('Try again');
    await page.until(() => page.items.length === 60, 'all');
    expect(page.buttons).to.not.include('Show older ones');
  });

  it('chooses one, where the page does something with it', async () => {
    const page = await InboxPage.open({
      attributes: { selectable: '' },
      before: (database) => void database.tell({ patient_name: 'Maja Lind' }),
    });
    let chosen = '';
    page.element.addEventListener('openslot-notification-select', ({ detail }) => {
      chosen = detail.notification.patient_name ?? '';
    });
    await page.openPanel();
    await page.press(/Maja Lind booked/);
    expect([chosen, page.isOpen]).to.deep.equal(['Maja Lind', false]);
  });

  it('sees nothing any more once signed out, and all again once signed in', async () => {
    const page = await InboxPage.open({ before: (database) => void database.tell() });
    page.database.tell();
    await page.until(() => page.toasts.length === 1, 'a toast');
    page.backend.signIn(null);
    await page.until(() => page.bell === 'Notifications', 'nothing unread');
    await page.until(() => page.toasts.length === 0, 'no toast');
    await page.openPanel();
    await page.sees('Sign in to see what is new.');
    expect([page.items, page.errors]).to.deep.equal([[], ['not_signed_in']]);
    page.backend.signIn('mira');
    await page.until(() => page.items.length === 2, 'listed');
  });
});

describe('a patient', () => {
  it('reads what the clinic did', async () => {
    const page = await InboxPage.open({
      audience: 'patient',
      before(database) {
        database.tell({ start: `${TUESDAY}T12:20:00Z` });
        database.tell({
          by: 'provider',
          kind: 'rescheduled',
          start: `${TUESDAY}T10:40:00Z`,
          previous_start: `${TUESDAY}T12:20:00Z`,
          message: 'We are sorry.',
        });
        database.tell({ by: null, kind: 'reminder', start: `${TUESDAY}T10:40:00Z` });
        database.tell({ by: 'provider', kind: 'cancelled', start: `${TUESDAY}T10:40:00Z` });
      },
    });
    await page.openPanel();
    for (const said of [
      'Northside Clinic cancelled your appointment on Tue 24 Nov, 11:40',
      'Your appointment is on Tue 24 Nov, 11:40',
      'Northside Clinic moved your appointment from 13:20 to 11:40, Tue 24 Nov “We are sorry.”',
      'You booked Tue 24 Nov, 13:20',
    ]) {
      expect(page.text).to.include(said);
    }
  });

  it('reads that the link is no longer valid', async () => {
    const page = await InboxPage.open({
      audience: 'patient',
      faults: { refuses: { notifications: 'appointment_not_found' } },
      impatient: true,
    });
    await page.until(() => page.errors.length > 0, 'the error is told');
    await page.openPanel();
    await page.sees('We can’t find this appointment. Please use the link in your latest e-mail.');
    expect(page.buttons).to.not.include('Try again');
    expect(page.element.matches(':state(failed)')).to.equal(true);
  });

  it('without an appointment in the page’s address sees nothing, and the bell once there is one', async () => {
    const page = await InboxPage.open({ attributes: { token: 'page' }, impatient: true });
    expect(page.buttons).to.deep.equal([]);
    try {
      location.hash = '#openslot-appointment=a-token';
      await page.until(() => page.buttons.length === 1, 'the bell is there');
    } finally {
      history.replaceState(null, '', location.pathname + location.search);
    }
  });

  it('finds nothing yet, in words', async () => {
    const page = await InboxPage.open({ audience: 'patient' });
    await page.openPanel();
    await page.sees('Nothing yet If the clinic changes your appointment, you read it here at once.');
  });
});

describe('a page', () => {
  it('can show what comes in by itself instead of a toast', async () => {
    const page = await InboxPage.open();
    const heard: number[] = [];
    page.element.addEventListener('openslot-notification', (event) => {
      event.preventDefault();
      heard.push(...event.detail.notifications.map(({ id }) => id));
    });
    const { id } = page.database.tell();
    await page.until(() => heard.length === 1, 'heard');
    await page.element.updateComplete;
    expect([heard, page.toasts]).to.deep.equal([[id], []]);
  });

  it('can do without toasts', async () => {
    const page = await InboxPage.open({ attributes: { toasts: 'off' } });
    page.database.tell();
    await page.until(() => page.announced !== '', 'announced');
    expect(page.toasts).to.deep.equal([]);
  });

  it('shows what is wrong with the attributes, and fires an event, until they are right', async () => {
    const page = await InboxPage.open({ attributes: { 'push-key': 'short' }, impatient: true });
    await page.openPanel();
    await page.sees('These notifications aren’t set up yet The attribute “push-key” can’t be what it is.');
    expect(page.errors).to.deep.equal(['invalid_config']);
    page.element.removeAttribute('push-key');
    await page.sees('Nothing yet');
    page.element.client = null;
    await page.sees('The attribute “supabase-url” is missing.');
    expect(page.errors).to.deep.equal(['invalid_config', 'missing_config']);
  });

  it('in another language has its words and dates', async () => {
    addLocale('sv', {
      messages: { ...en, lang: 'sv' },
      notifications: () => Promise.resolve({ ...enInbox, title: 'Aviseringar', today: 'I dag' }),
    });
    const page = await InboxPage.open({ attributes: { lang: 'sv' }, before: (database) => void database.tell() });
    await page.until(() => page.bell.length > 0, 'shown');
    await page.openPanel();
    await page.sees('Aviseringar');
    expect(page.days).to.deep.equal(['I dag']);
  });

  it('that moves the element keeps it going, and that removes it lets all go', async () => {
    const page = await InboxPage.open();
    const place = page.element.parentElement!;
    place.prepend(page.element);
    page.database.tell();
    await page.until(() => page.toasts.length === 1, 'a toast');
    page.element.remove();
    await page.until(() => page.database.sockets === 0, 'let go');
  });
});

import { expect } from '@open-wc/testing';
import { DeskPage } from '../../support/pages/desk-page.ts';
import { OWNER } from '../../support/memory/desk-seed.ts';
import { CODE, PASSWORD } from '../../support/memory/memory-staff.ts';

describe('somebody who comes to the desk', () => {
  it('signs in with a password, after a wrong one', async () => {
    const page = await DeskPage.open({ as: null });
    await page.sees('Sign in to your calendar');
    expect(page.hasState('signed-out')).to.equal(true);
    await page.press('Sign in');
    await page.sees('Please enter your e-mail address.');
    await page.signIn(OWNER, 'wrong');
    await page.sees('E-mail address or password are wrong.');
    expect((await page.field('E-mail')).value).to.equal(OWNER);
    await page.signIn(OWNER, PASSWORD);
    await page.sees('Week 48 · 23–29 November');
  });

  it('signs in with a code by e-mail', async () => {
    const page = await DeskPage.open({ as: null });
    await page.press('Sign in with a code by e-mail');
    await page.fill('E-mail', OWNER);
    await page.press('E-mail me a code');
    await page.sees(`We sent an e-mail to ${OWNER}.`);
    expect(page.session.sent).to.deep.equal([OWNER]);
    await page.fill('Code from the e-mail', '000000');
    await page.press('Sign in');
    await page.sees('This code is wrong or has expired.');
    await page.fill('Code from the e-mail', CODE);
    await page.press('Sign in');
    await page.sees('Week 48 · 23–29 November');
  });

  it('reads that they are no member of any clinic, and can sign out', async () => {
    const page = await DeskPage.open({ as: 'stranger@example.com', impatient: true });
    await page.sees('You don’t work for anybody here yet');
    await page.press('Sign out');
    await page.sees('Sign in to your calendar');
  });

  it('sees only their own calendar as a provider, and no team', async () => {
    const page = await DeskPage.open({ as: 'amara@northside.example' });
    await page.sees('Amara Okafor');
    expect(page.text).not.to.include('Mira');
    await page.press('Settings and account');
    await page.sees('Signed in as amara@northside.example');
    expect(page.dialog).not.to.include('Team');
  });

  it('comes by an invitation, makes an account and is a member', async () => {
    location.hash = '#openslot-invitation=token-new%40northside.example';
    const page = await DeskPage.open({
      as: null,
      before: (desk) =>
        desk.invitations.push({
          id: '1',
          token: 'token-new@northside.example',
          email: 'new@northside.example',
          role: 'staff',
          provider_id: null,
          created_at: '2026-11-24T00:00:00Z',
          expires_at: '2026-12-01T00:00:00Z',
        }),
    });
    await page.sees('You’re invited');
    await page.fill('E-mail', 'new@northside.example');
    await page.fill('Choose a password', 'a long enough one');
    await page.press('Make an account');
    await page.sees('Week 48 · 23–29 November');
    expect(location.hash).to.equal('');
    expect(page.desk.members.map(({ email }) => email)).to.include('new@northside.example');
  });

  it('reads that an invitation is for another address', async () => {
    location.hash = '#openslot-invitation=unknown';
    const page = await DeskPage.open({ as: null });
    await page.press('I have an account');
    await page.signIn('stranger@example.com', PASSWORD);
    await page.sees('This invitation is for another e-mail address, has been used, or has expired.');
    expect(location.hash).to.equal('');
  });

  it('signs in again when the session ends, and loses nothing typed', async () => {
    const page = await DeskPage.open();
    await page.press('Friday 27 November, 11:00–11:20, open');
    await page.press(/^Book for a patient/);
    await page.fill('Name', 'Berit Blom');
    page.session.end();
    await page.sees('Please sign in again');
    await page.fill('Password', PASSWORD);
    await page.press('Sign in');
    await page.seesNo('Please sign in again', 'Lea Roth');
    expect((await page.field('Name')).value).to.equal('Berit Blom');
    await page.press('Book');
    await page.sees('Berit Blom is booked for Fri 27 Nov, 11:00.');
  });

  it('signs in again when the server refuses a call because the session has ended', async () => {
    const page = await DeskPage.open();
    page.backend.faults.refuses.setSlots = 'not_signed_in';
    await page.press('Friday 27 November, 11:00–11:20, open');
    await page.press(/^Block/);
    await page.sees('Please sign in again');
  });

  it('signs out, and nothing of the calendar is left', async () => {
    const page = await DeskPage.open();
    await page.press('Settings and account');
    await page.press('Sign out');
    await page.sees('Sign in to your calendar');
    expect(page.text).not.to.include('Lea Roth');
    await page.until(() => !page.backend.socket.connected, 'the socket is closed');
  });

  it('reads which attribute is missing', async () => {
    const element = document.createElement('openslot-desk');
    document.body.append(element);
    await element.updateComplete;
    expect(element.shadowRoot?.textContent).to.include('The attribute “supabase-url” is missing.');
    element.remove();
  });

  it('reads that the database can’t be reached, and comes in when it can', async () => {
    const page = await DeskPage.open({ faults: { offline: true }, impatient: true });
    await page.sees('We can’t reach the database.');
    page.backend.goOnline();
    await page.press('Try again');
    await page.sees('Week 48 · 23–29 November');
  });

  it('reads how old the calendar is while the connection is lost', async () => {
    const page = await DeskPage.open();
    page.backend.goOffline();
    window.dispatchEvent(new Event('online'));
    await page.sees(/This may be old: as of 12:4\d/);
    expect(page.appointments.length).to.be.above(5);
  });
});

import { expect } from '@open-wc/testing';
import { DeskPage } from '../../../support/pages/desk-page.ts';
import { MIRA_HOURS } from '../../../support/memory/desk-seed.ts';
import { MIRA } from '../../../support/memory/memory-seed.ts';

async function editHours(): Promise<DeskPage> {
  const page = await DeskPage.open();
  await page.press('Edit hours');
  await page.button('Add hours on Saturday');
  return page;
}

describe('somebody who edits the hours', () => {
  it('sees what would change, with the appointments that would lie outside, before it is saved', async () => {
    const page = await editHours();
    await page.press(/^Remove .* on Friday/);
    await page.press('See what changes');
    await page.sees('1 appointment would lie outside your hours and stay:');
    await page.sees('Lea Roth, Fri 27 Nov, 10:00');
    expect(page.dialog).to.match(/\d+ times fewer/);
    expect(page.desk.hours(MIRA.id).version).to.equal(1);
    await page.press('Save');
    await page.sees('Saved.');
    expect(page.desk.hours(MIRA.id).hours.rules.map(({ weekday }) => weekday)).to.deep.equal([1, 2, 3, 4]);
    await page.until(() => page.times('Friday 27 November').includes('11:00–11:20, no hours'), 'Friday has none');
    expect(page.appointments.join()).to.include('Lea Roth');
  });

  it('adds hours, a break and days off', async () => {
    const page = await editHours();
    await page.press('Add hours on Saturday');
    await page.fill('To, Saturday', '12:00');
    await page.press('Add hours on Monday');
    await page.press('Add days off');
    await page.press('See what changes');
    await page.sees(/\d+ times more/);
    await page.press('Save');
    await page.sees('Saved.');
    const { rules, exceptions } = page.desk.hours(MIRA.id).hours;
    expect(rules).to.deep.include({ weekday: 6, start: '09:00', end: '12:00' });
    expect(rules.filter(({ weekday }) => weekday === 1)).to.have.length(2);
    expect(exceptions.at(-1)).to.deep.include({
      kind: 'off',
      starts_at: '2026-11-24T00:00',
      ends_at: '2026-11-25T00:00',
    });
  });

  it('reads which hours are wrong', async () => {
    const page = await editHours();
    await page.fill('To, Monday', '09:00');
    await page.press('See what changes');
    await page.sees('Beginning and end can’t be the same.');
    expect(page.backend.calls).not.to.include('setHours');
  });

  it('lets hours go on after midnight, reads that they end on the next day, and sees the times on both days', async () => {
    const page = await editHours();
    await page.press('Add hours on Saturday');
    await page.fill('From, Saturday', '22:00');
    await page.fill('To, Saturday', '02:00');
    const end = await page.field('To, Saturday');
    await page.button('Remove 22:00–2:00 (next day) on Saturday');
    const description = (end.getRootNode() as ShadowRoot).getElementById(end.getAttribute('aria-describedby') ?? '');
    expect(description?.textContent).to.equal('next day');
    await page.sees('next day');
    await page.press('See what changes');
    await page.press('Save');
    await page.sees('Saved.');
    expect(page.desk.hours(MIRA.id).hours.rules.at(-1)).to.deep.equal({ weekday: 6, start: '22:00', end: '02:00' });
    await page.until(() => page.times('Sunday 29 November').includes('1:40–2:00, open'), 'Sunday has the last one');
    expect(page.times('Saturday 28 November')).to.include('23:40–0:00, open');
    expect(page.times('Sunday 29 November')).to.include('2:00–2:20, no hours');
  });

  it('reads that hours overlap with those of the night before, also from Sunday to Monday', async () => {
    const page = await editHours();
    await page.press('Add hours on Sunday');
    await page.fill('From, Sunday', '20:00');
    await page.fill('To, Sunday', '09:20');
    await page.press('See what changes');
    await page.sees('These hours overlap.');
    expect(page.backend.calls).not.to.include('setHours');
    await page.fill('To, Sunday', '09:00');
    await page.press('See what changes');
    await page.sees(/\d+ times more/);
  });

  it('keeps what was typed when somebody else saved first, shows theirs, and lets save again', async () => {
    const page = await editHours();
    await page.press('Add hours on Saturday');
    page.desk.setHours({
      provider: MIRA.id,
      hours: { ...MIRA_HOURS, rules: MIRA_HOURS.rules.filter(({ weekday }) => weekday !== 1) },
      version: 1,
      preview: false,
    });
    await page.sees('Somebody changed the hours meanwhile.');
    expect(page.dialog).to.include('Mon closed');
    await page.press('See what changes');
    await page.press('Save');
    await page.sees('Saved.');
    expect(page.desk.hours(MIRA.id).hours.rules.map(({ weekday }) => weekday)).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('may take theirs instead', async () => {
    const page = await editHours();
    await page.press('Add hours on Saturday');
    page.desk.setHours({ provider: MIRA.id, hours: { rules: [], exceptions: [] }, version: 1, preview: false });
    await page.press('Use those instead');
    await page.seesNo('Somebody changed the hours meanwhile.', 'See what changes');
    expect(page.dialog).not.to.include('Remove');
  });
});

describe('somebody who edits the rules', () => {
  it('changes notice, limit and a service, and only these are sent', async () => {
    const page = await DeskPage.open();
    await page.press('Settings and account');
    await page.press('Booking rules');
    await page.fill('Shortest notice', '-5');
    await page.press('Save');
    await page.sees('Please enter a whole number from 0 to 44640.');
    await page.fill('Shortest notice', '120');
    await page.fill('Most appointments a day', '6');
    await page.fill('Duration', '30');
    await page.press('Save');
    await page.sees('Saved.');
    const { provider, services } = page.desk.agenda(MIRA.id, '2026-11-24', '2026-11-24');
    expect(provider).to.deep.include({ min_notice_minutes: 120, daily_limit: 6, booking_window_days: 60 });
    expect(services[0]?.duration_minutes).to.equal(30);
    expect(page.backend.calls.filter((call) => call === 'setService')).to.have.length(1);
  });

  it('say until when patients can change an appointment, and in the clinic’s own words', async () => {
    const page = await DeskPage.open();
    const saved = () => page.desk.agenda(MIRA.id, '2026-11-24', '2026-11-24').provider;
    await page.press('Settings and account');
    await page.press('Booking rules');
    await page.fill('Changes until', '525601');
    await page.press('Save');
    await page.sees('Please enter a whole number from 0 to 525600.');
    await page.fill('Changes until', '1440');
    await page.fill('Your words about changes', ' Please call us.\n');
    await page.press('Save');
    await page.sees('Saved.');
    expect(saved()).to.deep.include({ change_notice_minutes: 1440, change_policy: 'Please call us.' });
    await page.press('Settings and account');
    await page.press('Booking rules');
    expect((await page.field('Changes until')).value).to.equal('1440');
    await page.fill('Changes until', '');
    await page.fill('Your words about changes', '  ');
    await page.press('Save');
    await page.until(() => saved().change_policy === null, 'the words are taken away');
    expect(saved().change_notice_minutes).to.equal(null);
  });
});

describe('an owner', () => {
  async function openTeam(): Promise<DeskPage> {
    const page = await DeskPage.open();
    await page.press('Settings and account');
    await page.press('Team');
    await page.sees('desk@northside.example');
    return page;
  }

  it('invites somebody, sends it again and takes it back', async () => {
    const page = await openTeam();
    await page.fill('E-mail', 'nora@northside.example');
    await page.choose('Role', 'Front desk');
    await page.press('Invite');
    await page.sees('An invitation is on its way to nora@northside.example.');
    expect(page.desk.invitations).to.have.length(1);
    await page.press('Send again to nora@northside.example');
    await page.press('Take back the invitation to nora@northside.example');
    await page.sees('No open invitations.');
  });

  it('reads why something is refused', async () => {
    const page = await openTeam();
    await page.fill('E-mail', 'desk@northside.example');
    await page.press('Invite');
    await page.sees('Somebody with this e-mail address is a member already.');
    await page.press('Remove mira@northside.example');
    await page.press('Yes, remove');
    await page.sees('There must be at least one owner.');
  });

  it('removes a member after being asked', async () => {
    const page = await openTeam();
    await page.press('Remove desk@northside.example');
    await page.sees('Remove desk@northside.example? They can’t sign in here any more.');
    await page.press('Yes, remove');
    await page.seesNo('desk@northside.example', 'mira@northside.example');
    expect(page.desk.members).to.have.length(2);
  });
});

import { expect } from '@open-wc/testing';
import { executeServerCommand, sendKeys } from '@web/test-runner-commands';
import { at, DESK_NOW, MIRA_HOURS } from '../../support/memory/desk-seed.ts';
import { DeskPage } from '../../support/pages/desk-page.ts';
import { AMARA, MIRA } from '../../support/memory/memory-seed.ts';

const press = (key: string) => sendKeys({ press: key });
const chord = (...keys: string[]) => executeServerCommand('chord', keys);

describe('somebody at the desk', () => {
  it('sees the week: who comes, what is open, blocked and held, and what just happened', async () => {
    const page = await DeskPage.open();
    await page.sees('Live · 3 viewing your page');
    expect(page.text).to.include('Week 48 · 23–29 November');
    expect(page.text).to.include('Stockholm (GMT+1)');
    expect(page.appointments).to.include('Friday 27 November, 10:00–10:40, Lea Roth, First visit');
    expect(page.appointments).to.include('Tuesday 24 November, 15:40–16:20, Jonas Ek, moved from 13:20, First visit');
    expect(page.appointments).to.include('Monday 23 November, 13:00–13:40, Ali Demir, did not come, First visit');
    const tuesday = page.times('Tuesday 24 November');
    expect(tuesday).to.include('13:00–13:20, open');
    expect(tuesday).to.include('13:20–13:40, Held by somebody who is booking');
    expect(tuesday).to.include('14:20–14:40, Blocked');
    expect(tuesday).to.include('17:00–17:20, no hours');
    expect(page.text).to.match(/held 3:\d\d/);
    expect(page.text).to.match(/Maja Lind booked Wed 25 Nov, 11:00 Vaccination · 2 min ago/);
    expect(page.text).to.match(/Kim Ahl cancelled Thu 26 Nov, 10:00 “Feeling better”/);
    expect(page.hasState('ready')).to.equal(true);
    expect(page.events).to.include('openslot-ready');
  });

  it('sees at once what a patient books', async () => {
    const page = await DeskPage.open();
    page.desk.book(
      {
        provider: MIRA.id,
        service: 'consultation',
        start: at('2026-11-27', '11:00'),
        patient: { name: 'Nora Nyman', email: 'nora@example.com', phone: null, note: null },
        request_id: 'theirs',
      },
      'patient',
    );
    await page.sees('Nora Nyman booked Fri 27 Nov, 11:00');
    await page.until(
      () => page.appointments.some((name) => name.startsWith('Friday 27 November, 11:00–11:20, Nora Nyman')),
      'it stands in the agenda',
    );
  });

  it('pages to other weeks and back to today', async () => {
    const page = await DeskPage.open();
    await page.press('Next week');
    await page.sees('Week 49 · 30 November – 6 December');
    await page.press('Previous week');
    await page.press('Previous week');
    await page.sees('Week 47 · 16–22 November');
    await page.press('Today');
    await page.sees('Week 48 · 23–29 November');
  });

  it('sees a day at a time where there is little room', async () => {
    const page = await DeskPage.open({ width: 360 });
    await page.sees('Tuesday 24 November');
    expect(page.hasState('day')).to.equal(true);
    expect(page.times('Wednesday 25 November')).to.deep.equal([]);
    await page.press('Wednesday 25 November');
    await page.until(() => page.times('Wednesday 25 November').length > 0, 'Wednesday is shown');
    await page.press('Next day');
    await page.sees('Thursday 26 November');
  });

  it('sees an appointment on a day whose hours are gone, in the week and on its day, and can move it back', async () => {
    const page = await DeskPage.open({
      width: 360,
      attributes: { view: 'week' },
      before: (desk) => {
        const hours = { ...MIRA_HOURS, rules: MIRA_HOURS.rules.filter(({ weekday }) => weekday !== 5) };
        desk.setHours({ provider: MIRA.id, hours, version: 1, preview: false });
      },
    });
    const lea = 'Friday 27 November, 10:00–10:40, Lea Roth, outside your hours, First visit';
    expect(page.appointments).to.include(lea);
    expect(page.times('Friday 27 November').slice(0, 5)).to.deep.equal([
      '9:00–9:20, no hours',
      '9:20–9:40, no hours',
      '9:40–10:00, no hours',
      '10:40–11:00, no hours',
      '11:00–11:20, no hours',
    ]);
    page.element.setAttribute('view', 'day');
    await page.press('Friday 27 November');
    await page.until(() => page.appointments.join() === lea, 'it stands alone on its day');
    await page.press(lea);
    await page.press('Move');
    await page.fill('Day', '2026-11-26');
    await page.choose('Time', '11:00');
    await page.press(/^Move to/);
    await page.sees('Lea Roth is moved to Thu 26 Nov, 11:00.');
    const { appointments } = page.desk.agenda(MIRA.id, '2026-11-26', '2026-11-26');
    expect(appointments.find(({ patient }) => patient.name === 'Lea Roth')?.outside_hours).to.equal(false);
  });

  it('sees an appointment over midnight on both of its days', async () => {
    const page = await DeskPage.open({
      width: 360,
      before: (desk) => {
        const hours = { ...MIRA_HOURS, rules: [{ weekday: 5, start: '22:00', end: '02:00' }] };
        desk.setHours({ provider: MIRA.id, hours, version: 1, preview: false });
        desk.book({
          provider: MIRA.id,
          service: 'first-visit',
          start: at('2026-11-27', '23:40'),
          patient: { name: 'Nora Nyman', email: null, phone: null, note: null },
          request_id: 'late',
        });
      },
    });
    for (const day of ['Friday 27 November', 'Saturday 28 November']) {
      await page.press(day);
      await page.until(
        () => page.appointments.includes('Friday 27 November, 23:40–0:20, Nora Nyman, just booked, First visit'),
        `it stands on ${day}`,
      );
    }
    expect((await page.button('Saturday 28 November')).className).to.include('busy');
    expect((await page.button('Sunday 29 November')).className).not.to.include('busy');
    expect(page.times('Saturday 28 November')[0]).to.equal('0:20–0:40, open');
  });

  it('sees that a time stays blocked once its appointment is cancelled', async () => {
    const page = await DeskPage.open();
    await page.press('Friday 27 November, 9:40–10:00, open');
    await page.choose('Until', '11:00');
    await page.press(/^Block/);
    await page.sees('2 times are blocked. These appointments stay: Lea Roth.');
    const lea = page.desk.appointments.find(({ patient }) => patient.name === 'Lea Roth')!;
    page.desk.cancel(lea.id, lea.version, null, 'patient');
    await page.until(() => page.times('Friday 27 November').includes('10:00–10:20, Blocked'), 'it is blocked');
  });

  it('chooses whose calendar is shown', async () => {
    const page = await DeskPage.open();
    await page.choose('Provider', 'Amara Okafor');
    await page.seesNo('Lea Roth', 'Week 48 · 23–29 November');
    await page.until(() => page.times('Tuesday 24 November').includes('14:00–14:15, open'), 'her grid is shown');
    expect(page.backend.socket.open).to.equal(3);
    expect(page.desk.agenda(AMARA.id, '2026-11-24', '2026-11-24').slots.length).to.be.above(0);
  });

  it('blocks several times on the keyboard alone, and takes it back', async () => {
    const page = await DeskPage.open();
    (await page.button('Friday 27 November, 11:00–11:20, open')).focus();
    await chord('Shift', 'ArrowDown');
    await chord('Shift', 'ArrowDown');
    expect(page.focused).to.equal('Friday 27 November, 11:40–12:00, open');
    await press('Enter');
    await page.sees('3 open times');
    await page.press(/^Block/);
    await page.sees('3 times are blocked.');
    const friday = () => page.times('Friday 27 November');
    await page.until(() => friday().includes('11:20–11:40, Blocked'), 'they are blocked');
    expect(friday()).to.include('12:00–12:20, open');
    await page.until(() => page.focused === 'Friday 27 November, 11:40–12:00, Blocked', 'the focus is where it was');
    await page.press('Undo');
    await page.sees('Undone.');
    await page.until(() => friday().includes('11:20–11:40, open'), 'they are open again');
  });

  it('blocks a time that a visitor holds, and reads that the visitor can still finish', async () => {
    const page = await DeskPage.open();
    const tuesday = () => page.times('Tuesday 24 November');
    await page.press('Tuesday 24 November, 13:20–13:40, Held by somebody who is booking');
    await page.sees('A visitor is booking here right now. If you block it, they can still finish.');
    await page.press(/^Block/);
    await page.sees(
      '1 time is blocked. 1 visitor is booking there right now and can still finish; if not, the time stays blocked.',
    );
    await page.until(() => tuesday().includes('13:20–13:40, Blocked'), 'it is blocked');
    expect(tuesday()).to.include('13:40–14:00, Held by somebody who is booking');
  });

  it('reads how many visitors are booking in a range that is blocked', async () => {
    const page = await DeskPage.open({
      before: (desk) => desk.hold(MIRA.id, at('2026-11-24', '14:00'), 20, DESK_NOW + 300_000),
    });
    await page.press('Tuesday 24 November, 13:00–13:20, open');
    await page.choose('Until', '14:20');
    await page.press(/^Block/);
    await page.sees(
      '4 times are blocked. 2 visitors are booking there right now and can still finish; if not, the times stay blocked.',
    );
  });

  it('reads of no visitors when the range is opened again', async () => {
    const page = await DeskPage.open();
    await page.press('Tuesday 24 November, 13:00–13:20, open');
    await page.choose('Until', '14:00');
    await page.press(/^Block/);
    await page.press('Tuesday 24 November, 13:00–13:20, Blocked');
    await page.choose('Until', '14:00');
    await page.press(/^Open/);
    await page.sees('1 time is open.');
    await page.until(
      () => page.times('Tuesday 24 November').includes('13:20–13:40, Held by somebody who is booking'),
      'it is held again',
    );
  });

  it('walks between days and times with the arrow keys', async () => {
    const page = await DeskPage.open();
    (await page.button('Friday 27 November, 11:00–11:20, open')).focus();
    await press('ArrowUp');
    await press('ArrowUp');
    expect(page.focused).to.equal('Friday 27 November, 10:00–10:40, Lea Roth, First visit');
    await press('ArrowLeft');
    expect(page.focused).to.equal('Thursday 26 November, 10:00–10:20, Blocked');
    await press('Home');
    expect(page.focused).to.equal('Thursday 26 November, 9:00–9:20, Blocked');
    await press('PageDown');
    await page.sees('Week 49 · 30 November – 6 December');
  });

  it('reads why times could not be blocked, and sees them as they are', async () => {
    const page = await DeskPage.open();
    page.backend.faults.refuses.setSlots = 'provider_not_found';
    await page.press('Friday 27 November, 11:00–11:20, open');
    await page.press(/^Block/);
    await page.sees('That didn’t work. This calendar doesn’t exist, or you don’t work for it any more.');
    await page.until(() => page.times('Friday 27 November').includes('11:00–11:20, open'), 'it is open');
  });

  it('opens times where there were none', async () => {
    const page = await DeskPage.open();
    await page.press('Thursday 26 November, 15:00–15:20, no hours');
    await page.choose('Until', '16:00');
    await page.press(/^Open for booking/);
    await page.sees('3 times are open.');
    await page.until(() => page.times('Thursday 26 November').includes('15:40–16:00, open'), 'they are open');
  });

  it('blocks a range chosen by its end, as on a phone', async () => {
    const page = await DeskPage.open();
    await page.press('Friday 27 November, 11:00–11:20, open');
    await page.choose('Until', '12:00');
    await page.press(/^Block/);
    await page.sees('3 times are blocked.');
  });
});

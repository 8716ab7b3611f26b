import { expect } from '@open-wc/testing';
import { booked, monday, openAppointment } from '../../../support/pages/appointment-page.ts';
import { BookingPage } from '../../../support/pages/booking-page.ts';
import { nameOf } from '../../../support/pages/seen.ts';

describe('somebody who opens the link to their appointment', () => {
  it('sees it, live, with what can be done about it, though the page names no provider', async () => {
    const page = await openAppointment(booked());
    expect(page.headings).to.deep.equal(['Dr. Mira Lindqvist', 'Your appointment']);
    expect(page.text).to.match(/Monday 23 November 10:00–10:20 Consultation Dr\. Mira Lindqvist, Northside Clinic/);
    expect(page.text).to.include('Northside Clinic can reach you at jonas@example.com.');
    expect(page.buttons).to.include.members(['Add to calendar', 'Reschedule', 'Cancel', 'Print', 'Book another time']);
    await page.becomes('live');
    expect(page.events).to.include('openslot-ready');
    expect(page.errors).to.deep.equal([]);
    expect(page.focused, 'the page keeps its focus').to.equal('');
    expect(page.backend.calls, 'nobody asked for times').not.to.include('calendar');
  });

  it('is told in the meantime that it is on its way', async () => {
    const page = await openAppointment(booked(), { faults: { latency: 1e6 }, impatient: true });
    await page.until(() => page.announced === 'Loading your appointment', 'it is announced');
    expect(page.hasState('loading')).to.equal(true);
  });

  it('reads the time by the clinic’s clocks, too, where those are others', async () => {
    const page = await openAppointment(booked(), { attributes: { 'time-zone': 'Asia/Kolkata' } });
    expect(page.text).to.include('14:30–14:50 Monday 23 November, 10:00 in Stockholm (GMT+1)');
  });

  it('moves it: the old time is kept until the new one is booked, which is told once', async () => {
    const appointment = booked({ service: 'first-visit' });
    const page = await openAppointment(appointment);
    await page.press('Reschedule');
    await page.sees('Choose a new time. Yours on Monday 23 November, 10:00, is kept until then.');
    await page.ready();
    expect(page.services, 'its service stays').to.deep.equal([]);
    await page.hold('15:40');
    await page.sees('From Monday 23 November, 10:00 To Monday 23 November, 15:40');
    expect(appointment.now().start).to.equal(monday('10:00'));
    await page.press('Move to 15:40');
    await page.sees('Your new time is booked');
    expect(page.text).to.include('15:40–16:20');
    expect(page.focused).to.equal('Your new time is booked');
    expect(appointment.now().start).to.equal(monday('15:40'));
    await page.seesNo('1 person viewing', 'Your new time is booked');
    expect(page.events.filter((type) => type.startsWith('openslot-appointment'))).to.deep.equal([
      'openslot-appointment-rescheduled',
    ]);
    expect(page.events.filter((type) => type === 'openslot-ready')).to.have.length(1);
  });

  it('moves it within its day although that is full, whose times nobody else is offered', async () => {
    const appointment = booked({ dailyLimit: 1 });
    const other = await BookingPage.open({ project: appointment.project });
    expect(
      ['23 November', '24 November'].map((day) => other.freeDays.some((name) => name.includes(day))),
    ).to.deep.equal([false, true]);
    const page = await openAppointment(appointment);
    await page.press('Reschedule');
    await page.press('15:40');
    const notHeld = 'This time isn’t held for you, but you can book it as long as it is free.';
    await page.sees(notHeld);
    expect([page.notices, page.errors]).to.deep.equal([[notHeld], []]);
    await page.press('Move to 15:40');
    await page.sees('Your new time is booked');
    expect(appointment.now().start).to.equal(monday('15:40'));
  });

  it('keeps the old time when somebody else takes the new one, and is offered others', async () => {
    const appointment = booked();
    const page = await openAppointment(appointment);
    await page.press('Reschedule');
    await page.hold('15:40');
    page.backend.faults.refuses.reschedule = 'slot_taken';
    await page.press('Move to 15:40');
    await page.sees('15:40 was just taken. Nearest free times:');
    expect(page.text).not.to.include('What you typed');
    expect(appointment.now().start).to.equal(monday('10:00'));
    delete page.backend.faults.refuses.reschedule;
    await page.press('15:20');
    await page.press('Move to 15:20');
    await page.sees('Your new time is booked');
    expect(appointment.now().start).to.equal(monday('15:20'));
    expect(page.errors).to.deep.equal([]);
  });

  it('can think better of moving, at either step', async () => {
    const page = await openAppointment(booked());
    await page.press('Reschedule');
    await page.press('Keep it');
    await page.sees('Your appointment');
    await page.press('Reschedule');
    await page.hold('15:40');
    await page.press('Choose another time');
    await page.until(() => page.focused === '15:40', 'the time has the focus');
    await page.press('Keep it');
    await page.sees('10:00–10:20');
    expect(page.focused).to.equal('Your appointment');
  });

  it('cancels it with a reason after being asked, which is told once', async () => {
    const appointment = booked();
    const page = await openAppointment(appointment);
    await page.press('Cancel');
    await page.until(() => page.focused.startsWith('Cancel this appointment?'), 'the question has the focus');
    page.fill('Reason', ' I am better again ');
    await page.press('Keep it');
    await page.until(() => page.focused === 'Cancel', 'the button has the focus again');
    await page.press('Cancel');
    expect(page.field('Reason').value).to.equal(' I am better again ');
    await page.press('Yes, cancel it');
    await page.sees('Your appointment is cancelled');
    const { status, cancel_reason } = appointment.now();
    expect([status, cancel_reason]).to.deep.equal(['cancelled', 'I am better again']);
    expect(page.buttons).to.include.members(['Book another time', 'Remove from calendar']);
    expect(page.buttons).not.to.include('Reschedule');
    expect(page.events.filter((type) => type.startsWith('openslot-appointment'))).to.deep.equal([
      'openslot-appointment-cancelled',
    ]);
  });

  it('keeps what was typed when cancelling fails, and may try again', async () => {
    const page = await openAppointment(booked());
    await page.press('Cancel');
    page.fill('Reason', 'I am better again');
    page.backend.faults.refuses.cancel = 'rate_limited';
    await page.press('Yes, cancel it');
    await page.sees('There were too many tries from here.');
    expect(page.field('Reason').value).to.equal('I am better again');
    delete page.backend.faults.refuses.cancel;
    await page.press('Yes, cancel it');
    await page.sees('Your appointment is cancelled');
  });

  it('puts it into a calendar of their choice, without telling that one how to get here', async () => {
    const appointment = booked();
    const page = await openAppointment(appointment);
    const more = await page.button('Add to calendar');
    expect([more.getAttribute('aria-expanded'), page.links.length]).to.deep.equal(['false', 0]);
    more.click();
    await page.button('Calendar file');
    expect(page.links.map(nameOf)).to.deep.equal([
      'Google Calendar, opens in a new tab',
      'Outlook.com, opens in a new tab',
    ]);
    for (const { href, target, rel } of page.links) {
      expect(href).to.include('Mira');
      expect(href).not.to.include(appointment.token);
      expect([target, rel]).to.deep.equal(['_blank', 'noopener noreferrer']);
    }
    more.click();
    await page.until(() => page.links.length === 0, 'they are folded away');
  });

  it('prints it', async () => {
    const page = await openAppointment(booked());
    const { print } = window;
    let printed = 0;
    window.print = () => printed++;
    await page.press('Print');
    window.print = print;
    expect(printed).to.equal(1);
  });

  it('books another time with the same provider, and finds their name filled in', async () => {
    const page = await openAppointment(booked());
    await page.press('Book another time');
    await page.ready();
    expect(page.headings).to.include('Dr. Mira Lindqvist');
    expect(page.services).to.have.length(3);
    await page.hold('13:20');
    expect(page.field('Full name').value).to.equal('Jonas Ek');
    expect(page.field('E-mail').value).to.equal('jonas@example.com');
    await page.press('Book 13:20');
    await page.sees('You’re booked');
    await page.sees('13:20–13:40');
  });

  it('books another time with the provider that the page names', async () => {
    const page = await openAppointment(booked(), { attributes: { provider: 'priya-raman' } });
    expect(page.headings).to.include('Dr. Mira Lindqvist');
    await page.press('Book another time');
    await page.ready();
    expect(page.headings).to.include('Dr. Priya Raman');
  });
});

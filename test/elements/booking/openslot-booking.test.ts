import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { BookingPage } from '../../support/pages/booking-page.ts';

describe('somebody who books', () => {
  it('sees the provider, the services, the days and the times of the first free day', async () => {
    const page = await BookingPage.open();
    expect(page.headings).to.deep.equal(['Dr. Mira Lindqvist', 'Nov – Dec 2026', 'Monday 23 November']);
    expect(page.text).to.include('General practice Northside Clinic');
    expect(page.services).to.deep.equal(['Consultation 20 mins', 'First visit 40 mins', 'Vaccination 10 mins']);
    expect(page.times.slice(0, 3)).to.deep.equal(['9:00', '9:20', '9:40']);
    expect(page.times).to.have.length(21);
    expect(page.freeDays[0]).to.equal('Monday 23 November 2026, 21 times free');
    expect(page.text).to.include('Times shown in Stockholm (GMT+1)');
    expect(page.hasState('times')).to.equal(true);
  });

  it('chooses a service, a day and a time, leaves the details and is booked', async () => {
    const page = await BookingPage.open();
    await page.choose('First visit');
    await page.press(/^Tuesday,? 24 November/);
    await page.sees(/Tuesday 24 November 19 times free/);
    await page.hold('13:20');
    expect(page.headings).to.include('Tuesday 24 November, 13:20');
    expect(page.text).to.include('First visit, 40 mins · Dr. Mira Lindqvist');
    await page.fillDetails();
    await page.press('Book 13:20');
    await page.sees('You’re booked');
    expect(page.text).to.match(/Tuesday 24 November 13:20–14:00 First visit Dr\. Mira Lindqvist, Northside Clinic/);
    expect(page.events.filter((type) => /select|submit|confirmed|rejected|error/.test(type))).to.deep.equal([
      'openslot-slot-select',
      'openslot-booking-submit',
      'openslot-booking-confirmed',
    ]);
    expect(page.hasState('done')).to.equal(true);
  });

  it('can do all of it on the keyboard alone, and is taken along by the focus', async () => {
    const page = await BookingPage.open();
    const press = (key: string) => sendKeys({ press: key });
    const tabTo = async (name: RegExp) => {
      for (let presses = 0; !name.test(page.focused); presses++) {
        if (presses > 40) throw new Error(`never reached ${name} by Tab`);
        await press('Tab');
      }
    };
    await tabTo(/^Consultation/);
    await press('ArrowDown');
    await page.sees('19 times free');
    await tabTo(/^Monday 23 November 2026/);
    await press('ArrowRight');
    await press('ArrowRight');
    expect(page.focused).to.equal('Wednesday 25 November 2026, 19 times free');
    await press('Enter');
    await page.until(() => page.announced === 'Wednesday 25 November, 19 times free', 'the day is announced');
    await tabTo(/^9:20$/);
    await press('Enter');
    await page.until(() => page.focused === 'Wednesday 25 November, 9:20', 'the heading of the details has the focus');
    await tabTo(/^Full name/);
    await sendKeys({ type: 'Kim Key' });
    await press('Tab');
    await sendKeys({ type: 'kim@example.com' });
    await press('Enter');
    await page.until(() => page.focused === 'You’re booked', 'the heading of the confirmation has the focus');
  });

  it('goes back to the time that was chosen, and finds everything typed when coming again', async () => {
    const page = await BookingPage.open();
    await page.hold('10:00');
    page.fill('Full name', 'Jonas Ek');
    page.fill('What is it about?', 'A cough');
    await page.press('Back to the times');
    await page.until(() => page.focused === '10:00', 'the time has the focus');
    expect(page.times).to.have.length(21);
    await page.hold('10:20');
    expect(page.field('Full name').value).to.equal('Jonas Ek');
    expect(page.field('What is it about?').value).to.equal('A cough');
  });

  it('is told which field is wrong, and where', async () => {
    const page = await BookingPage.open();
    await page.hold('9:00');
    page.fill('E-mail', 'jonas@');
    await page.press('Book 9:00');
    await page.sees('Please enter your name.');
    expect(page.text).to.include('Please enter an e-mail address like name@example.com.');
    expect(page.focused).to.match(/^Full name/);
    const email = page.field('E-mail');
    const problem = (email.getRootNode() as ShadowRoot).getElementById(email.getAttribute('aria-describedby') ?? '');
    expect(problem?.textContent).to.include('name@example.com');
    page.fill('E-mail', 'jonas@example.com');
    await page.seesNo('Please enter an e-mail address', 'Please enter your name.');
    expect(page.backend.calls).not.to.include('book');
  });

  it('may leave the phone out, but not write nonsense for it', async () => {
    const page = await BookingPage.open();
    await page.hold('9:00');
    await page.fillDetails();
    page.fill('Phone', 'ask my mother');
    await page.press('Book 9:00');
    await page.sees('Please enter a phone number like +46 70 123 45 67.');
    expect(page.focused).to.match(/^Phone/);
    for (const phone of ['+46 (0)70-123.45/67', '(555) 123-4567', '0701234567', '']) {
      page.fill('Phone', phone);
      await page.seesNo('Please enter a phone number', 'Held for you');
    }
  });

  it('is led to the next free time by one button', async () => {
    const page = await BookingPage.open();
    await page.press(/^Thursday,? 26 November/);
    await page.sees(/Thursday 26 November 21 times free/);
    await page.press('Mon 23 Nov, 9:00');
    await page.until(() => page.focused === '9:00', 'the time has the focus');
    expect(page.headings).to.include('Monday 23 November');
  });

  it('moves the appointment to another time, which is asked once more', async () => {
    const page = await BookingPage.open();
    await page.book('9:00');
    await page.press('Reschedule');
    await page.sees('Choose a new time. Yours on Monday 23 November, 9:00, is kept until then.');
    expect(page.services).to.deep.equal([]);
    await page.hold('15:40');
    expect(page.headings).to.include('Move your appointment?');
    await page.press('Move to 15:40');
    await page.sees('Your new time is booked');
    expect(page.text).to.include('15:40–16:00');
    expect(page.events).to.include('openslot-appointment-rescheduled');
    expect(page.events.filter((type) => type === 'openslot-booking-confirmed')).to.have.length(1);
  });

  it('can think better of moving', async () => {
    const page = await BookingPage.open();
    await page.book('9:00');
    await page.press('Reschedule');
    await page.press('Keep it');
    await page.sees('You’re booked');
    expect(page.text).to.include('9:00–9:20');
  });

  it('cancels after being asked, and may book another time with the same name', async () => {
    const page = await BookingPage.open();
    await page.book('9:00');
    await page.press('Cancel');
    await page.until(() => page.focused.startsWith('Cancel this appointment?'), 'the question has the focus');
    await page.press('Keep it');
    await page.until(() => page.focused === 'Cancel', 'the button has the focus again');
    await page.press('Cancel');
    await page.press('Yes, cancel it');
    await page.sees('Your appointment is cancelled');
    expect(page.events).to.include('openslot-appointment-cancelled');
    await page.press('Book another time');
    await page.hold('9:00');
    expect(page.field('Full name').value).to.equal('Jonas Ek');
  });

  it('gets a file for the calendar', async () => {
    const page = await BookingPage.open();
    await page.book('9:00');
    const links: HTMLAnchorElement[] = [];
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      links.push(this);
    };
    await page.press('Add to calendar');
    await page.press('Calendar file');
    HTMLAnchorElement.prototype.click = click;
    expect(links.map(({ download }) => download)).to.deep.equal(['consultation-2026-11-23.ics']);
  });
});

describe('the page around the widget', () => {
  it('may keep a time from being chosen and details from being sent', async () => {
    const page = await BookingPage.open();
    page.element.addEventListener('openslot-slot-select', (event) => event.preventDefault(), { once: true });
    await page.press('9:00');
    await page.hold('9:20');
    await page.fillDetails();
    page.element.addEventListener('openslot-booking-submit', (event) => event.preventDefault(), { once: true });
    await page.press('Book 9:20');
    await page.press('Book 9:20');
    await page.sees('You’re booked');
    const asked = page.events.filter((type) => /slot-select|booking-submit/.test(type));
    expect(asked).to.deep.equal([
      'openslot-slot-select',
      'openslot-slot-select',
      'openslot-booking-submit',
      'openslot-booking-submit',
    ]);
    expect(page.backend.calls.filter((call) => call === 'hold' || call === 'book')).to.deep.equal(['hold', 'book']);
  });

  it('is told what was booked, for whom and when', async () => {
    const page = await BookingPage.open();
    const booked: unknown[] = [];
    page.element.addEventListener('openslot-booking-confirmed', ({ detail }) => {
      const { start, service, patient } = detail.appointment;
      booked.push([start, service.slug, patient.name, patient.time_zone, patient.locale]);
    });
    await page.book('13:00');
    expect(booked).to.deep.equal([['2026-11-23T12:00:00Z', 'consultation', 'Jonas Ek', 'Europe/Stockholm', 'en-GB']]);
  });

  it('is told that the widget is ready, live, and how many look', async () => {
    const page = await BookingPage.open();
    await page.becomes('live');
    await page.sees('1 person viewing');
    page.project.setViewers('5f0c1d2e-0000-4000-8000-000000000001', 1);
    await page.sees('2 people viewing');
    expect(page.events).to.include.members(['openslot-ready', 'openslot-status-change', 'openslot-viewers-change']);
  });
});

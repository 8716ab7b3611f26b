import { expect } from '@open-wc/testing';
import { LiveCalendar } from '../../../../src/core/calendar/calendar.ts';
import { OpenslotError } from '../../../../src/core/errors.ts';
import { booked, monday, openAppointment } from '../../../support/pages/appointment-page.ts';
import { BookingPage } from '../../../support/pages/booking-page.ts';
import type { MemoryBackend } from '../../../support/memory/memory-backend.ts';

async function openLive(appointment: ReturnType<typeof booked>): Promise<BookingPage> {
  const page = await openAppointment(appointment);
  await page.becomes('live');
  return page;
}

/** A backend whose answers to one question come when the test says so. */
function answering(operation: 'reschedule' | 'cancel') {
  let answer: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  const backend = (backend: MemoryBackend): MemoryBackend => ({
    ...backend,
    [operation]: async (request: never) => {
      const result: unknown = await backend[operation](request);
      await asked;
      return result;
    },
  });
  return { backend, answer: () => answer() };
}

describe('an appointment that is looked at', () => {
  it('is moved by the clinic: says so at once, with the old time and the new one', async () => {
    const appointment = booked();
    const page = await openLive(appointment);
    appointment.clinicMoves('11:00', 'Sorry!');
    await page.sees('The clinic has moved your appointment');
    expect(page.text).to.include('11:00–11:20 Instead of Monday 23 November, 10:00');
    expect(page.text).to.include('Northside Clinic writes: Sorry!');
    expect(page.announced).to.equal('The clinic has moved your appointment: Monday 23 November, 11:00');
    expect(page.focused, 'the page keeps its focus').to.equal('');
    expect(page.events).not.to.include('openslot-appointment-rescheduled');
  });

  it('is cancelled by the clinic: says so at once, and why', async () => {
    const appointment = booked();
    const page = await openLive(appointment);
    appointment.clinicCancels('Dr. Lindqvist is ill.');
    await page.sees('The clinic has cancelled this appointment');
    expect(page.text).to.include('Northside Clinic writes: Dr. Lindqvist is ill.');
    expect(page.buttons).not.to.include('Reschedule');
    expect(page.events).not.to.include('openslot-appointment-cancelled');
  });

  it('is moved or cancelled in another tab of the patient’s', async () => {
    const appointment = booked();
    const page = await openLive(appointment);
    appointment.patientMoves('11:00');
    await page.sees('Your new time is booked');
    expect(page.text).to.include('11:00–11:20');
    appointment.patientCancels();
    await page.sees('Your appointment is cancelled');
  });

  it('is followed from the moment it was booked', async () => {
    const page = await BookingPage.open();
    let token = '';
    const { backend } = page;
    const { book } = page.project.database;
    page.project.database.book = (request) => {
      const result = book.call(page.project.database, request);
      token = result.manage_token;
      return result;
    };
    await page.book('10:00');
    await page.until(() => backend.calls.includes('appointment'), 'it is followed');
    page.project.database.cancel({ token, reason: 'Closed on Monday' }, 'provider');
    await page.sees('The clinic has cancelled this appointment');
    await page.sees('Closed on Monday');
    expect(page.events.filter((type) => type === 'openslot-booking-confirmed')).to.have.length(1);
  });

  it('leaves what the patient is doing alone as long as nothing changed', async () => {
    const page = await openLive(booked());
    await page.press('Cancel');
    page.fill('Reason', 'I am');
    window.dispatchEvent(new Event('online'));
    const { calls } = page.backend;
    const before = calls.length;
    await page.until(() => calls.length > before, 'it is asked for again');
    await page.press('Keep it');
    await page.press('Cancel');
    expect(page.field('Reason').value).to.equal('I am');
  });
});

describe('while the patient chooses a new time', () => {
  it('and the clinic cancels: the held time is let go, and all is told', async () => {
    const appointment = booked();
    const page = await openLive(appointment);
    await page.press('Reschedule');
    await page.hold('15:40');
    (await page.button('Move to 15:40')).focus();
    appointment.clinicCancels('Closed');
    await page.sees('The clinic has cancelled this appointment');
    await page.until(() => page.backend.calls.includes('release'), 'the time is let go');
    await page.until(
      () => page.focused === 'The clinic has cancelled this appointment',
      'who was there is taken along',
    );
  });

  it('and the clinic moves it: that is the time which is kept from now on', async () => {
    const appointment = booked();
    const page = await openLive(appointment);
    await page.press('Reschedule');
    await page.ready();
    appointment.clinicMoves('11:00');
    await page.sees('The clinic has moved your appointment.');
    await page.sees('Yours on Monday 23 November, 11:00, is kept until then.');
    await page.hold('15:40');
    appointment.clinicMoves('11:20');
    await page.sees('From Monday 23 November, 11:20 To Monday 23 November, 15:40');
    await page.press('Move to 15:40');
    await page.sees('Your new time is booked');
    expect(appointment.now().start).to.equal(monday('15:40'));
  });

  it('hears of its own change before the answer comes: it is told once', async () => {
    const appointment = booked();
    const { backend, answer } = answering('reschedule');
    const page = await openAppointment(appointment, { backend });
    await page.becomes('live');
    await page.press('Reschedule');
    await page.hold('15:40');
    await page.press('Move to 15:40');
    await page.until(() => page.backend.calls.includes('notifications'), 'the change is heard of');
    await page.sees('One moment…');
    answer();
    await page.sees('Your new time is booked');
    expect(page.events.filter((type) => type === 'openslot-appointment-rescheduled')).to.have.length(1);
    expect(page.focused).to.equal('Your new time is booked');
  });
});

describe('an answer that got lost', () => {
  it('of moving is asked for again, and moves once', async () => {
    const appointment = booked();
    const page = await openLive(appointment);
    await page.press('Reschedule');
    await page.hold('15:40');
    page.backend.faults.losesAnswers = 1;
    await page.press('Move to 15:40');
    await page.sees('Your new time is booked');
    expect(appointment.now().sequence).to.equal(1);
    expect(page.events.filter((type) => type === 'openslot-appointment-rescheduled')).to.have.length(1);
  });

  it('of cancelling, given up, is found by looking at the appointment', async () => {
    const page = await openLive(booked());
    const { cancel } = LiveCalendar.prototype;
    // As after all of the client's patience.
    LiveCalendar.prototype.cancel = async function (this: LiveCalendar, token) {
      await cancel.call(this, token);
      throw new OpenslotError('network');
    };
    await page.press('Cancel');
    await page.press('Yes, cancel it');
    await page.sees('Your appointment is cancelled');
    LiveCalendar.prototype.cancel = cancel;
    expect(page.events.filter((type) => type === 'openslot-appointment-cancelled')).to.have.length(1);
    await page.seesNo('We can’t reach the clinic', 'Your appointment is cancelled');
  });
});

describe('an appointment without a connection', () => {
  it('stays as it was, says of when it is, and catches up', async () => {
    const appointment = booked();
    const page = await openLive(appointment);
    page.backend.goOffline();
    window.dispatchEvent(new Event('offline'));
    await page.sees(/We can’t reach the clinic at the moment\. This is how things stood at 19:0\d\./);
    expect(page.hasState('stale')).to.equal(true);
    expect(page.text).to.include('10:00–10:20');
    appointment.clinicMoves('11:00');
    page.backend.goOnline();
    window.dispatchEvent(new Event('online'));
    await page.sees('The clinic has moved your appointment');
    await page.seesNo('This is how things stood', 'The clinic has moved your appointment');
  });

  it('is refreshed now and then where Realtime is off', async () => {
    const page = await openAppointment(booked(), { attributes: { realtime: 'off' } });
    await page.sees('Updates regularly');
    expect(page.backend.socket.connected).to.equal(false);
  });

  it('leaves nothing behind when the widget goes, and is there again when it comes back', async () => {
    const appointment = booked();
    const page = await openLive(appointment);
    const { element } = page;
    const place = element.parentElement!;
    element.remove();
    await page.until(() => page.backend.socket.open === 0 && !page.backend.socket.connected, 'all is let go');
    appointment.clinicMoves('11:00');
    place.append(element);
    await page.sees('The clinic has moved your appointment');
  });
});

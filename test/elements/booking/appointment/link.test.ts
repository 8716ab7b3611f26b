import { expect } from '@open-wc/testing';
import { booked, openAppointment } from '../../../support/pages/appointment-page.ts';
import { BookingPage } from '../../../support/pages/booking-page.ts';

describe('the link in the address of the page', () => {
  afterEach(() => history.replaceState(null, '', location.pathname));

  const follow = (token: string) => (location.hash = `openslot-appointment=${token}`);

  it('opens the appointment, of which the provider’s widget says nothing else', async () => {
    const appointment = booked();
    follow(appointment.token);
    const page = await BookingPage.open({ project: appointment.project, impatient: true });
    await page.sees('Your appointment');
    expect(page.backend.calls).not.to.include('calendar');
    expect(location.hash, 'a reload finds it again').to.include(appointment.token);
  });

  it('is followed when it changes, and left for the times of the provider', async () => {
    const appointment = booked();
    const page = await BookingPage.open({ project: appointment.project });
    follow(appointment.token);
    await page.sees('Your appointment');
    await page.press('Book another time');
    await page.ready();
    expect(location.hash).to.equal('');
    follow(appointment.token);
    await page.sees('Your appointment');
    follow('nonsense');
    await page.sees('We can’t find this appointment.');
    location.hash = '';
    await page.ready();
  });

  it('is taken by one widget of the page, and by none that names an appointment', async () => {
    const appointment = booked();
    const other = booked({ time: '14:00' });
    follow(appointment.token);
    const named = await openAppointment(other);
    const first = await BookingPage.open({ project: appointment.project, impatient: true });
    const second = await BookingPage.open({ project: appointment.project });
    await first.sees('10:00–10:20');
    expect(named.text).to.include('14:00–14:20');
    expect(second.hasState('times')).to.equal(true);
  });
});

describe('the attribute', () => {
  it('may come, change and go while the widget is there', async () => {
    const appointment = booked();
    const page = await BookingPage.open({ project: appointment.project });
    page.element.appointment = appointment.token;
    await page.sees('Your appointment');
    page.element.setAttribute('appointment', 'nonsense');
    await page.sees('We can’t find this appointment.');
    page.element.setAttribute('appointment', appointment.token);
    await page.sees('10:00–10:20');
    page.element.removeAttribute('appointment');
    await page.ready();
    expect(page.hasState('times')).to.equal(true);
  });

  it('is not the business of a booking widget beside it', async () => {
    const appointment = booked();
    const booking = await BookingPage.open({ project: appointment.project });
    const opened = await openAppointment(appointment);
    await booking.hold('11:00');
    await opened.press('Reschedule');
    await opened.ready();
    expect(opened.times).not.to.include('11:00');
    expect(booking.hasState('details')).to.equal(true);
  });
});

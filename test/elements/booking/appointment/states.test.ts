import { expect } from '@open-wc/testing';
import { booked, monday, openAppointment } from '../../../support/pages/appointment-page.ts';
import { MIRA } from '../../../support/memory/memory-backend.ts';

const HOUR = 3_600_000;
/** Of the appointment at 10:00 on Monday. */
const START = Date.parse(monday('10:00'));

describe('an appointment that', () => {
  it('has begun can’t be changed any more, and by and by is over', async () => {
    const appointment = booked({ now: START - 300 });
    const page = await openAppointment(appointment);
    await page.sees('Your appointment has begun');
    await page.press('Add to calendar');
    expect((await openAppointment(booked({ now: START + HOUR }))).headings).to.include('This appointment is over');
  });

  const states = [
    ['took place', 'completed', 'This appointment has taken place'],
    ['was missed', 'no_show', 'This appointment was missed'],
  ] as const;
  for (const [title, status, heading] of states) {
    it(`${title} says so, and leads to the next one`, async () => {
      const appointment = booked({ now: START + HOUR });
      appointment.project.database.mark(appointment.token, status);
      const page = await openAppointment(appointment);
      expect(page.headings).to.include(heading);
      expect(page.buttons).to.deep.equal(['Book another time']);
    });
  }

  it('was cancelled by the clinic says why', async () => {
    const appointment = booked();
    appointment.clinicCancels('Dr. Lindqvist is ill.\nPlease book anew.');
    const page = await openAppointment(appointment);
    expect(page.headings).to.include('The clinic has cancelled this appointment');
    expect(page.text).to.include('Northside Clinic writes: Dr. Lindqvist is ill. Please book anew.');
  });

  it('was cancelled by the patient doesn’t tell them why', async () => {
    const appointment = booked();
    appointment.project.database.cancel({ token: appointment.token, reason: 'A secret' });
    const page = await openAppointment(appointment);
    expect(page.headings).to.include('Your appointment is cancelled');
    expect(page.text).not.to.include('A secret');
  });

  it('was moved by the clinic tells from when, and why', async () => {
    const appointment = booked();
    appointment.clinicMoves('11:00', 'A colleague is ill.');
    const page = await openAppointment(appointment);
    expect(page.headings).to.include('The clinic has moved your appointment');
    expect(page.text).to.match(/11:00–11:20 Instead of Monday 23 November, 10:00/);
    expect(page.text).to.include('Northside Clinic writes: A colleague is ill.');
  });

  it('was moved by the patient on another day is just their appointment', async () => {
    const appointment = booked();
    appointment.patientMoves('11:00');
    const page = await openAppointment(appointment);
    expect(page.headings).to.include('Your appointment');
    expect(page.text).not.to.include('Instead of');
  });

  it('can’t be changed any more says whom to call', async () => {
    const appointment = booked();
    appointment.project.database.configure(MIRA.slug, { change_notice_minutes: 24 * 60 });
    const page = await openAppointment(appointment);
    expect(page.text).to.include('It can’t be changed online any more. If something comes up, please call Northside');
    expect(page.buttons).to.deep.equal(['Add to calendar', 'Print', 'Book another time']);
  });

  it('is of a provider who takes no bookings any more can be cancelled, but not moved', async () => {
    const page = await openAppointment(booked());
    page.backend.faults.refuses.calendar = 'provider_not_found';
    await page.press('Reschedule');
    await page.sees('New times can’t be chosen online at the moment. To move it, please call Northside Clinic.');
    expect(page.buttons).not.to.include('Reschedule');
    expect(page.focused).to.equal('Your appointment');
    await page.press('Cancel');
    await page.press('Yes, cancel it');
    await page.sees('Your appointment is cancelled');
  });

  it('is of a service that isn’t offered any more can be moved all the same', async () => {
    const appointment = booked({ service: 'first-visit' });
    const page = await openAppointment(appointment, {
      backend: (backend) => ({
        ...backend,
        calendar: async (request, signal) => {
          const snapshot = await backend.calendar(request, signal);
          return { ...snapshot, services: snapshot.services.filter(({ slug }) => slug !== 'first-visit') };
        },
      }),
    });
    page.backend.faults.refuses.hold = 'service_not_found';
    await page.press('Reschedule');
    await page.ready();
    expect(page.times.at(-1), 'its length still counts').to.equal('16:20');
    await page.press('15:40');
    await page.sees('This time isn’t held for you, but you can book it as long as it is free.');
    await page.press('Move to 15:40');
    await page.sees('15:40–16:20');
    expect(page.errors).to.deep.equal([]);
  });

  it('nobody knows is told to patient and page, and a time can be booked instead', async () => {
    const appointment = { ...booked(), token: 'nonsense' };
    const page = await openAppointment(appointment, { attributes: { provider: MIRA.slug }, impatient: true });
    await page.sees('We can’t find this appointment.');
    expect(page.errors).to.deep.equal(['appointment_not_found']);
    expect(page.hasState('failed')).to.equal(true);
    expect(page.backend.calls).to.deep.equal(['appointment']);
    await page.press('Book a time');
    await page.ready();
    expect(page.element.getAttribute('appointment')).to.equal('nonsense');
  });

  it('nobody knows is all there is where the page names no provider', async () => {
    const page = await openAppointment({ ...booked(), token: 'nonsense' }, { impatient: true });
    await page.sees('We can’t find this appointment.');
    expect(page.buttons).to.deep.equal([]);
  });

  it('can’t be reached is asked for again by one press', async () => {
    const page = await openAppointment(booked(), {
      faults: { refuses: { appointment: 'network' } },
      impatient: true,
    });
    await page.sees('We can’t reach the clinic.');
    expect(page.errors).to.deep.equal(['network']);
    page.backend.faults.refuses = {};
    await page.press('Try again');
    await page.sees('Your appointment');
  });
});

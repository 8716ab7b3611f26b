import { expect } from '@open-wc/testing';
import { booked, monday, openAppointment } from '../../../support/pages/appointment-page.ts';
import { BookingPage } from '../../../support/pages/booking-page.ts';
import { type MemoryBackend, MIRA } from '../../../support/memory/memory-backend.ts';

const MINUTE = 60_000;
const HOURS = 60;
/** Two hours before the appointment at 10:00 on Monday. */
const LAST_MOMENT = Date.parse(monday('8:00'));
const TOO_LATE = 'It can’t be changed online any more. If something comes up, please call Northside Clinic.';
const UNTIL_EIGHT = 'Can be moved or cancelled online until Monday 23 November, 8:00.';
/** Markup and long words are the clinic's to type, and stay text. */
const POLICY = `Please call <b>us</b>.\n${'Absage'.repeat(60)}`;

/** An appointment at 10:00 that can be changed until 8:00, opened at `now`. */
function boundAppointment(now: number, change_policy: string | null = POLICY): ReturnType<typeof booked> {
  const appointment = booked({ now });
  appointment.project.database.configure(MIRA.slug, { change_notice_minutes: 2 * HOURS, change_policy });
  return appointment;
}

describe('the last moment to change an appointment', () => {
  it('is shown on the patient’s page, in the zone of the times, with the clinic’s words as text', async () => {
    const page = await openAppointment(boundAppointment(LAST_MOMENT - HOURS * MINUTE), {
      attributes: { 'time-zone': 'Asia/Kolkata' },
    });
    expect(page.text).to.include('Can be moved or cancelled online until Monday 23 November, 12:30.');
    expect(page.text).to.include('Please call <b>us</b>.');
    expect(page.element.scrollWidth, 'long words wrap').to.equal(page.element.clientWidth);
    expect(page.buttons).to.include.members(['Reschedule', 'Cancel']);
  });

  it('is not mentioned where changes end with the start and the clinic has no words', async () => {
    const page = await openAppointment(booked());
    expect(page.text).not.to.include('online until');
  });

  it('has come: the buttons are gone, and a sentence says whom to call', async () => {
    const page = await openAppointment(boundAppointment(LAST_MOMENT));
    expect(page.text).to.include(TOO_LATE);
    expect(page.text).to.include('Please call <b>us</b>.');
    expect(page.text).not.to.include('online until');
    expect(page.buttons).to.deep.equal(['Add to calendar', 'Print', 'Book another time']);
  });

  it('comes while the page is open: it changes by the clock', async () => {
    // No answer says that it is too late.
    const backend = (made: MemoryBackend): MemoryBackend => ({
      ...made,
      appointment: async (request, signal) => {
        const result = await made.appointment(request, signal);
        return { ...result, appointment: { ...result.appointment, changeable: true } };
      },
    });
    const page = await openAppointment(boundAppointment(LAST_MOMENT - 300), { backend });
    await page.sees(TOO_LATE);
    expect(page.buttons).to.deep.equal(['Add to calendar', 'Print', 'Book another time']);
  });

  it('comes while the patient chooses a new time: the appointment is shown as it is', async () => {
    const appointment = boundAppointment(LAST_MOMENT - HOURS * MINUTE);
    const page = await openAppointment(appointment);
    await page.press('Reschedule');
    await page.ready();
    appointment.setTime(LAST_MOMENT);
    window.dispatchEvent(new Event('online'));
    await page.sees(TOO_LATE);
    expect(page.headings).to.include('Your appointment');
    expect(page.announced).to.equal(`Your appointment: Monday 23 November, 10:00. ${TOO_LATE}`);
  });

  it('was set meanwhile: the server refuses, and the page says so', async () => {
    const appointment = booked();
    const page = await openAppointment(appointment);
    await page.press('Cancel');
    appointment.project.database.configure(MIRA.slug, {
      change_notice_minutes: 7 * 24 * HOURS,
      change_policy: 'Sorry!',
    });
    await page.press('Yes, cancel it');
    await page.sees(TOO_LATE);
    await page.sees('Sorry!');
    expect(page.notices).to.deep.equal([]);
    expect(page.errors).to.deep.equal(['too_late_to_change']);
    expect(page.buttons).to.deep.equal(['Add to calendar', 'Print', 'Book another time']);
    expect(appointment.now().status).to.equal('confirmed');
  });

  it('was set while the patient moves: the server refuses, and the old time stays', async () => {
    const appointment = booked();
    const page = await openAppointment(appointment);
    await page.press('Reschedule');
    await page.hold('15:40');
    appointment.project.database.configure(MIRA.slug, { change_notice_minutes: 7 * 24 * HOURS });
    await page.press('Move to 15:40');
    await page.sees(TOO_LATE);
    expect(page.text).to.include('10:00–10:20');
    expect(page.errors).to.deep.equal(['too_late_to_change']);
  });

  it('does not bind the clinic', async () => {
    const appointment = boundAppointment(LAST_MOMENT);
    const page = await openAppointment(appointment);
    appointment.clinicMoves('15:00');
    await page.sees('The clinic has moved your appointment');
    await page.sees('Can be moved or cancelled online until Monday 23 November, 13:00.');
    expect(page.buttons).to.include.members(['Reschedule', 'Cancel']);
  });

  it('is shown before the patient books, and once they have', async () => {
    const page = await BookingPage.open();
    page.project.database.configure(MIRA.slug, { change_notice_minutes: 2 * HOURS, change_policy: POLICY });
    await page.hold('10:00');
    await page.sees(UNTIL_EIGHT);
    expect(page.text).to.include('Please call <b>us</b>.');
    expect(page.element.scrollWidth, 'long words wrap').to.equal(page.element.clientWidth);
    await page.fillDetails();
    await page.press('Book 10:00');
    await page.sees('You’re booked');
    await page.sees(UNTIL_EIGHT);
  });
});

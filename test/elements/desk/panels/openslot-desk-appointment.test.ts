import { expect } from '@open-wc/testing';
import { at } from '../../../support/memory/desk-seed.ts';
import { DeskPage } from '../../../support/pages/desk-page.ts';
import { MIRA } from '../../../support/memory/memory-seed.ts';

const LEA = /Friday 27 November, 10:00–10:40, Lea Roth/;

describe('somebody at the desk, with an appointment', () => {
  it('books for a patient on the phone', async () => {
    const page = await DeskPage.open();
    await page.press('Friday 27 November, 11:00–11:20, open');
    await page.press(/^Book for a patient/);
    expect((await page.field('Time')).value).to.equal(at('2026-11-27', '11:00').replace('.000Z', 'Z'));
    await page.press('Book');
    await page.sees('Please enter the patient’s name.');
    await page.fill('Name', 'Berit Blom');
    await page.fill('Phone', '+46 70 123 45 67');
    await page.press('Book');
    await page.sees('Berit Blom is booked for Fri 27 Nov, 11:00.');
    const name = 'Friday 27 November, 11:00–11:20, Berit Blom, just booked, Consultation';
    await page.until(() => page.appointments.includes(name), 'it stands in the agenda');
  });

  it('loses nothing typed when somebody else was faster', async () => {
    const page = await DeskPage.open();
    await page.press('Friday 27 November, 11:00–11:20, open');
    await page.press(/^Book for a patient/);
    await page.fill('Name', 'Berit Blom');
    page.backend.faults.refuses.book = 'slot_taken';
    await page.press('Book');
    await page.sees('Somebody else was a moment faster: the time is taken.');
    expect((await page.field('Name')).value).to.equal('Berit Blom');
    page.backend.faults.refuses = {};
    await page.choose('Time', '11:20');
    await page.press('Book');
    await page.sees('Berit Blom is booked for Fri 27 Nov, 11:20.');
  });

  it('moves it to another day, with a message', async () => {
    const page = await DeskPage.open();
    await page.press(LEA);
    await page.sees('lea.roth@example.com');
    await page.press('Move');
    await page.fill('Day', '2026-11-26');
    await page.choose('Time', '11:20');
    await page.fill('Message to the patient', 'The doctor is away on Friday.');
    await page.press('Move to 11:20');
    await page.sees('Lea Roth is moved to Thu 26 Nov, 11:20.');
    expect(page.appointments.join()).to.match(/Thursday 26 November, 11:20–12:00, Lea Roth/);
    expect(page.desk.news[0]?.message).to.equal('The doctor is away on Friday.');
    await page.until(() => page.times('Friday 27 November').includes('10:00–10:20, open'), 'the old time is open');
  });

  it('moves it to another week', async () => {
    const page = await DeskPage.open();
    await page.press(LEA);
    await page.press('Move');
    await page.fill('Day', '2026-12-02');
    await page.sees('Week 49 · 30 November – 6 December');
    await page.choose('Time', '11:20');
    await page.press('Move to 11:20');
    await page.sees('Lea Roth is moved to Wed 2 Dec, 11:20.');
    expect(page.appointments.join()).to.match(/Wednesday 2 December, 11:20–12:00, Lea Roth/);
  });

  it('sees the week that a colleague moved it to meanwhile', async () => {
    const page = await DeskPage.open();
    await page.press(LEA);
    await page.press('Cancel appointment');
    page.backend.socket.losesMessages = 10;
    const lea = page.desk.appointments.find(({ patient }) => patient.name === 'Lea Roth')!;
    page.desk.reschedule(
      { appointment: lea.id, start: at('2026-12-02', '14:00'), version: 1, request_id: 'x', message: null },
      'patient',
    );
    await page.press('Cancel it');
    await page.sees('It is now: Wed 2 Dec, 14:00, Booked.');
    await page.sees('Week 49 · 30 November – 6 December');
  });

  it('sees what it is now when a colleague changed it meanwhile', async () => {
    const page = await DeskPage.open();
    await page.press(LEA);
    await page.press('Move');
    await page.choose('Time', '12:00');
    const lea = page.desk.appointments.find(({ patient }) => patient.name === 'Lea Roth')!;
    page.desk.reschedule(
      { appointment: lea.id, start: at('2026-11-27', '14:00'), version: 1, request_id: 'x', message: null },
      'patient',
    );
    await page.press('Move to 12:00');
    await page.sees('Somebody changed this appointment meanwhile.');
    await page.sees('It is now: Fri 27 Nov, 14:00, Booked.');
  });

  it('cancels it after being asked, and the time is open at once', async () => {
    const page = await DeskPage.open();
    await page.press(LEA);
    await page.press('Cancel appointment');
    await page.sees('Cancel Lea Roth?');
    await page.fill('Message to the patient', 'Please call us.');
    await page.press('Cancel it');
    await page.sees('The appointment of Lea Roth is cancelled.');
    expect(page.appointments.join()).not.to.include('Lea Roth');
    expect(page.desk.appointments.find(({ patient }) => patient.name === 'Lea Roth')?.cancel_reason).to.equal(
      'Please call us.',
    );
  });

  it('keeps the message when cancelling failed, and says why', async () => {
    const page = await DeskPage.open();
    await page.press(LEA);
    await page.press('Cancel appointment');
    await page.fill('Message to the patient', 'Please call us.');
    page.backend.faults.refuses.cancel = 'appointment_past';
    await page.press('Cancel it');
    await page.sees('This appointment is over and can’t be changed.');
    expect((await page.field('Message to the patient')).value).to.equal('Please call us.');
    expect(page.appointments.join()).to.include('Lea Roth');
  });

  it('marks how a past one went, and takes that back', async () => {
    const page = await DeskPage.open();
    await page.press(/Eva Berg/);
    await page.press('Did not come');
    await page.sees('Eva Berg: Did not come.');
    await page.until(() => page.appointments.join().includes('Eva Berg, did not come'), 'it is marked');
    await page.press('Undo');
    await page.until(() => !page.appointments.join().includes('Eva Berg, did not come'), 'no longer');
  });

  it('opens one out of the news, in whatever week it is', async () => {
    const page = await DeskPage.open();
    page.desk.book(
      {
        provider: MIRA.id,
        service: 'consultation',
        start: at('2026-12-01', '10:00'),
        patient: { name: 'Nora Nyman', email: null, phone: null, note: null },
        request_id: 'theirs',
      },
      'patient',
    );
    await page.press(/^Nora Nyman booked/);
    await page.sees('Week 49 · 30 November – 6 December');
    await page.sees('No e-mail address or phone number');
  });
});

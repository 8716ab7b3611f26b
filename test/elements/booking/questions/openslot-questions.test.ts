import { expect } from '@open-wc/testing';
import { BookingPage, clockAt, NOW } from '../../../support/pages/booking-page.ts';
import { createMemoryProject } from '../../../support/memory/memory-backend.ts';
import { askingSeed } from '../../../support/memory/memory-questions.ts';

async function open(options: Parameters<typeof BookingPage.open>[0] = {}): Promise<BookingPage> {
  return BookingPage.open({
    project: createMemoryProject({ clock: clockAt(NOW), seed: askingSeed(NOW) }),
    ...options,
  });
}

/** Chooses 9:00, and answers what has to be. */
async function answerAll(page: BookingPage): Promise<void> {
  await page.hold('9:00');
  await page.sees('What brings you here?');
  await page.fillDetails();
  page.fill('What brings you here?', 'A cough');
  page.tick('No');
  page.tick('I agree that the clinic keeps these answers.');
}

describe('what a clinic asks for a service', () => {
  it('is answered beside name and address, and sent with them', async () => {
    const page = await open();
    const asked: unknown[] = [];
    page.element.addEventListener('openslot-booking-submit', (event) => asked.push(event.detail.patient.answers));
    await answerAll(page);
    page.tick('Mumps');
    page.tick('Rubella');
    page.select('Which language do you prefer?', 'Suomi');
    page.fill('Since when?', '2026-11-20');
    await page.press('Book 9:00');
    await page.sees('You’re booked');
    expect(asked).to.deep.equal([
      {
        reason: 'A cough',
        before: 'No',
        consent: true,
        had: ['Mumps', 'Rubella'],
        language: 'Suomi',
        since: '2026-11-20',
      },
    ]);
  });

  it('need not be answered where it says so', async () => {
    const page = await open();
    await answerAll(page);
    await page.press('Book 9:00');
    await page.sees('You’re booked');
  });

  it('says what is missing, and takes the focus to the first of it', async () => {
    const page = await open();
    await page.hold('9:00');
    await page.sees('What brings you here?');
    await page.fillDetails();
    await page.press('Book 9:00');
    await page.sees('Please answer this question.');
    await page.sees('Please choose one of these.');
    await page.sees('Please tick this box to go on.');
    expect(page.focused).to.match(/^What brings you here/);
    page.fill('What brings you here?', 'A cough');
    await page.seesNo('Please answer this question.', 'Please choose one of these.');
    page.tick('Yes');
    await page.seesNo('Please choose one of these.', 'Please tick this box to go on.');
    expect(page.backend.calls).not.to.include('book');
  });

  it('shows the answer that the clinic’s project refuses', async () => {
    const page = await open({
      backend: (backend) => ({
        ...backend,
        // As if it were asked for something that it isn't.
        book: (request) => backend.book({ ...request, patient: { ...request.patient, answers: {} } }),
      }),
    });
    await answerAll(page);
    await page.press('Book 9:00');
    await page.sees('Please answer this question.');
  });

  it('is not asked for a service that has no questions', async () => {
    const page = await open();
    await page.choose('Vaccination');
    await page.book('9:00');
    expect(page.text).not.to.include('What brings you here?');
  });

  it('keeps what was answered when the time is taken', async () => {
    const page = await open();
    await answerAll(page);
    page.backend.faults.refuses.book = 'slot_taken';
    await page.press('Book 9:00');
    await page.sees('9:00 was just taken. What you typed is kept. Nearest free times:');
    await page.press('9:40');
    await page.sees('Held for you');
    expect(page.field('What brings you here?').value).to.equal('A cough');
    expect(page.field('I agree').checked).to.equal(true);
  });
});

describe('what was typed', () => {
  it('is still there after the page was loaded anew in the tab', async () => {
    await answerAll(await open());
    const page = await open({ sameTab: true });
    await page.hold('9:00');
    await page.sees('What brings you here?');
    expect(page.field('Full name').value).to.equal('Jonas Ek');
    expect(page.field('What brings you here?').value).to.equal('A cough');
    expect(page.field('I agree').checked).to.equal(true);
  });

  it('is not kept once it was sent', async () => {
    const before = await open();
    await answerAll(before);
    await before.press('Book 9:00');
    await before.sees('You’re booked');
    const page = await open({ sameTab: true });
    await page.hold('9:40');
    await page.sees('What brings you here?');
    expect(page.field('Full name').value).to.equal('');
    expect(page.field('What brings you here?').value).to.equal('');
  });

  it('begins with what the page’s address says, if the page itself says nothing', async () => {
    const { href } = location;
    const address = new URL(href);
    address.searchParams.set('openslot-name', 'Ada Berg');
    address.searchParams.set('openslot-email', 'ada@example.com');
    address.searchParams.set('openslot-service', 'vaccination');
    history.replaceState(null, '', address);
    const page = await BookingPage.open({ attributes: { 'patient-email': 'page@example.com' } });
    expect(page.serviceChosen).to.match(/^Vaccination/);
    await page.hold('9:00');
    expect(page.field('Full name').value).to.equal('Ada Berg');
    expect(page.field('E-mail').value).to.equal('page@example.com');
    history.replaceState(null, '', href);
  });
});

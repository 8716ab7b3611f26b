import { expect } from '@open-wc/testing';
import { resetMouse, sendMouse } from '@web/test-runner-commands';
import { OpenslotError } from '../../../../src/core/errors.ts';
import { BookingPage } from '../../../support/pages/booking-page.ts';
import type { MemoryBackend, MemoryProject } from '../../../support/memory/memory-backend.ts';
import { standsStill } from '../../../support/pages/seen.ts';

const SECOND = 1_000;

/** A backend whose holds last so many seconds. */
function holdingFor(seconds: number): (backend: MemoryBackend, project: MemoryProject) => MemoryBackend {
  return (backend, { database }) => ({
    ...backend,
    hold: async (request, signal) => {
      const result = await backend.hold(request, signal);
      setTimeout(() => database.release(request), seconds * SECOND);
      return { ...result, held_until: new Date(Date.parse(result.server_time) + seconds * SECOND).toISOString() };
    },
  });
}

const { matchMedia } = window;

/** The browser claims to be a phone or a desk, and that it should not move things: each engine says what the machine has. */
function pretendHovering(can: boolean): void {
  const pretended = new Map([
    ['(hover: none)', !can],
    ['(prefers-reduced-motion: reduce)', true],
  ]);
  window.matchMedia = (query) => {
    const matches = pretended.get(query);
    return matches === undefined ? matchMedia.call(window, query) : ({ matches } as MediaQueryList);
  };
}

describe('a time that somebody else takes', () => {
  beforeEach(() => pretendHovering(true));
  afterEach(async () => {
    window.matchMedia = matchMedia;
    await resetMouse();
  });

  it('while the patient looks: is struck, told, and then gone', async () => {
    const page = await BookingPage.open();
    await page.becomes('live');
    // Nothing but a message can bring it.
    page.backend.faults.offline = true;
    page.othersTake('10:00');
    await page.until(() => page.announced === '10:00 was just taken.', 'it is announced');
    expect(page.times).not.to.include('10:00');
    expect(page.text).to.include('20 times free');
    await page.button('10:00, taken');
    await page.until(() => !page.buttons.includes('10:00, taken'), 'it goes');
  });

  it('stays in its place where nothing hovers, until another list is shown', async () => {
    pretendHovering(false);
    const page = await BookingPage.open();
    const { x } = (await page.button('10:20')).getBoundingClientRect();
    page.othersTake('10:00');
    await page.button('10:00, taken');
    expect((await page.button('10:20')).getBoundingClientRect().x).to.equal(x);
    await page.choose('Vaccination');
    await page.choose('Consultation');
    expect(page.buttons).not.to.include('10:00, taken');
    page.othersTake('9:00');
    await page.button('9:00, taken');
    expect((await page.button('10:20')).getBoundingClientRect().x).to.be.lessThan(x);
  });

  it('stays in its place while the pointer is among the times', async () => {
    const page = await BookingPage.open();
    const next = await page.button('10:20');
    await standsStill(page.element);
    const box = next.getBoundingClientRect();
    const before = [box.x, box.y];
    await sendMouse({ type: 'move', position: [Math.round(box.x + 10), Math.round(box.y + 10)] });
    page.othersTake('10:00');
    const struck = await page.button('10:00, taken');
    expect(struck.getAttribute('aria-disabled')).to.equal('true');
    struck.click();
    const after = next.getBoundingClientRect();
    expect([after.x, after.y]).to.deep.equal(before);
    expect(page.hasState('times')).to.equal(true);
    await sendMouse({ type: 'move', position: [1, 1] });
    await page.until(() => next.getBoundingClientRect().x !== box.x, 'the gap closes');
  });

  it('stays in its place while it has the focus, and comes back there', async () => {
    const page = await BookingPage.open();
    (await page.button('10:00')).focus();
    page.othersTake('10:00');
    await page.button('10:00, taken');
    expect(page.focused).to.equal('10:00, taken');
    page.project.database.setStatus('mira-lindqvist', '2026-11-23T09:00:00Z', '2026-11-23T09:01:00Z', 'open');
    await page.until(() => page.focused === '10:00', 'it is free again');
  });

  it('while details are typed after the hold ended: they are kept, and near times are offered', async () => {
    const page = await BookingPage.open({ backend: holdingFor(1) });
    await page.hold('10:00');
    page.fill('Full name', 'Jonas Ek');
    await page.sees('10:00 is no longer held for you, but it is still free.');
    page.othersTake('10:00');
    await page.sees('10:00 was just taken. What you typed is kept. Nearest free times:');
    expect(page.notices.join()).to.match(/9:20 9:40 10:20|9:40 10:20 10:40/);
    (await page.button('10:20')).focus();
    await page.press('10:20');
    await page.sees('Monday 23 November, 10:20');
    expect(page.field('Full name').value).to.equal('Jonas Ek');
    await page.until(() => page.focused === 'Monday 23 November, 10:20', 'the heading has the focus');
  });

  it('can be held again when only the hold ran out', async () => {
    const page = await BookingPage.open({ backend: holdingFor(1) });
    await page.hold('10:00');
    await page.press('Hold it again');
    await page.sees('Held for you');
  });

  it('before the hold arrived: says so at once', async () => {
    const page = await BookingPage.open();
    page.backend.faults.refuses.hold = 'slot_taken';
    await page.press('10:00');
    await page.sees('10:00 was just taken. Nearest free times:');
    delete page.backend.faults.refuses.hold;
    await page.press('9:40');
    await page.sees('Held for you');
    expect(page.errors).to.deep.equal([]);
  });

  it('as the details are sent: the page is told, nothing typed is lost, another one can be booked', async () => {
    const page = await BookingPage.open();
    await page.hold('10:00');
    await page.fillDetails();
    page.backend.faults.refuses.book = 'slot_taken';
    await page.press('Book 10:00');
    await page.sees('10:00 was just taken. What you typed is kept. Nearest free times:');
    expect(page.events).to.include('openslot-booking-rejected');
    delete page.backend.faults.refuses.book;
    await page.press('10:20');
    await page.sees('Held for you');
    expect(page.field('E-mail').value).to.equal('jonas@example.com');
    await page.press('Book 10:20');
    await page.sees('You’re booked');
  });

  it('is told in other words when it isn’t somebody else who took it', async () => {
    const page = await BookingPage.open();
    await page.hold('10:00');
    await page.fillDetails();
    page.backend.faults.refuses.book = 'daily_limit_reached';
    await page.press('Book 10:00');
    await page.sees('This day is fully booked.');
  });
});

describe('a day and a month that fill up', () => {
  it('lead on to the next free day', async () => {
    const page = await BookingPage.open();
    page.othersTake('9:00', '16:40');
    await page.sees('No free times on Monday 23 November.');
    await page.press('Next: Tue 24 Nov');
    await page.sees(/Tuesday 24 November 21 times free/);
  });

  it('lead on to the next free month', async () => {
    const page = await BookingPage.open();
    page.project.database.setStatus('mira-lindqvist', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z', 'booked');
    await page.until(() => !page.freeDays.join().includes('December'), 'December is full');
    await page.press('Next month');
    await page.sees('No free times in December.');
    await page.press('Next: Fri 1 Jan');
    await page.sees(/Friday 1 January 21 times free/);
    expect(page.month).to.equal('January 2027');
  });

  it('say so when nothing is left at all', async () => {
    const page = await BookingPage.open();
    page.project.database.setStatus('mira-lindqvist', '2026-11-01T00:00:00Z', '2027-12-01T00:00:00Z', 'booked');
    await page.sees('No free times right now.');
    page.project.database.setStatus('mira-lindqvist', '2026-11-23T09:00:00Z', '2026-11-23T09:01:00Z', 'open');
    await page.until(() => page.times.join() === '10:00', 'a time that opens up is shown');
  });
});

describe('a call that fails', () => {
  it('to hold: the time may be booked all the same', async () => {
    const page = await BookingPage.open();
    page.backend.faults.refuses.hold = 'rate_limited';
    await page.press('10:00');
    await page.sees('This time isn’t held for you, but you can book it as long as it is free.');
    expect(page.errors).to.deep.equal(['rate_limited']);
    await page.fillDetails();
    await page.press('Book 10:00');
    await page.sees('You’re booked');
  });

  const sentences = [
    ['rate_limited', 'There were too many tries from here.'],
    ['invalid_argument', 'Something in your details can’t be used.'],
    ['unknown', 'Something went wrong.'],
  ] as const;
  for (const [code, sentence] of sentences) {
    it(`to book with ${code}: is told in words, and the details stay`, async () => {
      const page = await BookingPage.open();
      await page.hold('10:00');
      await page.fillDetails();
      page.backend.faults.refuses.book = code;
      await page.press('Book 10:00');
      await page.sees(sentence);
      expect(page.events).to.include('openslot-booking-rejected');
      expect(page.field('Full name').value).to.equal('Jonas Ek');
      delete page.backend.faults.refuses.book;
      await page.press('Book 10:00');
      await page.sees('You’re booked');
    });
  }

  it('names the field that the server refused', async () => {
    const page = await BookingPage.open({
      backend: (backend) => ({
        ...backend,
        book: () =>
          Promise.reject(new OpenslotError('invalid_argument', undefined, { detail: { field: 'patient.email' } })),
      }),
    });
    await page.hold('10:00');
    await page.fillDetails();
    await page.press('Book 10:00');
    await page.until(() => page.field('E-mail').getAttribute('aria-invalid') === 'true', 'the field is marked');
    expect(page.field('Full name').getAttribute('aria-invalid')).to.equal('false');
  });

  it('to cancel: the appointment stands, and the reason is told', async () => {
    const page = await BookingPage.open();
    await page.book('9:00');
    page.backend.faults.refuses.cancel = 'appointment_past';
    await page.press('Cancel');
    await page.press('Yes, cancel it');
    await page.sees('This appointment is over and can’t be changed.');
    expect(page.errors).to.deep.equal(['appointment_past']);
  });

  it('to move because the new time is gone: others are offered, the old one stands', async () => {
    const page = await BookingPage.open();
    await page.book('9:00');
    await page.press('Reschedule');
    await page.hold('15:40');
    page.backend.faults.refuses.reschedule = 'slot_taken';
    await page.press('Move to 15:40');
    await page.sees('15:40 was just taken.');
    delete page.backend.faults.refuses.reschedule;
    await page.press('15:20');
    await page.sees('Held for you');
    await page.press('Move to 15:20');
    await page.sees('Your new time is booked');
  });
});

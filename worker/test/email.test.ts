/** The content of e-mails, and that no name or text in them can become markup or a header. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { Delivery } from '../delivery.ts';
import { writeEmail } from '../email/email.ts';
import { MissingValueError } from '../failure.ts';
import { LANGUAGES } from '../messages/index.ts';
import { makeDelivery, makeInvitation, makeNotice } from './support/deliveries.ts';

const SENDER = { address: 'no-reply@northside.example', domain: 'northside.example' };
const KINDS = ['booked', 'cancelled', 'rescheduled', 'reminder'] as const;
const AUDIENCES = ['patient', 'provider'] as const;

/** The mail as a mail program receives it. */
async function receive(delivery: Delivery) {
  const raw = await new MailComposer(writeEmail(delivery, SENDER)).compile().build();
  const parsed = await simpleParser(raw);
  const file = parsed.attachments.find(({ contentType }) => contentType === 'text/calendar');
  const event = file && new ICAL.Component(ICAL.parse(file.content.toString()) as object[]);
  return { raw: raw.toString(), parsed, file: file?.content.toString() ?? null, calendar: event ?? null };
}

function eventOf(calendar: ICAL.Component | null): ICAL.Component {
  const event = calendar?.getFirstSubcomponent('vevent');
  assert.ok(event, 'there is an event');
  return event;
}

describe('an e-mail', () => {
  it('says when, what, with whom and where, and how to change it', async () => {
    const { parsed } = await receive(makeDelivery());
    assert.equal(parsed.subject, 'Confirmed: Consultation with Dr. Mira Lindqvist, Tue 24 Nov, 13:20');
    assert.equal(parsed.from?.text, '"Northside Clinic" <no-reply@northside.example>');
    assert.equal(parsed.replyTo?.value[0]?.address, 'hello@northside.example');
    assert.equal(parsed.messageId, '<60000000-0000-4000-8000-000000000001@northside.example>');
    assert.equal(parsed.headers.get('auto-submitted'), 'auto-generated');
    for (const part of [parsed.text, parsed.html]) {
      assert.ok(part);
      assert.match(part, /Tuesday,? 24 November 2026, 13:20 – 13:40, Stockholm \(GMT\+1\)/);
      assert.match(part, /Dr\. Mira Lindqvist, General practice/);
      assert.ok(part.includes('https://clinic.example/book#openslot-appointment=TOKEN'));
    }
  });

  for (const { lang, dir } of LANGUAGES) {
    it(`is written in ${lang} for every kind and audience, with a heading, its direction, and no missing value`, async () => {
      const deliveries = [
        ...KINDS.flatMap((kind) =>
          AUDIENCES.map((audience) => makeDelivery({ ...makeNotice(kind, audience), locale: lang })),
        ),
        ...(['owner', 'staff', 'provider'] as const).map((role) => makeInvitation({ role, locale: lang })),
      ];
      const subjects = new Set<string>();
      for (const delivery of deliveries) {
        const { parsed } = await receive(delivery);
        const what = `${delivery.kind} to ${delivery.audience}`;
        assert.ok(parsed.html && parsed.text && parsed.subject, what);
        assert.ok(parsed.html.includes(`<html lang="${lang}" dir="${dir}">`), what);
        assert.match(parsed.html, /<h1>[^<]+<\/h1>/, what);
        assert.doesNotMatch(parsed.html + parsed.text + parsed.subject, /undefined|null|\[object/, what);
        subjects.add(parsed.subject);
      }
      assert.equal(subjects.size, KINDS.length * AUDIENCES.length + 1, 'each kind has its own subject');
    });
  }

  it('gives times in the recipient’s zone and names it', async () => {
    const { parsed } = await receive(makeDelivery({ time_zone: 'Asia/Tokyo' }));
    assert.match(parsed.text ?? '', /21:20 – 21:40, Tokyo \(GMT\+9\)/);
  });

  it('is in English with the recipient’s own clock if there are no texts in their language', async () => {
    const { parsed } = await receive(makeDelivery({ locale: 'sv-SE' }));
    assert.match(parsed.text ?? '', /Your appointment is confirmed/);
    assert.match(parsed.text ?? '', /13:20/);
    assert.ok(parsed.html && parsed.html.includes('lang="en"'));
  });

  for (const locale of [null, 'xx-YY', 'aa-bb-cc-dd-ee', 'ab-c', 'en_US', 'toolonglanguage']) {
    it(`takes ${locale ?? 'no locale'} for English`, async () => {
      const { parsed } = await receive(makeDelivery({ locale, time_zone: 'Not/AZone' }));
      assert.match(parsed.text ?? '', /Your appointment is confirmed/);
      assert.match(parsed.text ?? '', /GMT|UTC/);
    });
  }

  it('shows the texts of patients and staff as text, not as markup', async () => {
    const evil = `<img src=x onerror="alert(1)">&'"\`</td></html>`;
    const { parsed } = await receive(
      makeDelivery({
        ...makeNotice('cancelled', 'provider', { message: `${evil}\r\nBcc: everybody@example.com` }),
        appointment: { id: 'a', patient: { name: evil, email: 'karin@example.com' } },
        service: { name: evil },
        tenant: { name: evil, reply_to: null, desk_url: 'https://clinic.example/"><script>' },
      }),
    );
    assert.ok(parsed.html);
    assert.doesNotMatch(parsed.html, /<(img|script)/);
    assert.equal(parsed.html.match(/<\/html>/g)?.length, 1);
    assert.ok(parsed.text?.includes(evil));
  });

  it('lets no name become a header', async () => {
    const name = 'Karin\r\nBcc: evil@example.com\r\n\r\n<b>body</b>';
    const { parsed, raw } = await receive(
      makeDelivery({
        appointment: { id: 'a', patient: { name, email: 'karin@example.com' } },
        service: { name },
        provider: { name, title: name },
        tenant: { name, reply_to: 'hello@northside.example', desk_url: null },
      }),
    );
    assert.equal(parsed.bcc, undefined);
    assert.equal(parsed.headers.has('bcc'), false);
    assert.doesNotMatch(raw.split('\r\n\r\n', 1)[0] ?? '', /^Bcc:/im);
    assert.deepEqual(
      (Array.isArray(parsed.to) ? parsed.to : [parsed.to]).flatMap((to) => to?.value.map(({ address }) => address)),
      ['karin@example.com'],
    );
  });

  it('takes long names, and keeps Arabic and Latin ones apart in one sentence', async () => {
    const patient = { name: 'ا'.repeat(200), email: 'karin@example.com' };
    const { parsed } = await receive(
      makeDelivery({ ...makeNotice('booked', 'provider'), appointment: { id: 'a', patient } }),
    );
    assert.ok(parsed.subject?.includes(patient.name));
    assert.ok(parsed.text?.includes(`\u2068${patient.name}\u2069 booked a time`));
  });

  it('gives the reason to the other side only', async () => {
    const toProvider = makeNotice('cancelled', 'provider', { message: 'I have a cold' });
    assert.match((await receive(makeDelivery(toProvider))).parsed.text ?? '', /Karin Holm wrote:\n> I have a cold/);
    const toPatient = makeNotice('cancelled', 'patient', { message: 'I have a cold' });
    const { text } = (await receive(makeDelivery(toPatient))).parsed;
    assert.match(text ?? '', /Karin Holm|Your appointment/);
    assert.doesNotMatch(text ?? '', /cold/);
    const byClinic = makeNotice('cancelled', 'patient', { message: 'The doctor is ill', by: 'provider' });
    const { parsed } = await receive(makeDelivery(byClinic));
    assert.match(parsed.text ?? '', /Northside Clinic wrote:\n> The doctor is ill/);
    assert.match(parsed.text ?? '', /had to cancel/);
    assert.match(parsed.text ?? '', /Choose another time:\nhttps:\/\/clinic\.example\/book\n/);
  });

  it('has no link where there is no page to lead to', async () => {
    const { parsed } = await receive(makeDelivery({ page_url: null }));
    assert.ok(parsed.text && parsed.html);
    assert.doesNotMatch(parsed.text, /https?:/);
    assert.doesNotMatch(parsed.html, /<a /);
  });

  it('for an invitation links to the desk', async () => {
    const { parsed, calendar } = await receive(makeInvitation());
    assert.ok(parsed.text?.includes('https://clinic.example/desk#openslot-invitation=INVITE'));
    assert.match(parsed.text ?? '', /as staff/);
    assert.equal(calendar, null);
  });

  for (const [what, delivery] of [
    ['service.name', makeDelivery({ service: null })],
    ['provider.name', makeDelivery({ provider: { name: '', title: null } })],
    ['notification', makeDelivery({ notification: null })],
    ['text for patient/sneezed', makeDelivery({ kind: 'sneezed' as 'booked' })],
    ['desk_url', makeInvitation({ tenant: { name: 'Northside Clinic', reply_to: null, desk_url: null } })],
    ['role', makeInvitation({ role: null })],
  ] as const) {
    it(`is not written without ${what}, and the error names it`, () => {
      assert.throws(
        () => writeEmail(delivery, SENDER),
        (error) =>
          error instanceof MissingValueError && error.permanent && error.message.startsWith(`${what} is missing`),
      );
    });
  }
});

describe('the calendar file', () => {
  it('for a booking adds an event that needs no answer', async () => {
    const { parsed, calendar, raw } = await receive(makeDelivery());
    const event = eventOf(calendar);
    assert.equal(calendar?.getFirstPropertyValue('method'), 'REQUEST');
    assert.equal(event.getFirstPropertyValue('uid'), '50000000-0000-4000-8000-000000000001@openslot');
    assert.equal(event.getFirstPropertyValue('sequence'), 0);
    assert.equal(String(event.getFirstPropertyValue('dtstart')), '2026-11-24T12:20:00Z');
    assert.equal(String(event.getFirstPropertyValue('dtend')), '2026-11-24T12:40:00Z');
    assert.equal(String(event.getFirstPropertyValue('dtstamp')), '2026-11-20T08:00:00Z');
    assert.equal(event.getFirstPropertyValue('status'), 'CONFIRMED');
    assert.equal(event.getFirstPropertyValue('summary'), 'Consultation with Dr. Mira Lindqvist');
    assert.match(String(event.getFirstPropertyValue('organizer')), /^mailto:no-reply@northside\.example$/i);
    const attendee = event.getFirstProperty('attendee');
    assert.match(String(attendee?.getFirstValue()), /^mailto:karin@example\.com$/i);
    assert.equal(attendee?.getParameter('partstat'), 'ACCEPTED');
    assert.equal(attendee.getParameter('rsvp'), 'FALSE');
    // Mail programs read the alternative with its method; other programs open the attachment.
    assert.match(raw, /Content-Type: text\/calendar; charset=utf-8; method=REQUEST/);
    assert.ok(parsed.attachments.some(({ filename }) => filename === 'appointment.ics'));
    assert.doesNotMatch(raw.replaceAll('=\r\n', '').split('BEGIN:VCALENDAR')[1] ?? '', /TOKEN/);
  });

  it('for a change moves the same event, and for a cancellation removes it', async () => {
    const moved = await receive(makeDelivery(makeNotice('rescheduled', 'patient', { sequence: 3 })));
    const cancelled = await receive(makeDelivery(makeNotice('cancelled', 'patient', { sequence: 4 })));
    const uids = [moved, cancelled].map(({ calendar }) => eventOf(calendar).getFirstPropertyValue('uid'));
    assert.equal(uids[0], uids[1]);
    assert.equal(moved.calendar?.getFirstPropertyValue('method'), 'REQUEST');
    assert.equal(eventOf(moved.calendar).getFirstPropertyValue('sequence'), 3);
    assert.equal(cancelled.calendar?.getFirstPropertyValue('method'), 'CANCEL');
    assert.equal(eventOf(cancelled.calendar).getFirstPropertyValue('sequence'), 4);
    assert.equal(eventOf(cancelled.calendar).getFirstPropertyValue('status'), 'CANCELLED');
  });

  it('is not part of a reminder', async () => {
    assert.equal((await receive(makeDelivery(makeNotice('reminder', 'patient')))).calendar, null);
  });

  it('is the same file when it is sent again', () => {
    const file = (): unknown => writeEmail(makeDelivery(), SENDER).icalEvent;
    assert.deepEqual(file(), file());
  });

  it('folds its lines at 75 octets, and no name can add a line', async () => {
    const name = `Łukasz, "x"; \\ 😀 ${'ﻫ'.repeat(90)}\r\nATTENDEE:mailto:evil@example.com`;
    const { calendar, file } = await receive(
      makeDelivery({
        service: { name },
        appointment: { id: 'a', patient: { name, email: null } },
        tenant: { name, reply_to: null, desk_url: null },
      }),
    );
    for (const line of file?.split('\r\n') ?? []) assert.ok(Buffer.byteLength(line) <= 75, line);
    const event = eventOf(calendar);
    assert.equal(event.getAllProperties('attendee').length, 1);
    assert.equal(event.getFirstPropertyValue('summary'), `${name.replace('\r\n', '\n')} with Dr. Mira Lindqvist`);
  });
});

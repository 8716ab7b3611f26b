/** From a booking over HTTP to the mail in the mailbox, with a real database and a real SMTP connection. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, before, describe, it, after } from 'node:test';
import type { ReceivedMail } from './support/mail-server.ts';
import { MIRAS_ADDRESS, Office, PAGE, until } from './support/office.ts';

/** A line of the mail's calendar file. */
function event(mail: ReceivedMail, name: string): string | undefined {
  const file = mail.parsed.attachments.find(({ contentType }) => contentType === 'text/calendar')?.content.toString();
  return new RegExp(`^${name}:(.*)$`, 'm').exec(file?.replaceAll('\r', '') ?? '')?.[1];
}

describe('the worker', { timeout: 300_000 }, () => {
  let office: Office;

  before(async () => {
    office = await Office.open();
  });
  afterEach(async () => {
    await office.stopWorkers();
    office.mail.atData = office.mail.atRecipient = () => undefined;
  });
  after(() => office.close());

  it('sends patient and provider a mail about a booking, each in their own zone and language', async () => {
    await office.startWorker();
    const { manage_token } = await office.book('ada@example.com', { locale: 'de-AT', time_zone: 'Asia/Tokyo' });
    const [toPatient, toProvider] = await Promise.all([
      office.mail.mail('ada@example.com'),
      office.mail.mail(MIRAS_ADDRESS),
    ]);
    assert.match(toPatient.parsed.text ?? '', /Ihr Termin ist bestätigt/);
    assert.match(toPatient.parsed.text ?? '', /Tokyo \(GMT\+9\)/);
    assert.ok(toPatient.parsed.text?.includes(`${PAGE}#openslot-appointment=${manage_token}`));
    assert.match(toProvider.parsed.text ?? '', /Karin Holm\u2069 booked a time/);
    assert.match(toProvider.parsed.text ?? '', /Stockholm/);
    assert.ok(!toProvider.raw.includes(manage_token), 'the provider’s mail must not hold the patient’s secret');
    await until(() => office.isDone());
    const { id, state, attempts } = await office.delivery('ada@example.com');
    assert.deepEqual([state, attempts], ['sent', 1]);
    assert.equal(toPatient.messageId, `<${id}@northside.example>`);
  });

  it('sends nothing for a booking that was rolled back', async () => {
    await office.startWorker();
    const start = office.nextStart();
    await assert.rejects(
      office.query(
        `do $$ begin
           perform public.openslot_book('mira-lindqvist', 'consultation', '${start}', '{"name": "Nobody", "email": "nobody@example.com"}',
             '${randomUUID()}');
           raise exception 'the transaction fails after all';
         end $$`,
      ),
      /fails after all/,
    );
    // A later booking's mail has arrived, so the first booking's mail would have arrived before it.
    await office.book('after@example.com', {}, start);
    await office.mail.mail('after@example.com');
    await until(() => office.isDone());
    assert.deepEqual(office.mail.to('nobody@example.com'), []);
    assert.deepEqual(await office.states('nobody@example.com'), {});
  });

  it('sends the mails for bookings that were made while no worker ran', async () => {
    await Promise.all(['one', 'two', 'three'].map((name) => office.book(`${name}@away.example`)));
    assert.deepEqual(await office.states('one@away.example'), { pending: 1 });
    await office.startWorker();
    await Promise.all(['one', 'two', 'three'].map((name) => office.mail.mail(`${name}@away.example`)));
  });

  it('moves and removes the event in the patient’s calendar', async () => {
    await office.startWorker();
    const booking = await office.book('calendar@example.com');
    const booked = await office.mail.mail('calendar@example.com', 1);
    const start = await office.reschedule(booking);
    const moved = await office.mail.mail('calendar@example.com', 2);
    await office.cancel(booking);
    const cancelled = await office.mail.mail('calendar@example.com', 3);
    const mails = [booked, moved, cancelled];
    assert.deepEqual(
      mails.map((mail) => event(mail, 'METHOD')),
      ['REQUEST', 'REQUEST', 'CANCEL'],
    );
    assert.deepEqual(
      mails.map((mail) => event(mail, 'SEQUENCE')),
      ['0', '1', '2'],
    );
    assert.deepEqual(new Set(mails.map((mail) => event(mail, 'UID'))), new Set([`${booking.appointment.id}@openslot`]));
    assert.equal(event(moved, 'DTSTART'), start.replace(/[-:]/g, ''));
    assert.match(moved.parsed.text ?? '', /Before: /);
  });

  it('skips mails about states that changed before they were sent', async () => {
    const booking = await office.book('hasty@example.com');
    await office.reschedule(booking);
    await office.cancel(booking, 'Too hasty');
    await office.startWorker();
    await office.mail.mail('hasty@example.com');
    await until(() => office.isDone());
    assert.deepEqual(
      office.mail.to('hasty@example.com').map((mail) => event(mail, 'METHOD')),
      ['CANCEL'],
    );
    assert.deepEqual(await office.states('hasty@example.com'), { sent: 1, skipped: 2 });
  });

  it('reminds once for each of the clinic’s times, and not after the appointment was cancelled', async () => {
    const [stays, goes] = [await office.book('stays@example.com'), await office.book('goes@example.com')];
    await office.startWorker();
    await until(() => office.isDone());
    // Make the bookings look 30 days old, because a reminder is written only for an appointment that was booked before it was
    // due.
    await office.query(
      "update openslot.notifications set created_at = created_at - interval '30 days' where kind = 'booked'",
    );
    await office.query(
      `update openslot.tenants set reminder_minutes = array[20160]
       where exists (select from openslot.appointments where id = any ($1::uuid[]))`,
      [[stays.appointment.id, goes.appointment.id]],
    );
    await office.stopWorkers();
    await office.query('select openslot.due_reminders()');
    await office.cancel(goes);
    await office.startWorker();
    const reminder = await office.mail.mail('stays@example.com', 2);
    assert.match(reminder.parsed.subject ?? '', /^Reminder: /);
    assert.equal(event(reminder, 'UID'), undefined, 'a calendar has nothing to change');
    await until(() => office.isDone());
    await office.query('select openslot.due_reminders()');
    await until(() => office.isDone());
    assert.equal(office.mail.to('stays@example.com').length, 2);
    assert.deepEqual(
      office.mail.to('goes@example.com').map(({ parsed }) => parsed.subject?.split(':')[0]),
      ['Confirmed', 'Cancelled'],
    );
    await office.query("update openslot.tenants set reminder_minutes = '{1440,60}'");
  });

  it('invites members to the desk', async () => {
    await office.startWorker();
    await office.query(
      `insert into openslot.invitations (tenant_id, email, role, locale)
       select id, 'new@example.com', 'staff', 'de' from openslot.tenants where slug = 'northside'`,
    );
    const mail = await office.mail.mail('new@example.com');
    assert.match(mail.parsed.text ?? '', /#openslot-invitation=[\w-]{40,}/);
    assert.equal(mail.parsed.headers.get('content-language'), 'de');
  });

  it('shares the work with other workers, and no mail is sent twice', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `patient-${index}@many.example`);
    await Promise.all([office.startWorker(), office.startWorker(), office.startWorker()]);
    for (const name of names) await office.book(name);
    await Promise.all(names.map((name) => office.mail.mail(name)));
    await until(() => office.isDone());
    assert.deepEqual(
      names.map((name) => office.mail.to(name).length),
      names.map(() => 1),
    );
    const ids = office.mail.mails.map(({ messageId }) => messageId);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('writes no personal data into its log', () => {
    const text = JSON.stringify(office.log);
    assert.ok(office.log.length > 100);
    assert.doesNotMatch(text, /@|Karin|Holm|openslot-appointment/);
  });
});

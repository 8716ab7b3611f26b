import type Mail from 'nodemailer/lib/mailer/index.js';
import type { Sender } from '../config.ts';
import type { Delivery } from '../delivery.ts';
import { calendarFile } from './calendar-file.ts';
import { writeLetter } from './letter.ts';
import { renderHtml, renderText } from './page.ts';

/**
 * A delivery as an e-mail. Pure: the same delivery makes the same mail, except for the time in its Date header. The
 * Message-ID is always the same, so that mail programs recognise a mail that arrives twice.
 * @throws {MissingValueError}
 */
export function writeEmail(delivery: Delivery, sender: Sender): Mail.Options {
  const letter = writeLetter(delivery);
  const calendar = calendarFile(delivery, sender);
  const { tenant, recipient, audience, appointment, provider } = delivery;
  const names = { patient: appointment?.patient.name, provider: provider?.name, member: undefined };
  return {
    messageId: `<${delivery.id}@${sender.domain}>`,
    from: { name: letter.clinic, address: sender.address },
    to: { name: names[audience] ?? '', address: recipient },
    ...(tenant.reply_to ? { replyTo: { name: letter.clinic, address: tenant.reply_to } } : {}),
    subject: letter.subject,
    text: renderText(letter),
    html: renderHtml(letter),
    ...(calendar ? { icalEvent: { ...calendar, filename: 'appointment.ics' } } : {}),
    headers: {
      // Out-of-office programs don't reply to mails with this header (RFC 3834).
      'Auto-Submitted': 'auto-generated',
      'Content-Language': letter.lang,
    },
  };
}

/** The demo's mailbox: it shows the mails that arrived over SMTP, and they can't change the page around them. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { createTransport } from 'nodemailer';
import { mailboxPages } from '../mailbox/routes.ts';
import { type Mail, Mailbox, type MailSummary } from '../mailbox/mailbox.ts';

describe('the mailbox', () => {
  let mailbox: Mailbox;
  let server: Server;
  let url: string;

  before(async () => {
    mailbox = await Mailbox.start();
    const routes = mailboxPages(mailbox);
    server = createServer((request, response) => {
      void (async () => {
        if (!(await routes(request, response))) response.writeHead(404).end('no page');
      })();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.close();
    server.closeAllConnections();
    await mailbox.stop();
  });

  async function send(subject: string, html: string): Promise<void> {
    const transport = createTransport(mailbox.smtpUrl);
    await transport.sendMail({
      from: { name: 'Northside Clinic', address: 'no-reply@northside.example' },
      to: { name: 'Karin Holm', address: 'karin@example.com' },
      subject,
      text: 'Your appointment is confirmed',
      html,
      icalEvent: { method: 'CANCEL', content: 'BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n' },
    });
    transport.close();
  }

  async function list(): Promise<MailSummary[]> {
    return (await (await fetch(`${url}/mailbox/mails`)).json()) as MailSummary[];
  }

  test('shows the sent mails, newest first, and can be emptied', async () => {
    await send('first', '<p>first</p>');
    await send('second', '<p>second</p>');
    const [newest, oldest] = await list();
    assert.deepEqual([newest?.subject, oldest?.subject], ['second', 'first']);
    assert.deepEqual(newest?.to, [{ name: 'Karin Holm', address: 'karin@example.com' }]);
    const mail = (await (await fetch(`${url}/mailbox/mails/${newest.id}`)).json()) as Mail;
    assert.equal(mail.text.trim(), 'Your appointment is confirmed');
    assert.deepEqual(
      mail.calendars.map(({ method }) => method),
      ['CANCEL'],
    );
    assert.match(mail.source, /^Subject: second$/m);

    assert.equal((await fetch(`${url}/mailbox/mails`, { method: 'DELETE' })).status, 204);
    assert.deepEqual(await list(), []);
    assert.equal((await fetch(`${url}/mailbox/mails/${newest.id}`)).status, 404);
  });

  test('answers an unchanged list with 304 and no body', async () => {
    const first = await fetch(`${url}/mailbox/mails`);
    const etag = first.headers.get('etag') ?? '';
    const again = (): Promise<Response> => fetch(`${url}/mailbox/mails`, { headers: { 'if-none-match': etag } });
    assert.equal((await again()).status, 304);
    await send('news', '<p>news</p>');
    assert.equal((await again()).status, 200);
  });

  test('shows a mail’s markup where no script runs and nothing loads', async () => {
    await send('evil', '<html><head></head><body><script>top.location = "https://evil.example"</script></body></html>');
    const [mail] = await list();
    const response = await fetch(`${url}/mailbox/mails/${mail?.id ?? ''}/html`);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /sandbox allow-same-origin allow-popups/);
    assert.doesNotMatch(policy, /allow-scripts|script-src|allow-top/);
    assert.match(await response.text(), /<head><base target="_blank">/);
  });

  test('has a page with a strict content policy', async () => {
    const response = await fetch(`${url}/mailbox/`);
    assert.equal(response.status, 200);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /require-trusted-types-for 'script'/);
    assert.doesNotMatch(policy, /unsafe/);
    const script = await fetch(`${url}/mailbox/page.js`);
    assert.equal(script.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.doesNotMatch(await script.text(), /import type|interface /);
    assert.equal((await fetch(`${url}/mailbox`, { redirect: 'manual' })).status, 308);
    assert.equal((await fetch(`${url}/mailbox/mailbox.css`)).status, 200);
  });

  for (const path of ['/mailbox/page.ts', '/mailbox/mails/x', '/mailbox/../package.json', '/mailboxes/']) {
    test(`serves nothing else: ${path}`, async () => {
      assert.equal((await fetch(url + path)).status, 404);
    });
  }
});

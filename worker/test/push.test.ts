/** Web push with a push service that checks the sender's signature and decrypts the messages. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import webPush from 'web-push';
import type { BookingResult } from '../../src/core/wire.ts';
import { isPublicAddress, mayBePublic } from '../push/public-hosts.ts';
import { Office, PAGE, until } from './support/office.ts';
import { PushService } from './support/push-service.ts';

const KEYS = { ...webPush.generateVAPIDKeys(), subject: 'mailto:hello@northside.example' };

describe('web push', { timeout: 300_000 }, () => {
  let office: Office;
  let service: PushService;

  before(async () => {
    [office, service] = await Promise.all([Office.open(), PushService.start()]);
  });
  afterEach(async () => {
    await office.stopWorkers();
    service.status = 201;
    service.received.length = 0;
    await office.query('delete from openslot.deliveries');
    await office.query('delete from openslot.push_subscriptions');
  });
  after(async () => {
    await service.stop();
    await office.close();
  });

  /** A patient who has booked and wants push messages about the appointment in their browser. */
  async function subscribed(email: string, endpoint?: string): Promise<BookingResult> {
    const booking = await office.book(email, { locale: 'de' });
    const subscription = { ...service.subscription(), ...(endpoint ? { endpoint } : {}) };
    const { code } = await office.clinic.call('openslot_push_subscribe', {
      subscription,
      token: booking.manage_token,
      locale: 'de',
      time_zone: 'Asia/Tokyo',
    });
    assert.equal(code, null);
    await office.query('delete from openslot.deliveries');
    return booking;
  }

  async function pushes(): Promise<{ state: string; attempts: number; last_error: string | null }[]> {
    return office.query("select state, attempts, last_error from openslot.deliveries where channel = 'push'");
  }

  it('reaches the browser, signed, in its language and zone, and leads to the appointment', async () => {
    await office.startWorker({ vapid: KEYS, allowLocalPush: true });
    const booking = await subscribed('push@example.com');
    await office.reschedule(booking);
    await until(() => service.received.length === 1);
    const { message, headers, claims } = service.received[0]!;
    assert.equal(claims['aud'], service.origin);
    assert.equal(claims['sub'], KEYS.subject);
    assert.equal(claims['k'], KEYS.publicKey);
    assert.equal(headers['content-encoding'], 'aes128gcm');
    assert.equal(headers['topic'], booking.appointment.id.replaceAll('-', ''));
    assert.deepEqual(Object.keys(message).sort(), ['body', 'dir', 'lang', 'tag', 'title', 'url']);
    assert.equal(message['title'], 'Ihr Termin hat eine neue Zeit');
    assert.match(String(message['body']), /^Consultation bei Dr\. Mira Lindqvist\n/);
    assert.equal(message['url'], `${PAGE}#openslot-appointment=${booking.manage_token}`);
    assert.equal(message['tag'], booking.appointment.id);
    await until(async () => (await pushes())[0]?.state === 'sent');
  });

  for (const status of [404, 410]) {
    it(`forgets a subscription that is gone (${status})`, async () => {
      service.status = status;
      await office.startWorker({ vapid: KEYS, allowLocalPush: true });
      await office.cancel(await subscribed(`gone-${status}@example.com`));
      await until(async () => (await pushes())[0]?.state === 'skipped');
      assert.deepEqual(await office.query('select from openslot.push_subscriptions'), []);
    });
  }

  for (const status of [429, 503]) {
    it(`retries when the service fails (${status})`, async () => {
      service.status = status;
      await office.startWorker({ vapid: KEYS, allowLocalPush: true });
      await office.cancel(await subscribed(`trouble-${status}@example.com`));
      await until(async () => (await pushes())[0]?.attempts === 1);
      assert.deepEqual(await pushes(), [{ state: 'queued', attempts: 1, last_error: `push service ${status}` }]);
      service.status = 201;
      await until(async () => {
        await office.skipBackoff();
        return (await pushes())[0]?.state === 'sent';
      });
    });
  }

  it('gives up a message that the service refuses', async () => {
    service.status = 403;
    await office.startWorker({ vapid: KEYS, allowLocalPush: true });
    await office.cancel(await subscribed('refused@example.com'));
    await until(async () => (await pushes())[0]?.state === 'dead');
    assert.equal((await pushes())[0]?.last_error, 'push service 403');
  });

  it('gives up without keys, and names the variables to set', async () => {
    await office.startWorker({ vapid: null, allowLocalPush: true });
    await office.cancel(await subscribed('keyless@example.com'));
    await until(async () => (await pushes())[0]?.state === 'dead');
    assert.match((await pushes())[0]?.last_error ?? '', /^VAPID keys is missing: set VAPID_PUBLIC_KEY/);
  });

  for (const endpoint of ['http://push.example/x', 'https://127.0.0.1/x', 'https://[::1]/x', 'https://localhost/x']) {
    it(`sends no request into the private network: ${endpoint}`, async () => {
      await office.startWorker({ vapid: KEYS });
      await office.cancel(await subscribed('inside@example.com', endpoint));
      await until(async () => (await pushes())[0]?.state === 'dead');
      assert.match((await pushes())[0]?.last_error ?? '', /not a public https address|push service ENOTPUBLIC/);
    });
  }
});

describe('addresses', () => {
  it('are told apart as public or private', () => {
    for (const address of ['8.8.8.8', '142.250.1.1', '2a00:1450::1', '[2a00:1450::1]', '::ffff:8.8.8.8']) {
      assert.equal(isPublicAddress(address), true, address);
    }
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      '172.31.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
      '255.255.255.255',
      '::1',
      '::',
      'fd00::1',
      'fe80::1',
      '::ffff:127.0.0.1',
      '::ffff:a00:1',
      'not an address',
    ]) {
      assert.equal(isPublicAddress(address), false, address);
    }
    assert.equal(mayBePublic('push.example'), true, 'names are checked when they are looked up');
  });
});

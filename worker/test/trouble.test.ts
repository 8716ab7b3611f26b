/** Mail servers that refuse, wait or are gone, a database that comes and goes, and how operators handle dead letters. */
import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { Database } from '../database.ts';
import { describeDeadLetters, listDeadLetters, retryDeadLetters } from '../dead-letters.ts';
import { createLog } from '../log.ts';
import { MailServer } from './support/mail-server.ts';
import { MIRAS_ADDRESS, Office, until } from './support/office.ts';

describe('when mail servers fail', { timeout: 300_000 }, () => {
  let office: Office;
  let database: Database;

  before(async () => {
    office = await Office.open();
    const log = createLog('error', { write: () => undefined });
    database = new Database({ url: office.clinic.sandbox.databaseUrl, connections: 1, log });
  });
  afterEach(async () => {
    await office.stopWorkers();
    office.mail.atData = office.mail.atRecipient = () => undefined;
    await office.query('delete from openslot.deliveries');
  });
  after(async () => {
    await database.close();
    await office.close();
  });

  /** Waits until no delivery is waiting any more, and skips the pauses between retries. */
  async function settle(): Promise<void> {
    await until(async () => {
      await office.skipBackoff();
      return office.isDone();
    });
  }

  it('retries a mail that was refused for now, and sends it with the same Message-ID', async () => {
    let refusals = 0;
    office.mail.atData = (recipient) => {
      if (recipient !== 'busy@example.com' || refusals >= 2) return undefined;
      refusals++;
      return { code: 451, text: '4.7.1 Greylisted, come back later, busy@example.com' };
    };
    await office.startWorker();
    await office.book('busy@example.com');
    await until(async () => (await office.delivery('busy@example.com')).attempts === 1);
    const failed = await office.delivery('busy@example.com');
    assert.equal(failed.state, 'queued');
    assert.equal(
      failed.last_error,
      'SMTP 451 4.7.1 to DATA',
      'the error holds codes only, because the server quotes the address',
    );
    await settle();
    const { id, state, attempts, last_error } = await office.delivery('busy@example.com');
    assert.deepEqual([state, attempts, last_error], ['sent', 3, null]);
    assert.equal((await office.mail.mail('busy@example.com')).messageId, `<${id}@northside.example>`);
    assert.equal(office.mail.attempts.filter((address) => address === 'busy@example.com').length, 3);
  });

  it('gives up at once when the address does not exist, and sends the other mails', async () => {
    office.mail.atRecipient = (recipient) =>
      recipient === 'nobody@example.com' ? { code: 550, text: '5.1.1 No such user' } : undefined;
    await office.startWorker();
    await office.book('nobody@example.com');
    await office.book('somebody@example.com');
    await office.mail.mail('somebody@example.com');
    await until(() => office.isDone());
    const { state, attempts, last_error } = await office.delivery('nobody@example.com');
    assert.deepEqual([state, attempts, last_error], ['dead', 1, 'SMTP 550 5.1.1 to RCPT TO']);
  });

  it('gives up a mail that is refused too often; operators list it and queue it again', async () => {
    office.mail.atRecipient = (recipient) =>
      recipient === 'full@example.com' ? { code: 452, text: '4.2.2 Mailbox full' } : undefined;
    await office.startWorker();
    await office.book('full@example.com');
    await settle();
    assert.equal((await office.delivery('full@example.com')).state, 'dead');

    const letters = await listDeadLetters(database);
    assert.deepEqual(
      letters.map(({ channel, kind, audience, attempts, error }) => ({ channel, kind, audience, attempts, error })),
      [{ channel: 'email', kind: 'booked', audience: 'patient', attempts: 3, error: 'SMTP 452 4.2.2 to RCPT TO' }],
    );
    const text = describeDeadLetters(letters);
    assert.match(text, /booked to patient +3 attempts +SMTP 452/);
    assert.doesNotMatch(text, /@/);

    office.mail.atRecipient = () => undefined;
    assert.equal(await retryDeadLetters(database, letters[0]!.id), 1);
    await office.mail.mail('full@example.com');
    await until(() => office.isDone());
    assert.equal((await office.delivery('full@example.com')).state, 'sent');
    assert.equal(await retryDeadLetters(database, letters[0]!.id), 0, 'a sent mail can’t be queued again');
    assert.equal(await retryDeadLetters(database, null), 0);
  });

  it('keeps all mails while the mail server is gone', async () => {
    const other = await MailServer.start();
    const { port, url } = other;
    await other.stop();
    await office.startWorker({ smtpUrl: url, maxAttempts: 50 });
    await office.book('later@example.com');
    await until(async () => (await office.delivery('later@example.com')).attempts > 0);
    assert.equal((await office.delivery('later@example.com')).last_error, 'SMTP ESOCKET');
    const back = await MailServer.start(port);
    await settle();
    assert.equal(back.to('later@example.com').length, 1);
    await office.stopWorkers();
    await back.stop();
  });

  it('waits for a slow server, but only a limited time for a silent one', async () => {
    office.mail.atData = () => new Promise((resolve) => setTimeout(() => resolve(undefined), 300));
    await office.startWorker();
    await office.book('slow@example.com');
    await office.mail.mail('slow@example.com');
    await office.stopWorkers();

    const silent = await Silence.open();
    await office.startWorker({ smtpUrl: silent.url, sendTimeout: 200 });
    await office.book('silence@example.com');
    await settle();
    const { state, last_error } = await office.delivery('silence@example.com');
    assert.deepEqual([state, last_error], ['dead', 'SMTP ETIMEDOUT']);
    silent.close();
  });

  it('gives up a mail that can’t be written, and names the missing value', async () => {
    await office.query("update openslot.tenants set desk_url = null where slug = 'northside'");
    await office.startWorker();
    await office.query(
      `insert into openslot.invitations (tenant_id, email, role)
       select id, 'nowhere@example.com', 'staff' from openslot.tenants where slug = 'northside'`,
    );
    await until(() => office.isDone());
    const { state, last_error } = await office.delivery('nowhere@example.com');
    assert.equal(state, 'dead');
    assert.equal(last_error, 'desk_url is missing: set tenants.desk_url to the page with the desk');
  });

  it('sends no mail that is being sent or was sent, even if the queue has a job for it', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<undefined>((resolve) => (letGo = () => resolve(undefined)));
    office.mail.atData = () => held;
    await office.startWorker();
    await office.book('shared@example.com');
    await office.mail.until(() => office.mail.attempts.includes('shared@example.com'));
    const { id } = await office.delivery('shared@example.com');
    // A second job for the same delivery, as when a live worker was taken for dead.
    await office.query("select graphile_worker.add_job('openslot_deliver', json_build_object('delivery', $1::text))", [
      id,
    ]);
    await until(
      async () =>
        (await office.query("select from graphile_worker.jobs where last_error = 'another worker is sending it'"))
          .length === 1,
    );
    letGo();
    await until(async () => {
      await office.skipBackoff();
      return (await office.query('select from graphile_worker.jobs')).length === 0;
    });
    assert.equal(office.mail.to('shared@example.com').length, 1);
    assert.equal(office.mail.attempts.filter((address) => address === 'shared@example.com').length, 1);
    const { state, attempts } = await office.delivery('shared@example.com');
    assert.deepEqual([state, attempts], ['sent', 1]);
  });

  it('takes jobs over from dead workers, not from slow ones', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<undefined>((resolve) => (letGo = () => resolve(undefined)));
    office.mail.atData = (recipient) => (recipient === 'long@example.com' ? held : undefined);
    await Promise.all([office.startWorker({ concurrency: 1 }), office.startWorker({ concurrency: 1 })]);
    await office.query("update openslot.providers set email = null where slug = 'mira-lindqvist'");
    await office.book('long@example.com');
    await office.mail.until(() => office.mail.attempts.includes('long@example.com'));
    // Only the job of the dead worker is waiting.
    await office.query(
      `select graphile_worker.add_job('openslot_deliver', '{"delivery": "00000000-0000-4000-8000-000000000000"}', run_at => now() + interval '1 hour')`,
    );
    await office.query(
      "update graphile_worker._private_jobs set locked_by = 'pool-of-the-dead', locked_at = now(), run_at = now() where locked_by is null",
    );
    await office.ageLocks();
    await until(async () => (await office.query('select from graphile_worker.jobs')).length === 1);
    const [job] = await office.query<{ attempts: number; locked: boolean }>(
      'select attempts, locked_by is not null as locked from graphile_worker.jobs',
    );
    assert.deepEqual(job, { attempts: 1, locked: true });
    letGo();
    await until(() => office.isDone());
    assert.equal(office.mail.attempts.filter((address) => address === 'long@example.com').length, 1);
    await office.query('update openslot.providers set email = $1 where slug = $2', [MIRAS_ADDRESS, 'mira-lindqvist']);
  });

  it('queues a delivery again that lost its job', async () => {
    await office.book('jobless@example.com');
    await office.query(
      "update openslot.deliveries set state = 'queued', queued_at = now() - interval '2 minutes' where recipient = 'jobless@example.com'",
    );
    await office.startWorker();
    await office.mail.mail('jobless@example.com');
  });

  it('gives up a job that kills its workers', async () => {
    await office.startWorker();
    await until(() => office.log.some(({ event }) => event === 'queue_started'));
    await office.stopWorkers();
    await office.book('deadly@example.com');
    const { id } = await office.delivery('deadly@example.com');
    await office.query("update openslot.deliveries set state = 'queued', queued_at = now()");
    await office.query(
      "select graphile_worker.add_job('openslot_deliver', json_build_object('delivery', $1::text), job_key => $1::text, max_attempts => 3)",
      [id],
    );
    await office.query(
      "update graphile_worker._private_jobs set attempts = 3, locked_by = 'pool-of-the-dead', locked_at = now() - interval '1 minute'",
    );
    await office.startWorker();
    await until(async () => (await office.delivery('deadly@example.com')).state === 'dead');
    assert.match((await office.delivery('deadly@example.com')).last_error ?? '', /^the worker died with it/);
    assert.deepEqual(await office.query('select from graphile_worker.jobs'), []);
  });

  it('works again after its connections were cut', async () => {
    const worker = await office.startWorker({ http: { host: '127.0.0.1', port: 0 } });
    const health = async (): Promise<number> => (await fetch(`${worker.url}/health`)).status;
    await until(async () => (await health()) === 200);
    for (const round of [1, 2, 3]) {
      await office.book(`cut-${round}@example.com`);
      await office.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'openslot-worker'",
      );
    }
    await settle();
    for (const round of [1, 2, 3]) assert.ok(office.mail.to(`cut-${round}@example.com`).length >= 1);
    // A mail that is booked after the cuts is sent, too.
    await until(async () => (await health()) === 200);
    await office.book('after@example.com');
    await office.mail.mail('after@example.com');
  });

  it('runs the other chores while one of them fails', async () => {
    await office.query("update openslot.tenants set broadcast_gap_ms = 100 where slug = 'northside'");
    await office.query('alter procedure openslot.purge(interval, interval) rename to purge_elsewhere');
    await office.startWorker();
    await until(() => office.log.some(({ event, chore }) => event === 'chore_failed' && chore === 'purge'));
    // The second booking falls into the gap after the first broadcast, so only the worker's chore can broadcast its revision.
    for (const number of [1, 2]) await office.book(`gap-${number}@example.com`);
    await until(async () => {
      const [row] = await office.query<{ announced: boolean }>(
        `select announced_revision = revision as announced from openslot.calendars
         where provider_id = (select id from openslot.providers where slug = 'mira-lindqvist')`,
      );
      return row?.announced ?? false;
    });
    await office.query('alter procedure openslot.purge_elsewhere(interval, interval) rename to purge');
    await office.query('update openslot.tenants set broadcast_gap_ms = 0');
  });

  it('counts its attempts and the waiting deliveries', async () => {
    office.mail.atRecipient = (recipient) => (recipient === 'no@example.com' ? { code: 550, text: 'no' } : undefined);
    const worker = await office.startWorker({ http: { host: '127.0.0.1', port: 0 } });
    await office.book('no@example.com');
    await until(() => office.isDone());
    const text = await (await fetch(`${worker.url}/metrics`)).text();
    assert.match(text, /^openslot_deliveries_total\{channel="email",outcome="sent"\} 1$/m);
    assert.match(text, /^openslot_deliveries_total\{channel="email",outcome="dead"\} 1$/m);
    assert.match(text, /^openslot_deliveries\{state="dead"\} 1$/m);
    assert.match(text, /^openslot_deliveries\{state="pending"\} 0$/m);
    assert.match(text, /^openslot_queue_lag_seconds 0$/m);
    assert.equal((await fetch(`${worker.url}/`)).status, 404);
    assert.equal((await fetch(`${worker.url}/health`, { method: 'POST' })).status, 405);
  });

  it('writes no addresses into its log', () => {
    assert.ok(office.log.length > 100);
    assert.doesNotMatch(JSON.stringify(office.log), /@/);
  });
});

/** Accepts connections and never sends a byte. */
class Silence {
  readonly #server: Server;
  readonly #sockets: Socket[] = [];

  private constructor() {
    this.#server = createServer((socket) => {
      this.#sockets.push(socket);
      socket.on('error', () => undefined);
    });
  }

  static async open(): Promise<Silence> {
    const silence = new Silence();
    silence.#server.listen(0, '127.0.0.1');
    await once(silence.#server, 'listening');
    return silence;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** Mail servers that refuse, wait or are gone, a database that comes and goes, and what operators do about what was given up. */
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

describe('when mail servers make trouble', { timeout: 300_000 }, () => {
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

  /** Until it has come to an end, however often it is tried. */
  async function settle(): Promise<void> {
    await until(async () => {
      await office.skipBackoff();
      return office.isDone();
    });
  }

  it('tries again what is refused for now, and sends it with the same Message-ID', async () => {
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
    assert.equal(failed.last_error, 'SMTP 451 4.7.1 to DATA', 'codes alone: the server quotes the address');
    await settle();
    const { id, state, attempts, last_error } = await office.delivery('busy@example.com');
    assert.deepEqual([state, attempts, last_error], ['sent', 3, null]);
    assert.equal((await office.mail.mail('busy@example.com')).messageId, `<${id}@northside.example>`);
    assert.equal(office.mail.attempts.filter((address) => address === 'busy@example.com').length, 3);
  });

  it('gives up at once when the address does not exist, and goes on with the others', async () => {
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

  it('gives up what is refused too often; operators see it and put it back', async () => {
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
    assert.equal(await retryDeadLetters(database, letters[0]!.id), 0, 'what was sent stays sent');
    assert.equal(await retryDeadLetters(database, null), 0);
  });

  it('keeps everything while the mail server is gone', async () => {
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

  it('waits for a slow server, and for one that says nothing only so long', async () => {
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

  it('gives up what can’t be written, and says what is missing', async () => {
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

  it('sends nothing that is being sent or was sent, whatever the queue says', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<undefined>((resolve) => (letGo = () => resolve(undefined)));
    office.mail.atData = () => held;
    await office.startWorker();
    await office.book('shared@example.com');
    await office.mail.until(() => office.mail.attempts.includes('shared@example.com'));
    const { id } = await office.delivery('shared@example.com');
    // A second job for it, as after a worker was taken for dead that was alive.
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

  it('takes over from workers that are dead, not from those that take long', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<undefined>((resolve) => (letGo = () => resolve(undefined)));
    office.mail.atData = (recipient) => (recipient === 'long@example.com' ? held : undefined);
    await Promise.all([office.startWorker({ concurrency: 1 }), office.startWorker({ concurrency: 1 })]);
    await office.query("update openslot.providers set email = null where slug = 'mira-lindqvist'");
    await office.book('long@example.com');
    await office.mail.until(() => office.mail.attempts.includes('long@example.com'));
    // Only a job of the dead is beside it.
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

  it('puts back what lost its job', async () => {
    await office.book('jobless@example.com');
    await office.query(
      "update openslot.deliveries set state = 'queued', queued_at = now() - interval '2 minutes' where recipient = 'jobless@example.com'",
    );
    await office.startWorker();
    await office.mail.mail('jobless@example.com');
  });

  it('gives up a job with which workers die, again and again', async () => {
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

  it('goes on after its connections were cut', async () => {
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
    // Woken again, not just looking now and then.
    await until(async () => (await health()) === 200);
    await office.book('after@example.com');
    await office.mail.mail('after@example.com');
  });

  it('does the other chores while one of them fails', async () => {
    await office.query("update openslot.tenants set broadcast_gap_ms = 100 where slug = 'northside'");
    await office.query('alter function openslot.purge(interval, interval) rename to purge_elsewhere');
    await office.startWorker();
    await until(() => office.log.some(({ event, chore }) => event === 'chore_failed' && chore === 'purge'));
    // The second falls into the gap that the first has opened: nobody but the worker tells of it.
    for (const number of [1, 2]) await office.book(`gap-${number}@example.com`);
    await until(async () => {
      const [row] = await office.query<{ told: boolean }>(
        "select announced_revision = revision as told from openslot.providers where slug = 'mira-lindqvist'",
      );
      return row?.told ?? false;
    });
    await office.query('alter function openslot.purge_elsewhere(interval, interval) rename to purge');
    await office.query('update openslot.tenants set broadcast_gap_ms = 0');
  });

  it('counts what it does, and what waits', async () => {
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

  it('writes nobody’s address into its log', () => {
    assert.ok(office.log.length > 100);
    assert.doesNotMatch(JSON.stringify(office.log), /@/);
  });
});

/** Takes connections and never says a word. */
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

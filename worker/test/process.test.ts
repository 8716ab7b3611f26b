/** The worker as a process: its messages when it can't start, and what happens to its jobs when it ends or is killed. */
import assert from 'node:assert/strict';
import { createServer, connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { after, afterEach, before, describe, it } from 'node:test';
import { Office, until } from './support/office.ts';
import { WorkerProcess } from './support/worker-process.ts';

describe('the worker’s process', { timeout: 300_000 }, () => {
  let office: Office;
  let started: WorkerProcess[] = [];

  before(async () => {
    office = await Office.open();
  });
  afterEach(async () => {
    office.mail.atData = office.mail.atRecipient = () => undefined;
    const ended = started.splice(0);
    await Promise.all(ended.map((worker) => worker.end('SIGKILL')));
    // An error that the worker didn't catch would be on its standard error.
    assert.deepEqual(ended.map(({ errors }) => errors).filter(Boolean), []);
  });
  after(() => office.close());

  function environment(): Readonly<Record<string, string>> {
    return {
      DATABASE_URL: office.clinic.sandbox.databaseUrl,
      SMTP_URL: office.mail.url,
      MAIL_FROM: 'no-reply@northside.example',
      PORT: '0',
    };
  }

  /** Starts a worker. The test fails if the worker writes to its standard error. */
  function start(env: Readonly<Record<string, string>> = {}, ...args: string[]): WorkerProcess {
    const worker = new WorkerProcess({ ...environment(), ...env }, ...args);
    started = [...started, worker];
    return worker;
  }

  /**
   * Books, and resolves once the mail server has received the whole mail. The server accepts it when the returned function is
   * called.
   */
  async function inHand(recipient: string): Promise<() => void> {
    let letGo = (): void => undefined;
    const held = new Promise<undefined>((resolve) => (letGo = () => resolve(undefined)));
    let isThere = false;
    office.mail.atData = (address) => {
      if (address !== recipient) return undefined;
      isThere = true;
      return held;
    };
    await office.book(recipient);
    await until(() => isThere);
    return letGo;
  }

  it('lists every mistake in its environment at once, and shows no secret', async () => {
    const worker = new WorkerProcess({
      DATABASE_URL: 'mysql://postgres:topsecret@localhost/db',
      SMTP_URL: 'http://user:topsecret@mail.example',
      VAPID_PRIVATE_KEY: 'topsecret',
      CONCURRENCY: 'many',
      PORT: '70000',
      LOG_LEVEL: 'loud',
    });
    assert.equal(await worker.ended(), 1);
    const lines = worker.errors.trim().split('\n');
    for (const name of [
      'DATABASE_URL',
      'SMTP_URL',
      'MAIL_FROM',
      'VAPID_PUBLIC_KEY',
      'CONCURRENCY',
      'PORT',
      'LOG_LEVEL',
    ]) {
      assert.ok(
        lines.some((line) => line.includes(name)),
        `${name} in ${worker.errors}`,
      );
    }
    assert.equal(lines.length, 7);
    assert.doesNotMatch(worker.errors, /topsecret|\n\s+at /);
  });

  it('prints its usage', async () => {
    const worker = new WorkerProcess(environment(), 'rety', '--all');
    assert.equal(await worker.ended(), 2);
    assert.match(worker.errors, /npm run worker -- retry ID/);
  });

  it('is killed in the middle of a mail, and the next worker sends the mail, with the same Message-ID', async () => {
    const killed = start();
    await killed.logged('queue_started');
    const letGo = await inHand('mid-send@example.com');
    await killed.end('SIGKILL');
    letGo();
    office.mail.atData = () => undefined;

    await office.ageLocks();
    const next = start();
    await until(async () => (await office.delivery('mid-send@example.com')).state === 'sent');
    const { id } = await office.delivery('mid-send@example.com');
    const ids = office.mail.to('mid-send@example.com').map(({ messageId }) => messageId);
    assert.deepEqual(new Set(ids), new Set([`<${id}@northside.example>`]));
    assert.ok(next.log.some(({ event }) => event === 'jobs_of_dead_workers_freed'));
    assert.equal(await next.end('SIGTERM'), 0);
  });

  it('finishes its current mails at SIGTERM, takes no new ones, and ends with 0', async () => {
    const worker = start();
    await worker.logged('queue_started');
    const letGo = await inHand('last@example.com');
    const ended = worker.end('SIGTERM');
    await worker.logged('worker_stopping');
    await office.book('too-late@example.com');
    letGo();
    assert.equal(await ended, 0);
    assert.equal((await office.delivery('last@example.com')).state, 'sent');
    assert.equal((await office.delivery('too-late@example.com')).state, 'pending');
    assert.equal(worker.log.at(-1)?.['everything_done'], true);
    await office.query('delete from openslot.deliveries');
  });

  it('ends at once at the second signal', async () => {
    const worker = start();
    await worker.logged('queue_started');
    const letGo = await inHand('impatient@example.com');
    void worker.end('SIGINT');
    await worker.logged('worker_stopping');
    assert.equal(await worker.end('SIGINT'), 1);
    letGo();
    await office.query('delete from openslot.deliveries');
  });

  it('starts without its database, logs this, and works once the database can be reached', async () => {
    // A TCP proxy that opens later and leads to the database.
    const { port } = new URL(office.clinic.sandbox.databaseUrl);
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const door = (closed.address() as AddressInfo).port;
    closed.close();
    const url = new URL(office.clinic.sandbox.databaseUrl);
    url.port = String(door);
    const healthPort = await freePort();
    const worker = start({ DATABASE_URL: url.href, PORT: String(healthPort) });
    await worker.logged('database_unreachable');
    const health = () => fetch(`http://127.0.0.1:${healthPort}/health`);
    const ill = await health();
    assert.deepEqual([ill.status, await ill.json()], [503, { status: 'error', problem: 'database_unreachable' }]);

    const proxy = createServer((socket) => {
      const behind = connect(Number(port), '127.0.0.1');
      socket.pipe(behind).pipe(socket);
      socket.on('error', () => behind.destroy());
      behind.on('error', () => socket.destroy());
    });
    proxy.listen(door, '127.0.0.1');
    await worker.logged('queue_started');
    assert.equal((await health()).status, 200);
    await office.book('finally@example.com');
    await office.mail.mail('finally@example.com');
    assert.equal(await worker.end('SIGTERM'), 0);
    proxy.close();
  });

  it('lists dead letters and puts them back by its commands', async () => {
    await office.query('delete from openslot.deliveries');
    await office.book('dead@example.com');
    const { id } = await office.delivery('dead@example.com');
    await office.query("update openslot.deliveries set state = 'dead', last_error = 'SMTP 550 5.1.1', attempts = 1");
    const dead = start({}, 'dead');
    assert.equal(await dead.ended(), 0);
    assert.equal(dead.output.trim().split('\n').length, 2);
    assert.ok(dead.output.includes(id));
    assert.doesNotMatch(dead.output, /@/);
    const one = start({}, 'retry', id);
    assert.equal(await one.ended(), 0);
    assert.equal(one.output, 'Put 1 delivery back.\n');
    assert.equal((await office.delivery('dead@example.com')).state, 'pending');
    const again = start({}, 'retry', id);
    assert.equal(await again.ended(), 1, 'no dead letter has that id');
    const all = start({}, 'retry', '--all');
    assert.equal(await all.ended(), 0);
    assert.deepEqual(await office.states(), { pending: 2 });
    const none = start({}, 'dead');
    await none.ended();
    assert.equal(none.output, 'No dead letters.\n');
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

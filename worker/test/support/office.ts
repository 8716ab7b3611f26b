import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { BookingResult } from '../../../src/core/wire.ts';
import { Clinic, MIRA } from '../../../test/database/support/clinic.ts';
import { createLog } from '../../log.ts';
import { startWorker, type Worker, type WorkerOptions } from '../../worker.ts';
import { MailServer } from './mail-server.ts';

export const PAGE = 'https://clinic.example/book';
const DESK = 'https://clinic.example/desk';
export const MIRAS_ADDRESS = 'mira@northside.example';

/** A seeded clinic with a mail server, and as many workers as a test wants. */
export class Office {
  readonly clinic: Clinic;
  readonly mail: MailServer;
  /** The log lines of all workers of this process. */
  readonly log: Record<string, unknown>[] = [];
  readonly #workers: Worker[] = [];
  #starts: string[] = [];

  private constructor(clinic: Clinic, mail: MailServer) {
    this.clinic = clinic;
    this.mail = mail;
  }

  static async open(): Promise<Office> {
    const [clinic, mail] = await Promise.all([Clinic.open(), MailServer.start()]);
    const office = new Office(clinic, mail);
    await office.query("update openslot.tenants set page_url = $1, desk_url = $2 where slug = 'northside'", [
      PAGE,
      DESK,
    ]);
    // Only times so far ahead that no reminder is due.
    office.#starts = (await clinic.openStarts(MIRA.slug)).filter(
      (start) => Date.parse(start) > Date.now() + 3 * 86_400_000,
    );
    return office;
  }

  async close(): Promise<void> {
    await this.stopWorkers();
    await this.mail.stop();
    await this.clinic.close();
  }

  async query<Row extends object>(sql: string, params: unknown[] = []): Promise<Row[]> {
    return (await this.clinic.sandbox.query<Row>(sql, params)).rows;
  }

  async startWorker(options: Partial<WorkerOptions> = {}): Promise<Worker> {
    const write = (line: string): number => this.log.push(JSON.parse(line) as Record<string, unknown>);
    const worker = await startWorker({
      databaseUrl: this.clinic.sandbox.databaseUrl,
      smtpUrl: this.mail.url,
      mailFrom: { address: 'no-reply@northside.example', domain: 'northside.example' },
      vapid: null,
      http: null,
      concurrency: 4,
      maxAttempts: 3,
      pollMs: 50,
      sweepMs: 100,
      sendTimeout: 5_000,
      log: createLog('debug', { write }),
      ...options,
    });
    this.#workers.push(worker);
    return worker;
  }

  async stopWorkers(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.stop(5_000)));
  }

  /** A free time of Mira's that no test has used yet; earlier times come first. */
  nextStart(): string {
    const start = this.#starts.shift();
    if (!start) throw new Error('no time left');
    return start;
  }

  /** Books with Mira over HTTP, as a patient does. */
  async book(email: string, more: object = {}, start = this.nextStart()): Promise<BookingResult> {
    const patient = { name: 'Karin Holm', email, time_zone: 'Europe/Stockholm', locale: 'en-GB', ...more };
    const { code, body } = await this.clinic.book(MIRA.slug, 'consultation', start, { patient });
    if (code) throw new Error(code);
    return body;
  }

  async reschedule({ manage_token }: BookingResult, start = this.nextStart()): Promise<string> {
    const args = { token: manage_token, start, request_id: randomUUID() };
    const { code } = await this.clinic.call('openslot_reschedule', args);
    if (code) throw new Error(code);
    return start;
  }

  async cancel({ manage_token }: BookingResult, reason: string | null = null): Promise<void> {
    const { code } = await this.clinic.call('openslot_cancel', { token: manage_token, reason });
    if (code) throw new Error(code);
  }

  /** The number of deliveries in each state, `{ sent: 2 }`; with an address, only those to it. */
  async states(recipient: string | null = null): Promise<Record<string, number>> {
    const rows = await this.query<{ state: string; count: number }>(
      `select state, count(*)::int as count from openslot.deliveries where $1::text is null or recipient = $1
       group by state order by state`,
      [recipient],
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  async delivery(
    recipient: string,
  ): Promise<{ id: string; state: string; attempts: number; last_error: string | null }> {
    const rows = await this.query<{ id: string; state: string; attempts: number; last_error: string | null }>(
      'select id, state, attempts, last_error from openslot.deliveries where recipient = $1 order by created_at, id',
      [recipient],
    );
    if (!rows[0]) throw new Error(`nothing for ${recipient}`);
    return rows[0];
  }

  /** Whether no delivery is waiting any more. */
  async isDone(): Promise<boolean> {
    const states = await this.states();
    return !states['pending'] && !states['queued'];
  }

  /** Makes failed jobs due at once, as if the time until their retry had passed. */
  async skipBackoff(): Promise<void> {
    await this.query(
      'select graphile_worker.reschedule_jobs(array_agg(id), run_at => now()) from graphile_worker.jobs where locked_at is null',
    );
  }

  /** Makes locks so old that the sweep checks whether their worker is alive. */
  async ageLocks(): Promise<void> {
    await this.query("update graphile_worker._private_jobs set locked_at = locked_at - interval '1 minute'");
  }
}

/** Resolves once `condition` holds. The test's own time limit ends a wait that can't succeed. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(20);
}

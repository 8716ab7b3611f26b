/**
 * The time until a booking shows in a member's bell and arrives by e-mail over real SMTP; and the e-mails of a burst of
 * bookings, sent by two worker processes: their rate, and whether each arrives exactly once when one of the workers is killed
 * on the way.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';
import { WorkerProcess } from '../../../worker/test/support/worker-process.ts';
import { Bell } from '../bell.ts';
import { SmtpSink } from '../mail/smtp-sink.ts';
import { addProvider, openSlots } from '../provider.ts';
import { machineNow } from '../report/machine.ts';
import type { Part, Row } from '../report/result.ts';
import { atMost } from '../report/result.ts';
import { spreadOf } from '../report/spread.ts';

const BOOKINGS = 1_000;
/** One for the patient and one for the provider. */
const MAILS = 2 * BOOKINGS;
const [PROVIDERS, CALLERS, CONCURRENCY] = [20, 10, 10];
/** Bookings whose notification arrives before the next booking is made. */
const CALM = 100;
/** A worker is killed when so many mails have arrived. */
const KILLS_AT = [MAILS / 4, MAILS / 2];

export const notifications: Part = async (log) => {
  const sandbox = await startSandbox();
  const sink = await SmtpSink.start();
  const pool = new pg.Pool({ connectionString: sandbox.databaseUrl, max: CALLERS });
  // The database may end before the last of its connections.
  pool.on('error', () => undefined);
  const bench = new Bench(sandbox, sink, pool);
  try {
    await bench.openClinics();
    log('one booking after the other');
    const calm = await bench.calm();
    log('while bookings are made');
    const live = await bench.live();
    log('a backlog');
    const backlog = await bench.backlog();
    log('a worker is killed twice');
    const killed = await bench.killed();
    return { rows: [...calm, ...live, ...backlog, ...killed] };
  } finally {
    await bench.stop();
    await pool.end();
    await sink.stop();
    await sandbox.stop();
  }
};

interface Slot {
  readonly provider: string;
  readonly start: string;
}

class Bench {
  readonly #sandbox: Sandbox;
  readonly #sink: SmtpSink;
  readonly #pool: pg.Pool;
  #workers: WorkerProcess[] = [];
  #slots: Slot[] = [];

  constructor(sandbox: Sandbox, sink: SmtpSink, pool: pg.Pool) {
    this.#sandbox = sandbox;
    this.#sink = sink;
    this.#pool = pool;
  }

  async openClinics(): Promise<void> {
    const { query } = this.#sandbox;
    const count = (3 * BOOKINGS + CALM) / PROVIDERS;
    const lists: Slot[][] = [];
    for (let number = 0; number < PROVIDERS; number++) {
      const provider = `clinic-${number}`;
      const id = await addProvider(query, { slug: provider, slotMinutes: 30, windowDays: 10 });
      await query("update openslot.providers set email = slug || '@example.com' where id = $1", [id]);
      lists.push((await openSlots(query, id, count)).map(({ start }) => ({ provider, start })));
    }
    // Providers in turn, so that callers seldom wait for each other.
    this.#slots = Array.from({ length: count }, (_, index) => lists.flatMap((slots) => slots[index] ?? [])).flat();
  }

  /** From the commit until people see it, on an idle system. */
  async calm(): Promise<Row[]> {
    const clinics = [...new Set(this.#slots.slice(0, CALM).map(({ provider }) => provider))];
    const bell = await Bell.hang(this.#sandbox, clinics);
    await this.#start(2);
    const [rung, mailed]: [number[], number[]] = [[], []];
    for (let booking = 0; booking < CALM; booking++) {
      const [[id, at] = ['', 0]] = await this.#book(1);
      rung.push((await bell.ofAppointment(id)) - at);
      await this.#sink.until(2 * (booking + 1));
      mailed.push(this.#sink.span().last - at);
    }
    await this.stop();
    await bell.takeDown();
    this.#sink.clear();
    const note = `${CALM} bookings, one after the other, 2 workers`;
    return [
      { what: 'from a booking’s commit to the bell of who works there', unit: 'ms', measured: spreadOf(rung), note },
      {
        what: 'to the mail server’s yes to the later of its two e-mails',
        unit: 'ms',
        measured: spreadOf(mailed),
        note,
      },
    ];
  }

  /** From the commit until the mail server accepts the mail, while bookings are made as fast as the database allows. */
  async live(): Promise<Row[]> {
    await this.#start(2);
    const committed = await this.#book();
    await this.#sink.until(MAILS);
    const { rows } = await this.#sandbox.query<{ id: string; appointment: string }>(
      `select delivery.id, notification.appointment_id as appointment from openslot.deliveries delivery
       join openslot.notifications notification on notification.id = delivery.notification_id`,
    );
    const times = rows.flatMap(({ id, appointment }) => {
      const [mail] = this.#sink.arrivals(id);
      const at = committed.get(appointment);
      return mail === undefined || at === undefined ? [] : [mail - at];
    });
    await this.stop();
    return [
      {
        what: 'from a booking’s commit to the mail server’s yes',
        unit: 'ms',
        measured: spreadOf(times),
        note: `${BOOKINGS} bookings by ${CALLERS} callers as fast as they go, 2 workers`,
      },
    ];
  }

  /** The mails for bookings that were made while no worker ran. */
  async backlog(): Promise<Row[]> {
    this.#sink.clear();
    await this.#book();
    await this.#start(2);
    await this.#sink.until(MAILS);
    const { first, last } = this.#sink.span();
    await this.stop();
    return [
      {
        what: 'e-mails sent of a backlog, 2 workers',
        unit: '1/s',
        measured: Math.round((MAILS * 1_000) / (last - first)),
        note: `${CONCURRENCY} connections each; mail server, database and workers on the same cores`,
      },
    ];
  }

  async killed(): Promise<Row[]> {
    this.#sink.clear();
    await this.#start(2);
    const booking = this.#book();
    for (const count of KILLS_AT) {
      await this.#sink.until(count);
      await this.#workers.shift()?.end('SIGKILL');
      await this.#start(1);
      // Starts the same worker again, in place of the killed one.
      const newest = this.#workers.pop();
      if (newest) this.#workers.unshift(newest);
    }
    const killedAt = machineNow();
    await booking;
    await this.#sink.until(MAILS);
    const settled = machineNow() - killedAt;
    // Gives mails that would be sent twice time to arrive.
    await this.#untilNothingWaits();
    const { distinct, total } = this.#sink.counts();
    const repeats = total - distinct;
    const inHand = KILLS_AT.length * CONCURRENCY;
    const { rows } = await this.#sandbox.query<{ sent: number }>(
      `select count(*)::integer as sent from openslot.deliveries where state = 'sent'`,
    );
    const missing = (rows[0]?.sent ?? 0) - distinct - this.#sink.cleared;
    return [
      {
        what: `one of 2 workers killed -9 twice: different e-mails that arrived of ${MAILS}`,
        unit: 'mails',
        measured: distinct,
        budget: { text: `${MAILS}`, met: distinct === MAILS },
      },
      {
        what: 'the same: sent by the database’s account, but not arrived',
        unit: 'mails',
        measured: missing,
        budget: atMost(0, missing, '0'),
      },
      {
        what: 'the same: arrived twice, with the same Message-ID',
        unit: 'mails',
        measured: repeats,
        budget: atMost(inHand, repeats, `<= ${inHand}, what was in hand at the kills`),
        note: 'accepted by the mail server, but the worker died before it could write that down',
      },
      {
        what: 'the same: from the second kill until all had arrived',
        unit: 's',
        measured: Math.round(settled / 100) / 10,
        note: 'bookings went on meanwhile; what a dead worker had in hand is taken over after 10–20 s',
      },
    ];
  }

  async stop(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.end('SIGTERM')));
  }

  async #start(count: number): Promise<void> {
    const started = Array.from(
      { length: count },
      () =>
        new WorkerProcess({
          DATABASE_URL: this.#sandbox.databaseUrl,
          SMTP_URL: this.#sink.url,
          MAIL_FROM: 'no-reply@example.com',
          PORT: '0',
          CONCURRENCY: String(CONCURRENCY),
        }),
    );
    this.#workers.push(...started);
    await Promise.all(started.map((worker) => worker.logged('queue_started')));
  }

  /** @returns when the caller got the answer for each appointment, by its id */
  async #book(count = BOOKINGS): Promise<Map<string, number>> {
    const committed = new Map<string, number>();
    const slots = this.#slots.splice(0, count);
    await Promise.all(
      slots.map(async ({ provider, start }, index) => {
        const patient = { name: 'Karin Holm', email: `patient-${index}@example.com`, locale: 'de' };
        const { rows } = await this.#pool.query<{ id: string }>({
          name: 'book',
          text: "select openslot_book($1, 'visit', $2, $3, $4) -> 'appointment' ->> 'id' as id",
          values: [provider, start, JSON.stringify(patient), randomUUID()],
        });
        if (rows[0]) committed.set(rows[0].id, machineNow());
      }),
    );
    return committed;
  }

  async #untilNothingWaits(): Promise<void> {
    for (;;) {
      const { rows } = await this.#sandbox.query(
        "select from openslot.deliveries where state in ('pending', 'queued') limit 1",
      );
      if (rows.length === 0) return;
      await delay(100);
    }
  }
}

/**
 * The built demo, as staff and patients open it: the time until it is live, and until their screens show a booking or a move
 * that is made over the Data API. The clock starts before the request is sent, so the booking itself counts. Checks and polls
 * are turned off, so only a message can have brought the change.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { type Bench, openBench } from '../browser/bench-page.ts';
import { LivePage } from '../browser/live-page.ts';
import { addMember, MEMBER, signInMember } from '../member.ts';
import { addProvider, type OpenSlot, openSlots } from '../provider.ts';
import type { Part, Row } from '../report/result.ts';
import { atMost } from '../report/result.ts';
import { spreadOf } from '../report/spread.ts';

const [ROUNDS, STARTS] = [100, 10];
const PROVIDER = { slug: 'watched', slotMinutes: 30, windowDays: 21 };
const [LIVE_MS, SHOWN_MS] = [2_000, 500];

export const live: Part = async (log) => {
  const bench = await openBench(log);
  try {
    const clinic = await Clinic.open(bench);
    log(`${STARTS} times signing in`);
    const starts = await clinic.becomesLive();
    log(`${ROUNDS} bookings and moves`);
    return { rows: [...starts, ...(await clinic.isShown())] };
  } finally {
    await bench.stop();
  }
};

class Clinic {
  readonly #bench: Bench;
  readonly #client: SupabaseClient;
  #slots: OpenSlot[];

  private constructor(bench: Bench, client: SupabaseClient, slots: OpenSlot[]) {
    this.#bench = bench;
    this.#client = client;
    this.#slots = slots;
  }

  static async open(bench: Bench): Promise<Clinic> {
    const { sandbox } = bench;
    const providerId = await addProvider(sandbox.query, PROVIDER);
    await addMember(sandbox, [PROVIDER.slug]);
    // Only slots of the next week, which the desk shows: that week is complete at any hour.
    const slots = (await openSlots(sandbox.query, providerId, 700)).filter(({ start }) => isNextWeek(start));
    return new Clinic(bench, await signInMember(sandbox), slots);
  }

  async becomesLive(): Promise<Row[]> {
    const times: Record<string, number[]> = {};
    const note = (name: string, from: number, at: number) => (times[name] ??= []).push(at - from);
    for (let start = 0; start < STARTS; start++) {
      const { token } = await this.#book('Patient');
      const desk = await LivePage.open(this.#bench, '/desk/');
      const signedInAt = Date.now();
      await desk.signIn(MEMBER);
      note('desk: signing in -> live', signedInAt, await desk.isLive('openslot-desk'));
      note('bell of staff: signing in -> live', signedInAt, await desk.isLive('openslot-notifications'));
      await desk.close();

      const openedAt = Date.now();
      const page = await LivePage.open(this.#bench, `/#openslot-appointment=${token}`);
      note('bell of a patient: opening the page -> live', openedAt, await page.isLive('openslot-notifications'));
      note('self-service: opening the page -> live', openedAt, await page.isLive('openslot-booking'));
      await page.close();

      const visitedAt = Date.now();
      const widget = await LivePage.open(this.#bench, '/widget');
      note('widget: opening the page -> live', visitedAt, await widget.isLive('openslot-booking'));
      await widget.close();
    }
    return Object.entries(times).map(([what, all]) => {
      const measured = spreadOf(all);
      return { what, unit: 'ms', measured, budget: atMost(LIVE_MS, measured.max, `each < ${LIVE_MS} ms`) };
    });
  }

  async isShown(): Promise<Row[]> {
    const known = await this.#book('The patient');
    const desk = await LivePage.open(this.#bench, '/desk/');
    await desk.signIn(MEMBER);
    const page = await LivePage.open(this.#bench, `/#openslot-appointment=${known.token}`);
    for (const one of [desk, page]) await one.isLive('openslot-notifications');
    await desk.isLive('openslot-desk');
    await desk.show('Next week');
    await desk.shows('openslot-desk', 'appointment', 'The patient');
    await desk.readAll();

    const [atDesk, atBell, atPatient]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round++) {
      const name = `Patient ${round} of the day`;
      const shown = desk.shows('openslot-desk', 'appointment', name);
      const rung = desk.shows('openslot-notifications', 'badge', '1');
      const bookedAt = Date.now();
      await this.#book(name);
      atDesk.push((await shown) - bookedAt);
      atBell.push((await rung) - bookedAt);
      await desk.readAll();

      const rungToo = page.shows('openslot-notifications', 'badge', '1');
      const movedAt = Date.now();
      await this.#move(known);
      atPatient.push((await rungToo) - movedAt);
      await page.readAll();
    }
    for (const one of [desk, page]) await one.close();
    const rows = {
      'booked over the Data API -> stands at the desk': atDesk,
      'booked over the Data API -> rings the bell of staff': atBell,
      'moved by staff over the Data API -> rings the patient’s bell': atPatient,
    };
    return Object.entries(rows).map(([what, all]) => {
      const measured = spreadOf(all);
      return { what, unit: 'ms', measured, budget: atMost(SHOWN_MS, measured.p95, `p95 < ${SHOWN_MS} ms`) };
    });
  }

  /** Books as a patient's browser does. */
  async #book(name: string): Promise<Booked> {
    const patient = { name, email: 'patient@example.com' };
    const request_id = crypto.randomUUID();
    const start = this.#nextStart();
    const answer = await this.#call<{ manage_token: string; appointment: { id: string } }>('openslot_book', {
      provider: PROVIDER.slug,
      service: 'visit',
      start,
      patient,
      request_id,
    });
    return { id: answer.appointment.id, token: answer.manage_token };
  }

  /** Moves an appointment as staff do at the desk. */
  async #move({ id }: Booked): Promise<void> {
    const { rows } = await this.#bench.sandbox.query<{ version: number }>(
      'select version from openslot.appointments where id = $1',
      [id],
    );
    await this.#call('openslot_staff_reschedule', {
      appointment: id,
      start: this.#nextStart(),
      version: rows[0]!.version,
      request_id: crypto.randomUUID(),
    });
  }

  #nextStart(): string {
    const slot = this.#slots.shift();
    if (!slot) throw new Error('No time is left.');
    return slot.start;
  }

  async #call<T>(name: string, args: object): Promise<T> {
    const answer = await this.#client.rpc(name, args);
    if (answer.error) throw new Error(`${name}: ${answer.error.message}`);
    return answer.data as T;
  }
}

interface Booked {
  readonly id: string;
  readonly token: string;
}

function isNextWeek(start: string): boolean {
  const monday = new Date();
  monday.setUTCHours(0, 0, 0, 0);
  monday.setUTCDate(monday.getUTCDate() + ((8 - monday.getUTCDay()) % 7 || 7));
  const from = monday.getTime();
  return Date.parse(start) >= from && Date.parse(start) < from + 7 * 86_400_000;
}

import { randomUUID } from 'node:crypto';
import type { Agenda, DeskAppointment } from '../../../../src/core/desk/types.ts';
import { pick } from '../random.ts';
import { type BusyClinic, type BusyProvider, iso, SERVICES, someInstant } from './busy-clinic.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** Weekly hours to choose from: other grids, a night that crosses midnight, around the clock, short days. */
const WEEKS = [
  WEEK.map((weekday) => ({ weekday, start: '09:00', end: '16:00' })),
  WEEK.flatMap((weekday) => [
    { weekday, start: '08:10', end: '12:00' },
    { weekday, start: '12:30', end: '18:00' },
  ]),
  WEEK.map((weekday) => ({ weekday, start: '16:00', end: '02:00' })),
  WEEK.map((weekday) => ({ weekday, start: '00:00', end: '24:00' })),
  WEEK.map((weekday) => ({ weekday, start: weekday % 2 === 0 ? '10:00' : '13:25', end: '19:00' })),
];

interface Hours {
  readonly hours: { readonly rules: readonly object[]; readonly exceptions: readonly object[] };
  readonly version: number;
}

/** A member of staff at the desk. */
export class Staff {
  readonly #clinic: BusyClinic;
  readonly #random: () => number;

  constructor(clinic: BusyClinic, random: () => number) {
    this.#clinic = clinic;
    this.#random = random;
  }

  async act(): Promise<void> {
    const provider = pick(this.#random, this.#clinic.providers);
    const kind = this.#random();
    if (kind < 0.4) await this.#setSlots(provider);
    else if (kind < 0.55) await this.#setHours(provider);
    else if (kind < 0.65) await this.#setProvider(provider);
    else if (kind < 0.8) await this.#book();
    else await this.#change(provider);
  }

  async #setSlots({ slug }: BusyProvider): Promise<void> {
    const from = someInstant(this.#random) + pick(this.#random, [0, 0, 0, 7]) * MINUTE_MS;
    const minutes = pick(this.#random, [10, 30, 60, 240, 720]);
    await this.#clinic.asStaff('openslot_set_slots', {
      provider: slug,
      from_time: iso(from),
      to_time: iso(from + minutes * MINUTE_MS),
      status: pick(this.#random, ['open', 'open', 'blocked']),
    });
  }

  async #setHours({ slug }: BusyProvider): Promise<void> {
    const { body } = await this.#clinic.asStaff<Hours>('openslot_hours', { provider: slug });
    const { rules, exceptions } = body.hours;
    const kept = exceptions.filter(() => this.#random() < 0.6);
    const hours =
      this.#random() < 0.5
        ? { rules: pick(this.#random, WEEKS), exceptions: kept }
        : { rules, exceptions: [...kept, this.#exception()] };
    const preview = this.#random() < 0.25;
    await this.#clinic.asStaff('openslot_set_hours', { provider: slug, hours, version: body.version, preview });
  }

  /** Time off or extra hours in local time, of which the zone doesn't matter here. */
  #exception(): object {
    const from = someInstant(this.#random);
    const minutes = pick(this.#random, [25, 60, 180, 1_440]);
    const local = (at: number) => iso(at).slice(0, 16);
    const kind = pick(this.#random, ['off', 'extra']);
    return { id: null, kind, starts_at: local(from), ends_at: local(from + minutes * MINUTE_MS), note: null };
  }

  async #setProvider({ slug, keepsLimit }: BusyProvider): Promise<void> {
    const settings = pick<object>(this.#random, [
      { slot_minutes: pick(this.#random, [15, 20, 30]) },
      { booking_window_days: pick(this.#random, [10, 14, 21]) },
      { title: `Doctor ${this.#random()}` },
      ...(keepsLimit
        ? []
        : [
            { daily_limit: pick(this.#random, [null, 2, 5]) },
            { time_zone: pick(this.#random, ['Asia/Kathmandu', 'America/Los_Angeles', 'Pacific/Auckland']) },
          ]),
    ]);
    await this.#clinic.asStaff('openslot_set_provider', { provider: slug, settings });
  }

  async #book(): Promise<void> {
    const unlimited = this.#clinic.providers.filter(({ keepsLimit }) => !keepsLimit);
    const { provider, service, start } = await this.#clinic.wish(this.#random, unlimited);
    const patient = { name: 'On the phone', email: null };
    const time = { provider: provider.slug, service: service.slug, start };
    await this.#clinic.asStaff('openslot_staff_book', { ...time, patient, request_id: randomUUID() });
  }

  async #change(provider: BusyProvider): Promise<void> {
    const day = (at: number) => iso(at).slice(0, 10);
    const { body } = await this.#clinic.asStaff<Agenda>('openslot_agenda', {
      provider: provider.slug,
      from_date: day(Date.now()),
      to_date: day(Date.now() + 30 * DAY_MS),
    });
    const confirmed = body.appointments.filter(({ status }) => status === 'confirmed');
    if (confirmed.length === 0) return;
    const { id, version } = pick<DeskAppointment>(this.#random, confirmed);
    if (provider.keepsLimit || this.#random() < 0.4) {
      await this.#clinic.asStaff('openslot_staff_cancel', { appointment: id, version, message: null });
    } else {
      const start = await this.#clinic.start(this.#random, provider, pick(this.#random, SERVICES));
      const moved = { appointment: id, start, version, request_id: randomUUID() };
      await this.#clinic.asStaff('openslot_staff_reschedule', moved);
    }
  }
}

import assert from 'node:assert/strict';
import type { BookingResult } from '../../../../src/core/wire.ts';
import { pick } from '../random.ts';
import type { BusyClinic, Wish } from './busy-clinic.ts';

interface Booked {
  readonly wish: Wish;
  readonly token: string;
  readonly appointment: string;
  /** The arguments of the request, to repeat it. */
  readonly request: object;
}

/** A patient in front of a widget. The seed determines the wishes, the ids and the order of the calls. */
export class Patient {
  readonly #clinic: BusyClinic;
  readonly #random: () => number;
  #visitor: string;
  #held: Wish | null = null;
  #booked: readonly Booked[] = [];

  constructor(clinic: BusyClinic, random: () => number) {
    this.#clinic = clinic;
    this.#random = random;
    this.#visitor = this.#id();
  }

  async act(): Promise<void> {
    const kind = this.#random();
    const booked = this.#booked.length > 0 ? pick(this.#random, this.#booked) : null;
    if (this.#random() < 0.15) this.#returnLater();
    if (kind < 0.3) await this.#hold(await this.#clinic.wish(this.#random));
    else if (kind < 0.38) await this.#hold(this.#held ?? (await this.#clinic.wish(this.#random)));
    else if (kind < 0.45) await this.#release();
    else if (kind < 0.65) await this.#book(this.#held ?? (await this.#clinic.wish(this.#random)));
    else if (kind < 0.75 || !booked) await this.#book(await this.#clinic.wish(this.#random));
    else if (kind < 0.87) await this.#reschedule(booked);
    else if (kind < 0.95) await this.#cancel(booked);
    else await this.#repeat(booked);
  }

  /** Leaves a held time to itself, and comes back with another browser. */
  #returnLater(): void {
    this.#visitor = this.#id();
    this.#held = null;
  }

  async #hold(wish: Wish): Promise<void> {
    const { provider, service, start } = wish;
    const held = { provider: provider.slug, service: service.slug, start, visitor: this.#visitor };
    const { code } = await this.#clinic.asPatient('openslot_hold', held);
    if (code === null) this.#held = wish;
  }

  async #release(): Promise<void> {
    await this.#clinic.asPatient('openslot_release', { visitor: this.#visitor });
    this.#held = null;
  }

  async #book(wish: Wish): Promise<void> {
    const patient = { name: 'Ada Example', email: 'ada@example.com' };
    const { provider, service, start } = wish;
    const time = { provider: provider.slug, service: service.slug, start };
    const request = { ...time, patient, request_id: this.#id(), visitor: this.#visitor };
    const { code, body } = await this.#clinic.asPatient<BookingResult>('openslot_book', request);
    if (code !== null) return;
    this.#held = null;
    this.#booked = [...this.#booked, { wish, token: body.manage_token, appointment: body.appointment.id, request }];
  }

  async #reschedule(booked: Booked): Promise<void> {
    const { wish, token } = booked;
    const { provider, service } = wish;
    const start = await this.#clinic.start(this.#random, provider, service);
    if (this.#random() < 0.5) await this.#hold({ provider, service, start });
    const request = { token, start, request_id: this.#id(), visitor: this.#visitor };
    const { code } = await this.#clinic.asPatient('openslot_reschedule', request);
    if (code === null) this.#held = null;
    if (code === 'appointment_cancelled') this.#booked = this.#booked.filter((other) => other !== booked);
  }

  async #cancel({ token }: Booked): Promise<void> {
    await this.#clinic.asPatient('openslot_cancel', { token, reason: null });
  }

  async #repeat({ request, appointment }: Booked): Promise<void> {
    const { code, body } = await this.#clinic.asPatient<BookingResult>('openslot_book', request);
    if (code === null) assert.equal(body.appointment.id, appointment, 'a repeated request gets its own appointment');
  }

  #id(): string {
    const digits = Math.floor(this.#random() * 2 ** 48).toString(16);
    return `50000000-0000-4000-8000-${digits.padStart(12, '0')}`;
  }
}

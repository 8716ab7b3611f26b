/**
 * The contract of every backend: what its functions return and refuse. Each test takes a day of its own, weeks ahead in the
 * provider's calendar, so that no test meets another one's times or the seed's appointments.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createAvailability } from '../../../src/core/calendar/availability.ts';
import type { Backend } from '../../../src/core/calendar/backend.ts';
import type { BookingResult, CalendarSnapshot } from '../../../src/core/wire.ts';
import { changed, later, PATIENT as patient, refused, startInWeeks } from './contract-times.ts';
import { type ContractProject, liveContract } from './live-contract.ts';

const DAY = 86_400_000;

export function backendContract(name: string, start: () => Promise<ContractProject>): void {
  describe(name, () => {
    let project: ContractProject;
    let backend: Backend;
    let snapshot: CalendarSnapshot;
    let used = 0;

    before(async () => {
      project = await start();
      backend = project.backend();
      snapshot = await backend.calendar({ provider: 'mira-lindqvist' });
    });
    after(async () => {
      await project.stop();
    });

    /** A start with an hour of free slots behind it, that no other test uses. */
    const freeStart = () => startInWeeks(snapshot, used++);

    const time = (start: string, service = 'consultation') => ({ provider: 'mira-lindqvist', service, start });
    const hold = (start: string, visitor: string) => backend.hold({ ...time(start), visitor });
    const book = (start: string, options: { visitor?: string; request_id?: string; service?: string } = {}) =>
      backend.book({
        ...time(start, options.service),
        patient,
        request_id: options.request_id ?? crypto.randomUUID(),
        visitor: options.visitor ?? crypto.randomUUID(),
      });

    it('answers with a whole calendar, in order, by slug and by id', async () => {
      const { provider, services, slots } = snapshot;
      assert.equal(provider.time_zone, 'Europe/Stockholm');
      assert.deepEqual(services.map(({ slug }) => slug).sort(), ['consultation', 'first-visit', 'vaccination']);
      assert.ok(slots.length > 500);
      assert.ok(slots.every(({ start, end, status }) => start < end && (status === 'open' || status === 'held')));
      assert.deepEqual(
        slots.map(({ start }) => start),
        slots.map(({ start }) => start).sort(),
      );
      assert.deepEqual((await backend.calendar({ provider: provider.id })).provider, provider);
    });

    it('refuses providers and services that it doesn’t have', async () => {
      await refused(backend.calendar({ provider: 'nobody' }), 'provider_not_found');
      await refused(
        backend.hold({ ...time(freeStart(), 'surgery'), visitor: crypto.randomUUID() }),
        'service_not_found',
      );
    });

    it('ends a call when its signal aborts', async () => {
      const stop = new AbortController();
      const asked = refused(backend.calendar({ provider: 'mira-lindqvist' }, stop.signal), 'aborted');
      stop.abort();
      await asked;
      await refused(backend.calendar({ provider: 'mira-lindqvist' }, stop.signal), 'aborted');
    });

    it('returns what changed since a revision', async () => {
      const start = freeStart();
      const { revision } = await backend.calendar({ provider: 'mira-lindqvist' });
      assert.deepEqual((await backend.changes({ provider: 'mira-lindqvist', after: revision })).slots, []);
      const { change } = await hold(start, crypto.randomUUID());
      const missed = await backend.changes({ provider: 'mira-lindqvist', after: revision });
      assert.deepEqual([missed.after, missed.revision, missed.slots], [revision, revision + 1, change?.slots]);
      assert.equal((await backend.changes({ provider: 'mira-lindqvist', after: revision + 1_000 })).reload, true);
    });

    it('holds a time for one visitor, until it is let go', async () => {
      const start = freeStart();
      const visitor = crypto.randomUUID();
      const held = await hold(start, visitor);
      assert.deepEqual(changed(held.change), [`${start} held`]);
      assert.equal(held.change!.slots[0]!.held_until, held.held_until);
      assert.ok(held.held_until! <= held.extendable_until! && held.held_until! > held.server_time);
      await refused(hold(start, crypto.randomUUID()), 'slot_taken');
      assert.equal((await hold(start, visitor)).extendable_until, held.extendable_until);
      assert.deepEqual(changed((await backend.release({ visitor })).change), [`${start} open`]);
      assert.equal((await backend.release({ visitor })).change, null);
    });

    it('moves a visitor’s hold in one change', async () => {
      const start = freeStart();
      const visitor = crypto.randomUUID();
      await hold(start, visitor);
      const moved = await hold(later(start, 40), visitor);
      assert.deepEqual(changed(moved.change), [`${start} open`, `${later(start, 40)} held`]);
    });

    it('books a held time and gives the hold up', async () => {
      const start = freeStart();
      const visitor = crypto.randomUUID();
      await hold(start, visitor);
      const booked = await book(start, { visitor });
      assert.deepEqual(changed(booked.change), [`${start} booked`]);
      assert.deepEqual(booked.appointment.patient, patient);
      assert.deepEqual(
        [booked.appointment.status, booked.appointment.start, booked.appointment.end],
        ['confirmed', start, later(start, 20)],
      );
      await refused(book(start), 'slot_taken');
      await refused(hold(start, visitor), 'slot_taken');
    });

    it('never lets two services overlap', async () => {
      const start = freeStart();
      await book(later(start, 20));
      await refused(book(start, { service: 'first-visit' }), 'slot_taken');
      assert.deepEqual(changed((await book(later(start, 40), { service: 'vaccination' })).change), [
        `${later(start, 40)} booked`,
      ]);
    });

    it('books once for one request id, and refuses the id for anything else', async () => {
      const start = freeStart();
      const request_id = crypto.randomUUID();
      const first = await book(start, { request_id });
      const again = await book(start, { request_id });
      assert.deepEqual(
        [again.appointment, again.manage_token, again.change],
        [first.appointment, first.manage_token, null],
      );
      await refused(book(later(start, 20), { request_id }), 'request_id_reused');
    });

    it('refuses times that are too soon, too far, or not on offer', async () => {
      await refused(book(later(snapshot.server_time, 1)), 'too_soon');
      await refused(book(later(snapshot.server_time, 61 * 24 * 60)), 'outside_window');
      await refused(book(later(freeStart(), 3)), 'outside_hours');
    });

    it('names the field that can’t be right', async () => {
      const request = { ...time(freeStart()), request_id: crypto.randomUUID(), visitor: crypto.randomUUID() };
      assert.deepEqual(
        await refused(backend.book({ ...request, patient: { ...patient, name: ' ' } }), 'invalid_argument'),
        { field: 'name' },
      );
      assert.deepEqual(
        await refused(backend.book({ ...request, patient: { ...patient, email: '' } }), 'invalid_argument'),
        { field: 'email' },
      );
    });

    it('closes a day that is full, and opens it again', async () => {
      const calendar = await backend.calendar({ provider: 'amara-okafor' });
      const service = calendar.services.find(({ slug }) => slug === 'follow-up')!;
      const slots = new Map(calendar.slots.map((slot) => [slot.id, slot]));
      const now = Date.parse(calendar.server_time) + 20 * DAY;
      const { days } = createAvailability()({
        slots,
        provider: calendar.provider,
        service,
        zone: calendar.provider.time_zone,
        now,
      });
      // The first day is cut short by the notice.
      const starts = [...days.values()]
        .at(1)!
        .starts.filter((_, index) => index % 2 === 0)
        .map(({ start }) => start);
      const bookings: BookingResult[] = [];
      for (const at of starts.slice(0, 6)) {
        const request = { provider: 'amara-okafor', service: 'follow-up', start: at, patient };
        bookings.push(
          await backend.book({ ...request, request_id: crypto.randomUUID(), visitor: crypto.randomUUID() }),
        );
      }
      const last = changed(bookings[5]!.change)!;
      assert.equal(last.filter((slot) => slot.endsWith('booked')).length, 2);
      assert.ok(last.filter((slot) => slot.endsWith('blocked')).length > 5);
      const seventh = {
        provider: 'amara-okafor',
        service: 'follow-up',
        start: starts[7]!,
        visitor: crypto.randomUUID(),
      };
      await refused(backend.hold(seventh), 'daily_limit_reached');
      const { change } = await backend.cancel({ token: bookings[0]!.manage_token, reason: null });
      assert.equal(changed(change)!.filter((slot) => slot.endsWith('open')).length, last.length);
    });

    it('shows and cancels an appointment by its token', async () => {
      const start = freeStart();
      const { appointment, manage_token: token } = await book(start);
      assert.deepEqual((await backend.appointment({ token })).appointment, appointment);
      const cancelled = await backend.cancel({ token, reason: 'ill' });
      assert.deepEqual(changed(cancelled.change), [`${start} open`]);
      const { status, cancelled_by, cancel_reason, changeable, sequence } = cancelled.appointment;
      assert.deepEqual(
        [status, cancelled_by, cancel_reason, changeable, sequence],
        ['cancelled', 'patient', 'ill', false, 1],
      );
      const again = await backend.cancel({ token, reason: 'late' });
      assert.deepEqual([again.appointment, again.change], [cancelled.appointment, null]);
      await refused(backend.appointment({ token: `${token.slice(0, -2)}AA` }), 'appointment_not_found');
    });

    it('moves an appointment in one change, once per request id', async () => {
      const start = freeStart();
      const { manage_token: token } = await book(start);
      const request = { token, start: later(start, 40), request_id: crypto.randomUUID(), visitor: crypto.randomUUID() };
      const moved = await backend.reschedule(request);
      assert.deepEqual(changed(moved.change), [`${start} open`, `${request.start} booked`]);
      assert.deepEqual([moved.appointment.start, moved.appointment.sequence], [request.start, 1]);
      assert.equal((await backend.reschedule(request)).change, null);
      await book(start);
      await refused(backend.reschedule({ ...request, start, request_id: crypto.randomUUID() }), 'slot_taken');
      await backend.cancel({ token, reason: null });
      await refused(backend.reschedule({ ...request, request_id: crypto.randomUUID() }), 'appointment_cancelled');
    });

    liveContract({
      project: () => project,
      backend: () => backend,
      snapshot: () => snapshot,
      freeStart,
    });
  });
}

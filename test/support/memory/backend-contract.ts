/**
 * The contract of every backend: what its functions return and refuse. Each test takes a day of its own, weeks ahead in the
 * provider's calendar, so that no test meets another one's times or the seed's appointments.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createAvailability } from '../../../src/core/calendar/availability.ts';
import type { Backend } from '../../../src/core/calendar/backend.ts';
import type { BookingResult, CalendarSnapshot, SlotsChange } from '../../../src/core/wire.ts';
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
      const { revision, slots } = await backend.calendar({ provider: 'mira-lindqvist' });
      assert.ok(slots.every((slot) => slot.revision === revision));
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
      assert.deepEqual(changed(booked.change), [`${start} removed`]);
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
        `${later(start, 40)} removed`,
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

    describe('of a provider with a daily limit', () => {
      const provider = 'amara-okafor';
      const timeAt = (at: string) => ({ provider, service: 'follow-up', start: at });
      const bookAt = (at: string) =>
        backend.book({
          ...timeAt(at),
          patient,
          request_id: crypto.randomUUID(),
          visitor: crypto.randomUUID(),
        });
      const holdAt = (at: string, visitor: string = crypto.randomUUID()) => backend.hold({ ...timeAt(at), visitor });

      /** Starts on the first day, from three weeks on, that isn't full; each leaves room for the one before. */
      async function startsOfDay(): Promise<string[]> {
        const { slots, fullDays, services, server_time, ...calendar } = await backend.calendar({ provider });
        const { days } = createAvailability()({
          slots: new Map(slots.map((slot) => [slot.id, slot])),
          fullDays,
          provider: calendar.provider,
          service: services.find(({ slug }) => slug === 'follow-up')!,
          zone: calendar.provider.time_zone,
          now: Date.parse(server_time) + 20 * DAY,
        });
        // The first day is cut short by the notice.
        const { starts } = [...days.values()].at(1)!;
        return starts.filter((_, index) => index % 2 === 0).map(({ start: at }) => at);
      }

      const fullOf = (change: SlotsChange | null) => change?.fullDays.map(({ until }) => until);

      it('says which day is full, whose slots stay open, and when it has room again', async () => {
        const starts = await startsOfDay();
        const bookings: BookingResult[] = [];
        for (const at of starts.slice(0, 6)) bookings.push(await bookAt(at));
        assert.deepEqual(
          bookings.map(({ change }) => fullOf(change)),
          [[], [], [], [], [], [Infinity]],
        );
        const { change } = bookings[5]!;
        assert.deepEqual(changed(change), [`${starts[5]!} removed`, `${later(starts[5]!, 15)} removed`]);
        const [day] = change!.fullDays;
        const first = Date.parse(starts[0]!);
        assert.ok(day!.from <= first && first < day!.to);
        // Clocks may change on it.
        assert.ok(Math.abs(day!.to - day!.from - DAY) <= DAY / 24);
        assert.equal(day!.revision, change!.revision);
        const calendar = await backend.calendar({ provider });
        assert.deepEqual(
          calendar.fullDays.filter(({ from }) => from === day!.from),
          [{ ...day, revision: calendar.revision }],
        );
        assert.ok(calendar.slots.some(({ start: at }) => at === starts[7]));
        await refused(holdAt(starts[7]!), 'daily_limit_reached');
        await refused(bookAt(starts[7]!), 'daily_limit_reached');
        const cancelled = await backend.cancel({ token: bookings[0]!.manage_token, reason: null });
        assert.deepEqual(fullOf(cancelled.change), [0]);
        const missed = await backend.changes({ provider, after: change!.after });
        assert.deepEqual(
          missed.fullDays.map(({ from, until, revision }) => [from, until, revision]),
          [[day!.from, 0, missed.revision]],
        );
        await bookAt(starts[7]!);
      });

      it('counts a hold as a place in its day until it ends', async () => {
        const starts = await startsOfDay();
        for (const at of starts.slice(0, 5)) await bookAt(at);
        const visitor = crypto.randomUUID();
        const held = await holdAt(starts[5]!, visitor);
        assert.deepEqual(fullOf(held.change), [Date.parse(held.held_until!)]);
        await refused(holdAt(starts[7]!), 'daily_limit_reached');
        await refused(bookAt(starts[7]!), 'daily_limit_reached');
        const moved = await holdAt(starts[7]!, visitor);
        assert.equal(changed(moved.change)?.length, 4);
        assert.deepEqual(fullOf((await backend.release({ visitor })).change), [0]);
        await holdAt(starts[6]!, visitor);
        const booked = await backend.book({
          ...timeAt(starts[6]!),
          patient,
          request_id: crypto.randomUUID(),
          visitor,
        });
        assert.deepEqual(fullOf(booked.change), [Infinity]);
      });

      it('moves an appointment within its full day', async () => {
        const starts = await startsOfDay();
        const bookings: BookingResult[] = [];
        for (const at of starts.slice(0, 6)) bookings.push(await bookAt(at));
        const { manage_token: token } = bookings[0]!;
        const request = { token, request_id: crypto.randomUUID(), visitor: crypto.randomUUID() };
        const moved = await backend.reschedule({ ...request, start: starts[7]! });
        assert.deepEqual([moved.appointment.start, fullOf(moved.change)], [starts[7], []]);
        const [other] = await startsOfDay();
        const left = await backend.reschedule({ ...request, start: other!, request_id: crypto.randomUUID() });
        assert.deepEqual(fullOf(left.change), [0]);
      });
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
      assert.deepEqual(changed(moved.change), [`${start} open`, `${request.start} removed`]);
      assert.deepEqual([moved.appointment.start, moved.appointment.sequence], [request.start, 1]);
      assert.equal((await backend.reschedule(request)).change, null);
      await book(start);
      await refused(backend.reschedule({ ...request, start, request_id: crypto.randomUUID() }), 'slot_taken');
      await backend.cancel({ token, reason: null });
      await refused(backend.reschedule({ ...request, request_id: crypto.randomUUID() }), 'appointment_cancelled');
    });

    it('lets a patient change an appointment until the last moment that the clinic set', async () => {
      const start = freeStart();
      const { appointment, manage_token: token } = await book(start);
      assert.deepEqual([appointment.changeable, appointment.changeable_until], [true, start]);
      const day = 24 * 60;
      await project.setChanges(day, 'Please call us.');
      const { provider } = await backend.calendar({ provider: 'mira-lindqvist' });
      assert.deepEqual([provider.change_notice_minutes, provider.change_policy], [day, 'Please call us.']);
      const { appointment: bound } = await backend.appointment({ token });
      assert.deepEqual([bound.changeable, bound.changeable_until], [true, later(start, -day)]);
      assert.equal(bound.provider.change_policy, 'Please call us.');
      await project.setChanges(365 * day, null);
      const { appointment: late } = await backend.appointment({ token });
      assert.deepEqual([late.changeable, late.changeable_until], [false, later(start, -365 * day)]);
      const move = { token, start: later(start, 40), visitor: crypto.randomUUID(), request_id: crypto.randomUUID() };
      for (const call of [() => backend.cancel({ token, reason: null }), () => backend.reschedule(move)]) {
        await assert.rejects(call, {
          code: 'too_late_to_change',
          status: 409,
          detail: { until: late.changeable_until },
        });
      }
      await project.setChanges(null, null);
      assert.equal((await backend.reschedule(move)).appointment.changeable_until, move.start);
      assert.equal((await backend.cancel({ token, reason: null })).appointment.status, 'cancelled');
    });

    liveContract({
      project: () => project,
      backend: () => backend,
      snapshot: () => snapshot,
      freeStart,
    });
  });
}

/**
 * What every backend keeps, whatever is behind it. Times are looked up in the provider's own calendar, weeks ahead, so
 * that the tests of one project don't meet each other or the seed's appointments.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createAvailability } from '../../../src/core/calendar/availability.ts';
import type { Backend } from '../../../src/core/calendar/backend.ts';
import type { LiveConnection, Signal } from '../../../src/core/realtime/types.ts';
import type { BookingResult, CalendarSnapshot, SlotsChange } from '../../../src/core/wire.ts';
import { changed, later, PATIENT as patient, refused, startInWeeks } from './contract-times.ts';
import { until } from '../until.ts';

export interface ContractProject {
  /** A client of its own: another tab. */
  backend(): Backend;
  /** Tells whoever listens to a topic that something changed, as the database does. */
  signal(topic: string, signal: Signal): Promise<void>;
  stop(): Promise<void>;
}

const DAY = 86_400_000;

export function backendContract(name: string, start: () => Promise<ContractProject>): void {
  describe(name, () => {
    let project: ContractProject;
    let backend: Backend;
    let snapshot: CalendarSnapshot;
    const live: LiveConnection[] = [];
    let used = 0;

    before(async () => {
      project = await start();
      backend = project.backend();
      snapshot = await backend.calendar({ provider: 'mira-lindqvist' });
    });
    after(async () => {
      for (const connection of live) connection.close();
      await project.stop();
    });

    function connect(of = backend): LiveConnection {
      const connection = of.connect();
      live.push(connection);
      return connection;
    }

    /** A start with an hour of free slots behind it, that no other test uses. */
    const freeStart = () => startInWeeks(snapshot, used++);

    const time = (start: string, service = 'consultation') => ({ provider: 'mira-lindqvist', service, start });
    const hold = (start: string, visitor: string, of = backend) => of.hold({ ...time(start), visitor });
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

    it('knows only its own providers and services', async () => {
      await refused(backend.calendar({ provider: 'nobody' }), 'provider_not_found');
      await refused(
        backend.hold({ ...time(freeStart(), 'surgery'), visitor: crypto.randomUUID() }),
        'service_not_found',
      );
    });

    it('stops when it is told to', async () => {
      const stop = new AbortController();
      const asked = refused(backend.calendar({ provider: 'mira-lindqvist' }, stop.signal), 'aborted');
      stop.abort();
      await asked;
      await refused(backend.calendar({ provider: 'mira-lindqvist' }, stop.signal), 'aborted');
    });

    it('tells what changed since a revision', async () => {
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

    it('books once for one request id, and tells when the id is used for something else', async () => {
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

    it('shows and cancels an appointment to whoever has its token', async () => {
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

    it('tells every listener of a change at its commit, and nobody after they left', async () => {
      const start = freeStart();
      const visitor = crypto.randomUUID();
      const heard: SlotsChange[] = [];
      const joined: string[] = [];
      const connection = connect(project.backend());
      const listen = () =>
        connection.slots(snapshot.provider.id, {
          status: (status) => joined.push(status),
          change: (change) => heard.push(change),
        });
      const leave = [listen(), listen()];
      await until(() => joined.length === 2);
      assert.deepEqual(joined, ['joined', 'joined']);
      const { change } = await hold(start, visitor);
      await until(() => heard.length === 2);
      for (const message of heard) {
        assert.deepEqual(
          [message.after, message.revision, message.slots],
          [change!.after, change!.revision, change!.slots],
        );
      }
      leave[0]!();
      leave[0]!();
      await backend.release({ visitor });
      await until(() => heard.length >= 3);
      leave[1]!();
      // Whoever stays hears of what they don't.
      const stayed: SlotsChange[] = [];
      connect(project.backend()).slots(snapshot.provider.id, {
        status: (status) => joined.push(status),
        change: (change) => stayed.push(change),
      });
      await until(() => joined.length === 3);
      await hold(start, visitor);
      await until(() => stayed.length === 1);
      assert.equal(heard.length, 3);
      await backend.release({ visitor });
    });

    it('tells every listener to a topic that something changed, beside what the topic tells of slots', async () => {
      const topic = `openslot:provider:${snapshot.provider.id}`;
      const heard: Signal[] = [];
      const joined: string[] = [];
      const slots: SlotsChange[] = [];
      const connection = connect(project.backend());
      const status = (told: string) => joined.push(told);
      connection.slots(snapshot.provider.id, { status, change: (change) => slots.push(change) });
      const listen = () => connection.signals(topic, { status, signal: (signal) => heard.push(signal) });
      const leave = [listen(), listen()];
      await until(() => joined.length === 3);
      assert.deepEqual(joined, ['joined', 'joined', 'joined']);
      await project.signal(`${topic}0`, { notification: 1 });
      await project.signal(topic, { notification: 2 });
      await until(() => heard.length === 2);
      leave[0]!();
      await project.signal(topic, { notification: null });
      await until(() => heard.length === 3);
      assert.deepEqual(
        heard.map(({ notification }) => notification),
        [2, 2, null],
      );
      assert.deepEqual(slots, []);
    });

    it('counts viewers: those who look don’t count, those who leave don’t any more', async () => {
      const counts = { tracker: '', looker: '' };
      const watch = (who: keyof typeof counts) =>
        connect(project.backend()).viewers(snapshot.provider.id, {
          status: () => undefined,
          viewers: (count, tracked) => (counts[who] = `${count} ${tracked ? 'tracked' : 'looking'}`),
        });
      const tracker = watch('tracker');
      const looker = watch('looker');
      await until(() => counts.tracker === '0 looking' && counts.looker === '0 looking');
      await tracker.track();
      await until(() => counts.tracker === '1 tracked' && counts.looker === '1 looking');
      tracker.leave();
      await until(() => counts.looker === '0 looking');
      looker.leave();
    });

    it('proves a connection alive', async () => {
      const connection = connect();
      const joined = new Promise((resolve) => {
        connection.slots(snapshot.provider.id, { status: resolve, change: () => undefined });
      });
      await joined;
      await connection.prove(5_000);
    });
  });
}

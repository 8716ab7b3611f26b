/** A world without sockets and with simulated time, in which an hour passes in a moment. */
// It comes in a chunk of its own, whose loading takes no simulated time.
import '../../../src/core/calendar/operations.ts';
import { createOpenslotClient } from '../../../src/core/client.ts';
import { slotsNeeded } from '../../../src/core/calendar/availability.ts';
import type { Appointment, ChangedSlot, Provider } from '../../../src/core/wire.ts';
import { createFakeClock, type FakeClock, START } from '../../support/fakes/fake-clock.ts';
import { createFakePage } from '../../support/fakes/fake-page.ts';
import { createMemoryProject, MIRA, SERVICES } from '../../support/memory/memory-backend.ts';
import type { Scenario, StaffEdit } from './steps.ts';
import { TabClock } from './tab-clock.ts';
import { Tab } from './tab.ts';
import { UnreliableBackend } from './unreliable-backend.ts';
import type { BusyRange, World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
/** How long after the last fault all must be well: the slowest remedy is the check of a live calendar. */
const PATIENCE_MS = 150_000;
const LOOK_EVERY_MS = 10_000;
const MOST_TIMERS_AT_ONCE = 5_000;

const PROVIDER: Provider = { ...MIRA, slot_minutes: 60, booking_window_days: 3 };
const SHORT = SERVICES.consultation;
const LONG = { ...SERVICES.firstVisit, duration_minutes: 90, buffer_after_minutes: 15 };

export function createMemoryWorld({ seed, realtime, skews }: Scenario): World {
  const clock = restless(createFakeClock({ seed }));
  const starts = [26, 50].flatMap((first) => [0, 1, 2, 3, 4].map((hours) => START + (first + hours) * HOUR));
  const { database, backend } = createMemoryProject({
    clock,
    seed: [{ provider: PROVIDER, services: [SHORT, LONG], dailyLimit: 4, starts }],
  });
  const slots = new Map<number, ChangedSlot>(
    database.calendar({ provider: PROVIDER.id }).slots.map((slot) => [slot.id, slot]),
  );
  database.listen((_, change) => change.slots.forEach((slot) => slots.set(slot.id, slot)));
  /** Slots that staff have blocked, and may open again. */
  const taken = new Set<number>();
  const appointments = new Map<string, Appointment>();

  const tabs = realtime.map((mode, index) => {
    const tabClock = new TabClock(clock, skews[index] ?? 0);
    const page = createFakePage();
    const network = new UnreliableBackend(backend(), tabClock, ({ appointment }) =>
      appointments.set(appointment.id, appointment),
    );
    const client = createOpenslotClient({ backend: network }, { clock: tabClock, page });
    const calendar = client.calendar({ provider: PROVIDER.slug, realtime: mode });
    const services = { short: SHORT.slug, long: LONG.slug };
    return new Tab({ name: `tab ${index}`, client, calendar, clock: tabClock, page, network, services });
  });

  return {
    tabs,
    staff(edit, at, count) {
      staff(edit, at, count);
      return Promise.resolve();
    },
    pass: (ms) => clock.advance(ms),
    async until(check) {
      for (const latest = clock.now() + PATIENCE_MS; clock.now() < latest;) {
        await clock.advance(LOOK_EVERY_MS);
        if (await holds(check)) return;
      }
      await check();
    },
    truth: () => {
      const confirmed = [...appointments.values()].filter(({ status }) => status === 'confirmed');
      return Promise.resolve({
        snapshot: database.calendar({ provider: PROVIDER.id }),
        now: clock.now(),
        booked: database.bookedSlots(PROVIDER.id),
        confirmed: new Map(
          confirmed.map((appointment) => [
            appointment.id,
            { start: appointment.start, patient: appointment.patient.name, busy: busyOf(appointment) },
          ]),
        ),
      });
    },
    close: () => Promise.resolve(),
  };

  function staff(edit: StaffEdit, at: number, count: number): void {
    if (edit === 'settings') {
      database.configure(PROVIDER.id, { title: `Title ${at}` });
      return;
    }
    const given = edit === 'open';
    const changeable = [...slots.values()].filter(({ id, status }) =>
      given ? taken.has(id) : status === 'open' || status === 'held',
    );
    const first = at % Math.max(1, changeable.length);
    for (const { id, start, end } of changeable.slice(first, first + count)) {
      if (given) taken.delete(id);
      else taken.add(id);
      database.setStatus(PROVIDER.id, start, end, given ? 'open' : edit === 'block' ? 'blocked' : 'removed');
    }
  }
}

/** Throws when timers without any wait follow each other, because the clock would never advance. */
function restless(clock: FakeClock): FakeClock {
  let standsSince = 0;
  let timers = 0;
  return {
    ...clock,
    get pending() {
      return clock.pending;
    },
    after(ms, run) {
      if (clock.now() > standsSince) timers = 0;
      standsSince = clock.now();
      if (++timers > MOST_TIMERS_AT_ONCE) throw new Error('Timers follow each other without end.');
      return clock.after(ms, run);
    },
  };
}

async function holds(check: () => Promise<void> | void): Promise<boolean> {
  try {
    await check();
    return true;
  } catch {
    return false;
  }
}

function busyOf({ start, service }: Appointment): BusyRange {
  const from = Date.parse(start) - service.buffer_before_minutes * MINUTE;
  return { from, until: from + slotsNeeded(service, PROVIDER.slot_minutes) * PROVIDER.slot_minutes * MINUTE };
}

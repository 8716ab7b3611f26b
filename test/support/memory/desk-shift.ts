/** A member at the desk of the clinic in memory, with time standing still. */
import { createDeskClient } from '../../../src/core/desk/client.ts';
import type { Desk, DayRange } from '../../../src/core/desk/state.ts';
import type { DeskAppointment, DeskSlot } from '../../../src/core/desk/types.ts';
import { DESK_NOW, northside, OWNER } from './desk-seed.ts';
import { createFakeClock, type FakeClock } from '../fakes/fake-clock.ts';
import { createFakePage, type FakePage } from '../fakes/fake-page.ts';
import type { MemoryDesk } from './memory-desk.ts';
import { MIRA } from './memory-seed.ts';
import { MemorySession, memoryStaff, type MemoryStaff } from './memory-staff.ts';

export const WEEK: DayRange = { from: '2026-11-23', to: '2026-11-29' };

type Change = 'book' | 'reschedule' | 'cancel' | 'mark' | 'setHours' | 'setProvider' | 'setService';

export interface Shift {
  readonly clock: FakeClock;
  readonly page: FakePage;
  readonly desk: MemoryDesk;
  readonly backend: MemoryStaff;
  readonly live: Desk;
  /** Ends the subscription that the shift began with. */
  leave(): void;
  /** Every request that is sent with a method from now on. */
  watch(method: Change): readonly unknown[];
  /** How often a function was called so far. */
  count(call: string): number;
  slot(start: string): DeskSlot | undefined;
  appointment(name: string): DeskAppointment;
}

/** Opens the desk and waits until it is live. */
export async function beginShift(prepare: (backend: MemoryStaff) => void = () => undefined): Promise<Shift> {
  const clock = createFakeClock({ now: DESK_NOW });
  const page = createFakePage();
  const desk = northside(clock);
  const session = new MemorySession(OWNER);
  const backend = memoryStaff(desk, session, clock);
  prepare(backend);
  const live = createDeskClient({ backend, session }, { clock, page }).desk(MIRA.id, WEEK);
  const leave = live.subscribe(() => undefined);
  await clock.advance(1_000);
  return {
    clock,
    page,
    desk,
    backend,
    live,
    leave,
    watch(method) {
      const requests: unknown[] = [];
      const send = backend[method] as (request: unknown) => unknown;
      Object.assign(backend, {
        [method]: (request: unknown) => {
          requests.push(request);
          return send(request);
        },
      });
      return requests;
    },
    count: (call) => backend.calls.filter((other) => other === call).length,
    slot: (start) => live.getState().slots.find((slot) => Date.parse(slot.start) === Date.parse(start)),
    appointment: (name) => live.getState().appointments.find(({ patient }) => patient.name === name)!,
  };
}

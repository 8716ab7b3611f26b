/** What the backend's contract is stated with: a patient, free times, and short forms of answers. */
import assert from 'node:assert/strict';
import { createAvailability } from '../../../src/core/calendar/availability.ts';
import { isoInstant } from '../../../src/core/time/iso-instant.ts';
import { type ErrorCode, isOpenslotError } from '../../../src/core/errors.ts';
import type { CalendarSnapshot, SlotsChange } from '../../../src/core/wire.ts';

const TWO_WEEKS = 14 * 86_400_000;

export const PATIENT = {
  name: 'Ada Byron',
  email: 'ada@example.org',
  phone: null,
  note: null,
  time_zone: 'Europe/London',
  locale: 'en',
};

/** The first start with an hour of free slots behind it, on one of the days from two weeks on; `day` counts from 0. */
export function startInWeeks(
  { slots, fullDays, provider, services, server_time }: CalendarSnapshot,
  day: number,
): string {
  const { days } = createAvailability()({
    slots: new Map(slots.map((slot) => [slot.id, slot])),
    fullDays,
    provider,
    service: { ...services[0]!, duration_minutes: 60, buffer_before_minutes: 0, buffer_after_minutes: 0 },
    zone: provider.time_zone,
    now: Date.parse(server_time) + TWO_WEEKS,
  });
  return [...days.values()][day]!.starts[0]!.start;
}

export function later(start: string, minutes: number): string {
  return isoInstant(Date.parse(start) + minutes * 60_000);
}

export function changed(change: SlotsChange | null): string[] | undefined {
  return change?.slots.map(({ start, status }) => `${start} ${status}`).sort();
}

/** Asserts that a call is refused with a code. Resolves to the detail. */
export async function refused(call: Promise<unknown>, code: ErrorCode): Promise<Readonly<Record<string, unknown>>> {
  const error = await call.then(
    () => assert.fail(`expected ${code}`),
    (reason: unknown) => reason,
  );
  assert.ok(isOpenslotError(error), String(error));
  assert.equal(error.code, code);
  return error.detail;
}

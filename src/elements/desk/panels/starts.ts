/** At which times of a day a service fits, for staff, whom neither notice nor what they blocked themselves binds. Pure. */
import { isoInstant } from '../../../core/time/iso-instant.ts';
import { spansOf } from '../../../core/desk/optimistic.ts';
import type { DeskAppointment, DeskProvider, DeskService, DeskSlot } from '../../../core/desk/types.ts';
import { dayOf } from '../../../core/time/time-zones.ts';

export interface DeskStart {
  /** ISO instant of the patient's part. */
  readonly start: string;
  /** `blocked`: some of it is blocked by staff; `full`: by the daily limit. */
  readonly kind: 'open' | 'blocked' | 'full';
}

export interface DeskTimesQuery {
  /** `YYYY-MM-DD` in the provider's zone. */
  readonly day: string;
  readonly provider: DeskProvider;
  readonly service: Pick<DeskService, 'duration_minutes' | 'buffer_before_minutes' | 'buffer_after_minutes'>;
  readonly slots: readonly DeskSlot[];
  /** Epoch ms by the server's clock. */
  readonly now: number;
  /** The appointment that is moved: its own time is free to it. */
  readonly moving?: DeskAppointment | null;
}

export function startsOn({ day, provider, service, slots, now, moving }: DeskTimesQuery): DeskStart[] {
  const byStart = new Map(slots.map((slot) => [Date.parse(slot.start), slot]));
  const starts: DeskStart[] = [];
  for (const [at, slot] of byStart) {
    const patientStart = at + service.buffer_before_minutes * 60_000;
    if (patientStart <= now || dayOf(patientStart, provider.time_zone) !== day) continue;
    const start = isoInstant(patientStart);
    if (moving && Date.parse(moving.start) === patientStart) continue;
    const { busy_end } = spansOf(service, start);
    const run: DeskSlot[] = [];
    for (let next: DeskSlot | undefined = slot; next && run.length < 500; next = byStart.get(Date.parse(next.end))) {
      if (Date.parse(next.start) >= Date.parse(busy_end)) break;
      run.push(next);
    }
    const complete = Date.parse(run.at(-1)?.end ?? '') >= Date.parse(busy_end);
    if (!complete || !run.every((part) => isFree(part, now, moving ?? null))) continue;
    const blocked = run.filter((part) => part.status === 'blocked');
    const byLimit = blocked.length > 0 && blocked.every((part) => part.blocked_by === 'daily_limit');
    starts.push({ start, kind: byLimit ? 'full' : blocked.length > 0 ? 'blocked' : 'open' });
  }
  return starts.sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

function isFree(slot: DeskSlot, now: number, moving: DeskAppointment | null): boolean {
  if (slot.status === 'open' || slot.status === 'blocked') return true;
  if (slot.status === 'held') return Date.parse(slot.held_until ?? '') <= now;
  return slot.status === 'booked' && moving !== null && slot.appointment_id === moving.id;
}

/** The free time nearest to the one wanted: the first after it, else the last. */
export function nearestStart(starts: readonly DeskStart[], wanted: string): DeskStart | undefined {
  const open = starts.filter(({ kind }) => kind === 'open');
  const from = open.length > 0 ? open : starts;
  return from.find(({ start }) => Date.parse(start) >= Date.parse(wanted)) ?? from.at(-1);
}

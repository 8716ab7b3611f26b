/** The times of a day that a service fits in. Staff may book without notice and on times that they blocked. Pure. */
import { isoInstant } from '../../core/time/iso-instant.ts';
import { spansOf } from '../../core/desk/optimistic.ts';
import type { DeskState } from '../../core/desk/state.ts';
import type { DeskAppointment, DeskProvider, DeskService, DeskSlot } from '../../core/desk/types.ts';
import { dayOf } from '../../core/time/time-zones.ts';

export interface DeskStart {
  /** ISO instant of the patient's part. */
  readonly start: string;
  /** `blocked`: staff blocked a part of it; `full`: the daily limit of appointments blocks it. */
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
  /** The appointment that staff move: the slots that it takes now count as free. */
  readonly moving?: DeskAppointment | null;
}

/** The times of a day that a service fits in, by what the desk knows now. */
export function startsFor(
  { state, now }: { readonly state: DeskState | null; readonly now: () => number },
  day: string,
  service: DeskService | undefined,
  moving: DeskAppointment | null = null,
): readonly DeskStart[] {
  if (!state?.provider || !service) return [];
  return startsOn({ day, provider: state.provider, service, slots: state.slots, now: now(), moving });
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

/** The open time nearest to the wanted one: the first from there on, else the last. Without open times, a blocked one. */
export function nearestStart(starts: readonly DeskStart[], wanted: string): DeskStart | undefined {
  const open = starts.filter(({ kind }) => kind === 'open');
  const from = open.length > 0 ? open : starts;
  return from.find(({ start }) => Date.parse(start) >= Date.parse(wanted)) ?? from.at(-1);
}

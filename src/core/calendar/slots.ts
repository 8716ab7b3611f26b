/**
 * One provider's slots and full days as the server has them: a pure reducer over snapshots and changes, which may arrive late,
 * twice, in any order, or not at all. Whatever arrives, each slot and day is the newest version that was received, and no change
 * up to `revision` is missing.
 */
import { advance, type Span } from './announced-revisions.ts';
import { newestDays, NO_DAYS } from './full-days.ts';
import { SlotMap } from './slot-map.ts';
import type { CalendarSnapshot, ChangedSlot, FullDay, SlotsChange } from '../wire.ts';

export interface SlotsState {
  /** Open and held slots by id, in order of start. The same map while none of them changed. */
  readonly slots: SlotMap;
  /** Full days in order, and days that have room again. */
  readonly days: readonly FullDay[];
  /** Every change up to this revision is in `slots` and `days`. */
  readonly revision: number;
  /** Changes that were received although a change before them is missing. */
  readonly ahead: readonly Span[];
  /** The revision of the latest snapshot. */
  readonly base: number;
}

/**
 * Takes in a snapshot. It may be older than the state by now, since changes arrived while it was on its way: then the newer
 * slots and days of the state are kept. A snapshot older than the one before changes nothing.
 */
export function applySnapshot(
  before: SlotsState | null,
  { slots, fullDays, revision }: Pick<CalendarSnapshot, 'slots' | 'fullDays' | 'revision'>,
): SlotsState {
  if (before && revision < before.base) return before;
  const known = new Map(before?.slots.all.map((slot) => [slot.id, slot]));
  const merged = new Map<number, ChangedSlot>();
  for (const slot of slots) {
    const former = known.get(slot.id);
    merged.set(slot.id, former && isSame(former, slot) ? former : slot);
  }
  for (const [id, slot] of known) if (slot.revision > revision) merged.set(id, slot);
  const isUnchanged =
    before &&
    [...merged].every(([id, slot]) => known.get(id) === slot) &&
    [...before.slots.keys()].every((id) => merged.has(id));
  return advance({
    slots: isUnchanged ? before.slots : new SlotMap([...merged.values()]),
    days: newestDays(before?.days.filter((day) => day.revision > revision) ?? NO_DAYS, fullDays),
    revision: Math.max(revision, before?.revision ?? 0),
    ahead: before?.ahead ?? [],
    base: revision,
  });
}

/** Takes in a broadcast, a booking function's change, or missed changes. Returns the same state if nothing in them is new. */
export function applyChange(state: SlotsState, change: SlotsChange): SlotsState {
  if (change.reload || change.revision <= state.revision) return state;
  const changed = new Map(change.slots.map((slot) => [slot.id, slot]));
  for (const { id, revision } of state.slots.all) if (revision >= change.revision) changed.delete(id);
  const slots = changed.size > 0 ? state.slots.with(changed) : state.slots;
  const { after, revision } = change;
  return advance({
    ...state,
    slots,
    days: newestDays(state.days, change.fullDays),
    ahead: [...state.ahead, { after, revision }],
  });
}

/** Whether a change before the newest one that was received is missing. */
export function hasGap(state: SlotsState): boolean {
  return state.ahead.length > 0;
}

/** By map: its copy in which some of the holds, which ran out, are open. */
const openedMaps = new WeakMap<SlotMap, SlotMap>();

/**
 * The slots in which a hold that has run out by the server's clock is open, as it is for the database. Returns the same map
 * while the same holds have run out. The state itself keeps the holds, since the clock may turn out to be wrong.
 */
export function openExpired(slots: SlotMap, serverNow: number): SlotMap {
  const over = slots.held.filter((slot) => heldUntil(slot) <= serverNow);
  if (over.length === 0) return slots;
  let opened = openedMaps.get(slots);
  if (opened?.held.length !== slots.held.length - over.length) {
    opened = slots.with(new Map(over.map((slot) => [slot.id, { ...slot, status: 'open', held_until: null }])));
    openedMaps.set(slots, opened);
  }
  return opened;
}

/** Epoch ms by the server's clock at which the next hold runs out or a full day has room again; `Infinity` if never. */
export function nextExpiry({ slots, days }: SlotsState, serverNow: number): number {
  const ends = [...slots.held.map(heldUntil), ...days.map(({ until }) => until)];
  return Math.min(...ends.filter((until) => until > serverNow));
}

function heldUntil(slot: ChangedSlot): number {
  return slot.held_until ? Date.parse(slot.held_until) : Infinity;
}

function isSame(a: ChangedSlot, b: ChangedSlot): boolean {
  return a.status === b.status && a.end === b.end && a.held_until === b.held_until;
}

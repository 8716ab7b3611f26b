/**
 * One provider's slots as the server has them: a pure reducer over snapshots and changes, which may arrive late, twice, in any
 * order, in parts, or not at all. Whatever arrives, each slot is the newest version that was received, and no change up to
 * `revision` is missing.
 */
import { SlotMap } from './slot-map.ts';
import type { CalendarSnapshot, ChangedSlot, SlotsChange } from '../wire.ts';

export interface SlotsState {
  /** Open and held slots by id, in order of start. The same map while none of them changed. */
  readonly slots: SlotMap;
  /** Every change up to this revision is in `slots`. */
  readonly revision: number;
  /** Changes that were received although a change before them, or a part of them, is missing. */
  readonly ahead: readonly Ahead[];
  /** The revision of the latest snapshot. */
  readonly base: number;
}

interface Ahead {
  readonly after: number;
  readonly revision: number;
  readonly parts: number;
  /** Numbers of the parts that were received. */
  readonly came: readonly number[];
}

/**
 * Takes in a snapshot. It may be older than the state by now, since changes arrived while it was on its way: then the newer
 * slots of the state are kept. A snapshot older than the one before changes nothing.
 */
export function applySnapshot(
  before: SlotsState | null,
  snapshot: Pick<CalendarSnapshot, 'slots' | 'revision'>,
): SlotsState {
  if (before && snapshot.revision < before.base) return before;
  const inSnapshot = new Set<number>();
  const slots: ChangedSlot[] = [];
  for (const slot of snapshot.slots) {
    const known = before?.slots.latest(slot.id);
    inSnapshot.add(slot.id);
    slots.push(known && known.revision >= slot.revision ? known : slot);
  }
  for (const slot of before?.slots.all() ?? []) {
    if (slot.revision > snapshot.revision && !inSnapshot.has(slot.id)) slots.push(slot);
  }
  const map = SlotMap.of(slots);
  return advance({
    slots: before && sameSlots(before.slots, map) ? before.slots : map,
    revision: Math.max(snapshot.revision, before?.revision ?? 0),
    ahead: before?.ahead ?? [],
    base: snapshot.revision,
  });
}

/** Takes in a broadcast, a booking function's change, or missed changes. Returns the same state if nothing in them is new. */
export function applyChange(state: SlotsState, change: SlotsChange): SlotsState {
  if (change.reload || change.revision <= state.revision) return state;
  const newer = change.slots.filter(
    (slot) => slot.revision > Math.max(state.revision, state.slots.latest(slot.id)?.revision ?? 0),
  );
  const slots = newer.length > 0 ? state.slots.with(newer) : state.slots;
  return advance({ ...state, slots, ahead: note(state.ahead, change) });
}

/** Whether a change before the newest one that was received is missing. */
export function hasGap(state: SlotsState): boolean {
  return state.ahead.length > 0;
}

/** By map: its copy in which so many of the holds that ran out are open. */
const openedMaps = new WeakMap<SlotMap, { readonly over: number; readonly slots: SlotMap }>();

/**
 * The slots in which a hold that has run out by the server's clock is open, as it is for the database. Returns the same map
 * while the same holds have run out. The state itself keeps the holds, since the clock may turn out to be wrong.
 */
export function openExpired(slots: SlotMap, serverNow: number): SlotMap {
  const over = slots.held.filter((slot) => heldUntil(slot) <= serverNow);
  if (over.length === 0) return slots;
  let opened = openedMaps.get(slots);
  if (opened?.over !== over.length) {
    opened = {
      over: over.length,
      slots: slots.with(over.map((slot) => ({ ...slot, status: 'open', held_until: null }))),
    };
    openedMaps.set(slots, opened);
  }
  return opened.slots;
}

/** Epoch ms by the server's clock at which the next hold runs out; `Infinity` if none will. */
export function nextExpiry(slots: SlotMap, serverNow: number): number {
  return Math.min(...slots.held.map(heldUntil).filter((until) => until > serverNow));
}

function heldUntil(slot: ChangedSlot): number {
  return slot.held_until ? Date.parse(slot.held_until) : Infinity;
}

function note(ahead: readonly Ahead[], { after, revision, part = 1, parts = 1 }: SlotsChange): readonly Ahead[] {
  const same = ahead.find((other) => other.after === after && other.revision === revision && other.parts === parts);
  if (!same) return [...ahead, { after, revision, parts, came: [part] }];
  if (same.came.includes(part)) return ahead;
  return ahead.map((other) => (other === same ? { ...same, came: [...same.came, part] } : other));
}

/** Moves `revision` as far as complete changes follow each other. */
function advance(state: SlotsState): SlotsState {
  let { revision } = state;
  const follows = ({ after, revision: reached, parts, came }: Ahead) =>
    after <= revision && reached > revision && came.length === parts;
  for (let next = state.ahead.find(follows); next; next = state.ahead.find(follows)) revision = next.revision;
  return { ...state, revision, ahead: state.ahead.filter((change) => change.revision > revision) };
}

function sameSlots(a: SlotMap, b: SlotMap): boolean {
  if (a.size !== b.size) return false;
  const others = b.values();
  for (const slot of a.values()) if (slot !== others.next().value) return false;
  return true;
}

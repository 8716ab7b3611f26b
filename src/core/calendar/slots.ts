/**
 * The server's picture of one provider's slots: a pure reducer over snapshots and changes, which may come late, twice,
 * in any order, in parts, or not at all. Whatever arrives, a slot shows the newest revision that was heard of, and
 * `revision` says up to where nothing can be missing.
 */
import { SlotMap } from './slot-map.ts';
import type { CalendarSnapshot, ChangedSlot, SlotsChange } from '../wire.ts';

export interface SlotsState {
  /** Open and held slots by id, in order of start. The same map while none of them changed. */
  readonly slots: SlotMap;
  /** Every change up to this revision is in `slots`. */
  readonly revision: number;
  /** Changes that were heard of although something before them, or a part of them, is missing. */
  readonly ahead: readonly Ahead[];
  /** The revision of the latest snapshot. */
  readonly base: number;
}

interface Ahead {
  readonly after: number;
  readonly revision: number;
  readonly parts: number;
  /** Which parts came; empty for a change that was never in parts. */
  readonly came: readonly number[];
}

/**
 * Starts a picture, or brings one up to a snapshot. The snapshot may be older than the picture by now: then it tells
 * what the picture was, and what was heard of since is kept. One older than the latest snapshot tells nothing.
 */
export function applySnapshot(
  before: SlotsState | null,
  snapshot: Pick<CalendarSnapshot, 'slots' | 'revision'>,
): SlotsState {
  if (before && snapshot.revision < before.base) return before;
  const told = new Set<number>();
  const slots: ChangedSlot[] = [];
  for (const slot of snapshot.slots) {
    const known = before?.slots.latest(slot.id);
    told.add(slot.id);
    slots.push(known && known.revision >= slot.revision ? known : slot);
  }
  for (const slot of before?.slots.all() ?? []) {
    if (slot.revision > snapshot.revision && !told.has(slot.id)) slots.push(slot);
  }
  const picture = SlotMap.of(slots);
  return advance({
    slots: before && sameSlots(before.slots, picture) ? before.slots : picture,
    revision: Math.max(snapshot.revision, before?.revision ?? 0),
    ahead: before?.ahead ?? [],
    base: snapshot.revision,
  });
}

/** Applies a broadcast, a booking function's change, or the missed changes. Returns the same state if it tells nothing new. */
export function applyChange(state: SlotsState, change: SlotsChange): SlotsState {
  if (change.reload || change.revision <= state.revision) return state;
  const news = change.slots.filter(
    (slot) => slot.revision > Math.max(state.revision, state.slots.latest(slot.id)?.revision ?? 0),
  );
  const slots = news.length > 0 ? state.slots.with(news) : state.slots;
  return advance({ ...state, slots, ahead: note(state.ahead, change) });
}

/** Whether something between here and the newest message that was heard of is missing. */
export function hasGap(state: SlotsState): boolean {
  return state.ahead.length > 0;
}

/** What maps look like with so many of their holds over. */
const openedMaps = new WeakMap<SlotMap, { readonly over: number; readonly slots: SlotMap }>();

/**
 * The slots with those open whose hold has run out by the server's clock, as the database takes them for open itself. The
 * same map while the same holds are over. Only a view: the clock may turn out to be wrong.
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

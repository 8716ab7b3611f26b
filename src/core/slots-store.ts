/**
 * The server's picture of one provider's slots: a pure reducer over snapshots and changes, which may come late, twice,
 * in any order, in parts, or not at all. Whatever arrives, a slot shows the newest revision that was heard of, and
 * `revision` says up to where nothing can be missing.
 */
import type { CalendarSnapshot, ChangedSlot, SlotsChange } from './types.ts';

export interface SlotsState {
  /** Open and held slots by id, in order of start. The same map while none of them changed. */
  readonly slots: ReadonlyMap<number, ChangedSlot>;
  /** Every change up to this revision is in `slots`. */
  readonly revision: number;
  /** Changes that were heard of although something before them, or a part of them, is missing. */
  readonly ahead: readonly Ahead[];
  /** The revision of the latest snapshot. */
  readonly base: number;
  /** Revisions at which slots left the picture since `base`: nothing older must bring them back. */
  readonly gone: ReadonlyMap<number, number>;
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
export function applySnapshot(before: SlotsState | null, snapshot: Pick<CalendarSnapshot, 'slots' | 'revision'>): SlotsState {
  if (before && snapshot.revision < before.base) return before;
  const listed = new Map<number, ChangedSlot>();
  for (const slot of snapshot.slots) {
    const known = before?.slots.get(slot.id);
    if ((before?.gone.get(slot.id) ?? 0) > slot.revision) continue;
    listed.set(slot.id, known && known.revision >= slot.revision ? known : slot);
  }
  const newer = [...(before?.slots.values() ?? [])].filter((slot) => slot.revision > snapshot.revision && !listed.has(slot.id));
  const slots = newer.length > 0 ? inOrder([...listed.values(), ...newer]) : listed;
  return advance({
    slots: before && sameEntries(before.slots, slots) ? before.slots : slots,
    revision: Math.max(snapshot.revision, before?.revision ?? 0),
    ahead: before?.ahead ?? [],
    base: snapshot.revision,
    gone: new Map([...(before?.gone ?? [])].filter(([, revision]) => revision > snapshot.revision)),
  });
}

/** Applies a broadcast, a booking function's change, or the missed changes. Returns the same state if it tells nothing new. */
export function applyChange(state: SlotsState, change: SlotsChange): SlotsState {
  if (change.reload || change.revision <= state.revision) return state;
  const news = change.slots.filter((slot) => slot.revision > Math.max(state.revision, knownRevision(state, slot.id)));
  const { slots, gone } = news.length > 0 ? put(state, news) : state;
  return advance({ ...state, slots, gone, ahead: note(state.ahead, change) });
}

/** Whether something between here and the newest message that was heard of is missing. */
export function hasGap(state: SlotsState): boolean {
  return state.ahead.length > 0;
}

/** Opens the slots whose hold has run out by the server's clock, as the database takes them for open itself. */
export function expireHolds(state: SlotsState, serverNow: number): SlotsState {
  let slots: Map<number, ChangedSlot> | undefined;
  for (const slot of state.slots.values()) {
    if (heldUntil(slot) > serverNow) continue;
    slots ??= new Map(state.slots);
    slots.set(slot.id, { ...slot, status: 'open', held_until: null });
  }
  return slots ? { ...state, slots } : state;
}

/** Epoch ms by the server's clock at which the next hold runs out; `Infinity` if none will. */
export function nextExpiry(state: SlotsState): number {
  let next = Infinity;
  for (const slot of state.slots.values()) next = Math.min(next, heldUntil(slot));
  return next;
}

function heldUntil(slot: ChangedSlot): number {
  return slot.status === 'held' && slot.held_until ? Date.parse(slot.held_until) : Infinity;
}

function knownRevision(state: SlotsState, id: number): number {
  return Math.max(state.slots.get(id)?.revision ?? 0, state.gone.get(id) ?? 0);
}

function put(state: SlotsState, news: readonly ChangedSlot[]): Pick<SlotsState, 'slots' | 'gone'> {
  const slots = new Map(state.slots);
  const gone = new Map(state.gone);
  let appeared = false;
  for (const slot of news) {
    if (slot.status === 'open' || slot.status === 'held') {
      appeared ||= !slots.has(slot.id);
      slots.set(slot.id, slot);
      gone.delete(slot.id);
    } else {
      slots.delete(slot.id);
      gone.set(slot.id, slot.revision);
    }
  }
  return { slots: appeared ? inOrder([...slots.values()]) : slots, gone };
}

/** The database writes all instants alike, so their text sorts as they do. */
function inOrder(slots: ChangedSlot[]): Map<number, ChangedSlot> {
  slots.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
  return new Map(slots.map((slot) => [slot.id, slot]));
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

function sameEntries(a: ReadonlyMap<number, ChangedSlot>, b: ReadonlyMap<number, ChangedSlot>): boolean {
  if (a.size !== b.size) return false;
  const others = b.values();
  for (const slot of a.values()) if (slot !== others.next().value) return false;
  return true;
}

/**
 * What is shown = the server's picture + the operations under way. Pure: nothing here is undone when an operation
 * fails, it just isn't added any more.
 */
import type { ChangedSlot, Slot } from '../wire.ts';

/** What this visitor's unanswered operations assume. */
export interface Assumptions {
  /** Taken by this visitor, whatever the server's picture says: an answer is due that will tell. */
  readonly claimed: readonly Slot[];
  /** Given back by this visitor, as long as the server has said nothing newer about the slot. */
  readonly freed: readonly ChangedSlot[];
}

export const NO_ASSUMPTIONS: Assumptions = { claimed: [], freed: [] };

/** The slots to show, in order of start; the same map if nothing is assumed. */
export function assume(
  slots: ReadonlyMap<number, ChangedSlot>,
  { claimed, freed }: Assumptions,
): ReadonlyMap<number, Slot> {
  const claims = claimed.filter((slot) => slots.get(slot.id)?.status !== 'held');
  const givenBack = freed.filter((slot) => slots.get(slot.id) === slot);
  if (claims.length + givenBack.length === 0) return slots;
  const shown = new Map<number, Slot>(slots);
  for (const slot of givenBack) shown.set(slot.id, { ...slot, status: 'open', held_until: null });
  const appeared = claims.some((slot) => !shown.has(slot.id));
  for (const slot of claims) shown.set(slot.id, { ...slot, status: 'held', held_until: null });
  return appeared ? new Map([...shown].sort(([, a], [, b]) => (a.start < b.start ? -1 : 1))) : shown;
}

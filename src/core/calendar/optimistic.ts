/**
 * The slots that are shown: the server's slots, plus what the operations under way are expected to change. Pure. When an
 * operation fails, nothing has to be undone: its expected change just isn't added any more.
 */
import type { ChangedSlot, Slot } from '../wire.ts';

/** What this visitor's unanswered operations are expected to change. */
export interface Assumptions {
  /** Shown as taken by this visitor, whatever the server's slots say, until the server has answered. */
  readonly claimed: readonly Slot[];
  /** Shown as given back by this visitor, unless the server has sent something newer about the slot. */
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

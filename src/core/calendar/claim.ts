import { runOf } from './availability.ts';
import type { SlotMap } from './slot-map.ts';
import type { Hold } from './types.ts';
import type { Sync } from './sync.ts';
import type { ChangedSlot, Slot } from '../wire.ts';

/** A time that a visitor asks for, as a hold that nobody has confirmed, and the slots that it would take. */
export interface Claim {
  readonly hold: Hold;
  /** Empty if the picture doesn't have them all: the server will tell. */
  readonly slots: readonly Slot[];
}

/** @param service slug or id */
export function claimTime(sync: Sync | null, service: string, start: string): Claim {
  const known = sync?.services.find(({ id, slug }) => id === service || slug === service);
  const slots = (sync?.slots && sync.provider && known && runOf(sync.slots, sync.provider, known, start)) ?? [];
  const slotStarts = slots.map((slot) => slot.start);
  const hold = { serviceId: known?.id ?? service, start, slotStarts, heldUntil: null, extendableUntil: null };
  return { slots, hold };
}

export function sameTime(a: Hold, b: Hold): boolean {
  return a.start === b.start && a.serviceId === b.serviceId;
}

/** The slots that a hold takes, as a picture has them. */
export function slotsOf(slots: SlotMap | null | undefined, hold: Hold | null): ChangedSlot[] {
  return hold && slots ? [...slots.values()].filter(({ start }) => hold.slotStarts.includes(start)) : [];
}

import type { ChangedSlot, Slot } from '../wire.ts';
import { runOf } from './availability.ts';
import type { SlotMap } from './slot-map.ts';
import type { CalendarSync } from './sync.ts';
import type { Hold } from './types.ts';

/** A time that the visitor chose, as a hold that the server hasn't confirmed, and the slots that it would take. */
export interface Claim {
  readonly hold: Hold;
  /** Empty if the calendar doesn't have all of them; then the server's answer names them. */
  readonly slots: readonly Slot[];
}

/** @param service slug or id */
export function claimTime(sync: CalendarSync | null, service: string, start: string): Claim {
  const known = sync?.services.find(({ id, slug }) => id === service || slug === service);
  const slots = (sync?.slots && sync.provider && known && runOf(sync.slots, sync.provider, known, start)) ?? [];
  const slotStarts = slots.map((slot) => slot.start);
  const hold = { serviceId: known?.id ?? service, start, slotStarts, heldUntil: null, extendableUntil: null };
  return { slots, hold };
}

export function sameTime(a: Hold, b: Hold): boolean {
  return a.start === b.start && a.serviceId === b.serviceId;
}

/** The slots among these that a hold takes. */
export function slotsOf(slots: SlotMap | null | undefined, hold: Hold | null): ChangedSlot[] {
  return hold && slots ? [...slots.values()].filter(({ start }) => hold.slotStarts.includes(start)) : [];
}

/** The time that the server holds for this visitor as far as its answers say, and how the end of the hold is noticed. */
export class HeldTime {
  #hold: Hold | null = null;
  /** From this revision on, an open slot means that the hold is over. `Infinity` while the revision is unknown. */
  #since = 0;
  #isFetchingSince = false;
  /** A hold that is over by this machine's clock. The clock may be wrong, so the server's time is fetched before it ends. */
  #overdue: Hold | null = null;

  get hold(): Hold | null {
    return this.#hold;
  }

  /** Epoch ms by the server's clock at which the hold runs out; `Infinity` without one. */
  get expiresAt(): number {
    return this.#hold?.heldUntil ? Date.parse(this.#hold.heldUntil) : Infinity;
  }

  /**
   * @param revision of the change that made the hold. Undefined if an earlier request made it, whose answer was lost: its
   *   change may not have arrived, either
   */
  confirm(hold: Hold, revision: number | undefined): void {
    this.#hold = hold;
    this.#since = revision ?? Infinity;
  }

  forget(): void {
    this.#hold = null;
  }

  /**
   * Forgets a hold that ran out, or whose slots are open. A hold outlives its slots: when staff block them meanwhile, patients
   * can't have them any more, but this visitor can still book them.
   * @returns whether the server may still hold some of its slots
   */
  check(sync: CalendarSync, changed: () => void): boolean {
    const hold = this.#hold;
    if (!hold) return false;
    const { slotsState, serverNow, error } = sync;
    // As the server sent them: slots that ran out by this machine's clock are still held here.
    const slots = slotsOf(slotsState?.slots, hold);
    const held = slots.filter(({ status }) => status === 'held');
    if (held.length === hold.slotStarts.length) this.#since = 0;
    else if (this.#since === Infinity && !error && !sync.isOver) this.#fetchSince(hold, sync, changed);
    if (held.length < slots.length && slotsState !== null && slotsState.revision >= this.#since) {
      this.#hold = null;
      return held.length > 0;
    }
    if (this.expiresAt > serverNow) {
      this.#overdue = null;
    } else if (this.#overdue !== hold) {
      this.#overdue = hold;
      void sync.refetch().then(changed);
    } else if (!sync.isFetching) {
      this.#hold = null;
      return error !== null || sync.isOver;
    }
    return false;
  }

  /** Slots that are fetched from here on already include the hold. */
  #fetchSince(hold: Hold, sync: CalendarSync, changed: () => void): void {
    if (this.#isFetchingSince) return;
    this.#isFetchingSince = true;
    void sync.refetch().then(() => {
      this.#isFetchingSince = false;
      if (this.#hold === hold && !sync.error) this.#since = 0;
      changed();
    });
  }
}

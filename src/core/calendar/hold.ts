import { slotsOf } from './claim.ts';
import type { Hold } from './types.ts';
import type { Sync } from './sync.ts';

/** The time that the server holds for this visitor as far as it said so, and how its end is found out. */
export class HeldTime {
  #hold: Hold | null = null;
  /** The revision from which on a picture without it means that it is gone; `Infinity` while unknown. */
  #since = 0;
  #isAskingSince = false;
  /** Over by this machine's clock, which may be wrong: the server is asked for its own before that is believed. */
  #overdue: Hold | null = null;

  get hold(): Hold | null {
    return this.#hold;
  }

  /** Epoch ms by the server's clock at which it runs out; `Infinity` without one. */
  get expiresAt(): number {
    return this.#hold?.heldUntil ? Date.parse(this.#hold.heldUntil) : Infinity;
  }

  /**
   * @param revision of the change that made it; undefined when nothing changed, because an earlier question did it, whose
   *   answer was lost and whose message may have been, too
   */
  confirm(hold: Hold, revision: number | undefined): void {
    this.#hold = hold;
    this.#since = revision ?? Infinity;
  }

  forget(): void {
    this.#hold = null;
  }

  /**
   * Forgets a hold that ran out or that the server's picture no longer has.
   * @returns whether the server may still hold something of it
   */
  check(sync: Sync, changed: () => void): boolean {
    const hold = this.#hold;
    if (!hold) return false;
    const { store, serverNow, error } = sync;
    // As the server tells it, whatever this machine's clock makes of it.
    const slots = slotsOf(store?.slots, hold).filter((slot) => slot.status === 'held');
    const complete = slots.length === hold.slotStarts.length;
    if (complete) this.#since = 0;
    else if (this.#since === Infinity && !error && !sync.isOver) this.#askSince(hold, sync, changed);
    if (!complete && store !== null && store.revision >= this.#since) {
      this.#hold = null;
      // Of a run of slots that staff took some of, the rest is of use to nobody.
      return slots.length > 0;
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

  /** A picture that is fetched from now on is of after the hold. */
  #askSince(hold: Hold, sync: Sync, changed: () => void): void {
    if (this.#isAskingSince) return;
    this.#isAskingSince = true;
    void sync.refetch().then(() => {
      this.#isAskingSince = false;
      if (this.#hold === hold && !sync.error) this.#since = 0;
      changed();
    });
  }
}

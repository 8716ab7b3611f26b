import type { ChangedSlot } from '../wire.ts';

/**
 * A map of open and held slots by id, in order of start. It never changes: `with` makes a copy. Slots that are neither open nor
 * held are only in `all`, and `latest` returns them: they keep an older message from bringing such a slot back.
 */
export class SlotMap extends Map<number, ChangedSlot> {
  /** Every slot, in order of start. */
  readonly all: readonly ChangedSlot[];
  /** The slots that are held. */
  readonly held: readonly ChangedSlot[];

  /** @param slots in any order, each id once */
  constructor(slots: readonly ChangedSlot[]) {
    // A slot's id is its start.
    const all = slots.toSorted((a, b) => a.id - b.id);
    super(all.filter(isShown).map((slot) => [slot.id, slot]));
    this.all = all;
    this.held = all.filter(({ status }) => status === 'held');
  }

  /** A copy in which these slots replace those with their ids. */
  with(changes: readonly ChangedSlot[]): SlotMap {
    const all = [...this.all];
    for (const slot of changes) {
      const place = placeOf(slot.id, all);
      all.splice(place, Number(all[place]?.id === slot.id), slot);
    }
    return new SlotMap(all);
  }

  /** The newest version of a slot, open and held or not. */
  latest(id: number): ChangedSlot | undefined {
    const slot = this.all[placeOf(id, this.all)];
    return slot?.id === id ? slot : undefined;
  }
}

/** How many slots have a lower id. */
function placeOf(id: number, slots: readonly ChangedSlot[]): number {
  let [low, high] = [0, slots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slots[middle]?.id ?? id) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isShown({ status }: ChangedSlot): boolean {
  return status === 'open' || status === 'held';
}

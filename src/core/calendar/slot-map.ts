import type { ChangedSlot } from '../wire.ts';

/**
 * An immutable map of slots by id, in order of start. A changed copy costs little more than the copy of an array. Slots that are
 * neither open nor held stay in the map, but only `latest` and `all` return them: they keep an older message from bringing such
 * a slot back.
 */
export class SlotMap implements ReadonlyMap<number, ChangedSlot> {
  /** Shown or not. */
  readonly all: readonly ChangedSlot[];
  /** The slots that are held. */
  readonly held: readonly ChangedSlot[];
  readonly #shown: readonly ChangedSlot[];

  private constructor(all: readonly ChangedSlot[]) {
    this.all = all;
    this.#shown = all.filter(isShown);
    this.held = this.#shown.filter(({ status }) => status === 'held');
  }

  /** @param slots in any order, each id once */
  static of(slots: readonly ChangedSlot[]): SlotMap {
    // A slot's id is its start.
    return new SlotMap(slots.toSorted((a, b) => a.id - b.id));
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

  get size(): number {
    return this.#shown.length;
  }

  /** The newest version of a slot, shown or not. */
  latest(id: number): ChangedSlot | undefined {
    const slot = this.all[placeOf(id, this.all)];
    return slot?.id === id ? slot : undefined;
  }

  get(id: number): ChangedSlot | undefined {
    const slot = this.latest(id);
    return slot && isShown(slot) ? slot : undefined;
  }

  has(id: number): boolean {
    return this.get(id) !== undefined;
  }

  forEach(visit: (slot: ChangedSlot, id: number, map: SlotMap) => void): void {
    for (const slot of this.values()) visit(slot, slot.id, this);
  }

  values(): ArrayIterator<ChangedSlot> {
    return this.#shown.values();
  }

  *keys(): Generator<number, undefined> {
    for (const { id } of this.values()) yield id;
  }

  *entries(): Generator<[number, ChangedSlot], undefined> {
    for (const slot of this.values()) yield [slot.id, slot];
  }

  [Symbol.iterator](): Generator<[number, ChangedSlot], undefined> {
    return this.entries();
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

import type { ChangedSlot } from '../wire.ts';

/** How many slots are copied together when one of them changes. */
const PIECE = 64;

/**
 * An immutable map of slots by id, in order of start. A changed copy shares all pieces but the changed ones with the map
 * before, so a message costs as much with fifty slots as with five thousand. Slots that are neither open nor held stay in the
 * map, but only `latest` and `all` return them: they keep an older message from bringing such a slot back.
 */
export class SlotMap implements ReadonlyMap<number, ChangedSlot> {
  readonly size: number;
  /** The slots that are held. */
  readonly held: readonly ChangedSlot[];
  readonly #places: ReadonlyMap<number, number>;
  readonly #pieces: readonly (readonly ChangedSlot[])[];
  #shown: readonly ChangedSlot[] | null = null;

  private constructor(
    places: ReadonlyMap<number, number>,
    pieces: readonly (readonly ChangedSlot[])[],
    size: number,
    held: readonly ChangedSlot[],
  ) {
    this.#places = places;
    this.#pieces = pieces;
    this.size = size;
    this.held = held;
  }

  /** @param slots in any order, each id once */
  static of(slots: readonly ChangedSlot[]): SlotMap {
    // A slot's id is its start.
    const sorted = slots.toSorted((a, b) => a.id - b.id);
    const pieces: ChangedSlot[][] = [];
    for (let from = 0; from < sorted.length; from += PIECE) pieces.push(sorted.slice(from, from + PIECE));
    return new SlotMap(
      new Map(sorted.map(({ id }, place) => [id, place])),
      pieces,
      sorted.filter(isShown).length,
      sorted.filter(({ status }) => status === 'held'),
    );
  }

  /** A copy in which these slots replace those with their ids. */
  with(changes: readonly ChangedSlot[]): SlotMap {
    const changed = new Map(changes.map((slot) => [slot.id, slot]));
    if (changes.some(({ id }) => !this.#places.has(id))) {
      return SlotMap.of([...this.all().filter(({ id }) => !changed.has(id)), ...changed.values()]);
    }
    const pieces = [...this.#pieces];
    let { size } = this;
    for (const slot of changed.values()) {
      const place = this.#places.get(slot.id) ?? 0;
      const [piece, index] = [Math.floor(place / PIECE), place % PIECE];
      const before = pieces[piece] ?? [];
      size += Number(isShown(slot)) - Number(isShown(before[index]));
      pieces[piece] = before.with(index, slot);
    }
    const held = [
      ...this.held.filter(({ id }) => !changed.has(id)),
      ...[...changed.values()].filter(({ status }) => status === 'held'),
    ];
    return new SlotMap(this.#places, pieces, size, held);
  }

  /** The newest version of a slot, shown or not. */
  latest(id: number): ChangedSlot | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.#pieces[Math.floor(place / PIECE)]?.[place % PIECE];
  }

  /** The newest version of every slot, shown or not. */
  all(): readonly ChangedSlot[] {
    return this.#pieces.flat();
  }

  get(id: number): ChangedSlot | undefined {
    const slot = this.latest(id);
    return isShown(slot) ? slot : undefined;
  }

  has(id: number): boolean {
    return this.get(id) !== undefined;
  }

  forEach(visit: (slot: ChangedSlot, id: number, map: SlotMap) => void): void {
    for (const slot of this.values()) visit(slot, slot.id, this);
  }

  values(): ArrayIterator<ChangedSlot> {
    this.#shown ??= this.all().filter(isShown);
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

function isShown(slot: ChangedSlot | undefined): boolean {
  return slot?.status === 'open' || slot?.status === 'held';
}

import type { ChangedSlot } from '../wire.ts';

/**
 * A map of open and held slots by id, in order of start. It never changes: `with` makes a copy. Slots that are neither open nor
 * held are only in `all`: they keep an older message from bringing such a slot back.
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
  with(changed: ReadonlyMap<number, ChangedSlot>): SlotMap {
    return new SlotMap([...this.all.filter(({ id }) => !changed.has(id)), ...changed.values()]);
  }
}

function isShown({ status }: ChangedSlot): boolean {
  return status === 'open' || status === 'held';
}

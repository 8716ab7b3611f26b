import type { Slot } from '../../../src/core/wire.ts';

/** A viewer of one provider. */
export interface Viewer {
  /** The state of its connection. */
  readonly connection: string;
  /** The state that it shows, in the form of `pictureOf`. */
  readonly picture: string;
  /** Calls `seen` once, when the viewer first sees the slot taken, or open again. */
  watch(slotId: number, gone: boolean, seen: () => void): void;
  close(): void;
}

/** One short text for the whole calendar; equal for equal calendars. */
export function pictureOf(revision: number, slots: Iterable<Pick<Slot, 'id' | 'status'>>): string {
  let [count, hash] = [0, 0];
  for (const { id, status } of slots) {
    count++;
    hash = (Math.imul(hash, 31) + id * 2 + Number(status === 'open')) | 0;
  }
  return `revision ${revision}, ${count} slots, ${hash}`;
}

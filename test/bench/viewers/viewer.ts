import type { Slot } from '../../../src/core/wire.ts';

/** Somebody who looks at one provider. */
export interface Viewer {
  /** How its picture is kept fresh. */
  readonly connection: string;
  /** What it shows, as `pictureOf` puts it. */
  readonly picture: string;
  /** Calls `seen` once, when the slot is first seen gone, or open again. */
  watch(slotId: number, gone: boolean, seen: () => void): void;
  close(): void;
}

/** One short text for all of a calendar, equal for equal calendars. */
export function pictureOf(revision: number, slots: Iterable<Pick<Slot, 'id' | 'status'>>): string {
  let [count, hash] = [0, 0];
  for (const { id, status } of slots) {
    count++;
    hash = (Math.imul(hash, 31) + id * 2 + Number(status === 'open')) | 0;
  }
  return `revision ${revision}, ${count} slots, ${hash}`;
}

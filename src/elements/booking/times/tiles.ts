/** Which times a group of tiles shows while times come and go under the patient's finger. Pure. */
import type { BookableStart } from '../../../core/calendar/availability.ts';

export interface Tile {
  readonly start: BookableStart;
  /**
   * `taken`: another patient took it; it keeps its place until `settled`. `gone`: not shown, but kept, so that the others
   * keep their places in the list and are the same elements as before.
   */
  readonly status: 'free' | 'taken' | 'gone';
}

/**
 * The tiles after the free times changed. A time that is gone stays as taken, in its place. A time that is new comes in
 * only where that moves no other, so while the patient is `engaged` in the group it waits.
 * @param earliest Epoch ms before which times are over rather than taken; those just go.
 */
export function nextTiles(
  before: readonly Tile[],
  free: readonly BookableStart[],
  { engaged, earliest }: { engaged: boolean; earliest: number },
): readonly Tile[] {
  const open = new Map(free.map((start) => [start.at, start]));
  const kept = before.map(({ start, status }): Tile => {
    const isGone = status === 'gone';
    const found = open.get(start.at);
    open.delete(start.at);
    if (found && !(isGone && engaged)) return { start: found, status: 'free' };
    return { start, status: isGone || !(engaged || start.at >= earliest) ? 'gone' : 'taken' };
  });
  const added = engaged ? [] : Array.from(open.values(), (start): Tile => ({ start, status: 'free' }));
  return [...kept, ...added].sort((a, b) => a.start.at - b.start.at);
}

/** The tiles once the patient is not engaged any more: exactly the free times are shown. */
export function settled(before: readonly Tile[], free: readonly BookableStart[]): readonly Tile[] {
  const gone = before.map(({ start }): Tile => ({ start, status: 'gone' }));
  return nextTiles(gone, free, { engaged: false, earliest: 0 });
}

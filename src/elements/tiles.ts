/** Which times a group of tiles shows while times come and go under somebody's finger. Pure. */
import type { BookableStart } from '../core/availability.ts';

export interface Tile {
  readonly start: BookableStart;
  /** Somebody took it; it keeps its place until `settled`. */
  readonly taken: boolean;
}

/**
 * The tiles after the free times changed. A time that is gone stays as taken, in its place. A time that is new comes in
 * only where that moves nothing, so while somebody is `engaged` in the group it waits.
 * @param earliest Epoch ms before which times are over rather than taken; those just go.
 */
export function nextTiles(
  before: readonly Tile[],
  free: readonly BookableStart[],
  { engaged, earliest }: { engaged: boolean; earliest: number },
): readonly Tile[] {
  const open = new Map(free.map((start) => [start.at, start]));
  const known = new Set(before.map(({ start }) => start.at));
  const kept = before
    .filter(({ start }) => engaged || open.has(start.at) || start.at >= earliest)
    .map(({ start }) => ({ start: open.get(start.at) ?? start, taken: !open.has(start.at) }));
  const added = engaged ? [] : free.filter(({ at }) => !known.has(at)).map((start) => ({ start, taken: false }));
  return added.length > 0 ? [...kept, ...added].sort((a, b) => a.start.at - b.start.at) : kept;
}

/** The tiles once nobody is engaged any more: exactly the free times. */
export function settled(free: readonly BookableStart[]): readonly Tile[] {
  return free.map((start) => ({ start, taken: false }));
}

/** How the keyboard moves in the agenda. Pure. */
import type { Cell, DayColumn, Item } from './layout.ts';

export interface Cursor {
  readonly day: string;
  readonly key: string;
}

/** Neighbouring cells of one day. The selection began at `anchor` and ends at `head`. */
export interface Selection {
  readonly day: string;
  readonly anchor: string;
  readonly head: string;
}

export function itemAt(days: readonly DayColumn[], cursor: Cursor | null): Item | undefined {
  return days.find(({ day }) => day === cursor?.day)?.items.find(({ key }) => key === cursor?.key);
}

/** The item that the Tab key reaches: the one where the keyboard was, else the one nearest to a minute of a day. */
export function stopOf(
  days: readonly DayColumn[],
  cursor: Cursor | null,
  near: { readonly day: string; readonly minute: number },
): Cursor | null {
  if (cursor && itemAt(days, cursor)) return cursor;
  const column = days.find(({ day }) => day === (cursor?.day ?? near.day)) ?? days[0];
  const item = column && nearest(column.items, near.minute);
  return item ? { day: column.day, key: item.key } : null;
}

/** The item that a key moves to; null if there is none in the days shown. */
export function step(days: readonly DayColumn[], from: Cursor, key: string, forward: 1 | -1): Cursor | null {
  const index = days.findIndex(({ day }) => day === from.day);
  const column = days[index];
  const item = column?.items.find((other) => other.key === from.key);
  if (!column || !item) return null;
  const at = column.items.indexOf(item);
  const within = (to: Item | undefined): Cursor | null => (to ? { day: column.day, key: to.key } : null);
  const across = (by: number): Cursor | null => {
    const other = days[index + by];
    const to = other && nearest(other.items, item.from);
    return to ? { day: other.day, key: to.key } : null;
  };
  switch (key) {
    case 'ArrowDown':
      return within(column.items[at + 1]);
    case 'ArrowUp':
      return within(column.items[at - 1]);
    case 'ArrowRight':
      return across(forward);
    case 'ArrowLeft':
      return across(-forward);
    case 'Home':
      return within(column.items[0]);
    case 'End':
      return within(column.items.at(-1));
    default:
      return null;
  }
}

/** The cells of a selection, in order. It leaves out appointments between them. */
export function selectedCells(days: readonly DayColumn[], selection: Selection | null): readonly Cell[] {
  const items = days.find(({ day }) => day === selection?.day)?.items ?? [];
  const ends = [selection?.anchor, selection?.head].map((key) => items.findIndex((item) => item.key === key));
  if (ends.includes(-1)) return [];
  return items
    .slice(Math.min(...ends), Math.max(...ends) + 1)
    .filter((item): item is Cell => item.kind === 'cell' && !item.past);
}

function nearest(items: readonly Item[], minute: number): Item | undefined {
  let best: Item | undefined;
  for (const item of items) {
    const distance = (one: Item) => (one.from <= minute && minute < one.until ? -1 : Math.abs(one.from - minute));
    if (!best || distance(item) < distance(best)) best = item;
  }
  return best;
}

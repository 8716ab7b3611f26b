import { expect } from '@open-wc/testing';
import type { BookableStart } from '../../../../src/core/calendar/availability.ts';
import { nextTiles, settled, type Tile } from '../../../../src/elements/booking/times/tiles.ts';

const start = (at: number): BookableStart => ({ at, start: `${at}`, end: `${at + 1}`, day: '2026-11-23', mine: false });
const starts = (...times: number[]) => times.map(start);
const shown = (tiles: readonly Tile[]) =>
  tiles
    .filter(({ status }) => status !== 'gone')
    .map((tile) => `${tile.start.at}${tile.status === 'taken' ? ' taken' : ''}`);
const calm = { engaged: false, earliest: 0 };
const engaged = { engaged: true, earliest: 0 };

describe('tiles', () => {
  const before = settled([], starts(1, 2, 3));

  it('keep a time that is gone, as taken, in its place', () => {
    expect(shown(nextTiles(before, starts(1, 3), calm))).to.deep.equal(['1', '2 taken', '3']);
  });

  it('let it be free again where it was', () => {
    const taken = nextTiles(before, starts(1, 3), engaged);
    expect(shown(nextTiles(taken, starts(1, 2, 3), engaged))).to.deep.equal(['1', '2', '3']);
  });

  it('take a new time in, in order, but not while somebody is about to press one', () => {
    expect(shown(nextTiles(before, starts(1, 2, 2.5, 3), calm))).to.deep.equal(['1', '2', '2.5', '3']);
    expect(shown(nextTiles(before, starts(1, 2, 2.5, 3), engaged))).to.deep.equal(['1', '2', '3']);
  });

  it('drop a time that is over, since nobody took it', () => {
    expect(shown(nextTiles(before, starts(2, 3), { engaged: false, earliest: 2 }))).to.deep.equal(['2', '3']);
    expect(shown(nextTiles(before, starts(2, 3), { engaged: true, earliest: 2 }))).to.deep.equal(['1 taken', '2', '3']);
  });

  it('are exactly the free times once nobody is there', () => {
    expect(shown(settled(nextTiles(before, starts(1, 3), calm), starts(1, 3)))).to.deep.equal(['1', '3']);
  });

  it('remember the place of a time that went, and let it come back there, but not under a finger', () => {
    const without = settled(before, starts(1, 3));
    expect(without.map(({ start }) => start.at)).to.deep.equal([1, 2, 3]);
    expect(shown(nextTiles(without, starts(1, 2, 3), engaged))).to.deep.equal(['1', '3']);
    expect(shown(nextTiles(without, starts(1, 2, 3), calm))).to.deep.equal(['1', '2', '3']);
  });
});

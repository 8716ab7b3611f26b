import { expect } from '@open-wc/testing';
import { itemAt, selectedCells, step, stopOf } from '../../../../src/elements/desk/agenda/grid.ts';
import type { DayColumn, Item } from '../../../../src/elements/desk/agenda/layout.ts';

const HOUR = 60;
const cell = (from: number, past = false) => ({ kind: 'cell', key: `c${from}`, from, until: from + 20, past }) as Item;
const event = (from: number, minutes: number) =>
  ({ kind: 'event', key: `e${from}`, from, until: from + minutes }) as Item;

const column = (day: string, ...items: Item[]): DayColumn => ({ day, items, runs: [], isEmpty: false });
const DAYS = [
  column('mon', cell(540), cell(560), event(580, HOUR), cell(640), cell(660)),
  column('tue', cell(540, true), cell(560), cell(600)),
  column('wed'),
];
const [MONDAY] = DAYS as [DayColumn];

/** The items that several keys reach one after the other, from an item of Monday. */
function walk(from: string, ...keys: string[]): string | null {
  let at = { day: 'mon', key: from };
  for (const key of keys) {
    const next = step(DAYS, at, key, 1);
    if (!next) return null;
    at = next;
  }
  return `${at.day} ${at.key}`;
}

describe('the arrow keys in the agenda', () => {
  it('go up and down within a day, over cells and appointments, and not beyond', () => {
    expect(walk('c540', 'ArrowDown')).to.equal('mon c560');
    expect(walk('c560', 'ArrowDown')).to.equal('mon e580');
    expect(walk('c560', 'ArrowUp')).to.equal('mon c540');
    expect(walk('c540', 'ArrowUp')).to.equal(null);
    expect(walk('c660', 'ArrowDown')).to.equal(null);
  });

  it('go to the ends of the day with Home and End', () => {
    expect(walk('e580', 'Home')).to.equal('mon c540');
    expect(walk('e580', 'End')).to.equal('mon c660');
  });

  it('go to what is at the same time of the next day, else to what is nearest', () => {
    expect(walk('c560', 'ArrowRight')).to.equal('tue c560');
    expect(walk('e580', 'ArrowRight')).to.equal('tue c560');
    expect(walk('c640', 'ArrowRight')).to.equal('tue c600');
    expect(walk('c640', 'ArrowRight', 'ArrowLeft')).to.equal('mon e580');
  });

  it('go nowhere from a day to an empty one, from what isn’t there, or with other keys', () => {
    expect(walk('c540', 'ArrowRight', 'ArrowRight')).to.equal(null);
    expect(step(DAYS, { day: 'mon', key: 'gone' }, 'ArrowDown', 1)).to.equal(null);
    expect(step(DAYS, { day: 'sun', key: 'c540' }, 'ArrowDown', 1)).to.equal(null);
    expect(walk('c540', 'PageDown')).to.equal(null);
  });
});

describe('where the tab key arrives in the agenda', () => {
  const near = { day: 'tue', minute: 590 };

  it('is where the keyboard was, as long as it is there', () => {
    const cursor = { day: 'mon', key: 'c560' };
    expect(stopOf(DAYS, cursor, near)).to.equal(cursor);
    expect(itemAt(DAYS, cursor)).to.equal(MONDAY.items[1]);
    expect([itemAt(DAYS, null), itemAt(DAYS, { day: 'sun', key: 'c560' })]).to.deep.equal([undefined, undefined]);
  });

  it('is near the minute that is asked for, on the day where the keyboard was', () => {
    expect(stopOf(DAYS, { day: 'mon', key: 'gone' }, near)).to.deep.equal({ day: 'mon', key: 'e580' });
    expect(stopOf(DAYS, null, near)).to.deep.equal({ day: 'tue', key: 'c600' });
  });

  it('is what began before that minute and goes on, rather than what begins soon after', () => {
    expect(stopOf(DAYS, null, { day: 'mon', minute: 639 })?.key).to.equal('e580');
    expect(stopOf(DAYS, null, { day: 'mon', minute: 640 })?.key).to.equal('c640');
    expect(stopOf(DAYS, null, { day: 'tue', minute: 590 })?.key).to.equal('c600');
    expect(stopOf(DAYS, null, { day: 'tue', minute: 580 })?.key, 'the first of two that are equally near').to.equal(
      'c560',
    );
  });

  it('is on the first day where the day that is asked for isn’t shown, and nowhere on an empty one', () => {
    expect(stopOf(DAYS, null, { day: 'sun', minute: 0 })).to.deep.equal({ day: 'mon', key: 'c540' });
    expect(stopOf(DAYS, null, { day: 'wed', minute: 590 })).to.equal(null);
    expect(stopOf([], null, near)).to.equal(null);
  });
});

describe('a selection in the agenda', () => {
  const selected = (day: string, anchor: string, head: string) =>
    selectedCells(DAYS, { day, anchor, head }).map(({ key }) => key);

  it('has the cells between its ends, in order, whichever came first', () => {
    expect(selected('mon', 'c560', 'c640')).to.deep.equal(['c560', 'c640']);
    expect(selected('mon', 'c640', 'c560')).to.deep.equal(['c560', 'c640']);
    expect(selected('mon', 'c540', 'c540')).to.deep.equal(['c540']);
  });

  it('has nothing that is over, and nothing at all while one of its ends is gone', () => {
    expect(selected('tue', 'c540', 'c600')).to.deep.equal(['c560', 'c600']);
    expect(selected('mon', 'gone', 'c560')).to.deep.equal([]);
    expect(selected('mon', 'c560', 'gone')).to.deep.equal([]);
    expect(selected('sun', 'c540', 'c560')).to.deep.equal([]);
    expect(selectedCells(DAYS, null)).to.deep.equal([]);
  });
});

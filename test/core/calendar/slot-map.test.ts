import { expect } from '@open-wc/testing';
import { SlotMap } from '../../../src/core/calendar/slot-map.ts';
import type { ChangedSlot, SlotStatus } from '../../../src/core/wire.ts';
import { seededRandom } from '../../support/fakes/fake-clock.ts';

const STATUSES: readonly SlotStatus[] = ['open', 'held', 'booked', 'blocked', 'removed'];
const MINUTE = 60_000;

/** Slots by numbers that don't say when they begin. */
function slot(number: number, status: SlotStatus, revision = 1): ChangedSlot {
  const at = Date.UTC(2026, 10, 24, 8) + ((number * 37) % 500) * 20 * MINUTE;
  return {
    id: at / MINUTE,
    start: new Date(at).toISOString(),
    end: new Date(at + 20 * MINUTE).toISOString(),
    status,
    held_until: null,
    revision,
  };
}

const byId = (slots: readonly ChangedSlot[]) => new Map(slots.map((one) => [one.id, one]));
const byStart = (a: ChangedSlot, b: ChangedSlot) => (a.start < b.start ? -1 : 1);
const isShown = ({ status }: ChangedSlot) => status === 'open' || status === 'held';

/** Every method of the map returns the open and held slots alone, in order of start. */
function expectSame(map: SlotMap, slots: ReadonlyMap<number, ChangedSlot>): void {
  const all = [...slots.values()].sort(byStart);
  const shown = all.filter(isShown);
  expect([...map.values()]).to.deep.equal(shown);
  expect([...map.keys()]).to.deep.equal(shown.map(({ id }) => id));
  expect([...map]).to.deep.equal(shown.map((one) => [one.id, one]));
  expect([...map.entries()]).to.deep.equal([...map]);
  expect([map.size, map.all]).to.deep.equal([shown.length, all]);
  expect([...map.held].sort(byStart)).to.deep.equal(all.filter(({ status }) => status === 'held'));
  const visited: unknown[] = [];
  map.forEach((one, id, whole) => visited.push([id, one, whole === map]));
  expect(visited).to.deep.equal(shown.map((one) => [one.id, one, true]));
  for (const one of all) {
    expect([map.get(one.id), map.has(one.id)]).to.deep.equal([isShown(one) ? one : undefined, isShown(one)]);
  }
}

describe('a map of slots', () => {
  it('has the open and the held ones in order of start, whatever the order they come in', () => {
    for (const count of [0, 1, 63, 64, 65, 200]) {
      const slots = Array.from({ length: count }, (_, id) => slot(id, STATUSES[id % 5]!));
      expectSame(new SlotMap(slots), new Map(slots.map((one) => [one.id, one])));
    }
  });

  it('knows nothing of what it never had', () => {
    const map = new SlotMap([slot(1, 'open')]);
    const { id } = slot(2, 'open');
    expect([map.get(id), map.has(id)]).to.deep.equal([undefined, false]);
  });

  it('is the same after a hundred changes as one that is made of what is left, and leaves the ones before as they were', () => {
    const random = seededRandom(7);
    const pick = (count: number) => Math.floor(random() * count);
    const facts = new Map(Array.from({ length: 150 }, (_, number) => slot(number, 'open')).map((one) => [one.id, one]));
    let map = new SlotMap([...facts.values()]);
    for (let revision = 2; revision < 100; revision++) {
      const [before, was] = [map, [...map]];
      // Every tenth time one that wasn't there before.
      const ids = revision % 10 === 0 ? [150 + revision] : [pick(150), pick(150), pick(150)];
      const news = [...new Set(ids)].map((id) => slot(id, STATUSES[pick(5)]!, revision));
      map = map.with(byId(news));
      for (const one of news) facts.set(one.id, one);
      expectSame(map, facts);
      expect([...before]).to.deep.equal(was);
    }
  });

  it('copies no more than what is near a change', () => {
    const map = new SlotMap(Array.from({ length: 200 }, (_, id) => slot(id, 'open')));
    const after = map.with(byId([slot(7, 'held', 2)]));
    expect([...after.values()].filter((one) => map.get(one.id) !== one)).to.deep.equal([slot(7, 'held', 2)]);
  });
});

import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { fullAt } from '../../../src/core/calendar/full-days.ts';
import {
  applyChange,
  applySnapshot,
  hasGap,
  nextExpiry,
  openExpired,
  type SlotsState,
} from '../../../src/core/calendar/slots.ts';
import type { ChangedSlot, FullDay, SlotsChange, SlotStatus } from '../../../src/core/wire.ts';

const STATUSES: SlotStatus[] = ['open', 'held', 'booked', 'blocked', 'removed'];

function slot(id: number, status: SlotStatus, revision: number): ChangedSlot {
  const hour = (hours: number) => `2026-11-24T${String(hours).padStart(2, '0')}:00:00Z`;
  return {
    id,
    start: hour(id),
    end: hour(id + 1),
    status,
    revision,
    ...(status === 'held' && { held_until: hour(0) }),
  };
}

function change(after: number, revision: number, ...slots: ChangedSlot[]): SlotsChange {
  return { after, revision, slots, fullDays: [] };
}

const HOUR = 3_600_000;

/** The day in November 2026 that is full until an instant. */
function full(date: number, until: number, revision: number): FullDay {
  const from = Date.UTC(2026, 10, date) - HOUR;
  return { from, to: from + 24 * HOUR, until, revision };
}

function fullDays({ days }: SlotsState): string[] {
  return days.map(({ from, until }) => `${new Date(from + HOUR).getUTCDate()} ${until}`);
}

function shown(state: SlotsState): string[] {
  return [...state.slots.values()].map(({ id, status, revision }) => `${id} ${status} ${revision}`);
}

function snapshot(revision: number, slots: ChangedSlot[], days: FullDay[] = []) {
  return { revision, slots, fullDays: days };
}

const start = applySnapshot(null, snapshot(3, [slot(1, 'open', 3), slot(2, 'open', 3), slot(5, 'held', 3)]));

describe('the picture of slots', () => {
  it('follows changes, and forgets slots that are gone', () => {
    let state = applyChange(start, change(3, 4, slot(2, 'booked', 4)));
    expect(shown(state)).to.deep.equal(['1 open 3', '5 held 3']);
    state = applyChange(state, change(4, 5, slot(2, 'open', 5), slot(3, 'held', 5)));
    expect(shown(state)).to.deep.equal(['1 open 3', '2 open 5', '3 held 5', '5 held 3']);
    expect(state.revision).to.equal(5);
  });

  it('is the same object after what tells nothing new', () => {
    expect(applyChange(start, change(2, 3, slot(2, 'booked', 3)))).to.equal(start);
    expect(applyChange(start, { ...change(3, 9), reload: true })).to.equal(start);
    const same = [...start.slots.values()].map((known) => ({ ...known, revision: 4 }));
    expect(applySnapshot(start, snapshot(4, same)).slots).to.equal(start.slots);
  });

  it('keeps the object of each slot that a snapshot says nothing new of', () => {
    const { slots } = applySnapshot(start, snapshot(4, [slot(1, 'open', 4), slot(2, 'held', 4), slot(5, 'held', 4)]));
    expect([1, 2, 5].map((id) => slots.get(id) === start.slots.get(id))).to.deep.equal([true, false, true]);
    const later = { ...slot(5, 'held', 5), held_until: '2026-11-24T01:00:00Z' };
    const longer = { ...slot(1, 'open', 5), end: '2026-11-24T02:30:00Z' };
    expect([...applySnapshot(start, snapshot(5, [longer, later])).slots.values()]).to.deep.equal([longer, later]);
  });

  it('shows what is newest although something before it is missing, and says so', () => {
    const ahead = applyChange(start, change(7, 8, slot(1, 'booked', 8)));
    expect(shown(ahead)).to.deep.equal(['2 open 3', '5 held 3']);
    expect([ahead.revision, hasGap(ahead)]).to.deep.equal([3, true]);
    const late = applyChange(ahead, change(3, 7, slot(1, 'held', 7), slot(2, 'held', 7)));
    expect(shown(late)).to.deep.equal(['2 held 7', '5 held 3']);
    expect([late.revision, hasGap(late)]).to.deep.equal([8, false]);
  });

  it('keeps what it heard of after a snapshot was taken', () => {
    const live = applyChange(applyChange(start, change(3, 4, slot(1, 'booked', 4))), change(4, 5, slot(9, 'open', 5)));
    const late = applySnapshot(live, snapshot(3, [slot(1, 'open', 3), slot(2, 'open', 3), slot(6, 'open', 3)]));
    expect(shown(late)).to.deep.equal(['2 open 3', '6 open 3', '9 open 5']);
    expect(late.revision).to.equal(5);
  });

  it('opens holds that ran out', () => {
    const held = { ...slot(4, 'held', 4), held_until: '2026-11-24T10:00:00Z' };
    const state = applyChange(applySnapshot(null, snapshot(3, [slot(1, 'open', 3)])), change(3, 4, held));
    const end = Date.parse(held.held_until);
    expect(nextExpiry(state, end - 1)).to.equal(end);
    expect(openExpired(state.slots, end - 1)).to.equal(state.slots);
    const after = openExpired(state.slots, end);
    expect([...after.values()].map(({ id, status }) => `${id} ${status}`)).to.deep.equal(['1 open', '4 open']);
    expect(openExpired(state.slots, end + 1)).to.equal(after);
    expect(nextExpiry(state, end)).to.equal(Infinity);
  });

  it('holds again what was taken for over by a wrong clock', () => {
    const held = { ...slot(4, 'held', 4), held_until: '2026-11-24T10:00:00Z' };
    const state = applySnapshot(null, snapshot(4, [held]));
    const end = Date.parse(held.held_until);
    expect(openExpired(state.slots, end + 3_600_000).get(4)?.status).to.equal('open');
    expect(openExpired(state.slots, end - 1).get(4)?.status).to.equal('held');
  });
});

describe('full days', () => {
  const base = applySnapshot(null, snapshot(3, [], [full(24, Infinity, 3), full(26, 500, 3)]));
  const changed = (after: number, revision: number, ...days: FullDay[]) => ({
    ...change(after, revision),
    fullDays: days,
  });

  it('are those of the newest messages, in order, whatever the order these come in', () => {
    const messages = [
      changed(3, 4, full(25, Infinity, 4)),
      changed(4, 5, full(25, 0, 5), full(24, 700, 5)),
      changed(5, 6, full(25, 900, 6)),
    ];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2, 0],
      [2, 2, 0, 1],
    ]) {
      const state = order.reduce((before, index) => applyChange(before, messages[index]!), base);
      expect(fullDays(state), String(order)).to.deep.equal(['24 700', '25 900', '26 500']);
      expect([state.revision, hasGap(state)]).to.deep.equal([6, false]);
    }
  });

  it('don’t come back by an older message or snapshot', () => {
    const open = applyChange(base, changed(4, 5, full(24, 0, 5)));
    expect(fullDays(open)).to.deep.equal(['24 0', '26 500']);
    expect(fullDays(applyChange(open, changed(3, 4, full(24, 600, 4))))).to.deep.equal(['24 0', '26 500']);
    const late = applySnapshot(open, snapshot(4, [], [full(24, Infinity, 4), full(27, Infinity, 4)]));
    expect(fullDays(late)).to.deep.equal(['24 0', '27 Infinity']);
    expect(fullDays(applySnapshot(late, snapshot(5, [], [full(27, Infinity, 5)])))).to.deep.equal(['27 Infinity']);
  });

  it('are shown as the same list after what says nothing new of them', () => {
    const shownDays = fullAt(base.days, 499, []);
    const days = base.days.map((day) => ({ ...day, revision: 4 }));
    const shownAfter = (state: SlotsState) => fullAt(state.days, 499, shownDays);
    expect(shownAfter(applySnapshot(base, snapshot(4, [], days)))).to.equal(shownDays);
    expect(shownAfter(applyChange(base, change(3, 4, slot(1, 'open', 4))))).to.equal(shownDays);
    expect(shownAfter(applyChange(base, changed(3, 4, full(25, 0, 4))))).to.equal(shownDays);
    for (const wrong of [{ from: 0 }, { to: 0 }, { until: 900 }]) {
      const other = { ...base.days[1]!, ...wrong };
      expect(fullAt([base.days[0]!, other], 499, shownDays)).to.deep.equal([base.days[0], other]);
    }
  });

  it('have room again by the server’s clock, and are full again if that was wrong', () => {
    expect([nextExpiry(base, 499), nextExpiry(base, 500)]).to.deep.equal([500, Infinity]);
    const all = fullAt(base.days, 499, []);
    expect(all).to.deep.equal(base.days);
    expect(fullAt(base.days, 499, all)).to.equal(all);
    const one = fullAt(base.days, 500, all);
    expect(one).to.deep.equal([full(24, Infinity, 3)]);
    expect(fullAt(base.days, 501, one)).to.equal(one);
    expect(fullAt(base.days, 499, one)).to.deep.equal(base.days);
  });
});

/** A database whose history is random, and the messages that it sent. */
const histories = fc
  .array(
    fc.record({
      slots: fc.array(fc.record({ id: fc.integer({ min: 1, max: 9 }), status: fc.constantFrom(...STATUSES) }), {
        maxLength: 4,
      }),
      days: fc.array(fc.record({ date: fc.integer({ min: 1, max: 4 }), until: fc.constantFrom(0, 500, Infinity) }), {
        maxLength: 2,
      }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((statements) => {
    const rows = new Map<number, SlotStatus>();
    const days = new Map<number, number>();
    const snapshots = [snapshot(0, [])];
    const messages = statements.map((statement, index) => {
      const revision = index + 1;
      const changed = new Map(statement.slots.map(({ id, status }) => [id, status]));
      const filled = new Map(statement.days.map(({ date, until }) => [date, until]));
      for (const [id, status] of changed) rows.set(id, status);
      for (const [date, until] of filled) days.set(date, until);
      const listed = [...rows].filter(([, status]) => status === 'open' || status === 'held').sort(([a], [b]) => a - b);
      snapshots.push(
        snapshot(
          revision,
          listed.map(([id, status]) => slot(id, status, revision)),
          [...days].filter(([, until]) => until > 0).map(([date, until]) => full(date, until, revision)),
        ),
      );
      return {
        ...change(index, revision, ...[...changed].map(([id, status]) => slot(id, status, revision))),
        fullDays: [...filled].map(([date, until]) => full(date, until, revision)),
      };
    });
    /** What `openslot_changes` answers, and what bundled broadcasts hold. */
    const since = (after: number, revision = messages.length) => {
      const latest = new Map<number, ChangedSlot>();
      const latestDays = new Map<number, FullDay>();
      for (const message of messages.slice(after, revision)) {
        for (const row of message.slots) latest.set(row.id, { ...row, revision });
        for (const day of message.fullDays) latestDays.set(day.from, { ...day, revision });
      }
      return { ...change(after, revision, ...latest.values()), fullDays: [...latestDays.values()] };
    };
    return { messages, snapshots, since, last: snapshots.at(-1)! };
  });

/** What a state shows, in a form that doesn't say by which message it came. */
function picture(slots: Iterable<ChangedSlot>, days: readonly FullDay[]): string[] {
  const byDay = days.filter(({ until }) => until > 0).sort((a, b) => a.from - b.from);
  return [
    ...Array.from(slots, ({ id, status }) => `${id} ${status}`),
    ...byDay.map(({ from, until }) => `${from} full until ${until}`),
  ];
}

describe('the laws of the picture', () => {
  const runs = { seed: 20261124, numRuns: 400 };

  it('any order, repetition and loss of messages ends in the database’s picture after a refetch', () => {
    fc.assert(
      fc.property(
        histories,
        fc.nat(),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 30 }),
        ({ messages, snapshots, since, last }, from, deliveries) => {
          let state = applySnapshot(null, snapshots[from % snapshots.length]!);
          for (const [first, second, bundled] of deliveries) {
            const [low, high] = [first % messages.length, second % messages.length].sort((a, b) => a - b) as [
              number,
              number,
            ];
            state = bundled ? applyChange(state, since(low, high + 1)) : applyChange(state, messages[high]!);
            if (first % 5 === 0) state = applySnapshot(state, snapshots[low]!);
          }
          state = applyChange(state, since(state.revision));
          expect(picture(state.slots.values(), state.days)).to.deep.equal(picture(last.slots, last.fullDays));
          expect([state.revision, hasGap(state)]).to.deep.equal([last.revision, false]);
        },
      ),
      runs,
    );
  });

  it('without a loss, no refetch is needed', () => {
    fc.assert(
      fc.property(histories, fc.nat(), fc.infiniteStream(fc.nat()), ({ messages, snapshots, last }, from, picks) => {
        let state = applySnapshot(null, snapshots[from % snapshots.length]!);
        const waiting = [...messages];
        while (waiting.length > 0)
          state = applyChange(state, waiting.splice((picks.next().value as number) % waiting.length, 1)[0]!);
        expect(picture(state.slots.values(), state.days)).to.deep.equal(picture(last.slots, last.fullDays));
        expect(hasGap(state)).to.equal(false);
      }),
      runs,
    );
  });

  it('no slot is ever shown older than the newest word about it', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat(), { maxLength: 30 }), ({ messages, snapshots }, deliveries) => {
        let state = applySnapshot(null, snapshots[0]!);
        const newest = new Map<number, number>();
        for (const pick of deliveries) {
          const message = messages[pick % messages.length]!;
          state = applyChange(state, message);
          for (const { id, revision } of message.slots) newest.set(id, Math.max(newest.get(id) ?? 0, revision));
          for (const [id, { revision }] of state.slots) expect(revision).to.equal(newest.get(id));
        }
      }),
      runs,
    );
  });

  it('slots stay in order of their start', () => {
    fc.assert(
      fc.property(histories, ({ messages, snapshots }) => {
        let state = applySnapshot(null, snapshots[0]!);
        for (const message of messages) state = applyChange(state, message);
        const ids = [...state.slots.keys()];
        expect(ids).to.deep.equal([...ids].sort((a, b) => a - b));
      }),
      runs,
    );
  });
});

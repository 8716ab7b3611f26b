import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  applyChange,
  applySnapshot,
  hasGap,
  nextExpiry,
  openExpired,
  type SlotsState,
} from '../../../src/core/calendar/slots.ts';
import type { ChangedSlot, SlotsChange, SlotStatus } from '../../../src/core/wire.ts';

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
  return { after, revision, slots };
}

function shown(state: SlotsState): string[] {
  return [...state.slots.values()].map(({ id, status, revision }) => `${id} ${status} ${revision}`);
}

const start = applySnapshot(null, { revision: 3, slots: [slot(1, 'open', 1), slot(2, 'open', 3), slot(5, 'held', 2)] });

describe('the picture of slots', () => {
  it('follows changes, and forgets slots that are gone', () => {
    let state = applyChange(start, change(3, 4, slot(2, 'booked', 4)));
    expect(shown(state)).to.deep.equal(['1 open 1', '5 held 2']);
    state = applyChange(state, change(4, 5, slot(2, 'open', 5), slot(3, 'held', 5)));
    expect(shown(state)).to.deep.equal(['1 open 1', '2 open 5', '3 held 5', '5 held 2']);
    expect(state.revision).to.equal(5);
  });

  it('is the same object after what tells nothing new', () => {
    expect(applyChange(start, change(2, 3, slot(2, 'booked', 3)))).to.equal(start);
    expect(applyChange(start, { ...change(3, 9), reload: true })).to.equal(start);
    expect(
      applySnapshot(start, { revision: 3, slots: [...start.slots.values()].map((known) => ({ ...known })) }).slots,
    ).to.equal(start.slots);
  });

  it('shows what is newest although something before it is missing, and says so', () => {
    const ahead = applyChange(start, change(7, 8, slot(1, 'booked', 8)));
    expect(shown(ahead)).to.deep.equal(['2 open 3', '5 held 2']);
    expect([ahead.revision, hasGap(ahead)]).to.deep.equal([3, true]);
    const late = applyChange(ahead, change(3, 7, slot(1, 'held', 5), slot(2, 'held', 7)));
    expect(shown(late)).to.deep.equal(['2 held 7', '5 held 2']);
    expect([late.revision, hasGap(late)]).to.deep.equal([8, false]);
  });

  it('reaches a revision that came in parts with the last of them', () => {
    const part = (number: number, id: number) => ({ ...change(3, 4, slot(id, 'booked', 4)), part: number, parts: 2 });
    const half = applyChange(applyChange(start, part(2, 2)), part(2, 2));
    expect([half.revision, hasGap(half)]).to.deep.equal([3, true]);
    const whole = applyChange(half, part(1, 1));
    expect([whole.revision, hasGap(whole)]).to.deep.equal([4, false]);
    expect(shown(whole)).to.deep.equal(['5 held 2']);
  });

  it('keeps what it heard of after a snapshot was taken', () => {
    const live = applyChange(applyChange(start, change(3, 4, slot(1, 'booked', 4))), change(4, 5, slot(9, 'open', 5)));
    const late = applySnapshot(live, {
      revision: 3,
      slots: [slot(1, 'open', 1), slot(2, 'open', 3), slot(6, 'open', 1)],
    });
    expect(shown(late)).to.deep.equal(['2 open 3', '6 open 1', '9 open 5']);
    expect(late.revision).to.equal(5);
  });

  it('opens holds that ran out', () => {
    const held = { ...slot(4, 'held', 4), held_until: '2026-11-24T10:00:00Z' };
    const state = applyChange(applySnapshot(null, { revision: 3, slots: [slot(1, 'open', 1)] }), change(3, 4, held));
    const end = Date.parse(held.held_until);
    expect(nextExpiry(state.slots, end - 1)).to.equal(end);
    expect(openExpired(state.slots, end - 1)).to.equal(state.slots);
    const after = openExpired(state.slots, end);
    expect([...after.values()].map(({ id, status }) => `${id} ${status}`)).to.deep.equal(['1 open', '4 open']);
    expect(openExpired(state.slots, end + 1)).to.equal(after);
    expect(nextExpiry(state.slots, end)).to.equal(Infinity);
  });

  it('holds again what was taken for over by a wrong clock', () => {
    const held = { ...slot(4, 'held', 4), held_until: '2026-11-24T10:00:00Z' };
    const state = applySnapshot(null, { revision: 4, slots: [held] });
    const end = Date.parse(held.held_until);
    expect(openExpired(state.slots, end + 3_600_000).get(4)?.status).to.equal('open');
    expect(openExpired(state.slots, end - 1).get(4)?.status).to.equal('held');
  });
});

/** A database whose history is random, and the messages that it sent. */
const histories = fc
  .array(
    fc.array(fc.record({ id: fc.integer({ min: 1, max: 9 }), status: fc.constantFrom(...STATUSES) }), {
      minLength: 0,
      maxLength: 4,
    }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((statements) => {
    const rows = new Map<number, ChangedSlot>();
    const snapshots = [{ revision: 0, slots: [] as ChangedSlot[] }];
    const messages = statements.map((statement, index) => {
      const revision = index + 1;
      const changed = new Map(statement.map(({ id, status }) => [id, slot(id, status, revision)]));
      for (const [id, row] of changed) rows.set(id, row);
      const listed = [...rows.values()].filter(({ status }) => status === 'open' || status === 'held');
      snapshots.push({ revision, slots: listed.sort((a, b) => a.id - b.id) });
      return change(index, revision, ...changed.values());
    });
    /** What `openslot_changes` answers, and what bundled broadcasts hold. */
    const since = (after: number, revision = messages.length) => {
      const latest = new Map<number, ChangedSlot>();
      for (const message of messages.slice(after, revision)) for (const row of message.slots) latest.set(row.id, row);
      return change(after, revision, ...latest.values());
    };
    return { messages, snapshots, since, last: snapshots.at(-1)! };
  });

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
          expect(shown(state)).to.deep.equal(
            last.slots.map(({ id, status, revision }) => `${id} ${status} ${revision}`),
          );
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
        expect(shown(state)).to.deep.equal(last.slots.map(({ id, status, revision }) => `${id} ${status} ${revision}`));
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

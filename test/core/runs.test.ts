import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { isPackedChange, isPackedSnapshot, unpackChange, unpackSnapshot } from '../../src/core/runs.ts';
import type { CalendarSnapshot, ChangedSlot, FullDay, PackedChange, Run, SlotsChange } from '../../src/core/wire.ts';
import { MIRA } from '../support/memory/memory-seed.ts';
import { packChange, packSnapshot } from '../support/memory/pack.ts';

const NINE = Date.UTC(2026, 10, 24, 8) / 60_000;
const SECOND = Date.UTC(2026, 10, 23, 7, 5) / 1_000;
const DAY = 1_440;

const PACKED: PackedChange = { after: 3, revision: 4, slot_minutes: 20, runs: [], full_days: [] };

function slotsOf(...runs: Run[]): string[] {
  return unpackChange({ ...PACKED, runs }).slots.map(
    ({ id, start, end, status, held_until, revision }) =>
      `${id - NINE} ${start.slice(5)} ${end.slice(5)} ${status} ${held_until ?? '-'} ${revision}`,
  );
}

describe('runs', () => {
  it('become slots: open, held until a second, or gone', () => {
    expect(slotsOf([NINE, 2], [NINE + 60, 1, SECOND], [NINE + 100, 2, 0])).to.deep.equal([
      '0 11-24T08:00:00Z 11-24T08:20:00Z open - 4',
      '20 11-24T08:20:00Z 11-24T08:40:00Z open - 4',
      '60 11-24T09:00:00Z 11-24T09:20:00Z held 2026-11-23T07:05:00Z 4',
      '100 11-24T09:40:00Z 11-24T10:00:00Z removed - 4',
      '120 11-24T10:00:00Z 11-24T10:20:00Z removed - 4',
    ]);
  });

  it('go on past midnight', () => {
    expect(slotsOf([NINE + 940, 3])).to.deep.equal([
      '940 11-24T23:40:00Z 11-25T00:00:00Z open - 4',
      '960 11-25T00:00:00Z 11-25T00:20:00Z open - 4',
      '980 11-25T00:20:00Z 11-25T00:40:00Z open - 4',
    ]);
  });

  it('of a snapshot have slots as long as its provider’s', () => {
    const { slots } = unpackSnapshot({
      ...PACKED,
      provider: { ...MIRA, slot_minutes: 45 },
      runs: [[NINE, 2]],
    } as never);
    expect(slots.map(({ start, end }) => [start, end])).to.deep.equal([
      ['2026-11-24T08:00:00Z', '2026-11-24T08:45:00Z'],
      ['2026-11-24T08:45:00Z', '2026-11-24T09:30:00Z'],
    ]);
  });
});

describe('full days', () => {
  it('are full for good, until a hold ends, or not any more', () => {
    const full_days = [
      [NINE, NINE + DAY, -1],
      [NINE + DAY, NINE + 2 * DAY, SECOND],
      [NINE + 2 * DAY, NINE + 3 * DAY, 0],
    ] as const;
    const day = (number: number, until: number): FullDay => ({
      from: (NINE + number * DAY) * 60_000,
      to: (NINE + (number + 1) * DAY) * 60_000,
      until,
      revision: 4,
    });
    expect(unpackChange({ ...PACKED, full_days }).fullDays).to.deep.equal([
      day(0, Infinity),
      day(1, SECOND * 1_000),
      day(2, 0),
    ]);
  });
});

const STATES = [undefined, 0, SECOND, SECOND + 60] as const;

/** Slots at increasing times, with and without gaps, in whatever states a change may have. */
const slots = (slotMinutes: number, states: readonly (number | undefined)[]) =>
  fc
    .array(fc.record({ gap: fc.integer({ min: 0, max: 3 }), state: fc.constantFrom(...states) }), { maxLength: 60 })
    .map((cells) => {
      let id = NINE;
      return cells.map(({ gap, state }): ChangedSlot => {
        id += gap;
        const start = new Date(id * 60_000).toISOString().replace('.000Z', 'Z');
        const end = new Date((id + slotMinutes) * 60_000).toISOString().replace('.000Z', 'Z');
        const slot = { id, start, end, revision: 4 };
        id += slotMinutes;
        if (state === undefined) return { ...slot, status: 'open', held_until: null };
        if (state === 0) return { ...slot, status: 'removed', held_until: null };
        const held_until = new Date(state * 1_000).toISOString().replace('.000Z', 'Z');
        return { ...slot, status: 'held', held_until };
      });
    });

const days = (untils: readonly number[]) =>
  fc.array(fc.constantFrom(...untils), { maxLength: 5 }).map((list) =>
    list.map((until, index): FullDay => {
      const from = (NINE + index * DAY) * 60_000;
      return { from, to: from + DAY * 60_000, until, revision: 4 };
    }),
  );

describe('what travels', () => {
  it('arrives as it was sent', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 7, 20, 60, 1_440).chain((minutes) => fc.tuple(fc.constant(minutes), slots(minutes, STATES))),
        days([0, Infinity, SECOND * 1_000]),
        fc.boolean(),
        ([minutes, sent], fullDays, reload) => {
          const change: SlotsChange = { after: 3, revision: 4, slots: sent, fullDays, reload };
          const packed: unknown = JSON.parse(JSON.stringify(packChange(change, minutes)));
          expect(isPackedChange(packed)).to.equal(true);
          expect(unpackChange(packed as PackedChange)).to.deep.equal(change);
        },
      ),
      { seed: 20261124, numRuns: 300 },
    );
    fc.assert(
      fc.property(slots(20, [undefined, SECOND]), days([Infinity, SECOND * 1_000]), (sent, fullDays) => {
        const snapshot = { provider: MIRA, revision: 4, slots: sent, fullDays } as unknown as CalendarSnapshot;
        const packed = JSON.parse(JSON.stringify(packSnapshot(snapshot))) as Record<string, unknown>;
        expect(isPackedSnapshot(packed)).to.equal(true);
        expect(unpackSnapshot(packed as never)).to.deep.equal(snapshot);
      }),
      { seed: 20261124, numRuns: 100 },
    );
  });

  const WRONG_RUNS: readonly unknown[] = [
    null,
    7,
    'run',
    {},
    { 0: NINE, 1: 1, length: 2 },
    [],
    [NINE],
    [NINE, 1, SECOND, 1],
    [NINE, 0],
    [NINE, -1],
    [NINE, 1.5],
    [NINE, '1'],
    [NINE, null],
    [NINE, Infinity],
    [NaN, 1],
    [-20, 1],
    [NINE + 0.5, 1],
    [String(NINE), 1],
    [NINE, 1, null],
    [NINE, 1, undefined],
    [NINE, 1, -1],
    [NINE, 1, 0.5],
    [NINE, 1, '0'],
    [NINE, 1, Date.UTC(10_000, 0) / 1_000],
    [Date.UTC(10_000, 0) / 60_000, 1],
    [Date.UTC(9_999, 11, 31) / 60_000, 72],
    [1e300, 1],
    [NINE, 400_001],
    [NINE, 1e300],
  ];
  for (const run of WRONG_RUNS) {
    it(`is refused with the run ${JSON.stringify(run)}`, () => {
      expect(isPackedChange({ ...PACKED, runs: [[NINE, 1], run] })).to.equal(false);
    });
  }

  const WRONG_DAYS: readonly unknown[] = [
    null,
    {},
    [],
    [NINE, NINE + DAY],
    [NINE, NINE + DAY, -1, 0],
    [NINE, NINE, -1],
    [NINE, NINE - DAY, -1],
    [-DAY, 0, -1],
    [NINE, NINE + 0.5, -1],
    [NINE, '30000000', -1],
    [NINE, Date.UTC(10_000, 0) / 1_000, -1],
    [NINE, NINE + DAY, -2],
    [NINE, NINE + DAY, null],
    [NINE, NINE + DAY, 0.5],
    [NINE, NINE + DAY, Infinity],
  ];
  for (const day of WRONG_DAYS) {
    it(`is refused with the full day ${JSON.stringify(day)}`, () => {
      expect(isPackedChange({ ...PACKED, full_days: [[NINE, NINE + DAY, -1], day] })).to.equal(false);
    });
  }

  it('is refused when its runs are short and many, but their slots too many together', () => {
    const runs = Array.from({ length: 4 }, (_, index): Run => [index * 100_000, 100_000]);
    const change = { ...PACKED, slot_minutes: 1, runs };
    expect(isPackedChange(change)).to.equal(true);
    expect(isPackedChange({ ...change, runs: [...runs, [400_000, 1]] })).to.equal(false);
  });

  it('is refused with slots of no length', () => {
    for (const slot_minutes of [undefined, null, 0, -20, 0.5, '20', 1e300, Infinity])
      expect(isPackedChange({ ...PACKED, slot_minutes }), String(slot_minutes)).to.equal(false);
  });

  it('has slots of the length that was checked, whatever else it says', () => {
    const runs: Run[] = [[NINE, 2]];
    const change = { ...PACKED, runs, provider: { slot_minutes: 0 } };
    const snapshot = { ...PACKED, runs, provider: MIRA, slot_minutes: 0 };
    expect([isPackedChange(change), isPackedSnapshot(snapshot)]).to.deep.equal([true, true]);
    expect([unpackChange(change).slots.length, unpackSnapshot(snapshot as never).slots.length]).to.deep.equal([2, 2]);
  });

  it('is refused with revisions that are none', () => {
    for (const revision of [undefined, null, -1, 0.5, '4', NaN]) {
      expect(isPackedChange({ ...PACKED, revision }), String(revision)).to.equal(false);
      expect(isPackedChange({ ...PACKED, after: revision }), String(revision)).to.equal(false);
    }
  });

  it('is refused as a snapshot where something is gone: a snapshot has only what is there', () => {
    const snapshot = { ...PACKED, provider: MIRA };
    expect(isPackedSnapshot({ ...snapshot, runs: [[NINE, 1, SECOND]], full_days: [[NINE, NINE + DAY, -1]] })).to.equal(
      true,
    );
    expect(isPackedSnapshot({ ...snapshot, runs: [[NINE, 1, 0]] })).to.equal(false);
    expect(isPackedSnapshot({ ...snapshot, full_days: [[NINE, NINE + DAY, 0]] })).to.equal(false);
    expect(isPackedSnapshot({ ...snapshot, provider: null })).to.equal(false);
  });
});

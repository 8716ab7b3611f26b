import { expect } from '@open-wc/testing';
import { assume, NO_ASSUMPTIONS } from '../../../src/core/calendar/optimistic.ts';
import type { ChangedSlot, SlotStatus } from '../../../src/core/wire.ts';

function slot(id: number, status: SlotStatus, revision = 1): ChangedSlot {
  return { id, start: `2026-11-24T0${id}:00:00Z`, end: `2026-11-24T0${id + 1}:00:00Z`, status, revision };
}

const open = slot(1, 'open');
const held = slot(2, 'held');
const slots = new Map([open, held].map((known) => [known.id, known]));
const shown = (map: ReadonlyMap<number, { id: number; status: string }>) =>
  [...map.values()].map(({ id, status }) => `${id} ${status}`);

describe('what is assumed', () => {
  it('is nothing by default: the server’s picture itself is shown', () => {
    expect(assume(slots, NO_ASSUMPTIONS)).to.equal(slots);
  });

  it('shows a claimed slot as held, in its place, also where the server’s picture has it no more', () => {
    expect(shown(assume(slots, { claimed: [open, slot(0, 'open')], freed: [] }))).to.deep.equal([
      '0 held',
      '1 held',
      '2 held',
    ]);
    expect(assume(slots, { claimed: [held], freed: [] })).to.equal(slots);
  });

  it('shows a slot that is given back as open, until the server says something newer about it', () => {
    expect(shown(assume(slots, { claimed: [], freed: [held] }))).to.deep.equal(['1 open', '2 open']);
    const newer = new Map(slots).set(2, slot(2, 'held', 5));
    expect(assume(newer, { claimed: [], freed: [held] })).to.equal(newer);
  });

  it('keeps the places of slots that the picture has', () => {
    const unordered = new Map([held, open].map((known) => [known.id, known]));
    expect(shown(assume(unordered, { claimed: [open], freed: [] }))).to.deep.equal(['2 held', '1 held']);
    expect(shown(assume(slots, { claimed: [open], freed: [held] }))).to.deep.equal(['1 held', '2 open']);
  });

  it('leaves the server’s picture as it is', () => {
    assume(slots, { claimed: [open], freed: [held] });
    expect(shown(slots)).to.deep.equal(['1 open', '2 held']);
  });
});

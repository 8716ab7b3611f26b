import { expect } from '@open-wc/testing';
import { type PendingChange, PendingChanges } from '../../../src/core/desk/pending-changes.ts';
import type { Agenda } from '../../../src/core/desk/types.ts';

const AGENDA = { revision: 1 } as Agenda;

/** A change after which the agenda's revision is so much higher. */
const raise = (by: number, appointment: string | null = null): PendingChange => ({
  assume: (agenda) => ({ ...agenda, revision: agenda.revision * 10 + by }),
  appointment,
  answeredAfter: null,
});

describe('pending changes', () => {
  it('are applied in the order in which they were made, to the same object while nothing changes', () => {
    const pending = new PendingChanges();
    expect(pending.applyTo(AGENDA)).to.equal(AGENDA);
    pending.add(raise(2));
    pending.add(raise(3));
    const shown = pending.applyTo(AGENDA);
    expect(shown.revision).to.equal(123);
    expect(pending.applyTo(AGENDA)).to.equal(shown);
    expect(pending.applyTo({ ...AGENDA, revision: 4 }).revision).to.equal(423);
  });

  it('are applied anew after an answer, which may have replaced what they assume', () => {
    const pending = new PendingChanges();
    const change = raise(2);
    pending.add(change);
    expect(pending.applyTo(AGENDA).revision).to.equal(12);
    change.assume = (agenda) => ({ ...agenda, revision: 7 });
    pending.answered(change, 0);
    expect(pending.applyTo(AGENDA).revision).to.equal(7);
  });

  it('are kept after an answer until a fetch that began later has succeeded', () => {
    const pending = new PendingChanges();
    const change = raise(2);
    pending.add(change);
    pending.add(raise(3));
    pending.dropIncluded(9);
    expect(pending.applyTo(AGENDA).revision).to.equal(123);
    pending.answered(change, 4);
    pending.dropIncluded(4);
    expect(pending.applyTo(AGENDA).revision).to.equal(123);
    pending.dropIncluded(5);
    expect(pending.applyTo(AGENDA).revision).to.equal(13);
  });

  it('are dropped one by one when they are refused, and all at once', () => {
    const pending = new PendingChanges();
    const change = raise(2);
    pending.add(change);
    pending.add(raise(3));
    pending.drop(change);
    expect(pending.applyTo(AGENDA).revision).to.equal(13);
    pending.dropAll();
    expect(pending.applyTo(AGENDA)).to.equal(AGENDA);
  });

  it('make their appointments busy until they are answered', () => {
    const pending = new PendingChanges();
    const change = raise(2, 'one');
    pending.add(change);
    pending.add(raise(3, 'two'));
    pending.add(raise(4));
    expect([...pending.busy]).to.deep.equal(['one', 'two']);
    pending.answered(change, 0);
    expect([...pending.busy]).to.deep.equal(['two']);
    pending.dropAll();
    expect(pending.busy).to.equal(new PendingChanges().busy);
  });
});

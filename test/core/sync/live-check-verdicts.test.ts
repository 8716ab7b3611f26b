import { expect } from '@open-wc/testing';
import { LiveCheck } from '../../../src/core/sync/live-check.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';

const GRACE = 3_000;
const MINUTE = 60_000;

function setUp() {
  const clock = createFakeClock();
  let verdicts = 0;
  const check = new LiveCheck(clock, () => verdicts++);
  return { clock, check, verdicts: () => verdicts };
}

/** A fetch found a change, and no message announced it in time. */
async function doubted() {
  const all = setUp();
  all.check.expect(() => false);
  await all.clock.advance(GRACE);
  expect([all.check.isDoubted, all.verdicts()]).to.deep.equal([true, 1]);
  return all;
}

describe('whether messages can be trusted', () => {
  it('is decided three seconds after a fetch found a change, not before', async () => {
    const { clock, check, verdicts } = setUp();
    let announced = false;
    check.expect(() => announced);
    await clock.advance(GRACE - 1);
    expect([check.isDoubted, verdicts()]).to.deep.equal([false, 0]);
    announced = true;
    await clock.advance(1);
    expect([check.isDoubted, verdicts()]).to.deep.equal([false, 1]);
  });

  it('is decided once for several fetches within these three seconds', async () => {
    const { clock, check, verdicts } = setUp();
    check.expect(() => false);
    await clock.advance(GRACE - 1);
    check.expect(() => true);
    await clock.advance(1);
    expect([check.isDoubted, verdicts()]).to.deep.equal([true, 1]);
    await clock.advance(GRACE);
    expect(verdicts()).to.equal(1);
  });

  it('is decided anew after each later change', async () => {
    const { clock, check } = setUp();
    check.expect(() => true);
    await clock.advance(GRACE);
    check.expect(() => false);
    await clock.advance(GRACE);
    expect(check.isDoubted).to.equal(true);
  });

  it('is so again when a message has come and a check agrees', async () => {
    const { check } = await doubted();
    check.agree();
    expect(check.isDoubted, 'no message has come').to.equal(true);
    check.messageArrived();
    expect(check.isDoubted, 'no check has agreed').to.equal(true);
    check.agree();
    expect(check.isDoubted).to.equal(false);
  });

  it('is so again when the message for what a check found comes late, but in time', async () => {
    const { clock, check } = await doubted();
    check.expect(() => true);
    check.messageArrived();
    await clock.advance(GRACE);
    expect(check.isDoubted).to.equal(false);
  });

  it('is not decided by a check that agrees while a change waits for its message', async () => {
    const { clock, check } = await doubted();
    check.messageArrived();
    check.expect(() => false);
    check.agree();
    expect(check.isDoubted).to.equal(true);
    await clock.advance(GRACE);
    check.agree();
    expect(check.isDoubted, 'that message came before').to.equal(true);
  });

  it('is so again after a minute in which checks agree, counted from the latest change that no message announced', async () => {
    const { clock, check } = await doubted();
    await clock.advance(MINUTE - 1);
    check.agree();
    expect(check.isDoubted).to.equal(true);
    check.expect(() => false);
    await clock.advance(GRACE);
    await clock.advance(MINUTE - 1);
    check.agree();
    expect(check.isDoubted).to.equal(true);
    await clock.advance(1);
    check.agree();
    expect(check.isDoubted).to.equal(false);
  });

  it('is taken for granted when it starts anew, whatever was to be decided', async () => {
    const { clock, check, verdicts } = await doubted();
    check.expect(() => false);
    check.reset();
    expect(check.isDoubted).to.equal(false);
    await clock.advance(MINUTE);
    expect([check.isDoubted, verdicts(), clock.pending]).to.deep.equal([false, 1, 0]);
    check.expect(() => false);
    await clock.advance(GRACE);
    expect(check.isDoubted).to.equal(true);
  });
});

import { expect } from '@open-wc/testing';
import type { ChannelStatus } from '../../../src/core/realtime/types.ts';
import { backoff } from '../../../src/core/time/clock.ts';
import { joinAndRejoin } from '../../../src/core/sync/rejoin.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';

function setUp(seed = 1) {
  const clock = createFakeClock({ seed });
  const joins: { tell: (status: ChannelStatus) => void; left: boolean; at: number }[] = [];
  const heard: ChannelStatus[] = [];
  const stop = joinAndRejoin(
    clock,
    (tell) => {
      const join = { tell, left: false, at: clock.now() };
      joins.push(join);
      return () => {
        join.left = true;
      };
    },
    (status) => heard.push(status),
  );
  return { clock, joins, heard, stop };
}

describe('a channel that is kept', () => {
  it('is left alone while it is only down', async () => {
    const { clock, joins, heard } = setUp();
    joins[0]!.tell('joined');
    joins[0]!.tell('down');
    await clock.advance(600_000);
    joins[0]!.tell('joined');
    expect([joins.length, heard]).to.deep.equal([1, ['joined', 'down', 'joined']]);
  });

  it('is left and replaced once it is closed, and the old one isn’t listened to any more', async () => {
    const { clock, joins, heard } = setUp();
    joins[0]!.tell('closed');
    joins[0]!.tell('joined');
    expect(joins[0]!.left).to.equal(true);
    await clock.advance(3_000);
    joins[1]!.tell('joined');
    expect([joins.length, heard]).to.deep.equal([2, ['closed', 'joined']]);
  });

  it('is waited for longer and longer, up to two minutes, by everybody differently', async () => {
    const longest = Array.from({ length: 9 }, () => 0);
    const first = new Set<number>();
    for (let seed = 1; seed <= 40; seed++) {
      const { clock, joins, stop } = setUp(seed);
      for (let attempt = 0; attempt < longest.length; attempt++) {
        const closedAt = clock.now();
        joins.at(-1)!.tell('closed');
        await clock.advance(121_001);
        const wait = joins.at(-1)!.at - closedAt;
        expect(wait).to.be.within(1_000, 121_000);
        longest[attempt] = Math.max(longest[attempt]!, wait);
        if (attempt === 0) first.add(wait);
      }
      stop();
    }
    expect(longest[0]).to.be.within(2_500, 3_000);
    expect(longest[3]).to.be.within(14_000, 17_000);
    expect(longest[8]).to.be.within(100_000, 121_000);
    expect(first.size).to.equal(40);
  });

  it('that was open for a minute is worth hurrying for again', async () => {
    const { clock, joins } = setUp();
    for (let attempt = 0; attempt < 8; attempt++) {
      joins.at(-1)!.tell('closed');
      await clock.advance(121_001);
    }
    joins.at(-1)!.tell('joined');
    await clock.advance(60_000);
    const before = joins.length;
    joins.at(-1)!.tell('closed');
    await clock.advance(3_000);
    expect(joins).to.have.length(before + 1);
  });

  it('is over when it is let go, open or waiting', () => {
    const open = setUp();
    open.stop();
    expect(open.joins[0]!.left).to.equal(true);
    open.joins[0]!.tell('joined');
    expect(open.heard).to.deep.equal([]);
    const waiting = setUp();
    waiting.joins[0]!.tell('closed');
    waiting.stop();
    expect(waiting.clock.pending).to.equal(0);
  });
});

describe('backoff', () => {
  it('has full jitter: anything from nothing to twice the last most, up to its cap', () => {
    const clock = createFakeClock({ seed: 7 });
    for (let attempt = 0; attempt < 10; attempt++) {
      const most = Math.min(30_000, 1_000 * 2 ** attempt);
      const waits = Array.from({ length: 500 }, () => backoff(clock, attempt, 1_000, 30_000));
      expect(Math.min(...waits)).to.be.within(0, most * 0.05);
      expect(Math.max(...waits)).to.be.within(most * 0.95, most);
    }
  });
});

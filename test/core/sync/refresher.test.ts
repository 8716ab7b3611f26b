import { expect } from '@open-wc/testing';
import { OpenslotError } from '../../../src/core/errors.ts';
import type { Join } from '../../../src/core/sync/followed-topics.ts';
import { Refresher } from '../../../src/core/sync/refresher.ts';
import { isoInstant } from '../../../src/core/time/iso-instant.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';
import { createFakePage } from '../../support/fakes/fake-page.ts';
import { createMemoryProject } from '../../support/memory/memory-backend.ts';

function setUp() {
  const clock = createFakeClock();
  const backend = createMemoryProject({ clock }).backend();
  let fetches = 0;
  let losses = 0;
  const refresher = new Refresher({
    backend,
    clock,
    page: createFakePage(),
    live: true,
    fetch: () => {
      fetches++;
      return Promise.resolve({ serverTime: isoInstant(clock.now()), differs: false });
    },
    changed: () => undefined,
    onPossibleLoss: () => losses++,
  });
  const join =
    (topic: string): Join =>
    (live, status) =>
      live.signals(topic, { status, signal: () => refresher.signalArrived() });
  const follow = (...topics: string[]) => refresher.follow(new Map(topics.map((topic) => [topic, join(topic)])));
  return { clock, backend, refresher, follow, fetches: () => fetches, losses: () => losses };
}

/** Longer than joining takes, and than one fetch serves several joins. */
const JOINING = 310;

describe('what is kept equal to the database by several topics', () => {
  it('is live once all of them are joined, and no more than those', async () => {
    const { clock, backend, refresher, follow } = setUp();
    expect(refresher.allJoined, 'no topic is none that is joined').to.equal(false);
    follow('a');
    await clock.advance(JOINING);
    expect(refresher.connection).to.equal('live');
    follow('a', 'b');
    expect([refresher.allJoined, refresher.connection]).to.deep.equal([false, 'connecting']);
    await clock.advance(JOINING);
    expect([refresher.connection, backend.socket.open]).to.deep.equal(['live', 2]);
    follow('a');
    expect([refresher.connection, backend.socket.open]).to.deep.equal(['live', 1]);
    follow('a', 'b');
    await clock.advance(JOINING);
    expect([refresher.connection, backend.socket.open]).to.deep.equal(['live', 2]);
    refresher.stop();
    expect([backend.socket.open, clock.pending]).to.deep.equal([0, 0]);
  });

  it('is fetched once for joins and signals that come together', async () => {
    const { clock, follow, fetches, refresher } = setUp();
    await clock.settle();
    follow('a', 'b', 'c');
    await clock.advance(JOINING);
    expect(fetches()).to.equal(2);
    refresher.signalArrived();
    void refresher.refetch();
    await clock.advance(250);
    expect(fetches(), 'none is planned any more').to.equal(3);
    refresher.signalArrived();
    refresher.signalArrived();
    await clock.advance(9);
    expect(fetches()).to.equal(3);
    await clock.advance(92);
    expect(fetches()).to.equal(4);
    refresher.stop();
  });

  it('may be incomplete after every join, every loss and every wake', async () => {
    const { clock, backend, refresher, follow, losses } = setUp();
    follow('a');
    await clock.advance(JOINING);
    expect(losses()).to.equal(1);
    backend.socket.down();
    expect(losses()).to.equal(2);
    backend.socket.up();
    await clock.advance(10);
    expect(losses()).to.equal(3);
    void refresher.refresh();
    expect(losses()).to.equal(4);
    refresher.stop();
  });

  it('is fetched again soon after another request to the project failed, and in doubt until then', async () => {
    const { clock, refresher, follow, fetches } = setUp();
    follow('a');
    await clock.advance(JOINING);
    const before = fetches();
    const error = new OpenslotError('network');
    refresher.fail(error);
    expect([refresher.error, refresher.connection]).to.deep.equal([error, 'offline']);
    await clock.advance(2_999);
    expect(fetches()).to.equal(before);
    await clock.advance(9_001);
    expect([refresher.error, refresher.connection, fetches()]).to.deep.equal([null, 'live', before + 1]);
    refresher.stop();
  });

  it('says why a topic can’t be joined, and says so no more once it is', async () => {
    const { clock, backend, refresher, follow } = setUp();
    backend.socket.refuses = true;
    follow('a');
    await clock.advance(JOINING);
    expect(refresher.error?.code).to.equal('realtime_refused');
    backend.socket.refuses = false;
    await clock.advance(3_000);
    expect([refresher.error, refresher.allJoined]).to.deep.equal([null, true]);
    refresher.stop();
    expect([refresher.isOver, refresher.isFetching]).to.deep.equal([true, false]);
  });
});

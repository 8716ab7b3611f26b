import { expect } from '@open-wc/testing';
import type { LiveConnection } from '../../../src/core/realtime/types.ts';
import { lazyConnection } from '../../../src/core/realtime/lazy-connection.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';

/** A connection whose code comes when the test says so, or not at all. */
function setUp() {
  const clock = createFakeClock();
  const calls: string[] = [];
  const note = (call: string) => () => void calls.push(call);
  const loaded: LiveConnection = {
    slots: (id, _, source) => (calls.push(`slots ${id} ${source ?? ''}`), note(`leave slots ${id}`)),
    signals: (topic) => (calls.push(`signals ${topic}`), note(`leave signals ${topic}`)),
    viewers: (id) => {
      calls.push(`viewers ${id}`);
      return {
        leave: note(`leave viewers ${id}`),
        track: () => {
          calls.push('track');
          return Promise.resolve();
        },
      };
    },
    prove: (ms) => {
      calls.push(`prove ${ms}`);
      return Promise.resolve();
    },
    close: note('close'),
  };
  const waiting: { come: () => void; fail: () => void }[] = [];
  const live = lazyConnection(
    () =>
      new Promise((resolve, reject) => {
        waiting.push({ come: () => resolve(loaded), fail: () => reject(new TypeError('Failed to fetch module')) });
      }),
  );
  const statuses: string[] = [];
  const handlers = {
    status: (status: string) => statuses.push(status),
    change: () => undefined,
    signal: () => undefined,
    viewers: () => undefined,
  };
  return { clock, live, calls, waiting, statuses, handlers };
}

describe('a connection whose code comes later', () => {
  it('is loaded at once, once, and does then what was asked meanwhile', async () => {
    const { clock, live, calls, waiting, handlers } = setUp();
    const leave = live.slots('p', handlers, 'rows');
    live.signals('t', handlers);
    const { track } = live.viewers('p', handlers);
    const proof = live.prove(3_000);
    await track();
    expect([waiting.length, calls]).to.deep.equal([1, []]);
    waiting[0]!.come();
    await clock.settle();
    await proof;
    expect(calls).to.deep.equal(['slots p rows', 'signals t', 'viewers p', 'prove 3000']);
    await track();
    leave();
    live.close();
    await clock.settle();
    expect(calls.slice(4)).to.deep.equal(['track', 'leave slots p', 'close']);
  });

  it('joins nothing that was left before it came, and leaves what it joined', async () => {
    const { clock, live, calls, waiting, handlers } = setUp();
    live.slots('p', handlers)();
    const viewers = live.viewers('p', handlers);
    waiting[0]!.come();
    await clock.settle();
    viewers.leave();
    expect(calls).to.deep.equal(['viewers p', 'leave viewers p']);
  });

  it('that can’t be loaded closes the channels that wait for it, but for those that were left', async () => {
    const { clock, live, waiting, handlers, statuses } = setUp();
    live.slots('p', handlers);
    live.signals('t', handlers)();
    const proof = live.prove(3_000).catch(String);
    waiting[0]!.fail();
    await clock.settle();
    expect([statuses, await proof]).to.deep.equal([['closed'], 'TypeError: Failed to fetch module']);
    live.close();
  });

  it('is loaded anew for a channel that is asked for after that', async () => {
    const { clock, live, calls, waiting, handlers, statuses } = setUp();
    waiting[0]!.fail();
    await clock.settle();
    live.slots('p', handlers);
    expect(waiting).to.have.length(2);
    waiting[1]!.come();
    await clock.settle();
    expect([calls, statuses]).to.deep.equal([['slots p '], []]);
  });
});

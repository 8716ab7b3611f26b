/** Sockets that break, go silent, hang or are refused. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Stage, type StageTab } from './support/stage.ts';
import type { TestProvider } from './support/provider.ts';
import { until } from '../support/until.ts';

/** The client waits ten seconds for the answer to a heartbeat; the widget's own proof of the connection takes a moment. */
const SOONER_THAN_HEARTBEAT_MS = 10_000;

describe('a socket', { concurrency: true }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  /** With HTTP refused, only a message can bring this change. */
  async function receivesChanges(tab: StageTab, provider: TestProvider): Promise<void> {
    tab.proxy.http = () => 'refuse';
    await stage.change(provider);
    await tab.catchesUp();
  }

  const ENDS: [number | undefined, string][] = [
    [1000, 'is closed as idle'],
    [1001, 'is closed by a server that goes away'],
    [1012, 'is closed by a server that restarts'],
    [undefined, 'ends without a close frame (1006)'],
  ];
  for (const [code, how] of ENDS) {
    it(`that ${how} is opened again, and the widget fetches the changes in between`, async () => {
      const provider = await stage.provider();
      const tab = await stage.liveTab(provider);
      tab.proxy.refuseSockets = true;
      tab.proxy.cutSockets(code);
      await until(() => assert.notEqual(tab.state.connection, 'live'));
      await stage.change(provider);
      tab.proxy.refuseSockets = false;
      await tab.becomes('live');
      await tab.catchesUp();
      await receivesChanges(tab, provider);
    });
  }

  it('that went silent is proven dead when the page becomes visible again, and replaced', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider);
    tab.proxy.silenceSockets();
    tab.page.wake();
    await until(() => assert.equal(tab.joins(), 2), SOONER_THAN_HEARTBEAT_MS);
    await tab.becomes('live');
    await receivesChanges(tab, provider);
  });

  it('that answers when the page becomes visible again is kept', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider);
    let proofs = 0;
    tab.frame = (message, direction) => {
      if (direction === 'down' && message.includes('"phoenix"')) proofs++;
      return 'pass';
    };
    tab.page.wake();
    await until(() => assert.ok(proofs > 0));
    await receivesChanges(tab, provider);
    assert.equal(tab.joins(), 1);
  });

  it('that went silent while the page is hidden is found dead by the heartbeat', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider);
    tab.proxy.silenceSockets();
    await until(() => assert.equal(tab.joins(), 2));
    await tab.becomes('live');
    await receivesChanges(tab, provider);
  });

  it('that hangs while it opens is given up when the page becomes visible', async () => {
    const provider = await stage.provider();
    const tab = await stage.tab(provider, { beforehand: (proxy) => (proxy.silent = true) });
    await tab.becomes('polling');
    tab.proxy.silent = false;
    tab.page.wake();
    await tab.becomes('live');
    await receivesChanges(tab, provider);
  });

  for (const answer of [401, 404, 429, true] as const) {
    it(`that is refused (${answer === true ? 'connection cut' : answer}) leaves the widget polling until it is accepted`, async () => {
      const provider = await stage.provider();
      const tab = await stage.tab(provider, { beforehand: (proxy) => (proxy.refuseSockets = answer) });
      await tab.becomes('polling');
      await stage.change(provider);
      await tab.catchesUp();
      tab.proxy.refuseSockets = false;
      await tab.becomes('live');
    });
  }

  it('that is refused with realtime off changes nothing: the widget polls', async () => {
    const provider = await stage.provider();
    const tab = await stage.tab(provider, { realtime: 'off', beforehand: (proxy) => (proxy.refuseSockets = true) });
    await tab.becomes('polling');
    await stage.change(provider);
    await tab.catchesUp();
    assert.equal(tab.joins(), 0);
  });

  it('that trickles does not keep the widget from showing the current times', async () => {
    const provider = await stage.provider();
    const tab = await stage.tab(provider, {
      beforehand: (proxy) => {
        proxy.bytesPerSecond = 1;
        // Rewritten answers are sent at once, so that only the socket is slow.
        proxy.http = () => ({ rewrite: (body) => body });
      },
    });
    await tab.becomes('polling');
    await stage.change(provider);
    await tab.catchesUp();
    tab.proxy.bytesPerSecond = Infinity;
    tab.proxy.cutSockets();
    await tab.becomes('live');
  });
});

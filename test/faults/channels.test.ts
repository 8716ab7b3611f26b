/** Channels that the server ends. Realtime's client library treats most of these ends as final; a widget must not. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SignJWT } from 'jose';
import type { TestProvider } from './support/provider.ts';
import { Stage } from './support/stage.ts';
import { until } from '../support/until.ts';

describe('a channel that ends', { concurrency: true }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  it('is replaced by a new one when the server closes it', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider);
    tab.proxy.say(tab.topic(), 'phx_close', {});
    await until(() => assert.equal(tab.joins(), 2));
    await tab.becomes('live');

    // With HTTP refused, only a message can bring the change.
    tab.proxy.http = () => 'refuse';
    await stage.change(provider);
    await tab.catchesUp();
  });

  it('leaves the widget polling, and showing that it polls, until a new one is joined', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider);
    tab.frame = (message, direction) => (direction === 'up' && message.includes('"phx_join"') ? 'drop' : 'pass');
    tab.proxy.say(tab.topic(), 'phx_close', {});
    await tab.becomes('polling');
    await stage.change(provider);
    await tab.catchesUp();
    assert.equal(tab.state.connection, 'polling');
  });

  it('is joined again by itself after an error, and the widget fetches the changes in between', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider, { patient: true });
    tab.frame = (message) => (message.includes('"revision"') ? 'drop' : 'pass');
    tab.proxy.say(tab.topic(), 'phx_error', {});
    await until(() => assert.notEqual(tab.state.connection, 'live'));
    await stage.change(provider);
    await tab.becomes('live');
    await tab.catchesUp();
  });

  it('leaves the widget polling after an error until a new one is joined', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider);
    tab.frame = (message, direction) => (direction === 'up' && message.includes('"phx_join"') ? 'drop' : 'pass');
    tab.proxy.say(tab.topic(), 'phx_error', {});
    await until(() => assert.deepEqual([tab.state.connection, tab.state.error?.code], ['polling', 'realtime_refused']));
    tab.frame = () => 'pass';
    await until(() => assert.deepEqual([tab.state.connection, tab.state.error], ['live', null]));
  });

  it('is not confused with its predecessor, whose end is reported after the new one is joined', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider);
    // The server treats the second join as a duplicate: it answers that join, then closes the first one by its ref.
    tab.proxy.say(tab.topic(), 'phx_error', {});
    await until(() => assert.equal(tab.joins(), 2));
    await tab.becomes('live');
    tab.proxy.say(tab.topic(), 'phx_close', {}, '1');
    tab.proxy.http = () => 'refuse';
    await stage.change(provider);
    await tab.catchesUp();
    assert.equal(tab.joins(), 2);
  });

  it('comes back on a new socket once the credentials of the old one have expired, as after 24 hours', async () => {
    const provider = await stage.provider();
    // Long enough for a busy machine to be live before the token expires.
    const key = await new SignJWT({ role: 'anon', exp: Math.floor(Date.now() / 1_000) + 10 })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(stage.sandbox.jwtSecret));
    const tab = await stage.tab(provider, { beforehand: (proxy) => (proxy.socketParameters = { apikey: key }) });
    await tab.becomes('live');
    tab.proxy.socketParameters = {};
    await until(() => assert.notEqual(tab.state.connection, 'live'));
    await tab.becomes('live');
    tab.proxy.http = () => 'refuse';
    await stage.change(provider);
    await tab.catchesUp();
  });
});

describe('a limit of the project', { concurrency: true }, () => {
  async function withLimits(
    limits: object,
    play: (stage: Stage, provider: TestProvider) => Promise<void>,
  ): Promise<void> {
    const stage = await Stage.open({ limits });
    try {
      await play(stage, await stage.provider());
    } finally {
      await stage.close();
    }
  }

  it('on messages drops broadcasts without notice: the widget notices, and shows that it is not live', () =>
    withLimits({ messagesPerSecond: 1 }, async (stage, provider) => {
      const tab = await stage.liveTab(provider, { presence: false });
      await until(async () => {
        await stage.change(provider);
        assert.ok(stage.sandbox.realtime.faults.lost.overLimit > 0, 'a message was dropped');
      });
      await tab.becomes('polling');
      await tab.catchesUp();
      assert.deepEqual([tab.joins(), tab.state.error], [1, null]);
    }));

  it('on presence closes the channel of a viewer and no calendar’s channel', () =>
    withLimits({ presencePerSecond: 1 }, async (stage, provider) => {
      const tabs = await Promise.all([1, 2, 3, 4, 5].map(() => stage.liveTab(provider)));
      const newcomer = await stage.tab(provider);
      let refused = false;
      let lookedBefore = 0;
      newcomer.frame = (message) => {
        if (!refused && message.includes('Too many presence messages per second')) {
          refused = true;
          lookedBefore = newcomer.joins('viewers');
        }
        return 'pass';
      };
      // The server calculates its rates every five seconds.
      await until(async () => {
        if (!refused) newcomer.proxy.cutSockets();
        await until(() => assert.ok(newcomer.state.connection === 'live' || refused));
        assert.ok(refused, 'the server refuses to count the newcomer');
      });
      await newcomer.becomes('live');
      const joins = newcomer.joins();
      await until(() => assert.ok(newcomer.joins('viewers') > lookedBefore));
      assert.equal(newcomer.joins(), joins);
      for (const tab of tabs) assert.deepEqual(tab.connections, ['connecting', 'live']);
      // With HTTP refused, only a message can bring this change.
      for (const tab of [...tabs, newcomer]) tab.proxy.http = () => 'refuse';
      await stage.change(provider);
      for (const tab of [...tabs, newcomer]) await tab.catchesUp();
      for (const tab of tabs) assert.equal(tab.joins(), 1);
    }));
});

/** Projects whose permissions differ from the migrations: the server refuses joins, or can't count viewers. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestProvider } from './support/provider.ts';
import { Stage } from './support/stage.ts';
import { until } from '../support/until.ts';

async function withoutPolicy(
  name: string,
  play: (stage: Stage, provider: TestProvider) => Promise<void>,
): Promise<void> {
  const stage = await Stage.open();
  try {
    await stage.sandbox.query(`alter policy "${name}" on realtime.messages to service_role`);
    await play(stage, await stage.provider());
  } finally {
    await stage.close();
  }
}

describe('missing permissions', { concurrency: true }, () => {
  it('to listen: the join is refused after five seconds, the widget polls, and is live once the permission is back', () => {
    const policy = `Anyone may listen to a provider's slots`;
    return withoutPolicy(policy, async (stage, provider) => {
      const tab = await stage.tab(provider);
      await until(() => assert.equal(tab.state.error?.code, 'realtime_refused'));
      await stage.change(provider);
      await tab.catchesUp();
      assert.ok(!tab.connections.includes('live'));
      await stage.sandbox.query(`alter policy "${policy}" on realtime.messages to anon, authenticated`);
      await tab.becomes('live');
      assert.equal(tab.state.error, null);
    });
  });

  it('to be counted: the widget still counts its own viewer', () =>
    withoutPolicy('Anyone may be counted as a viewer and send nothing else', async (stage, provider) => {
      const tab = await stage.liveTab(provider);
      await until(() => assert.equal(tab.state.viewers, 1));
      assert.equal(tab.state.connection, 'live');
    }));
});

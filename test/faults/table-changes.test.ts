/** Live updates by table changes instead of broadcasts: later, row by row, and ready only some time after the join. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Stage } from './support/stage.ts';
import { until } from '../support/until.ts';

const realtime = 'postgres-changes';

describe('a widget that subscribes to table changes', { concurrency: true }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  it('shows changes', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider, { realtime, patient: true });
    await stage.change(provider);
    await tab.catchesUp();
  });

  it('receives each change once, as no broadcast reaches its topic', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider, { realtime, patient: true });
    const received: string[] = [];
    tab.frame = (message, direction) => {
      if (direction === 'down' && /"record"|broadcast/.test(message)) received.push(message);
      return 'pass';
    };
    await stage.change(provider);
    await tab.catchesUp();
    await stage.change(provider);
    await tab.catchesUp();
    assert.deepEqual(
      received.map((message) => [message.includes('"record"'), message.includes(`openslot:rows:${provider.id}`)]),
      [
        [true, true],
        [true, true],
      ],
    );
  });

  it('polls until the server confirms the subscription', async () => {
    const provider = await stage.provider();
    const tab = await stage.tab(provider, { realtime });
    tab.frame = (message, direction) => (direction === 'down' && message.includes('"system"') ? 'drop' : 'pass');
    await tab.becomes('polling');
    assert.ok(!tab.connections.includes('live'));
  });

  it('fetches the changes from before the server confirms the subscription', async () => {
    const provider = await stage.provider();
    const tab = await stage.tab(provider, { realtime, patient: true });
    let isReady = (): void => undefined;
    const ready = new Promise<void>((resolve) => (isReady = resolve));
    let joined = false;
    tab.frame = (message, direction) => {
      joined ||= direction === 'down' && message.includes(tab.topic('rows')) && message.includes('"phx_reply"');
      if (direction === 'down' && message.includes('"system"')) return { after: ready };
      return message.includes('"record"') ? 'drop' : 'pass';
    };
    await until(() => assert.ok(joined));
    await until(() => assert.equal(tab.state.status, 'ready'));
    await stage.change(provider);
    isReady();
    await tab.becomes('live');
    await tab.catchesUp();
  });

  it('fetches again when the server confirms a renewed subscription', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider, { realtime, patient: true });
    let lost = 0;
    tab.frame = (message) => (message.includes('"record"') && ++lost ? 'drop' : 'pass');
    await stage.change(provider);
    await until(() => assert.ok(lost > 0));
    const system = { extension: 'postgres_changes', status: 'ok', message: 'Subscribed to PostgreSQL' };
    tab.proxy.say(tab.topic('rows'), 'system', system);
    await tab.catchesUp();
  });

  it('finds changed settings and services by its regular check, and shows that it is not live', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider, { realtime });
    await stage.sandbox.query(`update openslot.providers set title = 'Professor' where id = $1`, [provider.id]);
    await tab.catchesUp();
    await stage.sandbox.query(`update openslot.services set description = 'As before' where provider_id = $1`, [
      provider.id,
    ]);
    await tab.catchesUp();
    await tab.becomes('polling');
  });
});

describe('an unpublished table', () => {
  it('leaves the widget polling until it is published, as the failure only shows after the join', async () => {
    const stage = await Stage.open();
    const publication = (verb: string) =>
      stage.sandbox.query(`alter publication supabase_realtime ${verb} table openslot.availability_slots`);
    try {
      const provider = await stage.provider();
      await publication('drop');
      const tab = await stage.tab(provider, { realtime });
      await tab.becomes('polling');
      await stage.change(provider);
      await tab.catchesUp();
      assert.equal(tab.state.error?.code, 'realtime_refused');
      assert.ok(!tab.connections.includes('live'));
      await publication('add');
      await tab.becomes('live');
    } finally {
      await stage.close();
    }
  });
});

/** Lost messages, and how the widget notices them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Stage } from './support/stage.ts';
import { until } from '../support/until.ts';

const REPLICATION_ENDS = 'select pg_terminate_backend(pid) from pg_stat_replication';

describe('a lost message', { concurrency: true }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  it('is noticed at the next one, and the widget fetches the missing changes', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider, { patient: true });
    let lost = 0;
    tab.frame = (message) => (message.includes('"revision"') && lost++ === 0 ? 'drop' : 'pass');
    await stage.change(provider);
    await until(() => assert.equal(lost, 1));
    await stage.change(provider);
    await tab.catchesUp();
    assert.deepEqual(tab.connections.slice(0, 2), ['connecting', 'live']);
    await tab.becomes('polling');
  });

  it('is found by the regular check when nothing follows it', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider);
    tab.frame = (message) => (message.includes('"revision"') ? 'drop' : 'pass');
    await stage.change(provider);
    await tab.catchesUp();
    await tab.becomes('polling');
    assert.deepEqual(tab.connections, ['connecting', 'live', 'polling']);
  });

  it('is found when a hidden page becomes visible again', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider, { patient: true });
    tab.page.hidden = true;
    let lost = 0;
    tab.frame = (message) => (message.includes('"revision"') && lost++ >= 0 ? 'drop' : 'pass');
    await stage.change(provider);
    await until(() => assert.equal(lost, 1));
    tab.page.hidden = false;
    tab.page.wake();
    await tab.catchesUp();
  });

  it('that said to reload still causes a reload after later messages', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider, { patient: true });
    let lost = 0;
    tab.frame = (message) => (message.includes('"revision"') && lost++ === 0 ? 'drop' : 'pass');
    await stage.sandbox.query(`update openslot.services set name = 'Renamed' where provider_id = $1`, [provider.id]);
    await until(() => assert.equal(lost, 1));
    await stage.change(provider);
    await tab.catchesUp();
  });

  it("is no loss when it was the answer of the visitor's own booking", async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider, { patient: true });
    tab.frame = (message) => (message.includes('"revision"') ? 'drop' : 'pass');
    const [slot] = [...tab.state.slots.values()].slice(-1);
    await tab.calendar.hold('short', slot!.start);
    await tab.catchesUp();
    await tab.calendar.release();
    await tab.catchesUp();
  });
});

describe('a change of settings', () => {
  it('reaches every open widget', async () => {
    const stage = await Stage.open();
    try {
      const provider = await stage.provider();
      const tab = await stage.liveTab(provider, { patient: true });
      await stage.sandbox.query(`update openslot.providers set title = 'Professor' where id = $1`, [provider.id]);
      await tab.catchesUp();
      assert.equal(tab.state.provider?.title, 'Professor');
    } finally {
      await stage.close();
    }
  });
});

describe('a database that restarts', () => {
  it('loses messages without notice, and the regular check finds the changes', async () => {
    const stage = await Stage.open();
    try {
      const provider = await stage.provider();
      const tab = await stage.liveTab(provider);
      await stage.sandbox.query(REPLICATION_ENDS);
      await stage.change(provider);
      await tab.catchesUp();
      assert.deepEqual(tab.connections, ['connecting', 'live'], 'the connection state did not change');
    } finally {
      await stage.close();
    }
  });
});

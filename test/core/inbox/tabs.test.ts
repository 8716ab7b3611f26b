import { expect, waitUntil } from '@open-wc/testing';
import { browserTabs, type TabMessage, type Tabs } from '../../../src/core/inbox/tabs.ts';
import { createFakePage, type FakePage } from '../../support/fakes/fake-page.ts';

interface Tab extends Tabs {
  readonly page: FakePage;
  readonly heard: TabMessage[];
  readonly turns: number;
}

describe('the tabs of a browser', () => {
  const open: Tab[] = [];
  let name = '';

  beforeEach(() => {
    name = `openslot-inbox:${crypto.randomUUID()}`;
  });
  afterEach(() => {
    for (const tab of open.splice(0)) tab.close();
  });

  function tab({ hidden = false, of = name } = {}): Tab {
    const page = createFakePage();
    page.hidden = hidden;
    const heard: TabMessage[] = [];
    let turns = 0;
    const tabs = browserTabs(of, page, { heard: (message) => heard.push(message), turned: () => turns++ });
    const opened: Tab = {
      page,
      heard,
      get turns() {
        return turns;
      },
      get speaks() {
        return tabs.speaks;
      },
      send: (message) => tabs.send(message),
      close: () => tabs.close(),
    };
    open.push(opened);
    return opened;
  }

  const speaks = (...tabs: Tab[]) => tabs.map((one) => one.speaks);

  it('let the one speak that came first, and then the next', async () => {
    const [first, second] = [tab(), tab()];
    await waitUntil(() => first.speaks);
    expect([speaks(first, second), first.turns]).to.deep.equal([[true, false], 1]);
    first.close();
    await waitUntil(() => second.speaks);
    expect([first.speaks, second.turns]).to.deep.equal([false, 1]);
  });

  it('let only one speak that can be seen', async () => {
    const [first, second] = [tab({ hidden: true }), tab()];
    await waitUntil(() => second.speaks);
    expect(first.speaks).to.equal(false);
    first.page.hidden = false;
    first.page.wake();
    second.page.hidden = true;
    second.page.hide();
    expect(second.speaks).to.equal(false);
    await waitUntil(() => first.speaks);
  });

  it('hear each other, but not themselves nor those of another inbox', async () => {
    const [first, second, third] = [tab(), tab(), tab({ of: `${name}2` })];
    first.send({ told: 7 });
    second.send({ read: true });
    await waitUntil(() => first.heard.length + second.heard.length === 2);
    expect([first.heard, second.heard, third.heard]).to.deep.equal([[{ read: true }], [{ told: 7 }], []]);
  });

  it('don’t speak where they can’t be seen by the time that it is their turn', async () => {
    const [first, second] = [tab(), tab()];
    await waitUntil(() => first.speaks);
    second.page.hidden = true;
    second.page.hide();
    first.close();
    const third = tab();
    await waitUntil(() => third.speaks);
    expect([second.speaks, second.turns]).to.deep.equal([false, 0]);
  });

  it('take nothing from the channel that isn’t a message of theirs', async () => {
    const [first, channel] = [tab(), new BroadcastChannel(name)];
    for (const data of [null, 7, 'told', {}, { told: '7' }, { told: 8 }]) channel.postMessage(data);
    await waitUntil(() => first.heard.length > 0);
    channel.close();
    expect(first.heard).to.deep.equal([{ told: 8 }]);
  });

  it('want no turn any more once they are closed', async () => {
    const only = tab();
    await waitUntil(() => only.speaks);
    only.close();
    expect([only.speaks, only.page.listeners]).to.deep.equal([false, 0]);
  });

  it('leave nothing behind', async () => {
    const only = tab();
    await waitUntil(() => only.speaks);
    only.close();
    await waitUntil(async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      return ![...held, ...pending].some((lock) => lock.name === name);
    });
  });
});

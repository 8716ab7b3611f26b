import { expect, waitUntil } from '@open-wc/testing';
import { browserTabs, type TabMessage, type Tabs } from '../../../src/core/inbox/tabs.ts';
import { createFakePage, type FakePage } from '../../support/fakes/fake-page.ts';

interface Tab extends Tabs {
  readonly page: FakePage;
  readonly received: TabMessage[];
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
    const received: TabMessage[] = [];
    let turns = 0;
    const tabs = browserTabs(of, page, { onMessage: (message) => received.push(message), onTurn: () => turns++ });
    const opened: Tab = {
      page,
      received,
      get turns() {
        return turns;
      },
      get announces() {
        return tabs.announces;
      },
      send: (message) => tabs.send(message),
      close: () => tabs.close(),
    };
    open.push(opened);
    return opened;
  }

  const speaks = (...tabs: Tab[]) => tabs.map((one) => one.announces);

  it('let the one speak that came first, and then the next', async () => {
    const [first, second] = [tab(), tab()];
    await waitUntil(() => first.announces);
    expect([speaks(first, second), first.turns]).to.deep.equal([[true, false], 1]);
    first.close();
    await waitUntil(() => second.announces);
    expect([first.announces, second.turns]).to.deep.equal([false, 1]);
  });

  it('let only one speak that can be seen', async () => {
    const [first, second] = [tab({ hidden: true }), tab()];
    await waitUntil(() => second.announces);
    expect(first.announces).to.equal(false);
    first.page.hidden = false;
    first.page.wake();
    second.page.hidden = true;
    second.page.hide();
    expect(second.announces).to.equal(false);
    await waitUntil(() => first.announces);
  });

  it('hear each other, but not themselves nor those of another inbox', async () => {
    const [first, second, third] = [tab(), tab(), tab({ of: `${name}2` })];
    first.send({ announced: 7 });
    second.send({ read: true });
    await waitUntil(() => first.received.length + second.received.length === 2);
    expect([first.received, second.received, third.received]).to.deep.equal([[{ read: true }], [{ announced: 7 }], []]);
  });

  it('don’t speak where they can’t be seen by the time that it is their turn', async () => {
    const [first, second] = [tab(), tab()];
    await waitUntil(() => first.announces);
    second.page.hidden = true;
    second.page.hide();
    first.close();
    const third = tab();
    await waitUntil(() => third.announces);
    expect([second.announces, second.turns]).to.deep.equal([false, 0]);
  });

  it('take nothing from the channel that isn’t a message of theirs', async () => {
    const [first, channel] = [tab(), new BroadcastChannel(name)];
    for (const data of [null, 7, 'told', {}, { announced: '7' }, { announced: 8 }]) channel.postMessage(data);
    await waitUntil(() => first.received.length > 0);
    channel.close();
    expect(first.received).to.deep.equal([{ announced: 8 }]);
  });

  it('want no turn any more once they are closed', async () => {
    const only = tab();
    await waitUntil(() => only.announces);
    only.close();
    expect([only.announces, only.page.listeners]).to.deep.equal([false, 0]);
  });

  it('leave nothing behind', async () => {
    const only = tab();
    await waitUntil(() => only.announces);
    only.close();
    await waitUntil(async () => {
      const { held = [], pending = [] } = await navigator.locks.query();
      return ![...held, ...pending].some((lock) => lock.name === name);
    });
  });
});

import { expect } from '@open-wc/testing';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';
import { createMemoryProject, MIRA } from '../../support/memory/memory-backend.ts';
import { startVisit, type Visit, visit } from '../../support/pages/visit.ts';

function seen({ calendar }: Visit): number | string | null {
  const { viewers, viewersCapped } = calendar.getState();
  return viewersCapped ? `${viewers ?? ''}+` : viewers;
}

async function neighbours(count: number): Promise<Visit[]> {
  const clock = createFakeClock();
  const project = createMemoryProject({ clock });
  const tabs: Visit[] = [];
  for (let index = 0; index < count; index++) tabs.push(await visit({ clock, project, presence: true }));
  await clock.advance(5_000);
  return tabs;
}

describe('people viewing', () => {
  it('are counted with oneself, and not any more when they go', async () => {
    const [first, second] = (await neighbours(2)) as [Visit, Visit];
    expect([seen(first), seen(second)]).to.deep.equal([2, 2]);
    second.leave();
    await first.clock.advance(1_300);
    expect(seen(first)).to.equal(1);
  });

  it('are unknown without presence', async () => {
    expect(seen(await visit())).to.equal(null);
  });

  it('are 50+ in a crowd, which is looked at again minutes later', async () => {
    const clock = createFakeClock();
    const project = createMemoryProject({ clock });
    project.setViewers(MIRA.id, 50);
    const tab = await visit({ clock, project, presence: true });
    expect(tab.backend.socket.open, 'it leaves before it is counted').to.equal(1);
    await clock.advance(5_000);
    expect(seen(tab)).to.equal('50+');
    expect(tab.backend.socket.open).to.equal(1);
    project.setViewers(MIRA.id, 3);
    await clock.advance(310_000);
    expect(seen(tab)).to.equal(4);
    expect(tab.backend.socket.open).to.equal(2);
  });

  it('are 50, and no crowd yet, with 49 others', async () => {
    const [tab] = (await neighbours(1)) as [Visit];
    tab.project.setViewers(MIRA.id, 49);
    await tab.clock.advance(1_000);
    expect(seen(tab)).to.equal(50);
    tab.project.setViewers(MIRA.id, 50);
    await tab.clock.advance(1_000);
    expect(seen(tab)).to.equal('50+');
  });

  it('cost a bounded number of trackers, however many come', async () => {
    const tabs = await neighbours(70);
    const isCounted = ({ backend }: Visit) => backend.socket.tracks(MIRA.id);
    expect(tabs.filter(isCounted)).to.have.length(50);
    expect(tabs.filter((tab) => !isCounted(tab)).map(seen)).to.deep.equal(Array(20).fill('50+'));
  });

  it('are told at most once in a quarter of a second', async () => {
    const clock = createFakeClock();
    const project = createMemoryProject({ clock });
    const tab = await visit({ clock, project, presence: true });
    await clock.advance(5_000);
    let told = 0;
    tab.calendar.subscribe(() => told++);
    for (let count = 1; count <= 20; count++) {
      project.setViewers(MIRA.id, count);
      await clock.advance(10);
    }
    await clock.advance(1_000);
    expect([told, seen(tab)]).to.deep.equal([1, 21]);
  });

  it('are those who can see their page: neither who left it in the background, nor who opened it there', async () => {
    const [first, second] = (await neighbours(2)) as [Visit, Visit];
    const { clock, project } = first;
    second.page.hide();
    await clock.advance(4_000);
    expect(seen(first), 'a glance at another tab').to.equal(2);
    await clock.advance(2_000);
    expect([seen(first), seen(second)]).to.deep.equal([1, null]);
    expect(second.calendar.getState().connection).to.equal('live');
    second.page.hidden = false;
    second.page.wake();
    await clock.advance(5_000);
    expect([seen(first), seen(second)]).to.deep.equal([2, 2]);

    const third = startVisit({ clock, project, presence: true });
    third.page.hide();
    await clock.advance(10_000);
    expect(seen(first)).to.equal(2);
    third.page.hidden = false;
    third.page.wake();
    await clock.advance(5_000);
    expect([seen(first), seen(third)]).to.deep.equal([3, 3]);
  });

  it('are not counted twice when they are seen again, nor at all in the background', async () => {
    const [tab] = (await neighbours(1)) as [Visit];
    tab.page.wake();
    await tab.clock.advance(5_000);
    expect([seen(tab), tab.backend.socket.open]).to.deep.equal([1, 2]);
    tab.page.hide();
    await tab.clock.advance(6_000);
    tab.page.wake();
    await tab.clock.advance(5_000);
    expect([seen(tab), tab.backend.socket.open], 'the network came back meanwhile').to.deep.equal([null, 1]);
  });

  it('are as many as before when they only glance at another tab', async () => {
    const [first, second] = (await neighbours(2)) as [Visit, Visit];
    const told: unknown[] = [];
    first.calendar.subscribe(() => told.push(seen(first)));
    second.page.hide();
    await first.clock.advance(4_000);
    second.page.hidden = false;
    second.page.wake();
    await first.clock.advance(60_000);
    expect(new Set(told)).to.deep.equal(new Set(told.length > 0 ? [2] : []));
    expect(seen(first)).to.equal(2);
  });

  it('are counted again after a broken connection, once per join', async () => {
    const [first, second] = (await neighbours(2)) as [Visit, Visit];
    second.backend.socket.drop();
    await first.clock.advance(300);
    expect([seen(first), seen(second)]).to.deep.equal([1, null]);
    await first.clock.advance(5_000);
    expect([seen(first), seen(second)]).to.deep.equal([2, 2]);
  });
});

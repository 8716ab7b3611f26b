import { load, sockets } from './support/page.ts';
import { expect, fixtureCleanup } from '@open-wc/testing';
import {
  createClient,
  REALTIME_SUBSCRIBE_STATES,
  type RealtimeChannel,
  type SupabaseClient,
} from '@supabase/supabase-js';
import { BuiltElement } from './support/built-element.ts';
import { elsewhere } from './support/elsewhere.ts';
import { openWidget, ringBeside, seeATimeGo } from './support/stories.ts';
import { until } from '../support/until.ts';

/** The page's own channel. */
async function openRoom(client: SupabaseClient): Promise<RealtimeChannel> {
  const room = client.channel('room', { config: { broadcast: { self: true } } });
  await new Promise<void>((resolve, reject) => {
    room.subscribe((status, error) => {
      if (status === REALTIME_SUBSCRIBE_STATES.SUBSCRIBED) resolve();
      else reject(error ?? new Error(status));
    });
  });
  return room;
}

/** Sends a message to the page's own channel, and resolves once it comes back. */
async function echoes(room: RealtimeChannel, event: string): Promise<void> {
  const back = new Promise((resolve) => room.on('broadcast', { event }, resolve));
  expect(await room.send({ type: 'broadcast', event, payload: {} })).to.equal('ok');
  await back;
}

async function goesOn(client: SupabaseClient, room: RealtimeChannel): Promise<void> {
  await echoes(room, 'beside the elements');
  fixtureCleanup();
  await until(() => client.getChannels().length === 1);
  await echoes(room, 'after them');
  expect(sockets.length, 'sockets that were opened').to.be.at.most(1);
}

describe('a page that gives the built scripts its own SupabaseClient', () => {
  let client: SupabaseClient;

  before(async () => {
    const { url, key } = await elsewhere('project');
    client = createClient(url, key) as SupabaseClient;
    for (const name of ['openslot', 'openslot-desk', 'openslot-notifications']) await load(`/dist/script/${name}.js`);
  });

  afterEach(() => client.removeAllChannels());

  it('has a live widget on its one socket, and its own channel still works, also after the widget was removed', async () => {
    const room = await openRoom(client);
    await seeATimeGo(await openWidget(client));
    await goesOn(client, room);
  });

  it('has a live desk and a bell for the user that it signed in, and its own channel still works', async () => {
    const room = await openRoom(client);
    await client.auth.signInWithPassword(await elsewhere('staff'));
    const desk = await BuiltElement.open('openslot-desk', {}, client);
    await desk.becomes('live');
    await ringBeside(desk, client);
    await goesOn(client, room);
  });
});

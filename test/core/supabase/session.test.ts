import { expect } from '@open-wc/testing';
import { createInboxBackend } from '../../../src/core/inbox/supabase-backend.ts';
import { createDeskClient } from '../../../src/core/desk/client.ts';
import type { LiveConnection } from '../../../src/core/realtime/types.ts';
import { createSessionClient } from '../../../src/core/supabase/session.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';
import { fakeSockets } from '../../support/fakes/fake-sockets.ts';

const PROVIDER = '5f0c1d2e-0000-4000-8000-000000000001';
const project = (name: string) => ({
  supabaseUrl: `https://${name}.supabase.co`,
  supabaseKey: 'sb_publishable_abc',
});

describe('the client that a page’s elements share while a member is signed in', () => {
  it('is one per project', () => {
    const clock = createFakeClock();
    const client = createSessionClient(project('one'), clock);
    expect(createSessionClient(project('one'), clock)).to.equal(client);
    expect(createSessionClient(project('two'), clock)).to.not.equal(client);
  });

  // Without this, Supabase's client closes its socket 20 s after the last channel.
  for (const first of ['bell', 'desk'] as const) {
    it(`closes its socket when the last of desk and bell leaves the page, also if the ${first} came first`, async () => {
      const clock = createFakeClock();
      const { server, restore } = fakeSockets(clock);
      await import('../../../src/core/realtime/connections.ts');
      const options = project(`${first}-first`);
      const client = createSessionClient(options, clock);
      const open = {
        bell: () => createInboxBackend({ client }, null, { clock }).connect(),
        desk: () => createDeskClient(options, { clock }).backend.connect(),
      };
      const settle = async () => {
        // Auth answers in time that isn't the clock's.
        await client.auth.getSession();
        await clock.advance(50);
      };
      try {
        const lives: LiveConnection[] = [];
        for (const element of first === 'bell' ? (['bell', 'desk'] as const) : (['desk', 'bell'] as const)) {
          const live = open[element]();
          live.signals(`openslot:desk:${PROVIDER}`, { status: () => undefined, signal: () => undefined });
          lives.push(live);
          await settle();
        }
        expect(server.openSockets).to.equal(1);
        lives[0]!.close();
        await settle();
        expect(server.openSockets).to.equal(1);
        lives[1]!.close();
        await settle();
        expect(server.openSockets).to.equal(0);
      } finally {
        await client.auth.stopAutoRefresh();
        restore();
      }
    });
  }
});

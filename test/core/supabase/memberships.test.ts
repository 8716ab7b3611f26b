import { expect } from '@open-wc/testing';
import { toOpenslotError } from '../../../src/core/errors.ts';
import { createStaffBackend } from '../../../src/core/desk/supabase-backend.ts';
import { createInboxBackend } from '../../../src/core/inbox/supabase-backend.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';
import { FakeRealtime } from '../../support/fakes/fake-realtime.ts';

type AuthListener = (event: string, session: { user: { id: string } } | null) => void;

/** A client that a member signs in with, whose functions return this answer. */
function createClient(answer: unknown) {
  const authListeners = new Set<AuthListener>();
  return {
    authListeners,
    rpc: () => ({ abortSignal: () => Promise.resolve({ data: answer, error: null, status: 200 }) }),
    realtime: new FakeRealtime(),
    auth: {
      onAuthStateChange(listener: AuthListener) {
        authListeners.add(listener);
        return { data: { subscription: { unsubscribe: () => authListeners.delete(listener) } } };
      },
    },
    signIn(id: string | null) {
      for (const listener of authListeners) listener('SIGNED_IN', id === null ? null : { user: { id } });
    },
  };
}

const DESK = { tenants: [], providers: [], user: {}, server_time: '2026-11-23T07:00:00Z' };

describe('the inbox of a member', () => {
  const clock = createFakeClock();

  function listen(client: ReturnType<typeof createClient>) {
    const users: (string | null)[] = [];
    const leave = createInboxBackend({ client }, null, { clock }).onUser((user) => users.push(user));
    return { users, leave };
  }

  it('receives each user once, however often Auth repeats it', async () => {
    const client = createClient(DESK);
    const { users, leave } = listen(client);
    for (const user of ['mira', 'mira', null, null, 'amara']) {
      client.signIn(user);
      await clock.settle();
    }
    expect(users).to.deep.equal(['mira', null, 'amara']);
    leave();
    expect(client.authListeners.size).to.equal(0);
  });

  it('receives the same user again once an invitation was accepted with the same client', async () => {
    const client = createClient(DESK);
    const { users, leave } = listen(client);
    const another = listen(createClient(DESK));
    client.signIn('mira');
    await clock.settle();
    await createStaffBackend(client, clock).acceptInvitation({ token: 't' });
    expect([users, another.users]).to.deep.equal([['mira', 'mira'], []]);
    leave();
    await createStaffBackend(client, clock).acceptInvitation({ token: 't' });
    expect(users).to.deep.equal(['mira', 'mira']);
  });

  it('receives no user when an invitation that is refused changed nothing', async () => {
    const client = createClient({});
    const { users } = listen(client);
    client.signIn('mira');
    await clock.settle();
    const error: unknown = await createStaffBackend(client, clock)
      .acceptInvitation({ token: 't' })
      .catch((reason: unknown) => reason);
    expect([toOpenslotError(error).code, users]).to.deep.equal(['bad_response', ['mira']]);
  });

  it('receives no user of Auth that it has left before its turn', async () => {
    const client = createClient(DESK);
    const { users, leave } = listen(client);
    client.signIn('mira');
    leave();
    await clock.settle();
    expect(users).to.deep.equal([]);
  });
});

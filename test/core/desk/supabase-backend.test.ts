import { expect } from '@open-wc/testing';
import { systemClock } from '../../../src/core/time/clock.ts';
import { createStaffBackend } from '../../../src/core/desk/supabase-backend.ts';
import type { SupabaseClientLike } from '../../../src/core/supabase/project.ts';
import { type SupabaseClient, SupabaseSession } from '../../../src/core/supabase/session.ts';
import { failure } from '../../support/pages/visit.ts';

type Answer = Readonly<{ data: unknown; error: object | null; status: number }>;

/** A backend whose functions all return this answer, and the calls that it received. */
function backendThat(answer: Partial<Answer>) {
  const asked: [name: string, args: object][] = [];
  const client = {
    realtime: {},
    rpc: (name: string, args: object) => {
      asked.push([name, args]);
      return { abortSignal: () => Promise.resolve({ data: null, error: null, status: 200, ...answer }) };
    },
  };
  return { asked, backend: createStaffBackend(client as unknown as SupabaseClientLike, systemClock) };
}

describe('the functions for staff', () => {
  it('are called by their names and arguments', async () => {
    const { asked, backend } = backendThat({ data: { appointment: {}, server_time: '2026-11-24T08:00:00Z' } });
    await backend.cancel({ appointment: 'a', version: 2, message: null });
    expect(asked).to.deep.equal([['openslot_staff_cancel', { appointment: 'a', version: 2, message: null }]]);
  });

  it('refuse with codes that only staff meet', async () => {
    for (const code of ['appointment_changed', 'hours_changed', 'not_allowed', 'last_owner', 'slot_taken']) {
      const { backend } = backendThat({ error: { code: 'PT409', message: code }, status: 409 });
      expect(await failure(backend.desk())).to.equal(code);
    }
  });

  it('give answers of the wrong shape away', async () => {
    for (const data of [null, {}, { members: [], invitations: 'none', server_time: '2026-11-24T08:00:00Z' }]) {
      expect(await failure(backendThat({ data }).backend.members({ tenant: 't' }))).to.equal('bad_response');
    }
  });
});

describe('the answer to a change of slots', () => {
  const answer = { changed: 2, kept: [], held: 1, change: null, server_time: '2026-11-24T08:00:00Z' };
  const request = { provider: 'p', from_time: '', to_time: '', status: 'blocked' as const };

  it('says how many times visitors hold there', async () => {
    expect(await backendThat({ data: answer }).backend.setSlots(request)).to.deep.equal(answer);
  });

  it('is given away without that, as older projects give it', async () => {
    expect(await failure(backendThat({ data: { ...answer, held: undefined } }).backend.setSlots(request))).to.equal(
      'bad_response',
    );
  });
});

type Listener = (event: string, session: { user: { email: string } } | null) => void;

/** A session on an Auth that answers everything with that error. */
function sessionThat(error: object | null = null) {
  let tell: Listener = () => undefined;
  const answer = () => Promise.resolve({ data: { session: null }, error });
  const auth = {
    onAuthStateChange: (listener: Listener) => {
      tell = listener;
      return { data: { subscription: { unsubscribe: () => undefined } } };
    },
    signInWithPassword: answer,
    signInWithOtp: answer,
    verifyOtp: answer,
    signUp: answer,
    refreshSession: answer,
    signOut: () => {
      tell('SIGNED_OUT', null);
      return answer();
    },
  };
  const session = new SupabaseSession({ auth } as unknown as SupabaseClient);
  return { session, tell: (event: string, email: string | null) => tell(event, email ? { user: { email } } : null) };
}

describe('a session', () => {
  it('is loading until Auth has looked, then signed out or in', () => {
    const { session, tell } = sessionThat();
    expect(session.getState()).to.deep.equal({ status: 'loading', email: null });
    tell('INITIAL_SESSION', null);
    expect(session.getState().status).to.equal('signed-out');
    tell('SIGNED_IN', 'mira@northside.example');
    expect(session.getState()).to.deep.equal({ status: 'signed-in', email: 'mira@northside.example' });
  });

  it('has ended when nobody here asked for it, and remembers whose it was', async () => {
    const { session, tell } = sessionThat();
    tell('SIGNED_IN', 'mira@northside.example');
    tell('SIGNED_OUT', null);
    expect(session.getState()).to.deep.equal({ status: 'ended', email: 'mira@northside.example' });
    tell('SIGNED_IN', 'mira@northside.example');
    await session.signOut();
    expect(session.getState()).to.deep.equal({ status: 'signed-out', email: null });
  });

  it('tells of renewal only that it is over, not that the network is', async () => {
    for (const [status, outcome] of [
      [400, 'ended'],
      [0, 'signed-in'],
      [503, 'signed-in'],
    ] as const) {
      const { session, tell } = sessionThat({ status });
      tell('SIGNED_IN', 'mira@northside.example');
      await session.renew();
      expect(session.getState().status).to.equal(outcome);
    }
  });

  it('is refused in codes that there are words for', async () => {
    const refusals: [error: object, code: string][] = [
      [{ code: 'invalid_credentials', status: 400 }, 'wrong_password'],
      [{ status: 400 }, 'wrong_password'],
      [{ code: 'email_not_confirmed', status: 400 }, 'email_not_confirmed'],
      [{ code: 'over_request_rate_limit', status: 429 }, 'rate_limited'],
      [{ status: 429 }, 'rate_limited'],
      [{ status: 0 }, 'network'],
      [{ status: 500 }, 'project_unavailable'],
    ];
    for (const [error, code] of refusals) {
      expect(await failure(sessionThat(error).session.signIn('a@example.com', 'x'))).to.equal(code);
    }
    expect(await failure(sessionThat({ status: 403 }).session.verifyCode('a@example.com', '1'))).to.equal('wrong_code');
    const taken = sessionThat({ code: 'user_already_exists', status: 422 }).session;
    expect(await failure(taken.signUp('a@example.com', 'x'))).to.equal('already_registered');
  });

  it('waits for the address to be confirmed where that is asked for', async () => {
    expect(await sessionThat().session.signUp('a@example.com', 'x')).to.equal('confirm');
  });
});

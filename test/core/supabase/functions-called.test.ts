/** Which functions of the database the backends call, with what, and what they make of the answers. */
import { expect } from '@open-wc/testing';
import type { Backend } from '../../../src/core/calendar/backend.ts';
import { createCall, createRpc, type RpcAnswer } from '../../../src/core/supabase/rpc.ts';
import { restError, type RestError } from '../../../src/core/supabase/rest-errors.ts';
import type { StaffBackend } from '../../../src/core/desk/backend.ts';
import { createStaffBackend } from '../../../src/core/desk/supabase-backend.ts';
import { createSupabaseBackend } from '../../../src/core/calendar/supabase-backend.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';
import { FakeRealtime, PROVIDER } from '../../support/fakes/fake-realtime.ts';
import { failure } from '../../support/pages/visit.ts';

/** A page's client whose functions all answer with nothing, and what they were called with. */
function recorder() {
  const called: [name: string, args: object][] = [];
  const realtime = new FakeRealtime();
  const client = {
    realtime,
    rpc: (name: string, args: object) => {
      called.push([name, args]);
      return { abortSignal: () => Promise.resolve({ data: {}, error: null, status: 200 }) };
    },
  };
  return { called, client, realtime };
}

/** Stands for any arguments: a backend passes them on as they are. */
const ARGS = { some: 'arguments' } as never;

describe('the functions for patients', () => {
  const NAMES: [method: Exclude<keyof Backend, 'connect'>, name: string][] = [
    ['calendar', 'openslot_calendar'],
    ['changes', 'openslot_changes'],
    ['hold', 'openslot_hold'],
    ['release', 'openslot_release'],
    ['book', 'openslot_book'],
    ['appointment', 'openslot_appointment'],
    ['cancel', 'openslot_cancel'],
    ['reschedule', 'openslot_reschedule'],
    ['notifications', 'openslot_notifications'],
  ];

  it('are called by their names, and an empty answer is none', async () => {
    const { called, client } = recorder();
    const backend = createSupabaseBackend({ client }, { clock: createFakeClock() });
    for (const [method] of NAMES) expect(await failure(backend[method](ARGS)), method).to.equal('bad_response');
    expect(called).to.deep.equal(NAMES.map(([, name]) => [name, ARGS]));
  });
});

describe('the functions for staff', () => {
  const NAMES: [method: Exclude<keyof StaffBackend, 'connect'>, name: string][] = [
    ['agenda', 'openslot_agenda'],
    ['book', 'openslot_staff_book'],
    ['reschedule', 'openslot_staff_reschedule'],
    ['cancel', 'openslot_staff_cancel'],
    ['mark', 'openslot_staff_mark'],
    ['setSlots', 'openslot_set_slots'],
    ['hours', 'openslot_hours'],
    ['setHours', 'openslot_set_hours'],
    ['setProvider', 'openslot_set_provider'],
    ['setService', 'openslot_set_service'],
    ['members', 'openslot_members'],
    ['invite', 'openslot_invite'],
    ['revokeInvitation', 'openslot_revoke_invitation'],
    ['removeMember', 'openslot_remove_member'],
    ['acceptInvitation', 'openslot_accept_invitation'],
  ];

  it('are called by their names, and an empty answer is none', async () => {
    const { called, client } = recorder();
    const backend = createStaffBackend(client, createFakeClock());
    for (const [method] of NAMES) expect(await failure(backend[method](ARGS)), method).to.equal('bad_response');
    expect(await failure(backend.desk())).to.equal('bad_response');
    expect(await failure(backend.news())).to.equal('bad_response');
    expect(called).to.deep.equal([
      ...NAMES.map(([, name]) => [name, ARGS]),
      ['openslot_desk', {}],
      ['openslot_notifications', {}],
    ]);
  });
});

describe('the live connection over a client of the page', () => {
  const handlers = { status: () => undefined, change: () => undefined };
  /** The code of the connection comes in a chunk of its own. */
  const loaded = () => import('../../../src/core/realtime/connections.ts');

  it('joins over it, and leaves its socket open', async () => {
    const { client, realtime } = recorder();
    const clock = createFakeClock();
    const live = createSupabaseBackend({ client }, { clock }).connect();
    live.slots(PROVIDER, handlers);
    await loaded();
    await clock.settle();
    expect(realtime.channels.map(({ topic }) => topic)).to.deep.equal([`openslot:provider:${PROVIDER}`]);
    live.close();
    await clock.advance(10_000);
    expect([realtime.channels.length, realtime.disconnects]).to.deep.equal([0, 0]);
  });

  for (const foreign of [true, false]) {
    it(`of staff is ${foreign ? 'left open' : 'closed'} where the client is ${foreign ? 'the page’s' : 'the desk’s'}`, async () => {
      const { client, realtime } = recorder();
      const clock = createFakeClock();
      const { connectionsOver } = await loaded();
      if (!foreign) connectionsOver({ load: () => Promise.resolve(realtime), client, foreign, clock });
      const live = createStaffBackend(client, clock).connect();
      live.slots(PROVIDER, handlers);
      await loaded();
      await clock.settle();
      expect(realtime.channels).to.have.length(1);
      live.close();
      await clock.settle();
      expect([realtime.channels.length, realtime.disconnects]).to.deep.equal([0, foreign ? 0 : 1]);
    });
  }
});

describe('a request to the Data API', () => {
  async function sendTo(respond: () => Promise<Response>, name = 'openslot_hold') {
    const sent: [url: unknown, init: RequestInit | undefined][] = [];
    const send = (url: unknown, init?: RequestInit) => {
      sent.push([url, init]);
      return respond();
    };
    const signal = new AbortController().signal;
    const answer = await createRpc(
      'https://clinic.supabase.co',
      'sb_publishable_abc',
      send,
    )(name, {
      visitor: 'v',
    }).abortSignal(signal);
    return { answer, sent, signal };
  }

  it('is a post of JSON that ends with the page, unless it lets go of a hold', async () => {
    const { sent, signal, answer } = await sendTo(() => Promise.resolve(new Response('[1]', { status: 200 })));
    expect(sent).to.deep.equal([
      [
        'https://clinic.supabase.co/rest/v1/rpc/openslot_hold',
        {
          method: 'POST',
          headers: {
            apikey: 'sb_publishable_abc',
            'Content-Type': 'application/json',
            'Content-Profile': 'public',
          },
          body: '{"visitor":"v"}',
          keepalive: false,
          signal,
        },
      ],
    ]);
    expect(answer).to.deep.equal({ data: [1], error: null, status: 200 });
    const release = await sendTo(() => Promise.resolve(new Response('{}')), 'openslot_release');
    expect(release.sent[0]?.[1]?.keepalive).to.equal(true);
  });

  it('gives what was answered instead of data', async () => {
    const answered = async (body: string, status: number) =>
      (await sendTo(() => Promise.resolve(new Response(body, { status })))).answer;
    expect(await answered('{"code":"PT409"}', 409)).to.deep.equal({
      data: null,
      error: { code: 'PT409' },
      status: 409,
    });
    expect(await answered('<html>', 502)).to.deep.equal({ data: null, error: { message: '<html>' }, status: 502 });
    expect(await answered('null', 500)).to.deep.equal({ data: null, error: { message: 'null' }, status: 500 });
    expect(await answered('<html>', 200)).to.deep.equal({ data: null, error: { message: '<html>' }, status: 200 });
    expect(await answered('null', 200)).to.deep.equal({ data: null, error: null, status: 200 });
    const { answer } = await sendTo(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(answer).to.deep.equal({ data: null, error: { message: 'TypeError: Failed to fetch' }, status: 0 });
  });
});

describe('a call', () => {
  const setUp = (answer: (signal: AbortSignal) => Promise<RpcAnswer>) => {
    const clock = createFakeClock();
    const call = createCall(() => ({ abortSignal: answer }), clock);
    return { clock, call: (signal?: AbortSignal) => call('f', {}, (data) => data, signal) };
  };

  it('that its caller had ended before is not waited for', async () => {
    const { clock, call } = setUp((signal) => Promise.resolve({ data: signal.aborted, error: null, status: 200 }));
    expect(await failure(call(AbortSignal.abort()))).to.equal('aborted');
    expect(clock.pending).to.equal(0);
  });

  it('that is over leaves nothing behind', async () => {
    const { clock, call } = setUp(() => Promise.resolve({ data: 7, error: null, status: 200 }));
    const { signal } = new AbortController();
    expect([await call(signal), await call(), clock.pending]).to.deep.equal([7, 7, 0]);
  });

  it('that rejects, as those of earlier clients, is a network failure, unless its caller ended it', async () => {
    const stop = new AbortController();
    const { call } = setUp(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await failure(call())).to.equal('network');
    const ended = failure(call(stop.signal));
    stop.abort();
    expect(await ended).to.equal('aborted');
  });
});

describe('a refusal', () => {
  const read = (error: RestError, status: number) => {
    const { code, message, detail } = restError(error, status);
    return [code, message, detail];
  };

  it('is the database’s own only with its state, and has its facts', () => {
    expect(read({ code: 'PT409', message: 'slot_taken', details: '{"a":1}' }, 409)).to.deep.equal([
      'slot_taken',
      'slot_taken',
      { a: 1 },
    ]);
    expect(read({ code: 'PT409', message: 'slot_taken', details: { a: 1 } }, 409)[2]).to.deep.equal({ a: 1 });
    for (const details of ['{', '7', 'null', null, undefined]) {
      expect(read({ code: 'PT409', message: 'slot_taken', details }, 409)[2]).to.deep.equal({});
    }
    expect(read({ code: 'P0001', message: 'slot_taken' }, 400)).to.deep.equal([
      'unknown',
      'slot_taken',
      { code: 'P0001' },
    ]);
  });

  it('of anything before the database is known by its status', () => {
    const statuses = [0, 200, 299, 300, 400, 401, 403, 404, 429, 499, 500, 599];
    expect(statuses.map((status) => restError({}, status).code)).to.deep.equal([
      'network',
      'bad_response',
      'bad_response',
      'unknown',
      'unknown',
      'invalid_key',
      'invalid_key',
      'invalid_config',
      'rate_limited',
      'unknown',
      'project_unavailable',
      'project_unavailable',
    ]);
  });

  it('has the message that was sent, the code that was, or what is likely wrong', () => {
    expect(read({ message: 'no Route matched' }, 404)).to.deep.equal([
      'invalid_config',
      'no Route matched',
      { name: 'supabase-url' },
    ]);
    expect(read({}, 503)).to.deep.equal(['project_unavailable', 'project_unavailable', {}]);
    expect(read({ code: null }, 404)).to.deep.equal(['invalid_config', 'invalid_config', { name: 'supabase-url' }]);
    expect(read({ code: '22P02', message: 'invalid input' }, 404)).to.deep.equal([
      'invalid_argument',
      'invalid input',
      { code: '22P02' },
    ]);
  });
});

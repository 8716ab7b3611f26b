/** Answers of the project that are lost, late, wrong, slow or missing. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type HttpFault, skewServerTime } from '../support/faults/fault-proxy.ts';
import { SHORT } from './support/provider.ts';
import { Stage } from './support/stage.ts';
import { until } from '../support/until.ts';

const PATIENT = { name: 'Nora Patient', email: 'nora@example.com' };
const HOUR_MS = 3_600_000;

describe('an answer', { concurrency: true }, () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  const FAILURES: [string, HttpFault, string][] = [
    ['is a gateway error', { status: 503, body: 'upstream connect error' }, 'project_unavailable'],
    ['is a page of the hotel that wants a login', { status: 200, body: '<html>Welcome</html>' }, 'bad_response'],
    ['has the wrong shape', { status: 200, body: '{"hello":"world"}' }, 'bad_response'],
    ['is cut off', 'refuse', 'network'],
    ['never comes', 'hang', 'network'],
    [
      'refuses for too many requests',
      { status: 429, body: '{"code":"PT429","message":"rate_limited","details":"{\\"retry_after_seconds\\":2}"}' },
      'rate_limited',
    ],
  ];
  for (const [how, fault, code] of FAILURES) {
    it(`that ${how}: the widget keeps its times, shows why they are old, and fetches again`, async () => {
      const provider = await stage.provider();
      const tab = await stage.liveTab(provider);
      tab.frame = (message) => (message.includes('"revision"') ? 'drop' : 'pass');
      tab.proxy.http = () => fault;
      await stage.change(provider);
      await until(() => assert.equal(tab.state.error?.code, code));
      assert.equal(tab.state.status, 'ready');
      tab.proxy.http = () => 'pass';
      await tab.catchesUp();
      await tab.becomes('live');
      assert.equal(tab.state.error, null);
    });
  }

  it('that trickles is given up, and requested again', async () => {
    const provider = await stage.provider();
    const tab = await stage.tab(provider, { beforehand: (proxy) => (proxy.bytesPerSecond = 1) });
    await until(() => assert.equal(tab.state.error?.code, 'network'));
    assert.equal(tab.state.status, 'error');
    tab.proxy.bytesPerSecond = Infinity;
    await tab.catchesUp();
    tab.proxy.cutSockets();
    await tab.becomes('live');
  });

  const TWICE: [string, HttpFault][] = [
    ['is lost', 'lose-answer'],
    ['comes to a request that a gateway repeated', 'ask-twice'],
  ];
  for (const [how, fault] of TWICE) {
    it(`to a booking that ${how}: the patient is booked once and gets the confirmation`, async () => {
      const provider = await stage.provider();
      const tab = await stage.liveTab(provider);
      const start = [...tab.state.slots.values()].at(-1)!.start;
      await tab.calendar.hold(SHORT, start);
      let requests = 0;
      tab.proxy.http = (path) => (path.endsWith('/openslot_book') && requests++ === 0 ? fault : 'pass');
      const { appointment } = await tab.calendar.book({ service: SHORT, start, patient: PATIENT });
      const { rows } = await stage.sandbox.query<{ id: string }>(
        'select id from openslot.appointments where provider_id = $1',
        [provider.id],
      );
      assert.deepEqual(rows, [{ id: appointment.id }]);
      assert.equal(tab.state.booking?.phase, 'confirmed');
      await tab.catchesUp();
      assert.equal(tab.state.hold, null);
    });
  }

  it('to a booking that comes after the broadcast of it: both give the same times', async () => {
    const provider = await stage.provider();
    const tab = await stage.liveTab(provider);
    const start = [...tab.state.slots.values()].at(-1)!.start;
    let arrived = (): void => undefined;
    const message = new Promise<void>((resolve) => (arrived = resolve));
    tab.frame = (text) => {
      if (text.includes('"revision"')) arrived();
      return 'pass';
    };
    tab.proxy.http = (path) => (path.endsWith('/openslot_book') ? { answerAfter: message } : 'pass');
    await tab.calendar.book({ service: SHORT, start, patient: PATIENT });
    await tab.catchesUp();
  });

  it('with another server time than before: the widget adopts the new time, and holds use it', async () => {
    const provider = await stage.provider();
    const [tab, other] = await Promise.all([stage.liveTab(provider), stage.liveTab(provider)]);
    await other.calendar.hold(SHORT, [...other.state.slots.values()].at(-1)!.start);
    await tab.catchesUp();
    tab.proxy.http = () => skewServerTime(HOUR_MS);
    await until(() => assert.ok(tab.state.clockOffset > HOUR_MS / 2));
    tab.proxy.http = () => 'pass';
    await until(() => assert.ok(Math.abs(tab.state.clockOffset) < HOUR_MS / 2));
    await tab.catchesUp();
  });
});

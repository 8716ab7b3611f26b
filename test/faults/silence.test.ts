/**
 * Realtime loses messages without notice while every channel stays joined: over its limits, and after a restart of the
 * database.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { Clinic } from './support/clinic.ts';
import { createHurriedClock } from './support/hurried-clock.ts';
import { openProvider } from './support/provider.ts';
import { until } from '../support/until.ts';

describe('when Realtime loses messages without notice', () => {
  let sandbox: Sandbox;
  let clinic: Clinic;
  before(async () => {
    sandbox = await startSandbox({ timings: { broadcastsReconnect: { first: 3_000, longest: 5_000 } } });
    clinic = await Clinic.open(sandbox, await openProvider(sandbox), createHurriedClock());
    await until(() => clinic.all('live'));
  });
  after(async () => {
    await clinic.close();
    await sandbox.stop();
  });

  it('every widget, desk and bell still shows 200 changes, and none shows that it is live', async () => {
    const { faults } = sandbox.realtime;
    faults.dropBroadcasts();
    for (let round = 0; round < 97; round++) await clinic.holdAndRelease();
    for (let round = 0; round < 3; round++) await clinic.book();
    for (let round = 0; round < 3; round++) await clinic.move();
    assert.ok(faults.lost.dropped >= 200, `${faults.lost.dropped} messages were lost`);
    await until(() => clinic.all('polling'));
  });

  it('they are live again once messages arrive and the next check finds no other changes', async () => {
    sandbox.realtime.faults.dropBroadcasts(0);
    await until(async () => {
      await clinic.move();
      await until(() => clinic.all('live'), 5_000);
    });
  });

  it('and after a restart of the database, during which Realtime loses changes at first', async () => {
    await sandbox.restartDatabase();
    await clinic.book();
    await clinic.move();
    await until(() => clinic.all('polling'), 60_000);
    await until(async () => {
      await clinic.move();
      await until(() => clinic.all('live'), 5_000);
    }, 60_000);
  });
});

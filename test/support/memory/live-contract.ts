/** The contract of every backend's live connection: who receives which message, and how viewers are counted. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Backend } from '../../../src/core/calendar/backend.ts';
import type { LiveConnection, Signal } from '../../../src/core/realtime/types.ts';
import type { CalendarSnapshot, SlotsChange } from '../../../src/core/wire.ts';
import { until } from '../until.ts';

export interface ContractProject {
  /** Sets the last moment at which patients of `mira-lindqvist` can move or cancel, and the clinic's words about it. */
  setChanges(notice: number | null, policy: string | null): Promise<void>;
  /** The backend of another tab. */
  backend(): Backend;
  /** Sends a signal to a topic, as the database does. */
  signal(topic: string, signal: Signal): Promise<void>;
  stop(): Promise<void>;
}

/** What the contract of the functions shares with that of the live connection. */
interface Contract {
  readonly project: () => ContractProject;
  readonly backend: () => Backend;
  readonly snapshot: () => CalendarSnapshot;
  /** A start with an hour of free slots behind it, which no other test uses. */
  readonly freeStart: () => string;
}

export function liveContract(contract: Contract): void {
  describe('its live connection', () => {
    const live: LiveConnection[] = [];
    after(() => {
      for (const connection of live) connection.close();
    });

    function connect(): LiveConnection {
      const connection = contract.project().backend().connect();
      live.push(connection);
      return connection;
    }

    const provider = () => contract.snapshot().provider.id;
    const hold = (start: string, visitor: string) =>
      contract.backend().hold({ provider: provider(), service: 'consultation', start, visitor });
    const release = (visitor: string) => contract.backend().release({ visitor });

    it('sends a change to every listener at its commit, and to none that has left', async () => {
      const start = contract.freeStart();
      const visitor = crypto.randomUUID();
      const received: SlotsChange[] = [];
      const joined: string[] = [];
      const connection = connect();
      const listen = () =>
        connection.slots(provider(), {
          status: (status) => joined.push(status),
          change: (change) => received.push(change),
        });
      const leave = [listen(), listen()];
      await until(() => joined.length === 2);
      assert.deepEqual(joined, ['joined', 'joined']);
      const { change } = await hold(start, visitor);
      await until(() => received.length === 2);
      for (const message of received) {
        assert.deepEqual(
          [message.after, message.revision, message.slots],
          [change!.after, change!.revision, change!.slots],
        );
      }
      leave[0]!();
      leave[0]!();
      await release(visitor);
      await until(() => received.length >= 3);
      leave[1]!();
      // Another listener receives what those that left don't.
      const stayed: SlotsChange[] = [];
      connect().slots(provider(), {
        status: (status) => joined.push(status),
        change: (change) => stayed.push(change),
      });
      await until(() => joined.length === 3);
      await hold(start, visitor);
      await until(() => stayed.length === 1);
      assert.equal(received.length, 3);
      await release(visitor);
    });

    it('sends signals to every listener of a topic, and changes of slots to others', async () => {
      const topic = `openslot:provider:${provider()}`;
      const received: Signal[] = [];
      const joined: string[] = [];
      const slots: SlotsChange[] = [];
      const connection = connect();
      const status = (reported: string) => joined.push(reported);
      connection.slots(provider(), { status, change: (change) => slots.push(change) });
      const listen = () => connection.signals(topic, { status, signal: (signal) => received.push(signal) });
      const leave = [listen(), listen()];
      await until(() => joined.length === 3);
      assert.deepEqual(joined, ['joined', 'joined', 'joined']);
      await contract.project().signal(`${topic}0`, { notification: 1 });
      await contract.project().signal(topic, { notification: 2 });
      await until(() => received.length === 2);
      leave[0]!();
      await contract.project().signal(topic, { notification: null });
      await until(() => received.length === 3);
      assert.deepEqual(
        received.map(({ notification }) => notification),
        [2, 2, null],
      );
      assert.deepEqual(slots, []);
    });

    it('counts viewers: those who look don’t count, those who leave don’t any more', async () => {
      const counts = { tracker: '', looker: '' };
      const watch = (who: keyof typeof counts) =>
        connect().viewers(provider(), {
          status: () => undefined,
          viewers: (count, tracked) => (counts[who] = `${count} ${tracked ? 'tracked' : 'looking'}`),
        });
      const tracker = watch('tracker');
      const looker = watch('looker');
      await until(() => counts.tracker === '0 looking' && counts.looker === '0 looking');
      await tracker.track();
      await until(() => counts.tracker === '1 tracked' && counts.looker === '1 looking');
      tracker.leave();
      await until(() => counts.looker === '0 looking');
      looker.leave();
    });

    it('finds that a connection is alive', async () => {
      const connection = connect();
      const joined = new Promise((resolve) => {
        connection.slots(provider(), { status: resolve, change: () => undefined });
      });
      await joined;
      await connection.prove(5_000);
    });
  });
}

/**
 * One appointment, by its manage token: as the database has it, and how it was last moved. It runs while it has subscribers.
 * It changes nothing itself; a calendar's `reschedule` and `cancel` do.
 */
import type { Backend } from '../calendar/backend.ts';
import type { Clock } from '../time/clock.ts';
import type { Page } from '../sync/page.ts';
import { Store } from '../sync/store.ts';
import { type Fetched, type FetchRequest, Refresher } from '../sync/refresher.ts';
import type { AppointmentMove, AppointmentOptions, AppointmentState, LiveAppointment } from './types.ts';
import type { Appointment } from '../wire.ts';

export interface AppointmentContext {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly page: Page;
}

export function createLiveAppointment(context: AppointmentContext, options: AppointmentOptions): LiveAppointment {
  const { backend } = context;
  const { token, realtime = 'broadcast' } = options;
  let refresher: Refresher | null = null;
  let appointment: Appointment | null = options.known ?? null;
  let move: AppointmentMove | null = null;
  /** The appointment's sequence when `move` was fetched. */
  let moveFetchedFor = 0;

  const signal = () => refresher?.signalArrived();

  async function fetch({ signal: ending }: FetchRequest): Promise<Fetched> {
    const result = await backend.appointment({ token }, ending);
    const { sequence, status } = result.appointment;
    if (status === 'confirmed' && sequence > moveFetchedFor) {
      move = await latestMove(backend, token, ending);
      moveFetchedFor = sequence;
    }
    const differs = sequence !== appointment?.sequence || status !== appointment.status;
    ({ appointment } = result);
    const { topic, server_time: serverTime } = result;
    refresher?.follow(new Map([[topic, (live, status) => live.signals(topic, { status, signal })]]));
    return { serverTime, differs };
  }

  const store: Store<AppointmentState> = new Store({
    clock: context.clock,
    compose() {
      const running = store.isRunning ? refresher : null;
      const error = running?.error ?? null;
      return {
        status: appointment ? 'ready' : error ? 'error' : 'loading',
        error,
        connection: running?.connection ?? 'connecting',
        appointment,
        move,
        clockOffset: refresher?.serverClock.offset ?? 0,
        freshAt: refresher?.freshAt ?? null,
      };
    },
    start() {
      refresher = new Refresher({ ...context, live: realtime !== 'off', fetch, changed: () => store.changed() });
    },
    stop: () => refresher?.stop(),
  });

  return {
    getState: () => store.getState(),
    subscribe: (listener) => store.subscribe(listener),
    async refresh() {
      if (store.isRunning) await refresher?.refresh();
    },
  };
}

/** The latest move; null if it can't be fetched, since the appointment can be shown without it. */
async function latestMove(backend: Backend, token: string, signal: AbortSignal): Promise<AppointmentMove | null> {
  try {
    const { notifications } = await backend.notifications({ token, before: null }, signal);
    const latest = notifications.find(({ kind }) => kind === 'rescheduled');
    return latest?.previous_start
      ? { by: latest.by, previousStart: latest.previous_start, message: latest.message }
      : null;
  } catch {
    return null;
  }
}

/**
 * One appointment, for whoever has its manage token: as the database has it, and how it came to its time. Works while
 * somebody subscribes. Changes nothing itself; a calendar's `reschedule` and `cancel` do.
 */
import type { Backend } from '../calendar/backend.ts';
import type { Clock } from '../time/clock.ts';
import type { Page } from '../sync/page.ts';
import { type Fetched, type FetchRequest, Refresher } from '../sync/refresher.ts';
import type { AppointmentMove, AppointmentOptions, AppointmentState, LiveAppointment } from '../calendar/types.ts';
import type { Appointment } from '../wire.ts';

export interface AppointmentContext {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly page: Page;
}

export function createLiveAppointment(context: AppointmentContext, options: AppointmentOptions): LiveAppointment {
  const { backend } = context;
  const { token, realtime = 'broadcast' } = options;
  const listeners = new Set<() => void>();
  let refresher: Refresher | null = null;
  let appointment: Appointment | null = options.known ?? null;
  let move: AppointmentMove | null = null;
  /** The sequence that `move` is known for. */
  let movesKnownFor = 0;
  let state: AppointmentState | null = null;

  function changed(): void {
    state = null;
    for (const listener of listeners) queueMicrotask(() => listeners.has(listener) && listener());
  }

  const signalled = () => refresher?.signalled();

  async function fetch({ signal }: FetchRequest): Promise<Fetched> {
    const result = await backend.appointment({ token }, signal);
    const { sequence, status } = result.appointment;
    if (status === 'confirmed' && sequence > movesKnownFor) {
      move = await latestMove(backend, token, signal);
      movesKnownFor = sequence;
    }
    const differs = sequence !== appointment?.sequence || status !== appointment.status;
    ({ appointment } = result);
    const { topic, server_time: serverTime } = result;
    refresher?.follow(new Map([[topic, (live, status) => live.signals(topic, { status, signal: signalled })]]));
    return { serverTime, differs };
  }

  return {
    getState: () =>
      (state ??= Object.freeze({
        status: appointment ? 'ready' : refresher?.error ? 'error' : 'loading',
        error: refresher?.error ?? null,
        connection: refresher?.connection ?? 'connecting',
        appointment,
        move,
        clockOffset: refresher?.serverClock.offset ?? 0,
        freshAt: refresher?.freshAt ?? null,
      })),
    subscribe(listener) {
      const own = () => listener();
      listeners.add(own);
      refresher ??= new Refresher({ ...context, live: realtime !== 'off', fetch, changed });
      return () => {
        if (!listeners.delete(own) || listeners.size > 0) return;
        refresher?.stop();
        refresher = null;
      };
    },
    async refresh() {
      await refresher?.refresh();
    },
  };
}

/** Who moved it last and from where; null when that can't be found out, which is no reason not to show it. */
async function latestMove(backend: Backend, token: string, signal: AbortSignal): Promise<AppointmentMove | null> {
  try {
    const { notifications } = await backend.notifications({ token, before: null }, signal);
    const told = notifications.find(({ kind }) => kind === 'rescheduled');
    return told?.previous_start ? { by: told.by, previousStart: told.previous_start, message: told.message } : null;
  } catch {
    return null;
  }
}

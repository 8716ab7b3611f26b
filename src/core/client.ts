import type { Backend } from './calendar/backend.ts';
import { LiveCalendar } from './calendar/calendar.ts';
import { type Clock, systemClock } from './time/clock.ts';
import { browserPage, type Page } from './sync/page.ts';
import type { AppointmentOptions, LiveAppointment } from './appointment/types.ts';
import type { Calendar, CalendarOptions } from './calendar/types.ts';
import type { Appointment } from './wire.ts';
import type { ProjectOptions, SupabaseClientLike } from './supabase/project.ts';
import { createSupabaseBackend } from './calendar/supabase-backend.ts';
import { createVisitor } from './calendar/visitor-id.ts';

/** A project by its URL and key, the page's own `SupabaseClient`, or anything else that keeps the backend's contract. */
export type ClientOptions = ProjectOptions | { readonly client: SupabaseClientLike } | { readonly backend: Backend };

export interface OpenslotClient {
  calendar(options: CalendarOptions): Calendar;
  appointment(token: string, signal?: AbortSignal): Promise<Appointment>;
  /** Loads the code of live appointments with the first one. */
  liveAppointment(options: AppointmentOptions): Promise<LiveAppointment>;
  /** Closes every calendar and the socket. */
  close(): void;
}

/** What the client takes from around it. Only tests pass another one. */
export interface Environment {
  readonly clock?: Clock;
  readonly page?: Page;
}

/**
 * Makes a client of one project. It sends no request before a calendar has a subscriber or is called to do something. Use one
 * per project: all subscribers of a provider then share one calendar and one channel, and a client's listeners stay with the
 * page.
 * @throws {OpenslotError} `missing_config`, `invalid_config`; `detail.name` names the attribute that sets the option
 */
export function createOpenslotClient(
  options: ClientOptions,
  { clock = systemClock, page = browserPage }: Environment = {},
): OpenslotClient {
  const backend = 'backend' in options ? options.backend : createSupabaseBackend(options, { clock });
  const scope = 'supabaseUrl' in options ? options.supabaseUrl : '';
  const context = { backend, clock, page, visitor: createVisitor(scope, page) };
  const calendars = new Map<string, LiveCalendar>();
  return {
    calendar({ provider, realtime = 'broadcast', presence = true }: CalendarOptions) {
      const key = JSON.stringify([provider, realtime, presence]);
      let calendar = calendars.get(key);
      if (!calendar) {
        calendar = new LiveCalendar(context, { provider, realtime, presence });
        calendars.set(key, calendar);
      }
      return calendar;
    },
    async appointment(token, signal) {
      return (await backend.appointment({ token }, signal)).appointment;
    },
    async liveAppointment(options) {
      const { createLiveAppointment } = await import('./appointment/live-appointment.ts');
      return createLiveAppointment(context, options);
    },
    close() {
      for (const calendar of calendars.values()) calendar.close();
      calendars.clear();
    },
  };
}

import type { Backend } from './backend.ts';
import { LiveCalendar } from './calendar.ts';
import { type Clock, systemClock } from './clock.ts';
import { browserPage, type Page } from './page.ts';
import type { CalendarOptions, OpenslotClient } from './state.ts';
import { createVisitor } from './visitor.ts';

export interface ClientOptions {
  readonly backend: Backend;
  /** Keeps visitors of different projects apart; any string that is the project's own. */
  readonly scope?: string;
  readonly clock?: Clock;
  readonly page?: Page;
}

/** A client of one project. Calendars of the same provider and options are one and the same object. */
export function createClientFor({ backend, scope = '', clock = systemClock, page = browserPage }: ClientOptions): OpenslotClient {
  const calendars = new Map<string, LiveCalendar>();
  const context = { backend, clock, page, visitor: createVisitor(scope, page) };
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
    close() {
      for (const calendar of calendars.values()) calendar.close();
      calendars.clear();
    },
  };
}

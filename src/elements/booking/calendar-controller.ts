import type { ReactiveControllerHost } from 'lit';
import { createOpenslotClient, type OpenslotClient } from '../../core/client.ts';
import { type OpenslotError, toOpenslotError } from '../../core/errors.ts';
import type { Calendar, CalendarState } from '../../core/calendar/types.ts';
import type { Provider, Service } from '../../core/wire.ts';
import type { SupabaseClientLike } from '../../core/supabase/project.ts';
import { type Attributes, findFault, realtimeFrom } from './attributes.ts';
import { ClientCache } from '../shared/client-cache.ts';
import { ErrorReporter } from '../shared/error-reporter.ts';
import { OpenslotReadyEvent, OpenslotStatusChangeEvent, OpenslotViewersChangeEvent } from '../shared/events.ts';
import { StoreController } from '../shared/store-controller.ts';

const clients = new ClientCache<OpenslotClient>();

function clientFor(attributes: Attributes): OpenslotClient {
  const { client, supabaseUrl, supabaseKey } = attributes;
  if (isOpenslotClient(client)) return client;
  const options = client ? { client: client as SupabaseClientLike } : { supabaseUrl, supabaseKey };
  return clients.get(attributes, () => createOpenslotClient(options));
}

function isOpenslotClient(client: unknown): client is OpenslotClient {
  return typeof client === 'object' && client !== null && 'calendar' in client;
}

/**
 * Turns the host's attributes into a live calendar, updates the host after every change of it, and dispatches the events
 * about its connection, viewers and errors. Never throws: see `fault`.
 */
export class CalendarController {
  client: OpenslotClient | null = null;
  calendar: Calendar | null = null;
  /** What is wrong with the attributes; nothing is loaded then. */
  fault: OpenslotError | null = null;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #store: StoreController<CalendarState>;
  readonly #errors: ErrorReporter;
  #key = '';
  #isReady = false;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#store = new StoreController<CalendarState>(host, (state, before) => this.#changed(state, before));
    this.#errors = new ErrorReporter(host);
  }

  get state(): CalendarState | null {
    return this.#store.state;
  }

  /**
   * Takes the attributes as they now are. True if this means another calendar than before.
   * @param provider slug or id; null while it isn't known yet
   * @param isWanted its times are shown; it is live only then
   */
  configure(attributes: Attributes, provider: string | null, isWanted: boolean): boolean {
    const { realtime, presence } = attributes;
    const client = this.#clientFor(attributes, provider);
    const key = JSON.stringify([provider, realtime, presence]);
    const isOther = client !== this.client || key !== this.#key;
    if (this.fault) this.reportError(this.fault);
    if (isOther) {
      this.client = client;
      this.#key = key;
      this.#isReady = false;
      if (!this.fault) this.reportError(null);
      this.calendar = provider
        ? (client?.calendar({ provider, realtime: realtimeFrom(realtime), presence: presence === 'on' }) ?? null)
        : null;
    }
    this.#store.follow(isWanted ? this.calendar : null);
    return isOther;
  }

  #clientFor(attributes: Attributes, provider: string | null): OpenslotClient | null {
    this.fault = findFault(attributes, provider);
    if (this.fault) return null;
    try {
      return clientFor(attributes);
    } catch (error) {
      this.fault = toOpenslotError(error);
      return null;
    }
  }

  #changed(state: CalendarState, before: CalendarState | null): void {
    const host = this.#host;
    if (state.connection !== before?.connection) host.dispatchEvent(new OpenslotStatusChangeEvent(state.connection));
    if (state.viewers !== (before?.viewers ?? null) || state.viewersCapped !== (before?.viewersCapped ?? false)) {
      host.dispatchEvent(new OpenslotViewersChangeEvent(state.viewers, state.viewersCapped));
    }
    this.reportError(state.error);
    if (state.status === 'ready' && state.provider) this.reportReady(state.provider, state.services);
  }

  /** Dispatches `openslot-ready` once for each calendar. */
  reportReady(provider: Provider, services: readonly Service[]): void {
    if (this.#isReady) return;
    this.#isReady = true;
    const host = this.#host;
    void host.updateComplete.then(() => host.dispatchEvent(new OpenslotReadyEvent(provider, services)));
  }

  /** Dispatches `openslot-error` once for as long as the error lasts; null ends it. */
  reportError(error: OpenslotError | null): void {
    this.#errors.report(error);
  }
}

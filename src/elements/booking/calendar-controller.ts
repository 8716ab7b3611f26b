import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { createOpenslotClient, type OpenslotClient } from '../../core/client.ts';
import { isOpenslotError, OpenslotError } from '../../core/errors.ts';
import type { Calendar, CalendarState } from '../../core/calendar/types.ts';
import type { Provider, Service } from '../../core/wire.ts';
import type { SupabaseClientLike } from '../../core/supabase/project.ts';
import { type Attributes, findFault, realtimeFrom } from './attributes.ts';
import {
  OpenslotErrorEvent,
  OpenslotReadyEvent,
  OpenslotStatusChangeEvent,
  OpenslotViewersChangeEvent,
} from '../shared/events.ts';

/** One client per project, so that widgets of the same provider share one channel. Calendars close by themselves. */
const clientsByProject = new Map<string, OpenslotClient>();
const clientsByClient = new WeakMap<object, OpenslotClient>();

function clientFor({ client, supabaseUrl, supabaseKey }: Attributes): OpenslotClient {
  if (isOpenslotClient(client)) return client;
  if (typeof client === 'object' && client !== null) {
    let made = clientsByClient.get(client);
    if (!made) clientsByClient.set(client, (made = createOpenslotClient({ client: client as SupabaseClientLike })));
    return made;
  }
  const project = JSON.stringify([supabaseUrl, supabaseKey]);
  let made = clientsByProject.get(project);
  if (!made) clientsByProject.set(project, (made = createOpenslotClient({ supabaseUrl, supabaseKey })));
  return made;
}

function isOpenslotClient(client: unknown): client is OpenslotClient {
  return typeof client === 'object' && client !== null && 'calendar' in client;
}

/**
 * Turns attributes into a live calendar and keeps the host told: it updates the host after every change and fires the
 * events that only concern the connection. Never throws; what is wrong is in `fault`.
 */
export class CalendarController implements ReactiveController {
  client: OpenslotClient | null = null;
  calendar: Calendar | null = null;
  state: CalendarState | null = null;
  /** What is wrong with the attributes; nothing is loaded then. */
  fault: OpenslotError | null = null;

  readonly #host: ReactiveControllerHost & HTMLElement;
  #key = '';
  #isWanted = true;
  #unsubscribe: (() => void) | undefined;
  #isReady = false;
  #toldError: string | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#subscribe();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
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
    this.#isWanted = isWanted;
    if (this.fault) this.tellError(this.fault);
    if (isOther || !isWanted) {
      this.hostDisconnected();
      this.state = null;
    }
    if (isOther) {
      this.client = client;
      this.#key = key;
      this.#isReady = false;
      if (!this.fault) this.#toldError = null;
      this.calendar = provider
        ? (client?.calendar({ provider, realtime: realtimeFrom(realtime), presence: presence === 'on' }) ?? null)
        : null;
    }
    this.#subscribe();
    return isOther;
  }

  #clientFor(attributes: Attributes, provider: string | null): OpenslotClient | null {
    this.fault = findFault(attributes, provider);
    if (this.fault) return null;
    try {
      return clientFor(attributes);
    } catch (error) {
      this.fault = isOpenslotError(error) ? error : new OpenslotError('unknown', undefined, { cause: error });
      return null;
    }
  }

  #subscribe(): void {
    if (!this.calendar || this.#unsubscribe || !this.#isWanted || !this.#host.isConnected) return;
    this.#unsubscribe = this.calendar.subscribe(() => this.#update());
    this.#update();
  }

  #update(): void {
    const state = this.calendar?.getState() ?? null;
    const before = this.state;
    if (state === before) return;
    this.state = state;
    this.#host.requestUpdate();
    if (state) this.#tell(state, before);
  }

  #tell(state: CalendarState, before: CalendarState | null): void {
    const host = this.#host;
    if (state.connection !== before?.connection) host.dispatchEvent(new OpenslotStatusChangeEvent(state.connection));
    if (state.viewers !== (before?.viewers ?? null) || state.viewersCapped !== (before?.viewersCapped ?? false)) {
      host.dispatchEvent(new OpenslotViewersChangeEvent(state.viewers, state.viewersCapped));
    }
    this.tellError(state.error);
    if (state.status === 'ready' && state.provider) this.tellReady(state.provider, state.services);
  }

  /** Once for each calendar. */
  tellReady(provider: Provider, services: readonly Service[]): void {
    if (this.#isReady) return;
    this.#isReady = true;
    const host = this.#host;
    void host.updateComplete.then(() => host.dispatchEvent(new OpenslotReadyEvent(provider, services)));
  }

  /** Once for as long as the same thing is wrong. */
  tellError(error: OpenslotError | null): void {
    const told = error && JSON.stringify([error.code, error.detail]);
    if (told === this.#toldError) return;
    this.#toldError = told;
    if (error) this.#host.dispatchEvent(new OpenslotErrorEvent(error));
  }
}

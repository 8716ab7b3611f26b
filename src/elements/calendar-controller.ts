import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { createOpenslotClient } from '../core/client.ts';
import { isOpenslotError, OpenslotError } from '../core/errors.ts';
import type { Calendar, CalendarState, OpenslotClient } from '../core/state.ts';
import type { SupabaseClientLike } from '../core/supabase-backend.ts';
import { type Attributes, findFault, realtimeFrom } from './attributes.ts';
import {
  OpenslotErrorEvent,
  OpenslotReadyEvent,
  OpenslotStatusChangeEvent,
  OpenslotViewersChangeEvent,
} from './events.ts';

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
  calendar: Calendar | null = null;
  state: CalendarState | null = null;
  /** What is wrong with the attributes; nothing is loaded then. */
  fault: OpenslotError | null = null;

  readonly #host: ReactiveControllerHost & HTMLElement;
  #client: OpenslotClient | null = null;
  #key = '';
  #unsubscribe: (() => void) | undefined;
  #isReady = false;
  #toldError: string | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Epoch ms by the server's clock. */
  readonly now = (): number => Date.now() + (this.state?.clockOffset ?? 0);

  hostConnected(): void {
    this.#subscribe();
  }

  hostDisconnected(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  /** Takes the attributes as they now are. True if this means another calendar than before. */
  configure(attributes: Attributes): boolean {
    const { provider, realtime, presence } = attributes;
    const client = this.#clientFor(attributes);
    const key = JSON.stringify([provider, realtime, presence]);
    if (this.fault) this.#tellError(this.fault);
    if (client === this.#client && key === this.#key) return false;
    this.hostDisconnected();
    this.#client = client;
    this.#key = key;
    this.#isReady = false;
    if (!this.fault) this.#toldError = null;
    this.calendar =
      client?.calendar({ provider, realtime: realtimeFrom(realtime), presence: presence === 'on' }) ?? null;
    this.state = null;
    if (this.#host.isConnected) this.#subscribe();
    return true;
  }

  #clientFor(attributes: Attributes): OpenslotClient | null {
    this.fault = findFault(attributes);
    if (this.fault) return null;
    try {
      return clientFor(attributes);
    } catch (error) {
      this.fault = isOpenslotError(error) ? error : new OpenslotError('unknown', undefined, { cause: error });
      return null;
    }
  }

  #subscribe(): void {
    if (!this.calendar || this.#unsubscribe) return;
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
    if (state.error) this.#tellError(state.error);
    else this.#toldError = null;
    if (state.status === 'ready' && state.provider && !this.#isReady) {
      this.#isReady = true;
      void this.#tellReady(state);
    }
  }

  async #tellReady({ provider, services }: CalendarState): Promise<void> {
    await this.#host.updateComplete;
    if (provider) this.#host.dispatchEvent(new OpenslotReadyEvent(provider, services));
  }

  /** Once for as long as the same thing is wrong. */
  #tellError(error: OpenslotError): void {
    const told = JSON.stringify([error.code, error.detail]);
    if (told === this.#toldError) return;
    this.#toldError = told;
    this.#host.dispatchEvent(new OpenslotErrorEvent(error));
  }
}

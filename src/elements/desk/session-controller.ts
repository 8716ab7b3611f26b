import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { createDeskClient, type DeskClient, type DeskClientOptions } from '../../core/desk/client.ts';
import { isOpenslotError, OpenslotError, toOpenslotError } from '../../core/errors.ts';
import type { SessionState } from '../../core/supabase/session.ts';
import type { DeskResult } from '../../core/desk/types.ts';
import type { SignRequest } from './requests.ts';
import { OpenslotErrorEvent } from '../shared/events.ts';
import type { SignInWay } from './panels/openslot-desk-signin.ts';

export interface DeskAttributes {
  readonly client: unknown;
  readonly supabaseUrl: string;
  readonly supabaseKey: string;
}

/** One client per project: two that refresh one session would sign each other out. */
const clientsByProject = new Map<string, DeskClient>();
const clientsByClient = new WeakMap<object, DeskClient>();

/** Finds the invitation's token in the fragment of the page's address. */
const INVITATION = /(?:^#|&)openslot-invitation=([^&]+)/;

const KEPT = 'openslot-desk-invitation';

const SIGNED_OUT: SessionState = { status: 'loading', email: null };

/** Holds who is signed in and for which providers they work. Never throws; a wrong set-up is in `fault`. */
export class DeskSessionController implements ReactiveController {
  client: DeskClient | null = null;
  fault: OpenslotError | null = null;
  state: SessionState = SIGNED_OUT;
  /** The providers and clinics that they work for; null until the server has answered. */
  desk: DeskResult | null = null;
  /** Why `desk` could not be loaded. */
  failure: OpenslotError | null = null;
  /** Why the latest try to sign in failed. */
  refusal: OpenslotError | null = null;
  way: SignInWay = 'password';
  email = '';
  busy = false;
  invitation: string | null = null;

  readonly #host: ReactiveControllerHost & HTMLElement;
  #unsubscribe: (() => void) | undefined;
  #key: unknown = null;
  #loading: AbortController | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#takeInvitation();
    addEventListener('hashchange', this.#takeInvitation);
    this.#subscribe();
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#takeInvitation);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#loading?.abort();
  }

  /** Takes the attributes as they now are. True if they mean another project than before. */
  configure({ client, supabaseUrl, supabaseKey }: DeskAttributes): boolean {
    const key = client ?? JSON.stringify([supabaseUrl, supabaseKey]);
    if (key === this.#key) return false;
    this.#key = key;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.desk = this.failure = this.refusal = this.client = this.fault = null;
    this.state = SIGNED_OUT;
    try {
      this.client = clientFor(client, supabaseUrl, supabaseKey);
    } catch (error) {
      this.fault = toOpenslotError(error);
      this.#host.dispatchEvent(new OpenslotErrorEvent(this.fault));
    }
    this.#subscribe();
    return true;
  }

  /** Loads `desk`. Never rejects. */
  async load(): Promise<void> {
    const { client } = this;
    if (!client) return;
    this.#loading?.abort();
    const loading = (this.#loading = new AbortController());
    try {
      const desk = this.invitation ? await this.#accept(client) : await client.backend.desk(loading.signal);
      if (loading.signal.aborted) return;
      this.desk = desk;
      this.failure = null;
    } catch (error) {
      if (loading.signal.aborted) return;
      this.failure = toOpenslotError(error);
      await this.check(this.failure);
      this.#host.dispatchEvent(new OpenslotErrorEvent(this.failure));
    }
    this.#host.requestUpdate();
  }

  /** If an error may mean that the session has ended, asks Auth to renew it. `state` then says whether it has. */
  async check(error: OpenslotError): Promise<void> {
    const expired = error.code === 'not_signed_in' || (error.code === 'invalid_key' && error.status === 401);
    if (expired) await this.client?.session.renew().catch(() => undefined);
  }

  async sign(request: SignRequest): Promise<void> {
    const session = this.client?.session;
    if (!session || this.busy) return;
    this.busy = true;
    this.refusal = null;
    if ('email' in request) this.email = request.email;
    this.#host.requestUpdate();
    try {
      switch (request.do) {
        case 'in':
          await session.signIn(request.email, request.password);
          break;
        case 'up':
          if ((await session.signUp(request.email, request.password)) === 'confirm') this.way = 'confirm';
          break;
        case 'send-code':
          await session.sendCode(request.email);
          this.way = 'code';
          break;
        case 'verify':
          await session.verifyCode(request.email, request.code);
          break;
        case 'out':
          await session.signOut();
          this.desk = null;
          this.way = 'password';
      }
    } catch (error) {
      this.refusal = toOpenslotError(error);
      if (this.refusal.code === 'already_registered') this.way = 'password';
    }
    this.busy = false;
    this.#host.requestUpdate();
  }

  async #accept(client: DeskClient): Promise<DeskResult> {
    const token = this.invitation ?? '';
    try {
      const desk = await client.backend.acceptInvitation({ token });
      this.#forgetInvitation();
      return desk;
    } catch (error) {
      if (!isOpenslotError(error) || error.code !== 'invitation_not_found') throw error;
      // The invitation was used before, perhaps in another tab. Then this member already works for a clinic.
      this.#forgetInvitation();
      const desk = await client.backend.desk();
      if (desk.tenants.length === 0) this.refusal = error;
      return desk;
    }
  }

  #forgetInvitation(): void {
    this.invitation = null;
    keep(KEPT, null);
    if (INVITATION.test(location.hash)) history.replaceState(history.state, '', location.pathname + location.search);
  }

  readonly #takeInvitation = (): void => {
    const found = INVITATION.exec(location.hash)?.[1];
    const token = found ? decodeURIComponent(found) : kept(KEPT);
    if (!token) return;
    this.invitation = token;
    // The link that confirms the e-mail address opens this page without the invitation in its address.
    keep(KEPT, token);
    this.way = 'sign-up';
    if (this.state.status === 'signed-in') void this.load();
    this.#host.requestUpdate();
  };

  #subscribe(): void {
    if (!this.client || this.#unsubscribe || !this.#host.isConnected) return;
    this.#unsubscribe = this.client.session.subscribe(() => this.#update());
    this.#update();
  }

  #update(): void {
    const state = this.client?.session.getState() ?? SIGNED_OUT;
    const before = this.state;
    this.state = state;
    if (state.status === 'signed-in' && (before.status !== 'signed-in' || before.email !== state.email)) {
      // Another member signed in on this page. They must not see what the one before saw.
      if (before.email !== null && before.email !== state.email) this.desk = null;
      this.refusal = null;
      void this.load();
    }
    if (state.status === 'signed-out') this.desk = null;
    this.#host.requestUpdate();
  }
}

function clientFor(client: unknown, supabaseUrl: string, supabaseKey: string): DeskClient {
  if (!client) {
    const project = JSON.stringify([supabaseUrl, supabaseKey]);
    let made = clientsByProject.get(project);
    if (!made) clientsByProject.set(project, (made = createDeskClient({ supabaseUrl, supabaseKey })));
    return made;
  }
  if (typeof client === 'object' && 'session' in client && 'desk' in client) return client as DeskClient;
  if (typeof client !== 'object' || !('rpc' in client && 'auth' in client))
    throw new OpenslotError('invalid_config', 'client', { detail: { name: 'client' } });
  let made = clientsByClient.get(client);
  if (!made) clientsByClient.set(client, (made = createDeskClient({ client } as DeskClientOptions)));
  return made;
}

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Where storage is refused, nothing is kept. */
function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    return;
  }
}

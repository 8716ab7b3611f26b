import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { createDeskClient, type DeskClient, type DeskClientOptions } from '../../core/desk/client.ts';
import { isOpenslotError, OpenslotError, toOpenslotError } from '../../core/errors.ts';
import type { SessionState } from '../../core/supabase/session.ts';
import { readStored, storeText } from '../../core/safe-storage.ts';
import type { DeskResult } from '../../core/desk/types.ts';
import type { SignRequest } from './requests.ts';
import { ClientCache, type ClientOwner } from '../shared/client-cache.ts';
import { OpenslotErrorEvent } from '../shared/events.ts';
import { StoreController } from '../shared/store-controller.ts';
import type { SignInWay } from './panels/openslot-desk-signin.ts';

const clients = new ClientCache<DeskClient>();

/** Finds the invitation's token in the fragment of the page's address. */
const INVITATION = /(?:^#|&)openslot-invitation=([^&]+)/;

const KEPT = 'openslot-desk-invitation';

const UNKNOWN: SessionState = { status: 'loading', email: null };

/** Holds who is signed in and for which providers they work. Never throws; a wrong set-up is in `fault`. */
export class DeskSessionController implements ReactiveController {
  client: DeskClient | null = null;
  fault: OpenslotError | null = null;
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
  readonly #store: StoreController<SessionState>;
  #key: unknown = null;
  #loading: AbortController | null = null;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
    this.#store = new StoreController<SessionState>(host, (state, before) => this.#changed(state, before));
  }

  get state(): SessionState {
    return this.#store.state ?? UNKNOWN;
  }

  hostConnected(): void {
    this.#takeInvitation();
    addEventListener('hashchange', this.#takeInvitation);
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#takeInvitation);
    this.#loading?.abort();
  }

  /** Takes the attributes as they now are. True if they mean another project than before. */
  configure(owner: ClientOwner): boolean {
    const { client, supabaseUrl, supabaseKey } = owner;
    const key = client ?? JSON.stringify([supabaseUrl, supabaseKey]);
    if (key === this.#key) return false;
    this.#key = key;
    this.#store.follow(null);
    this.desk = this.failure = this.refusal = this.client = this.fault = null;
    try {
      this.client = clientFor(owner);
    } catch (error) {
      this.fault = toOpenslotError(error);
      this.#host.dispatchEvent(new OpenslotErrorEvent(this.fault));
    }
    this.#store.follow(this.client?.session ?? null);
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
    storeText('localStorage', KEPT, null);
    if (INVITATION.test(location.hash)) history.replaceState(history.state, '', location.pathname + location.search);
  }

  readonly #takeInvitation = (): void => {
    const found = INVITATION.exec(location.hash)?.[1];
    const token = found ? decodeURIComponent(found) : readStored('localStorage', KEPT);
    if (!token) return;
    this.invitation = token;
    // The link that confirms the e-mail address opens this page without the invitation in its address.
    storeText('localStorage', KEPT, token);
    this.way = 'sign-up';
    if (this.state.status === 'signed-in') void this.load();
    this.#host.requestUpdate();
  };

  // Another member signed in on this page. They must not see what the one before saw.
  #changed(state: SessionState, before: SessionState | null): void {
    if (state.status === 'signed-in' && (before?.status !== 'signed-in' || before.email !== state.email)) {
      if (before?.email !== state.email) this.desk = null;
      this.refusal = null;
      void this.load();
    }
    if (state.status === 'signed-out') this.desk = null;
  }
}

function clientFor(owner: ClientOwner): DeskClient {
  const { client, supabaseUrl, supabaseKey } = owner;
  if (!client) return clients.get(owner, () => createDeskClient({ supabaseUrl, supabaseKey }));
  if (typeof client === 'object' && 'session' in client && 'desk' in client) return client as DeskClient;
  if (typeof client !== 'object' || !('rpc' in client && 'auth' in client))
    throw new OpenslotError('invalid_config', 'client', { detail: { name: 'client' } });
  return clients.get(owner, () => createDeskClient({ client } as DeskClientOptions));
}

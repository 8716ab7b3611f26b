/**
 * The session of a member with Supabase Auth, and a client of the project that calls as that member. The one file that needs
 * supabase-js as a whole: patients have no account, so nothing that a booking loads imports it.
 *
 * It neither signs in with other providers than e-mail nor resets passwords: a member who has forgotten theirs signs in with
 * a code by e-mail.
 */
import { type AuthError, createClient, type SupabaseClient } from '@supabase/supabase-js';
import { type ErrorCode, OpenslotError } from '../errors.ts';
import { connectionsOver } from '../realtime/connections.ts';
import { pageSingleton } from '../sync/page-singleton.ts';
import type { Clock } from '../time/clock.ts';
import { checkedKey, checkedUrl, type ProjectOptions } from './project.ts';
import { realtimeOptions } from './realtime-options.ts';

export type { SupabaseClient };

/** `ended`: the session is over although the member didn't sign out, as when it has expired. */
export type SessionStatus = 'loading' | 'signed-out' | 'signed-in' | 'ended';

export interface SessionState {
  readonly status: SessionStatus;
  /** Of the member who is signed in, or was until the session ended. */
  readonly email: string | null;
}

/** Signs members in and out. Its functions reject with an `OpenslotError` and nothing else. */
export interface Session {
  getState(): SessionState;
  subscribe(listener: () => void): () => void;
  signIn(email: string, password: string): Promise<void>;
  /** Sends an e-mail with a code and a link; either signs in. */
  sendCode(email: string): Promise<void>;
  verifyCode(email: string, code: string): Promise<void>;
  /** Makes an account. `confirm`: its owner is signed in only once they have confirmed the address by e-mail. */
  signUp(email: string, password: string): Promise<'signed-in' | 'confirm'>;
  signOut(): Promise<void>;
  /** To be called after the server refused a call for want of a session: renews the session, or ends it if that is refused. */
  renew(): Promise<void>;
  /** Stops listening to Auth. The member stays signed in. */
  close(): void;
}

/** One per project and page: two clients would renew the same session, and each would invalidate the other's token. */
const clients = pageSingleton('sessions', () => new Map<string, SupabaseClient>());

/** @throws {OpenslotError} `missing_config`, `invalid_config`; `detail.name` names the attribute */
export function createSessionClient({ supabaseUrl, supabaseKey }: ProjectOptions, clock: Clock): SupabaseClient {
  const url = checkedUrl(supabaseUrl);
  const project = `${url} ${checkedKey(supabaseKey)}`;
  const made = clients.get(project);
  if (made) return made;
  const client = createClient(url, supabaseKey, {
    auth: {
      // Every element of the page, and the page that a link in an e-mail opens, finds the session under this name.
      storageKey: `openslot-desk:${url}`,
      persistSession: true,
      autoRefreshToken: true,
      detectSessionInUrl: true,
    },
    realtime: realtimeOptions(clock),
  }) as SupabaseClient;
  clients.set(project, client);
  // The first connections over a client are those of all its users. These close the socket after the last user.
  connectionsOver({ load: () => Promise.resolve(client.realtime), client, foreign: false, clock });
  return client;
}

/** By Auth's own codes. For all others the HTTP status decides, see `codeOf`. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  invalid_credentials: 'wrong_password',
  otp_expired: 'wrong_code',
  otp_disabled: 'sign_up_closed',
  signup_disabled: 'sign_up_closed',
  email_provider_disabled: 'sign_up_closed',
  weak_password: 'weak_password',
  user_already_exists: 'already_registered',
  email_exists: 'already_registered',
  email_not_confirmed: 'email_not_confirmed',
  over_request_rate_limit: 'rate_limited',
  over_email_send_rate_limit: 'rate_limited',
  validation_failed: 'invalid_argument',
  email_address_invalid: 'invalid_argument',
};

export class SupabaseSession implements Session {
  readonly #client: SupabaseClient;
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;
  #state: SessionState = { status: 'loading', email: null };
  #isSigningOut = false;

  constructor(client: SupabaseClient) {
    this.#client = client;
    const { data } = client.auth.onAuthStateChange((_event, session) => {
      if (session) this.#set({ status: 'signed-in', email: session.user.email ?? null });
      else if (this.#state.status === 'signed-in' && !this.#isSigningOut)
        this.#set({ ...this.#state, status: 'ended' });
      else if (this.#state.status !== 'ended') this.#set({ status: 'signed-out', email: null });
    });
    this.#stop = () => data.subscription.unsubscribe();
  }

  getState(): SessionState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.#request('wrong_password', () => this.#client.auth.signInWithPassword({ email, password }));
  }

  async sendCode(email: string): Promise<void> {
    const emailRedirectTo = location.href.split('#', 1)[0] ?? location.href;
    await this.#request('invalid_argument', () =>
      this.#client.auth.signInWithOtp({ email, options: { emailRedirectTo, shouldCreateUser: true } }),
    );
  }

  async verifyCode(email: string, token: string): Promise<void> {
    await this.#request('wrong_code', () => this.#client.auth.verifyOtp({ email, token, type: 'email' }));
  }

  async signUp(email: string, password: string): Promise<'signed-in' | 'confirm'> {
    const data = await this.#request('invalid_argument', () => this.#client.auth.signUp({ email, password }));
    return data.session ? 'signed-in' : 'confirm';
  }

  async signOut(): Promise<void> {
    this.#isSigningOut = true;
    try {
      // In this browser only. Here the member is signed out even if the server can't be reached.
      await this.#client.auth.signOut({ scope: 'local' });
      this.#set({ status: 'signed-out', email: null });
    } finally {
      this.#isSigningOut = false;
    }
  }

  async renew(): Promise<void> {
    const { error } = await this.#client.auth.refreshSession();
    if (error && !isTransient(error) && this.#state.status === 'signed-in') {
      this.#set({ ...this.#state, status: 'ended' });
    }
  }

  close(): void {
    this.#stop();
    this.#listeners.clear();
  }

  /** @param refusal the code for a refusal that `CODES` doesn't have */
  async #request<Answer extends { readonly data: unknown; readonly error: AuthError | null }>(
    refusal: ErrorCode,
    send: () => Promise<Answer>,
  ): Promise<Answer['data']> {
    const { data, error } = await send().catch((cause: unknown) => {
      throw new OpenslotError('network', undefined, { cause });
    });
    if (!error) return data;
    const { code = '', status = 0 } = error;
    throw new OpenslotError(CODES[code] ?? codeOf(status, refusal), undefined, { status, cause: error });
  }

  #set(state: SessionState): void {
    if (state.status === this.#state.status && state.email === this.#state.email) return;
    this.#state = Object.freeze(state);
    for (const listener of this.#listeners) listener();
  }
}

function codeOf(status: number, refusal: ErrorCode): ErrorCode {
  if (status === 0) return 'network';
  if (status >= 500) return 'project_unavailable';
  return status === 429 ? 'rate_limited' : refusal;
}

function isTransient({ status = 0 }: AuthError): boolean {
  return status === 0 || status >= 500 || status === 429;
}

/**
 * Who is signed in, by Supabase Auth, and a client of the project on their behalf. The one file that needs supabase-js as
 * a whole: patients have no account, so nothing that a booking loads imports it.
 *
 * Does not: sign in with other providers than e-mail, or reset passwords; a code by e-mail gets anybody in again.
 */
import { type AuthError, createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Clock } from '../time/clock.ts';
import { type ErrorCode, OpenslotError } from '../errors.ts';
import { pageWide } from '../sync/page-singleton.ts';
import { checkedKey, checkedUrl, type ProjectOptions } from './project.ts';
import { realtimeOptions } from './realtime-options.ts';
import type { SessionState, StaffSession } from '../desk/backend.ts';

export type { SupabaseClient };

/** Where the session of a project is kept, for other elements of the same page. */
export function sessionKey(projectUrl: string): string {
  return `openslot-desk:${projectUrl}`;
}

/** One per project for all elements of a page: two would renew one session against each other. */
const clients = pageWide('sessions', () => new Map<string, SupabaseClient>());

/** @throws {OpenslotError} `missing_config`, `invalid_config`; `detail.name` names the attribute */
export function createSessionClient({ supabaseUrl, supabaseKey }: ProjectOptions, clock: Clock): SupabaseClient {
  const url = checkedUrl(supabaseUrl);
  const project = `${url} ${checkedKey(supabaseKey)}`;
  const made = clients.get(project);
  if (made) return made;
  const client = createClient(url, supabaseKey, {
    auth: { storageKey: sessionKey(url), persistSession: true, autoRefreshToken: true, detectSessionInUrl: true },
    realtime: realtimeOptions(clock),
  }) as SupabaseClient;
  clients.set(project, client);
  return client;
}

/** By Auth's own codes. What isn't here is told by the status. */
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

export class SupabaseSession implements StaffSession {
  readonly #client: SupabaseClient;
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;
  #state: SessionState = { status: 'loading', email: null };
  #leaving = false;

  constructor(client: SupabaseClient) {
    this.#client = client;
    const { data } = client.auth.onAuthStateChange((_event, session) => {
      if (session) this.#set({ status: 'signed-in', email: session.user.email ?? null });
      else if (this.#state.status === 'signed-in' && !this.#leaving) this.#set({ ...this.#state, status: 'ended' });
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
    await this.#ask('wrong_password', () => this.#client.auth.signInWithPassword({ email, password }));
  }

  async sendCode(email: string): Promise<void> {
    const emailRedirectTo = location.href.split('#', 1)[0] ?? location.href;
    await this.#ask('invalid_argument', () =>
      this.#client.auth.signInWithOtp({ email, options: { emailRedirectTo, shouldCreateUser: true } }),
    );
  }

  async verifyCode(email: string, token: string): Promise<void> {
    await this.#ask('wrong_code', () => this.#client.auth.verifyOtp({ email, token, type: 'email' }));
  }

  async signUp(email: string, password: string): Promise<'signed-in' | 'confirm'> {
    const data = await this.#ask('invalid_argument', () => this.#client.auth.signUp({ email, password }));
    return data.session ? 'signed-in' : 'confirm';
  }

  async signOut(): Promise<void> {
    this.#leaving = true;
    try {
      // Of this browser alone; a failure to tell the server doesn't keep anybody signed in here.
      await this.#client.auth.signOut({ scope: 'local' });
      this.#set({ status: 'signed-out', email: null });
    } finally {
      this.#leaving = false;
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

  /** @param refusal what a refusal without a code of its own means */
  async #ask<Answer extends { readonly data: unknown; readonly error: AuthError | null }>(
    refusal: ErrorCode,
    ask: () => Promise<Answer>,
  ): Promise<Answer['data']> {
    const { data, error } = await ask().catch((cause: unknown) => {
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

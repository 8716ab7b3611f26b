import { createClient } from '@supabase/supabase-js';
import type { Sandbox } from '../../sandbox/index.ts';
import { createInbox } from '../../src/core/inbox-client.ts';
import type { Inbox } from '../../src/core/inbox-state.ts';
import { machineNow } from './report/machine.ts';

const MEMBER = { email: 'desk@example.com', password: 'bench-password' };

/** The bell of somebody who works for some providers: the inbox that `<openslot-notifications>` draws, signed in as they would. */
export class Bell {
  readonly #inbox: Inbox;
  readonly #leave: () => void;
  readonly #signOut: () => Promise<unknown>;
  /** When it was there, by appointment. */
  readonly #rung = new Map<string, number>();
  #look: () => void = () => undefined;

  private constructor(inbox: Inbox, signOut: () => Promise<unknown>) {
    this.#inbox = inbox;
    this.#signOut = signOut;
    this.#leave = inbox.subscribe(() => {
      const now = machineNow();
      for (const { appointment_id: id } of inbox.getState().notifications) {
        if (!this.#rung.has(id)) this.#rung.set(id, now);
      }
      this.#look();
    });
  }

  /** Makes the account and waits until the bell is live. @param providers slugs */
  static async hang({ url, publishableKey, secretKey, query }: Sandbox, providers: readonly string[]): Promise<Bell> {
    const made = await fetch(`${url}/auth/v1/admin/users`, {
      method: 'POST',
      headers: { apikey: secretKey, authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...MEMBER, email_confirm: true }),
    });
    if (!made.ok) throw new Error(`No account: ${await made.text()}`);
    await query(
      `insert into openslot.tenant_members (tenant_id, user_id, role)
       select provider.tenant_id, account.id, 'staff' from openslot.providers provider, auth.users account
       where provider.slug = any($1) and account.email = $2`,
      [providers, MEMBER.email],
    );
    const client = createClient(url, publishableKey, { auth: { persistSession: false, autoRefreshToken: false } });
    const { error } = await client.auth.signInWithPassword(MEMBER);
    if (error) throw error;
    const bell = new Bell(createInbox({ client }), async () => {
      await client.realtime.disconnect();
    });
    await bell.#until(() => bell.#inbox.getState().connection === 'live');
    return bell;
  }

  /** @returns when an appointment's notification was there; the machine's clock, ms */
  async ofAppointment(id: string): Promise<number> {
    await this.#until(() => this.#rung.has(id));
    return this.#rung.get(id) ?? 0;
  }

  async takeDown(): Promise<void> {
    this.#leave();
    await this.#signOut();
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => (this.#look = resolve));
  }
}

import type { Sandbox } from '../../sandbox/index.ts';
import { createInbox } from '../../src/core/inbox/client.ts';
import type { Inbox } from '../../src/core/inbox/types.ts';
import { addMember, signInMember } from './member.ts';
import { machineNow } from './report/machine.ts';

/** The bell of a member who works for some providers: the inbox that `<openslot-notifications>` shows, with a real sign-in. */
export class Bell {
  readonly #inbox: Inbox;
  readonly #leave: () => void;
  readonly #signOut: () => Promise<unknown>;
  /** When each appointment's notification arrived. */
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

  /** Makes the account and resolves once the bell is live. @param providers slugs */
  static async hang(sandbox: Sandbox, providers: readonly string[]): Promise<Bell> {
    await addMember(sandbox, providers);
    const client = await signInMember(sandbox);
    const bell = new Bell(createInbox({ client }), async () => {
      await client.realtime.disconnect();
    });
    await bell.#until(() => bell.#inbox.getState().connection === 'live');
    return bell;
  }

  /** @returns when an appointment's notification arrived, by the machine's clock, ms */
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

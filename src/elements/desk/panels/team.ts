import type { MembersResult } from '../../../core/desk/types.ts';
import type { DeskController, Language } from '../controller.ts';
import type { TeamRequest } from '../requests.ts';
import type { DeskSessionController } from '../session-controller.ts';

/** Who works at the clinic of the calendar that is shown, and who is invited. */
export class DeskTeam {
  /** Null while it isn't known. */
  members: MembersResult | null = null;
  /** What was done, in a sentence. */
  done = '';

  readonly #desk: DeskController;
  readonly #session: DeskSessionController;
  readonly #language: () => Language;

  constructor(desk: DeskController, session: DeskSessionController, language: () => Language) {
    this.#desk = desk;
    this.#session = session;
    this.#language = language;
  }

  forget(): void {
    this.members = null;
    this.done = '';
  }

  async ask(request: TeamRequest): Promise<void> {
    const { messages, display } = this.#language();
    const backend = this.#session.client?.backend;
    const tenant = this.#desk.provider?.tenant_id;
    if (!backend || !tenant) return;
    this.done = '';
    await this.#desk.inPanel(
      async () => {
        switch (request.do) {
          case 'show':
            this.members = await backend.members({ tenant: request.tenant });
            break;
          case 'invite': {
            const { email, role, provider } = request;
            this.members = await backend.invite({ tenant, email, role, provider, locale: display.lang });
            this.done = messages.invitedToast(email);
            break;
          }
          case 'revoke':
            this.members = await backend.revokeInvitation({ invitation: request.invitation });
            break;
          case 'remove':
            this.members = await backend.removeMember({ tenant, member: request.member });
        }
      },
      { staysOpen: true },
    );
  }
}

import type { DeskProvider, MembersResult } from '../../core/desk/types.ts';
import type { DeskActions } from './actions.ts';
import type { Language } from './language.ts';
import type { TeamRequest } from './requests.ts';
import type { DeskSessionController } from './session-controller.ts';

/** What the team needs of the desk that shows it. */
export interface TeamHost {
  readonly provider: DeskProvider | null;
  readonly actions: Pick<DeskActions, 'inPanel'>;
}

/** Members and invitations of the clinic whose calendar is shown. */
export class DeskTeam {
  /** Null until the server has answered. */
  members: MembersResult | null = null;
  /** A sentence about the latest change. */
  done = '';

  readonly #host: TeamHost;
  readonly #session: DeskSessionController;
  readonly #language: () => Language;

  constructor(host: TeamHost, session: DeskSessionController, language: () => Language) {
    this.#host = host;
    this.#session = session;
    this.#language = language;
  }

  clear(): void {
    this.members = null;
    this.done = '';
  }

  async run(request: TeamRequest): Promise<void> {
    const { messages, display } = this.#language();
    const backend = this.#session.client?.backend;
    const tenant = this.#host.provider?.tenant_id;
    if (!backend || !tenant) return;
    this.done = '';
    await this.#host.actions.inPanel(async () => {
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
    });
  }
}

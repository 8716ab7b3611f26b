import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { DeskProvider, Invitation, Member, MembersResult, Role } from '../../../core/desk/types.ts';
import { enDesk } from '../../../locales/en/desk.ts';
import { enTeam } from '../../../locales/en/desk-team.ts';
import { defaultDeskDisplay } from '../display.ts';
import { deskForms } from './panel.styles.ts';
import { request } from '../../shared/requests.ts';
import { actions, fields } from '../../shared/form.styles.ts';
import { base } from '../../shared/base.styles.ts';

const ROLES: readonly Role[] = ['provider', 'staff', 'owner'];

/**
 * @summary Members and invitations of a clinic, which its owner can change.
 *
 * @tagname openslot-desk-team
 *
 * @event openslot-desk-team - Invite, revoke or remove: `detail.do`.
 *
 * @csspart person - A member or an invitation.
 * @csspart submit-button - The button that invites.
 */
export class OpenslotDeskTeam extends LitElement {
  @property({ attribute: false }) display = defaultDeskDisplay;
  @property({ attribute: false }) messages = { ...enDesk, ...enTeam };
  /** Null until the server has answered. */
  @property({ attribute: false }) team: MembersResult | null = null;
  /** The providers of the clinic. */
  @property({ attribute: false }) providers: readonly DeskProvider[] = [];
  /** Id of the member who is signed in. */
  @property() me = '';
  @property() problem = '';
  /** A sentence about the latest change. */
  @property() done = '';
  @property({ type: Boolean }) busy = false;

  @state() private email = '';
  @state() private chosenRole: Role = 'provider';
  @state() private whose = '';
  @state() private wrong = '';
  /** Id of the member whose removal the owner has to confirm. */
  @state() private confirming: string | null = null;

  @query('#email') private readonly emailField!: HTMLInputElement;

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The invitation is sent, so the field is free for the next one.
    if (changed.has('done') && this.done) this.email = '';
  }

  protected override render() {
    const { messages, team } = this;
    if (!team) return html`<p role="status">${this.problem || messages.working}</p>`;
    return html`
      <div class="stack">
        ${this.problem ? html`<p class="error" role="alert">${this.problem}</p>` : nothing}
        <p role="status" class=${this.done ? 'done' : ''}>${this.done}</p>
        <section aria-labelledby="members">
          <h4 id="members">${messages.members}</h4>
          <ul>
            ${team.members.map((member) => this.#renderMember(member))}
          </ul>
        </section>
        <section aria-labelledby="invitations">
          <h4 id="invitations">${messages.invitations}</h4>
          ${
            team.invitations.length === 0
              ? html`<p class="muted">${messages.noInvitations}</p>`
              : html`<ul>
                  ${team.invitations.map((invitation) => this.#renderInvitation(invitation))}
                </ul>`
          }
        </section>
        ${this.#renderForm()}
      </div>
    `;
  }

  #renderMember({ user_id: id, email, role, provider_id }: Member) {
    const { messages, confirming } = this;
    return html`
      <li part="person">
        <div class="who">
          <strong>${email}</strong>${id === this.me ? html` <span class="muted">(${messages.you})</span>` : nothing}
          <p class="muted">${this.#roleText(role, provider_id)}</p>
        </div>
        ${
          confirming === id
            ? html`<div class="confirming" role="group" aria-label=${messages.removeAsk(email)}>
                <p>${messages.removeAsk(email)}</p>
                <button @click=${() => (this.confirming = null)}>${messages.cancelDialog}</button>
                <button class="danger" @click=${() => this.#remove(id)}>${messages.confirmRemove}</button>
              </div>`
            : html`<button
                aria-label=${messages.removeName(email)}
                aria-disabled=${this.busy ? 'true' : 'false'}
                @click=${() => (this.confirming = id)}
              >
                ${messages.remove}
              </button>`
        }
      </li>
    `;
  }

  #renderInvitation({ id, email, role, provider_id, expires_at }: Invitation) {
    const { messages, display } = this;
    return html`
      <li part="person">
        <div class="who">
          <strong>${email}</strong>
          <p class="muted">
            ${this.#roleText(role, provider_id)} · ${messages.expires(display.dayAt(expires_at, 'short'))}
          </p>
        </div>
        <button
          aria-label=${messages.inviteAgainName(email)}
          aria-disabled=${this.busy ? 'true' : 'false'}
          @click=${() => request(this, 'openslot-desk-team', { do: 'invite', email, role, provider: provider_id })}
        >
          ${messages.inviteAgain}
        </button>
        <button
          aria-label=${messages.revokeName(email)}
          aria-disabled=${this.busy ? 'true' : 'false'}
          @click=${() => request(this, 'openslot-desk-team', { do: 'revoke', invitation: id })}
        >
          ${messages.revoke}
        </button>
      </li>
    `;
  }

  #renderForm() {
    const { messages, providers } = this;
    const whose = this.whose || (providers[0]?.id ?? '');
    return html`
      <form novalidate @submit=${(event: SubmitEvent) => this.#submit(event, whose)}>
        <h4>${messages.invite}</h4>
        <div class="field">
          <label for="email">${messages.email}</label>
          <input
            id="email"
            type="email"
            autocomplete="off"
            required
            maxlength="254"
            .value=${this.email}
            aria-invalid=${this.wrong ? 'true' : 'false'}
            aria-describedby=${ifDefined(this.wrong ? 'email-problem' : undefined)}
            @input=${(event: Event) => (this.email = (event.target as HTMLInputElement).value)}
          />
          ${this.wrong ? html`<p class="problem" id="email-problem">${this.wrong}</p>` : nothing}
        </div>
        <div class="pair">
          <div class="field">
            <label for="role">${messages.role}</label>
            <select
              id="role"
              @change=${(event: Event) => (this.chosenRole = (event.target as HTMLSelectElement).value as Role)}
            >
              ${ROLES.map(
                (role) =>
                  html`<option value=${role} .selected=${role === this.chosenRole}>
                    ${messages.roles[role]}: ${messages.roleHints[role]}
                  </option>`,
              )}
            </select>
          </div>
          ${
            this.chosenRole === 'provider'
              ? html`<div class="field">
                  <label for="whose">${messages.whoseCalendar}</label>
                  <select
                    id="whose"
                    @change=${(event: Event) => (this.whose = (event.target as HTMLSelectElement).value)}
                  >
                    ${providers.map(
                      ({ id, name }) => html`<option value=${id} .selected=${id === whose}>${name}</option>`,
                    )}
                  </select>
                </div>`
              : nothing
          }
        </div>
        <div class="actions">
          <button part="submit-button" class="primary" aria-disabled=${this.busy ? 'true' : 'false'}>
            ${messages.invite}
          </button>
        </div>
      </form>
    `;
  }

  #roleText(role: Role, providerId: string | null): string {
    const name = this.providers.find(({ id }) => id === providerId)?.name;
    return name ? `${this.messages.roles[role]} · ${name}` : this.messages.roles[role];
  }

  #remove(member: string): void {
    this.confirming = null;
    request(this, 'openslot-desk-team', { do: 'remove', member });
  }

  #submit(event: SubmitEvent, whose: string): void {
    event.preventDefault();
    if (this.busy) return;
    const { messages, chosenRole: role } = this;
    const email = this.email.trim();
    this.wrong = !email ? messages.emailMissing : this.emailField.validity.valid ? '' : messages.emailWrong;
    if (this.wrong) this.emailField.focus();
    else
      request(this, 'openslot-desk-team', { do: 'invite', email, role, provider: role === 'provider' ? whose : null });
  }

  static override styles = [
    base,
    actions,
    fields,
    deskForms,
    css`
      h4 {
        margin: 0 0 0.2em;
        font-size: 0.9333em;
        font-weight: 650;
      }

      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.4em 0.6em;
        padding-block: 0.5em;
        border-block-start: 1px solid var(--_line);
      }

      .who {
        flex: 1 1 14em;
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }

      .confirming {
        flex: 1 0 100%;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5em;
      }

      .confirming p {
        flex: 1 1 14em;
      }

      form {
        padding-block-start: 0.9em;
        border-block-start: 1px solid var(--_line);
      }

      .done {
        padding: 0.6em 0.9em;
        border-radius: var(--_radius);
        background: var(--_tint);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-desk-team': OpenslotDeskTeam;
  }
}

import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, queryAll, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { enDesk } from '../../../locales/en/desk.ts';
import { deskForms } from './panel.styles.ts';
import { request } from '../../shared/requests.ts';
import { actions, fields } from '../../shared/form.styles.ts';
import { base } from '../../shared/base.styles.ts';

/** How staff sign in. `code` and `confirm` follow when the e-mail is sent. */
export type SignInWay = 'password' | 'send-code' | 'code' | 'sign-up' | 'confirm';

/**
 * @summary Signs staff in with a password, with a code by e-mail, or with a new account after an invitation.
 *
 * @tagname openslot-desk-signin
 *
 * @event openslot-desk-sign - Sign in or up, or send a code: `detail.do`, with the values of the fields.
 *
 * @csspart heading - The heading of the form.
 * @csspart submit-button - The button that submits the form.
 * @csspart link - The buttons that lead to other ways.
 */
export class OpenslotDeskSignin extends LitElement {
  @property({ attribute: false }) messages = enDesk;
  @property() way: SignInWay = 'password';
  /** The e-mail address that the form begins with. */
  @property() email = '';
  /** The page was opened by an invitation. */
  @property({ type: Boolean }) invited = false;
  /** The session has ended a moment ago. The dialog around the form has a heading that says so. */
  @property({ type: Boolean }) again = false;
  @property() problem = '';
  @property({ type: Boolean }) busy = false;

  @state() private typed = { email: '', password: '', code: '' };
  @state() private problems: Partial<Record<'email' | 'password' | 'code', string>> = {};

  @query('h2') private readonly heading!: HTMLElement | null;

  @queryAll('input') private readonly inputs!: NodeListOf<HTMLInputElement>;

  override focus(): void {
    this.heading?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('email') && this.email) this.typed = { ...this.typed, email: this.email };
    if (changed.has('way')) this.problems = {};
  }

  protected override updated(changed: PropertyValues<this>): void {
    // The last field is the one to fill in next. On a new page the focus stays where it is.
    if (changed.get('way') !== undefined) [...this.inputs].at(-1)?.focus();
  }

  protected override render() {
    const { messages, way, invited, again } = this;
    const { email } = this.typed;
    return html`
      ${
        again
          ? nothing
          : html`<h2 part="heading" tabindex="-1">${invited ? messages.invitedTitle : messages.signInTitle}</h2>`
      }
      <p class="muted">${again ? messages.signInAgainHint : invited ? messages.invitedHint : messages.signInHint}</p>
      <form novalidate @submit=${this.#submit}>
        ${this.problem ? html`<p class="error" role="alert">${this.problem}</p>` : nothing}
        ${way === 'code' ? html`<p class="note" role="status">${messages.codeSent(email)}</p>` : nothing}
        ${way === 'confirm' ? html`<p class="note" role="status">${messages.confirmSent(email)}</p>` : nothing}
        ${this.#renderField('email', messages.email, 'email', 'username')}
        ${
          way === 'password' || way === 'confirm'
            ? this.#renderField('password', messages.password, 'password', 'current-password')
            : nothing
        }
        ${way === 'sign-up' ? this.#renderField('password', messages.newPassword, 'password', 'new-password') : nothing}
        ${way === 'code' ? this.#renderField('code', messages.code, 'text', 'one-time-code') : nothing}
        <button part="submit-button" class="primary" aria-disabled=${this.busy ? 'true' : 'false'}>
          ${this.busy ? messages.working : this.#action()}
        </button>
      </form>
      <p class="ways">${this.#renderWays()}</p>
    `;
  }

  #renderField(
    name: 'email' | 'password' | 'code',
    label: string,
    type: 'email' | 'password' | 'text',
    autocomplete: string,
  ) {
    const problem = this.problems[name];
    return html`
      <div class="field">
        <label for=${name}>${label}</label>
        <input
          id=${name}
          name=${name}
          type=${type}
          autocomplete=${autofill(autocomplete)}
          inputmode=${ifDefined(name === 'code' ? ('numeric' as const) : undefined)}
          .value=${this.typed[name]}
          aria-invalid=${problem ? 'true' : 'false'}
          aria-describedby=${ifDefined(problem && `${name}-problem`)}
          @input=${(event: Event) => {
            this.typed = { ...this.typed, [name]: (event.target as HTMLInputElement).value };
          }}
        />
        ${problem ? html`<p class="problem" id="${name}-problem">${problem}</p>` : nothing}
      </div>
    `;
  }

  #renderWays() {
    const { messages, way } = this;
    const link = (to: SignInWay, label: string) =>
      html`<button part="link" class="link" @click=${() => (this.way = to)}>${label}</button>`;
    return html`
      ${way === 'password' || way === 'confirm' ? link('send-code', messages.withCode) : nothing}
      ${way === 'code' ? link('send-code', messages.resendCode) : nothing}
      ${way === 'send-code' || way === 'code' ? link('password', messages.withPassword) : nothing}
      ${this.invited && way !== 'sign-up' ? link('sign-up', messages.withNewAccount) : nothing}
      ${way === 'sign-up' ? link('password', messages.withAccount) : nothing}
    `;
  }

  #action(): string {
    const { messages } = this;
    return {
      password: messages.signIn,
      confirm: messages.signIn,
      code: messages.signIn,
      'send-code': messages.sendCode,
      'sign-up': messages.signUp,
    }[this.way];
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.busy) return;
    const { messages, way } = this;
    const email = this.typed.email.trim();
    const { password } = this.typed;
    const code = this.typed.code.trim();
    const needsPassword = way === 'password' || way === 'confirm' || way === 'sign-up';
    this.problems = {
      ...(!email && { email: messages.emailMissing }),
      ...(needsPassword && !password && { password: messages.passwordMissing }),
      ...(way === 'code' && !code && { code: messages.codeMissing }),
    };
    const [wrong] = Object.keys(this.problems);
    if (wrong) [...this.inputs].find(({ name }) => name === wrong)?.focus();
    else if (way === 'send-code') request(this, 'openslot-desk-sign', { do: 'send-code', email });
    else if (way === 'code') request(this, 'openslot-desk-sign', { do: 'verify', email, code });
    else request(this, 'openslot-desk-sign', { do: way === 'sign-up' ? 'up' : 'in', email, password });
  };

  static override styles = [
    base,
    actions,
    fields,
    deskForms,
    css`
      :host {
        inline-size: min(100%, 24em);
        margin-inline: auto;
      }

      h2 {
        font-size: 1.3333em;
      }

      form {
        margin-block: 1.1em 0.9em;
      }

      .primary {
        min-block-size: calc(var(--_target) * 1.15);
      }

      .ways {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0.4em 1.2em;
      }
    `,
  ];
}

/** `lit-analyzer` does not accept `one-time-code`, a valid value. */
function autofill(token: string): 'username' {
  return token as 'username';
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-desk-signin': OpenslotDeskSignin;
  }
}

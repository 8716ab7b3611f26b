import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, queryAll, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { DetailsMessages } from '../../../locales/index.ts';
import type { Provider, Service } from '../../../core/wire.ts';
import { enDetails } from '../../../locales/en/details.ts';
import { defaultDisplay } from '../../shared/display.ts';
import { iconBack } from '../../shared/icons.ts';
import { phoneFrom } from './phone.ts';
import { request } from '../../shared/requests.ts';
import type { Draft } from '../requests.ts';
import { actions, fields } from '../../shared/form.styles.ts';
import { base } from '../../shared/base.styles.ts';

type Field = keyof Draft;

interface FieldOptions {
  readonly type?: 'text' | 'email' | 'tel';
  readonly autocomplete?: 'name' | 'email' | 'tel' | 'off';
  readonly maxlength: number;
  readonly required?: boolean;
  readonly pattern?: string;
}

const EMPTY: Draft = { name: '', email: '', phone: '', note: '' };

/**
 * @summary Asks for the patient's details while the time is held. Each keystroke is requested to be kept, so nothing is lost.
 *
 * @tagname openslot-form
 *
 * @slot hold - How long the time is held.
 * @slot notice - Why the time can't be had, or why sending failed.
 * @slot terms - What the patient should know about moving and cancelling.
 * @slot questions - What the clinic asks for this service.
 *
 * @event openslot-details-change - Something was typed: `detail.field`, `detail.value`.
 * @event openslot-details-submit - The details are complete; `detail.draft` is all of them.
 * @event openslot-back - The patient wants back to the times.
 *
 * @csspart heading - Day and time.
 * @csspart back-button - The way back to the times.
 * @csspart label - The name of a field.
 * @csspart input - A field.
 * @csspart error - What is wrong with a field.
 * @csspart submit-button - The button that books.
 */
export class OpenslotForm extends LitElement {
  @property({ attribute: false }) display = defaultDisplay;
  @property({ attribute: false }) messages = enDetails;
  @property({ attribute: false }) provider: Provider | null = null;
  @property({ attribute: false }) service: Service | null = null;
  /** ISO instant of the chosen time. */
  @property() start = '';
  @property({ attribute: false }) draft: Draft = EMPTY;
  /** Country code of phone numbers that name none, such as `+46`. */
  @property({ attribute: false }) phonePrefix = '';
  /** The booking is on its way. */
  @property({ type: Boolean }) busy = false;
  /** The time is gone: nothing can be sent until another one was chosen. */
  @property({ type: Boolean }) taken = false;
  /** The field that the server did not accept. */
  @property() rejected: Field | null = null;

  /** What is wrong, by field. Empty until the patient first tries to send. */
  @state() private problems: Partial<Record<Field, string>> = {};

  @query('h3') private readonly heading!: HTMLElement | null;
  @queryAll('input, textarea') private readonly inputs!: NodeListOf<HTMLInputElement>;

  override focus(): void {
    this.heading?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('rejected') && this.rejected) {
      this.problems = { ...this.problems, [this.rejected]: this.messages.errors.invalid_argument };
    }
  }

  protected override render() {
    const { display, messages, provider, service, start } = this;
    if (!provider || !service) return nothing;
    const time = display.time(start);
    return html`
      <form novalidate @submit=${this.#onSubmit} @input=${this.#onInput} @change=${this.#onInput}>
        <div class="summary">
          <header>
            <button
              type="button"
              part="back-button"
              class="back"
              aria-label=${messages.back}
              @click=${() => request(this, 'openslot-back', null)}
            >
              ${iconBack}
            </button>
            <div>
              <h3 part="heading" tabindex="-1">${display.when(start, 'long')}</h3>
              <p class="muted">
                ${messages.serviceLine(service.name, display.duration(service.duration_minutes), provider.name)}
              </p>
            </div>
          </header>
          <slot name="hold"></slot>
          <slot name="notice"></slot>
          <slot name="terms"></slot>
        </div>
        <div class="fields">
          ${this.#renderField('name', { autocomplete: 'name', maxlength: 200, required: true })}
          ${this.#renderField('email', { type: 'email', autocomplete: 'email', maxlength: 254, required: true })}
          ${this.#renderField('phone', { type: 'tel', autocomplete: 'tel', maxlength: 40, pattern: '[+\\(\\d][\\d\\s\\(\\)\\.\\/\\-]{4,}' })}
          ${this.#renderField('note', { maxlength: 1000 })}
          <slot name="questions"></slot>
          <button part="submit-button" class="primary" aria-disabled=${this.busy || this.taken ? 'true' : 'false'}>
            ${this.busy ? messages.booking(time) : messages.book(time)}
          </button>
        </div>
      </form>
    `;
  }

  #renderField(
    field: Field,
    { type = 'text', autocomplete = 'off', maxlength, required = false, pattern }: FieldOptions,
  ) {
    const { messages } = this;
    const problem = this.problems[field];
    const described = ifDefined(problem && `${field}-problem`);
    const value = this.draft[field];
    return html`
      <div class="field ${field}">
        <label part="label" for=${field}>
          ${messages[field]} ${required ? nothing : html`<span class="muted">${messages.optional}</span>`}
        </label>
        ${
          field === 'note'
            ? html`<textarea
                part="input"
                id="note"
                name="note"
                rows="3"
                maxlength=${maxlength}
                .value=${value}
                ?readonly=${this.busy}
                aria-invalid=${problem ? 'true' : 'false'}
                aria-describedby=${described}
              ></textarea>`
            : html`<input
                part="input"
                id=${field}
                name=${field}
                type=${type}
                autocomplete=${autocomplete}
                placeholder=${field === 'phone' ? this.phonePrefix : ''}
                maxlength=${maxlength}
                pattern=${ifDefined(pattern)}
                ?required=${required}
                ?readonly=${this.busy}
                .value=${value}
                aria-invalid=${problem ? 'true' : 'false'}
                aria-describedby=${described}
              />`
        }
        ${problem ? html`<p part="error" class="problem" id="${field}-problem">${problem}</p>` : nothing}
      </div>
    `;
  }

  readonly #onInput = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const field = input.name as Field;
    // Show the completed number, so that the patient can correct the country code.
    if (field === 'phone' && event.type === 'change') input.value = phoneFrom(input.value, this.phonePrefix);
    this.draft = { ...this.draft, [field]: input.value };
    if (this.problems[field]) this.problems = { ...this.problems, [field]: problemOf(input, this.messages) };
    request(this, 'openslot-details-change', { field, value: input.value });
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.busy || this.taken) return;
    const inputs = [...this.inputs];
    const { messages } = this;
    this.problems = Object.fromEntries(inputs.map((input) => [input.name, problemOf(input, messages)]));
    const unanswered = this.querySelector('openslot-questions')?.check();
    const wrong = inputs.find(({ name }) => this.problems[name as Field]) ?? unanswered;
    if (wrong) wrong.focus();
    else request(this, 'openslot-details-submit', { draft: this.draft });
  };

  static override styles = [
    base,
    actions,
    fields,
    css`
      :host {
        container-type: inline-size;
      }

      .summary,
      .fields {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        align-content: start;
        gap: calc(var(--_gap) * 2);
        padding: var(--_pad);
      }

      .summary {
        padding-block-end: 0;
      }

      header {
        display: flex;
        flex-wrap: wrap;
        align-items: start;
        gap: 0.75em;
      }

      header > div {
        flex: 1 1 7em;
        min-inline-size: 0;
      }

      .back {
        flex: none;
        display: grid;
        place-items: center;
        inline-size: var(--_target);
        padding: 0;
      }

      .primary {
        min-block-size: calc(var(--_target) * 1.15);
      }

      @container (inline-size >= 24em) {
        .fields {
          grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr);
        }

        .fields > :not(.email, .phone),
        ::slotted([slot='questions']) {
          grid-column: 1 / -1;
        }
      }

      @container (inline-size >= 40em) {
        form {
          display: grid;
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }

        .summary {
          padding-block-end: var(--_pad);
          border-inline-end: 1px solid var(--_line);
        }
      }
    `,
  ];
}

/** The sentence for what the browser finds wrong with a field. */
function problemOf({ name, value, validity }: HTMLInputElement, messages: DetailsMessages): string | undefined {
  if (name === 'name' && !value.trim()) return messages.nameMissing;
  if (name === 'email' && validity.valueMissing) return messages.emailMissing;
  if (name === 'email' && !validity.valid) return messages.emailWrong;
  if (name === 'phone' && !validity.valid) return messages.phoneWrong;
  return undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-form': OpenslotForm;
  }
}

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, queryAll, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Answer, Answers, Question } from '../../../core/wire.ts';
import { enQuestions } from '../../../locales/en/questions.ts';
import { enDetails } from '../../../locales/en/details.ts';
import { withAnswer } from '../draft.ts';
import { questionStyles } from './openslot-questions.styles.ts';
import { request } from '../../shared/requests.ts';
import { fields } from '../../shared/form.styles.ts';
import { base } from '../../shared/base.styles.ts';

/** The server takes no more. */
const LONGEST = 2_000;
/** More options than these unfold from a list. */
const MOST_RADIOS = 6;

type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * @summary What the clinic asks for a service: texts, choices, dates, and boxes to tick, such as a consent with its link.
 *
 * @tagname openslot-questions
 *
 * @event openslot-answer-change - Something was answered: `detail.key`, and `detail.answer`, null for none.
 *
 * @csspart label - A question.
 * @csspart input - A field.
 * @csspart option - One of several answers.
 * @csspart error - What is wrong with an answer.
 */
export class OpenslotQuestions extends LitElement {
  @property({ attribute: false }) messages = enQuestions;
  /** Stands beside what need not be answered. */
  @property() optional = enDetails.optional;
  @property({ attribute: false }) questions: readonly Question[] = [];
  @property({ attribute: false }) answers: Answers = {};
  /** The booking is on its way. */
  @property({ type: Boolean }) busy = false;
  /** Key of the question whose answer the server did not accept. */
  @property() rejected: string | null = null;

  /** Keys of the questions whose answers are looked at: from the first attempt to send on. */
  @state() private checked: ReadonlySet<string> = new Set();

  @queryAll('[name]') private readonly inputs!: NodeListOf<Input>;

  /** Shows what is wrong with the answers. @returns the first field that has to be mended, null when all is well */
  check(): HTMLElement | null {
    this.checked = new Set(this.questions.map(({ key }) => key));
    const wrong = this.questions.find((question) => this.#problemOf(question));
    return [...this.inputs].find(({ name }) => name === wrong?.key) ?? null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('rejected') && this.rejected) this.checked = new Set([...this.checked, this.rejected]);
  }

  protected override render() {
    return this.questions.map((question) => html`<div class="field">${this.#renderQuestion(question)}</div>`);
  }

  #renderQuestion(question: Question): TemplateResult {
    switch (question.kind) {
      case 'text':
        return this.#renderField(
          question,
          (about) =>
            html`<textarea
              part="input"
              id=${question.key}
              name=${question.key}
              rows="1"
              maxlength=${LONGEST}
              autocomplete="off"
              ?required=${question.required}
              ?readonly=${this.busy}
              .value=${this.#textOf(question)}
              aria-invalid=${about.invalid}
              aria-describedby=${about.describedBy}
              @input=${this.#onText}
            ></textarea>`,
        );
      case 'date':
        return this.#renderField(
          question,
          (about) =>
            html`<input
              part="input"
              type="date"
              id=${question.key}
              name=${question.key}
              ?required=${question.required}
              ?readonly=${this.busy}
              .value=${this.#textOf(question)}
              aria-invalid=${about.invalid}
              aria-describedby=${about.describedBy}
              @input=${this.#onText}
            />`,
        );
      case 'choice':
        return (question.options ?? []).length > MOST_RADIOS
          ? this.#renderField(question, (about) => this.#renderSelect(question, about))
          : this.#renderOptions(question, 'radio');
      case 'choices':
        return this.#renderOptions(question, 'checkbox');
      case 'checkbox':
        return this.#renderCheckbox(question);
    }
  }

  #renderField(question: Question, render: (about: About) => TemplateResult): TemplateResult {
    return html`
      <label part="label" for=${question.key}>${this.#renderLabel(question)}</label>
      ${this.#renderHint(question)} ${render(this.#about(question))} ${this.#renderProblem(question)}
    `;
  }

  #renderSelect(question: Question, about: About): TemplateResult {
    const chosen = this.#textOf(question);
    return html`
      <select
        part="input"
        id=${question.key}
        name=${question.key}
        ?required=${question.required}
        aria-disabled=${this.busy ? 'true' : 'false'}
        aria-invalid=${about.invalid}
        aria-describedby=${about.describedBy}
        @change=${this.#onText}
      >
        <option value="" ?selected=${chosen === ''}>${this.messages.choose}</option>
        ${question.options?.map((option) => html`<option ?selected=${chosen === option}>${option}</option>`)}
      </select>
    `;
  }

  /** Several to choose one of, or any number. */
  #renderOptions(question: Question, type: 'radio' | 'checkbox'): TemplateResult {
    const { key, options = [], required } = question;
    const about = this.#about(question);
    const answer = this.answers[key];
    return html`
      <fieldset aria-describedby=${about.describedBy}>
        <legend part="label">${this.#renderLabel(question)}</legend>
        ${this.#renderHint(question)}
        ${options.map(
          (option) => html`
            <label part="option" class="option">
              <input
                type=${type}
                name=${key}
                .value=${option}
                .checked=${Array.isArray(answer) ? answer.includes(option) : answer === option}
                ?required=${required && type === 'radio'}
                ?disabled=${this.busy}
                aria-invalid=${about.invalid}
                @change=${type === 'radio' ? this.#onText : this.#onChoices}
              />
              <span>${option}</span>
            </label>
          `,
        )}
        ${this.#renderProblem(question)}
      </fieldset>
    `;
  }

  #renderCheckbox(question: Question): TemplateResult {
    const { key, required } = question;
    const about = this.#about(question);
    return html`
      <label part="option" class="option">
        <input
          type="checkbox"
          id=${key}
          name=${key}
          .checked=${this.answers[key] === true}
          ?required=${required}
          ?disabled=${this.busy}
          aria-invalid=${about.invalid}
          aria-describedby=${about.describedBy}
          @change=${this.#onTick}
        />
        <span>${this.#renderLabel(question)}</span>
      </label>
      ${this.#renderHint(question)} ${this.#renderProblem(question)}
    `;
  }

  #renderLabel({ label, required, link }: Question): TemplateResult {
    return html`
      ${label} ${link && /^https?:/.test(link.url) ? renderLink(link) : nothing}
      ${required ? nothing : html`<span class="muted">${this.optional}</span>`}
    `;
  }

  #renderHint({ key, hint }: Question) {
    return hint ? html`<p id="${key}-hint" class="muted">${hint}</p>` : nothing;
  }

  #renderProblem(question: Question) {
    const problem = this.checked.has(question.key) && this.#problemOf(question);
    return problem ? html`<p part="error" class="problem" id="${question.key}-problem">${problem}</p>` : nothing;
  }

  #about(question: Question): About {
    const wrong = this.checked.has(question.key) && this.#problemOf(question) !== null;
    const ids = [question.hint && `${question.key}-hint`, wrong && `${question.key}-problem`].filter(Boolean);
    return { invalid: wrong ? 'true' : 'false', describedBy: ifDefined(ids.join(' ') || undefined) };
  }

  /** In words what is wrong with an answer. */
  #problemOf({ key, kind, required }: Question): string | null {
    const { messages } = this;
    const answer = this.answers[key];
    const length =
      answer === undefined || answer === true ? 0 : (typeof answer === 'string' ? answer.trim() : answer).length;
    const isMissing = answer !== true && length === 0;
    const missing = {
      text: messages.missing,
      choice: messages.choiceMissing,
      choices: messages.choicesMissing,
      checkbox: messages.tickMissing,
      date: messages.dateMissing,
    }[kind];
    if (isMissing) return required ? missing : null;
    if (kind === 'text' && length > LONGEST) return messages.tooLong(LONGEST);
    return this.rejected === key ? missing : null;
  }

  #textOf({ key }: Question): string {
    const answer = this.answers[key];
    return typeof answer === 'string' ? answer : '';
  }

  readonly #onText = ({ target }: Event): void => {
    const { name, value } = target as Input;
    this.#answer(name, value || null);
  };

  readonly #onTick = ({ target }: Event): void => {
    const { name, checked } = target as HTMLInputElement;
    this.#answer(name, checked || null);
  };

  readonly #onChoices = ({ target }: Event): void => {
    const { name } = target as HTMLInputElement;
    const chosen = [...this.inputs].filter((input) => input.name === name && (input as HTMLInputElement).checked);
    this.#answer(name, chosen.length > 0 ? chosen.map(({ value }) => value) : null);
  };

  #answer(key: string, answer: Answer | null): void {
    this.answers = withAnswer(this.answers, key, answer);
    if (this.rejected === key) this.rejected = null;
    request(this, 'openslot-answer-change', { key, answer });
  }

  static override styles = [base, fields, questionStyles];
}

function renderLink({ label, url }: NonNullable<Question['link']>): TemplateResult {
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${label}</a>`;
}

/** What an input says of its question for assistive technology. */
interface About {
  readonly invalid: 'true' | 'false';
  readonly describedBy: string | typeof nothing;
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-questions': OpenslotQuestions;
  }
}

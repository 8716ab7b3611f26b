import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Hours, HoursException, HoursResult, HoursRule, SetHoursResult } from '../../../core/desk/types.ts';
import { weekdayNames } from '../../../core/time/time-zones.ts';
import { enDesk } from '../../../locales/en/desk.ts';
import { enHours } from '../../../locales/en/desk-hours.ts';
import { defaultDeskDisplay } from '../display.ts';
import { hoursStyles } from './openslot-desk-hours.styles.ts';
import { deskForms } from '../form.styles.ts';
import {
  daysOff,
  endsNextDay,
  type Flaw,
  flawsOf,
  fromField,
  ISO_WEEKDAYS,
  isWholeDays,
  isWrongException,
  lastDayOf,
  nextRange,
  rulesOf,
  toField,
  withMondayCopied,
} from './hours-draft.ts';
import { rangeText, renderOvertaken, renderPreview } from './hours-views.ts';
import { iconClose, iconPlus } from '../../shared/icons.ts';
import { request } from '../../shared/requests.ts';
import { exceptionText } from '../agenda/openslot-desk-side.ts';
import { actions, fields } from '../../shared/form.styles.ts';
import { base } from '../../shared/base.styles.ts';

const EMPTY: Hours = { rules: [], exceptions: [] };

/**
 * @summary Edits weekly hours, days off and extra hours. Shows what a change does before it is saved. If a colleague saved
 * other hours meanwhile, it shows those and keeps the draft.
 *
 * @tagname openslot-desk-hours
 *
 * @event openslot-desk-preview-hours - Request what `detail.hours` would change.
 * @event openslot-desk-save-hours - Save the hours: `detail.hours`, `detail.version`.
 * @event openslot-desk-panel - Close the panel.
 *
 * @csspart preview - What would change.
 * @csspart submit-button - The button that previews, then saves.
 */
export class OpenslotDeskHours extends LitElement {
  @property({ attribute: false }) display = defaultDeskDisplay;
  @property({ attribute: false }) messages = { ...enDesk, ...enHours };
  /** The hours as the server has them. */
  @property({ attribute: false }) current: HoursResult | null = null;
  /** What the draft would change, by the server's answer. */
  @property({ attribute: false }) preview: SetHoursResult | null = null;
  /** Today, `YYYY-MM-DD`. */
  @property() today = '';
  @property() problem = '';
  @property({ type: Boolean }) busy = false;

  @state() private draft: Hours = EMPTY;
  @state() private dirty = false;
  /** The version of the hours that the draft began with. */
  @state() private version = 0;
  /** A colleague saved other hours since the draft began. */
  @state() private overtaken = false;
  @state() private showsFlaws = false;
  /** The draft has changed since its preview. */
  @state() private stale = true;

  @query('[aria-invalid="true"]') private readonly wrong!: HTMLInputElement | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('preview') && this.preview) this.stale = false;
    const { current } = this;
    if (!changed.has('current') || !current || current.version === this.version) return;
    if (this.dirty && this.version > 0) {
      this.overtaken = true;
      this.stale = true;
    } else {
      this.draft = current.hours;
    }
    this.version = current.version;
  }

  protected override render() {
    const { messages, draft, display } = this;
    const flaws = flawsOf(draft);
    const names = weekdayNames(1, display.lang, 'long');
    return html`
      <form novalidate @submit=${this.#submit}>
        ${this.problem && !this.overtaken ? html`<p class="error" role="alert">${this.problem}</p>` : nothing}
        ${this.overtaken ? renderOvertaken(this.current?.hours ?? EMPTY, messages, display, this.#takeNewer) : nothing}
        <fieldset>
          <legend>${messages.weeklyHours}</legend>
          ${ISO_WEEKDAYS.map((weekday, index) => this.#renderDay(weekday, names[index] ?? '', flaws))}
          <button type="button" class="link" @click=${() => this.#change(withMondayCopied(draft))}>
            ${messages.copyToWeekdays}
          </button>
        </fieldset>
        <fieldset>
          <legend>${messages.daysOff}</legend>
          ${draft.exceptions.map((exception, index) => this.#renderException(exception, index))}
          <div class="row">
            <button type="button" @click=${() => this.#addException('off')}>${messages.addDayOff}</button>
            <button type="button" @click=${() => this.#addException('extra')}>${messages.addExtra}</button>
          </div>
        </fieldset>
        <div class="foot">
          <div role="status">
            ${this.preview && !this.stale ? renderPreview(this.preview, messages, display) : nothing}
          </div>
          <div class="actions">
            <button type="button" @click=${() => request(this, 'openslot-desk-panel', { panel: null })}>
              ${messages.cancelDialog}
            </button>
            <button part="submit-button" class="primary" aria-disabled=${this.busy || !this.dirty ? 'true' : 'false'}>
              ${this.#action()}
            </button>
          </div>
        </div>
      </form>
    `;
  }

  #action(): string {
    const { messages, stale, busy } = this;
    if (stale) return busy ? messages.previewing : messages.preview;
    return busy ? messages.saving2 : messages.save;
  }

  #renderDay(weekday: number, name: string, flaws: ReadonlyMap<number, Flaw>) {
    const { messages, draft } = this;
    const ranges = rulesOf(draft, weekday);
    return html`
      <div class="day" role="group" aria-label=${name}>
        <span class="name">${name}</span>
        <div class="ranges">
          ${ranges.length === 0 ? html`<span class="muted">${messages.closed}</span>` : nothing}
          ${ranges.map(({ rule, index }) => this.#renderRange(rule, index, name, flaws.get(index)))}
        </div>
        <button
          type="button"
          class="icon"
          aria-label=${messages.addRange(name)}
          @click=${() => this.#change({ ...draft, rules: [...draft.rules, nextRange(draft, weekday)] })}
        >
          ${iconPlus}
        </button>
      </div>
    `;
  }

  #renderRange(rule: HoursRule, index: number, day: string, flaw: Flaw | undefined) {
    const { messages, display, draft } = this;
    const problem =
      this.showsFlaws && flaw ? { empty: messages.rangeEmpty, overlap: messages.rangesOverlap }[flaw] : '';
    const set = (end: 'start' | 'end') => (event: Event) => {
      const { value } = event.target as HTMLInputElement;
      if (!value) return;
      const rules = draft.rules.map((other, at) =>
        at === index ? { ...other, [end]: fromField(value, end === 'end') } : other,
      );
      this.#change({ ...draft, rules });
    };
    const isOvernight = endsNextDay(rule);
    const field = (end: 'start' | 'end', label: string) => html`
      <input
        type="time"
        aria-label=${label}
        .value=${toField(rule[end])}
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby=${
          [problem && `flaw-${index}`, isOvernight && end === 'end' && `next-day-${index}`].filter(Boolean).join(' ') ||
          nothing
        }
        @change=${set(end)}
      />
    `;
    return html`
      <div class="range">
        <div class="times">
          ${field('start', messages.fromOn(day))}<span aria-hidden="true">–</span>${field('end', messages.toOn(day))}
          ${isOvernight ? html`<span class="muted" id="next-day-${index}">${messages.endsNextDay}</span>` : nothing}
          <button
            type="button"
            class="icon quiet"
            aria-label=${messages.removeRange(day, rangeText(rule, display, messages))}
            @click=${() => this.#change({ ...draft, rules: draft.rules.filter((_, at) => at !== index) })}
          >
            ${iconClose}
          </button>
        </div>
        ${problem ? html`<p class="problem" id="flaw-${index}">${problem}</p>` : nothing}
      </div>
    `;
  }

  #renderException(exception: HoursException, index: number) {
    const { messages, display, draft } = this;
    const { kind, starts_at: from, ends_at: to, note } = exception;
    const set = (changes: Partial<HoursException>) => {
      const exceptions = draft.exceptions.map((other, at) => (at === index ? { ...other, ...changes } : other));
      this.#change({ ...draft, exceptions });
    };
    const value = (event: Event) => (event.target as HTMLInputElement).value;
    const whole = kind === 'off' && isWholeDays(exception);
    const wrong = this.showsFlaws && isWrongException(exception);
    const what =
      from && to && !isWrongException(exception) ? exceptionText(exception, display) : messages.exceptionKind[kind];
    const input = (
      label: string,
      type: 'date' | 'datetime-local',
      shown: string,
      change: (value: string) => void,
    ) => html`
      <label class="field">
        <span class="muted">${label}</span>
        <input
          type=${type}
          .value=${shown}
          aria-invalid=${wrong ? 'true' : 'false'}
          @change=${(event: Event) => change(value(event))}
        />
      </label>
    `;
    return html`
      <div class="exception" role="group" aria-label=${what}>
        <strong class="kind">${messages.exceptionKind[kind]}</strong>
        ${
          whole
            ? html`
                ${input(messages.from, 'date', from.slice(0, 10), (day) =>
                  set(daysOff(day, lastDayOf(exception) < day ? day : lastDayOf(exception))),
                )}
                ${input(messages.to, 'date', lastDayOf(exception), (day) => set(daysOff(from.slice(0, 10), day)))}
              `
            : html`
                ${input(messages.from, 'datetime-local', from, (starts_at) => set({ starts_at }))}
                ${input(messages.to, 'datetime-local', to, (ends_at) => set({ ends_at }))}
              `
        }
        <label class="field">
          <span class="muted">${messages.noteFor}</span>
          <input
            type="text"
            maxlength="200"
            .value=${note ?? ''}
            @change=${(event: Event) => set({ note: value(event).trim() || null })}
          />
        </label>
        <button
          type="button"
          class="icon quiet"
          aria-label=${messages.removeException(what)}
          @click=${() => this.#change({ ...draft, exceptions: draft.exceptions.filter((_, at) => at !== index) })}
        >
          ${iconClose}
        </button>
        ${wrong ? html`<p class="problem">${messages.rangeWrong}</p>` : nothing}
      </div>
    `;
  }

  #change(draft: Hours): void {
    this.draft = draft;
    this.dirty = true;
    this.stale = true;
  }

  #addException(kind: HoursException['kind']): void {
    const { today, draft } = this;
    const span = kind === 'off' ? daysOff(today, today) : { starts_at: `${today}T09:00`, ends_at: `${today}T12:00` };
    this.#change({ ...draft, exceptions: [...draft.exceptions, { id: null, kind, note: null, ...span }] });
  }

  readonly #takeNewer = (): void => {
    this.draft = this.current?.hours ?? this.draft;
    this.dirty = false;
    this.overtaken = false;
    this.stale = true;
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { draft, version } = this;
    if (this.busy || !this.dirty) return;
    this.showsFlaws = true;
    if (flawsOf(draft).size > 0 || draft.exceptions.some(isWrongException)) {
      void this.updateComplete.then(() => this.wrong?.focus());
      return;
    }
    if (!this.stale) this.overtaken = false;
    const type = this.stale ? 'openslot-desk-preview-hours' : 'openslot-desk-save-hours';
    request(this, type, { hours: draft, version });
  };

  static override styles = [base, actions, fields, deskForms, hoursStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-desk-hours': OpenslotDeskHours;
  }
}

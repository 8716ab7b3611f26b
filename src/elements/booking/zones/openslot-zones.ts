import { html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { findZone, listZones, searchZones, type ZoneEntry } from '../../../core/time/time-zone-list.ts';
import { enZones } from '../../../locales/en/zones.ts';
import { iconClose } from '../../shared/icons.ts';
import { defaultDisplay } from '../../shared/display.ts';

import { request } from '../../shared/requests.ts';
import { base } from '../../shared/base.styles.ts';
import { zonesStyles } from './openslot-zones.styles.ts';

interface Group {
  readonly id: string;
  readonly label: string;
  readonly entries: readonly ZoneEntry[];
}

/**
 * @summary A dialog to choose the time zone that times are shown in: found by city, country or offset.
 *
 * @tagname openslot-zones
 *
 * @event openslot-zone-change - Times shall be shown in another zone; `detail.zone` is its IANA name.
 * @event close - It is closed, and can be taken away.
 *
 * @csspart dialog - The dialog.
 * @csspart heading - What it is.
 * @csspart close-button - The button that closes it.
 * @csspart input - What is searched for.
 * @csspart option - A zone; also `option selected`.
 */
export class OpenslotZones extends LitElement {
  @property({ attribute: false }) display = defaultDisplay;
  @property({ attribute: false }) messages = enZones;
  /** IANA names: of the device's zone, and of the provider's. */
  @property({ attribute: 'viewer-zone' }) viewerZone = '';
  @property({ attribute: 'provider-zone' }) providerZone = '';
  /** Epoch ms by the server's clock. */
  @property({ type: Number }) now = 0;

  @state() private sought = '';
  /** The zone that the keyboard is on. */
  @state() private active: string | null = null;

  @query('dialog') private readonly dialog!: HTMLDialogElement;
  @query('input') private readonly input!: HTMLInputElement;
  @query('[role="option"][data-active]') private readonly activeOption!: HTMLElement | null;

  #all: readonly ZoneEntry[] = [];

  protected override firstUpdated(): void {
    this.dialog.showModal();
    this.input.focus();
  }

  protected override willUpdate(): void {
    if (this.#all.length > 0) return;
    const { lang, hourCycle } = this.display;
    this.#all = listZones({ lang, now: this.now || Date.now(), hourCycle });
  }

  protected override render() {
    const { display, messages, sought } = this;
    const found = searchZones(this.#all, sought);
    const groups = this.#groups(found);
    const selected = findZone(this.#all, display.zone);
    return html`
      <dialog
        part="dialog"
        lang=${display.lang}
        aria-labelledby="heading"
        @close=${this.#onClose}
        @pointerdown=${this.#onPointerDown}
      >
        <div class="box">
          <header>
            <h3 id="heading" part="heading">${messages.title}</h3>
            <button part="close-button" class="close" aria-label=${messages.close} @click=${this.#close}>
              ${iconClose}
            </button>
          </header>
          <input
            part="input"
            type="text"
            role="combobox"
            autocomplete="off"
            spellcheck="false"
            placeholder=${messages.search}
            aria-label=${messages.search}
            aria-expanded="true"
            aria-controls="zones"
            aria-autocomplete="list"
            aria-activedescendant=${this.active ? idOf(this.active) : nothing}
            .value=${sought}
            @input=${this.#onInput}
            @keydown=${this.#onKeydown}
          />
          <div id="zones" class="zones" role="listbox" aria-label=${messages.title} tabindex="-1">
            ${groups.map(({ id, label, entries }) =>
              entries.length > 0
                ? html`<div role="group" aria-labelledby=${id}>
                    <h4 id=${id} class="muted" role="presentation">${label}</h4>
                    ${entries.map((entry) => this.#renderEntry(entry, entry === selected))}
                  </div>`
                : nothing,
            )}
          </div>
          ${found.length === 0 ? html`<p class="none muted">${messages.none(sought.trim())}</p>` : nothing}
          <p class="visually-hidden" role="status">${sought.trim() ? messages.found(found.length) : ''}</p>
        </div>
      </dialog>
    `;
  }

  /* eslint-disable lit-a11y/click-events-have-key-events -- the combobox that it belongs to has them */
  #renderEntry({ zone, city, country, offset, time }: ZoneEntry, isSelected: boolean) {
    return html`
      <div
        part=${isSelected ? 'option selected' : 'option'}
        class="option"
        role="option"
        id=${idOf(zone)}
        aria-selected=${isSelected ? 'true' : 'false'}
        ?data-active=${zone === this.active}
        @click=${() => this.#choose(zone)}
      >
        <span class="place"
          ><strong>${city}</strong> <span class="muted">${country === city ? '' : country}</span></span
        >
        <span class="muted"><span class="clock">${time}</span> ${offset}</span>
      </div>
    `;
  }

  /* eslint-enable lit-a11y/click-events-have-key-events */

  /** Nobody looks twice for what is asked for most; a search goes through all of them. */
  #groups(found: readonly ZoneEntry[]): Group[] {
    const { messages } = this;
    if (this.sought.trim()) return [{ id: 'others', label: messages.others, entries: found }];
    const of = (zone: string) => {
      const entry = zone === '' ? undefined : findZone(found, zone);
      return entry ? [entry] : [];
    };
    const [yours, clinics] = [of(this.viewerZone), of(this.providerZone)];
    const near = [...yours, ...clinics];
    return [
      { id: 'yours', label: messages.yours, entries: yours },
      { id: 'clinics', label: messages.clinics, entries: clinics.filter((entry) => !yours.includes(entry)) },
      { id: 'others', label: messages.others, entries: found.filter((entry) => !near.includes(entry)) },
    ];
  }

  get #shown(): string[] {
    return this.#groups(searchZones(this.#all, this.sought)).flatMap(({ entries }) => entries.map(({ zone }) => zone));
  }

  readonly #onInput = ({ target }: Event): void => {
    this.sought = (target as HTMLInputElement).value;
    // The first that is found is what Enter takes.
    this.active = this.sought.trim() ? (this.#shown[0] ?? null) : null;
    this.#scrollToActive();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      const shown = this.#shown;
      const from = shown.indexOf(this.active ?? '');
      const to = from < 0 && step < 0 ? shown.length - 1 : from + step;
      this.active = shown[Math.min(Math.max(to, 0), shown.length - 1)] ?? null;
      this.#scrollToActive();
    } else if (event.key === 'Enter') {
      if (this.active) this.#choose(this.active);
    } else {
      return;
    }
    event.preventDefault();
  };

  #scrollToActive(): void {
    void this.updateComplete.then(() => this.activeOption?.scrollIntoView({ block: 'nearest' }));
  }

  #choose(zone: string): void {
    request(this, 'openslot-zone-change', { zone });
    this.#close();
  }

  readonly #close = (): void => this.dialog.close();

  readonly #onClose = (): void => {
    this.dispatchEvent(new Event('close'));
  };

  /** Beside the dialog: its backdrop, which is part of it. */
  readonly #onPointerDown = (event: PointerEvent): void => {
    if (event.target === this.dialog) this.#close();
  };

  static override styles = [base, zonesStyles];
}

function idOf(zone: string): string {
  return `zone-${zone.replaceAll('/', '-')}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-zones': OpenslotZones;
  }
}

import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { Service } from '../../../core/wire.ts';
import { defaultDisplay } from '../../shared/display.ts';
import { request } from '../../shared/requests.ts';
import { base } from '../../shared/base.styles.ts';

/**
 * @summary What can be booked, as a row of radio buttons that look like chips.
 *
 * @tagname openslot-services
 *
 * @event openslot-service-select - A service was chosen; `detail.service` is its id.
 *
 * @csspart service - A chip; also `service selected`.
 */
export class OpenslotServices extends LitElement {
  @property({ attribute: false }) display = defaultDisplay;
  @property({ attribute: false }) services: readonly Service[] = [];
  /** Id of the chosen one. */
  @property() selected: string | null = null;

  protected override render() {
    return html`
      <fieldset>
        <legend class="visually-hidden">${this.display.messages.services}</legend>
        ${this.services.map((service) => this.#renderService(service))}
      </fieldset>
    `;
  }

  #renderService({ id, name, description, duration_minutes: minutes }: Service) {
    const isSelected = id === this.selected;
    return html`
      <label part=${isSelected ? 'service selected' : 'service'}>
        <input
          type="radio"
          name="service"
          .checked=${isSelected}
          aria-describedby=${description ? id : nothing}
          @change=${() => request(this, 'openslot-service-select', { service: id })}
        />
        <span>${name} <small>${this.display.duration(minutes)}</small></span>
        ${description ? html`<small id=${id} class="description">${description}</small>` : nothing}
      </label>
    `;
  }

  static override styles = [
    base,
    css`
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_gap);
        min-inline-size: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }

      /* With descriptions they are cards of one width. */
      fieldset:has(.description) {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(12em, 100%), 1fr));
      }

      fieldset:has(.description) label {
        justify-content: start;
        padding-block: 0.6em;
      }

      label {
        position: relative;
        display: flex;
        flex-direction: column;
        justify-content: center;
        min-inline-size: 0;
        min-block-size: var(--_target);
        padding: 0.4em 0.8em;
        border: 1px solid var(--_line);
        font-size: 0.9667em;
        border-radius: calc(var(--_radius) * 0.8);
        line-height: 1.35;
        cursor: pointer;
        transition:
          background-color 120ms,
          border-color 120ms,
          box-shadow 120ms;
      }

      @media (hover: hover) {
        label:hover {
          border-color: color-mix(in oklab, var(--_accent) 55%, var(--_line));
        }
      }

      label:has(:checked) {
        border-color: var(--_accent);
        background: var(--_tint);
        box-shadow: inset 0 0 0 1px var(--_accent);
      }

      label:has(:focus-visible) {
        outline: 2px solid var(--_accent);
        outline-offset: 2px;
      }

      input {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        opacity: 0;
        cursor: pointer;
      }

      small {
        margin-inline-start: 0.2em;
        font-size: 0.8667em;
        color: var(--_muted);
      }

      span small {
        white-space: nowrap;
      }

      .description {
        margin: 0;
        max-inline-size: 36ch;
      }

      @media (forced-colors: active) {
        label:has(:checked) {
          forced-color-adjust: none;
          border-color: Highlight;
          background: Highlight;
        }

        label:has(:checked) * {
          color: HighlightText;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'openslot-services': OpenslotServices;
  }
}

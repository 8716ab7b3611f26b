import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { initials } from './initials.ts';

/** Renders a person's picture, and the initials where there is none or where the browser can't load it. */
export class Avatar {
  readonly #host: ReactiveControllerHost;
  #brokenUrl: string | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  render({ name, avatar_url: url }: { readonly name: string; readonly avatar_url: string | null }): TemplateResult {
    if (!url || url === this.#brokenUrl)
      return html`<span part="avatar" class="avatar" aria-hidden="true">${initials(name)}</span>`;
    const onError = () => {
      this.#brokenUrl = url;
      this.#host.requestUpdate();
    };
    return html`<img part="avatar" class="avatar" src=${url} alt="" @error=${onError} />`;
  }
}

/** An element of a built script, tested through what a person can see, hear and press. */
import { expect, fixture, html } from '@open-wc/testing';
import { ElementPage } from '../../support/pages/element-page.ts';
import { nameOf } from '../../support/pages/seen.ts';
import { elsewhere } from './elsewhere.ts';
import { sockets } from './page.ts';

/** Beside the page run a database, a Realtime server and two more engines. Only a failure waits so long. */
const PATIENCE_MS = 90_000;

type Tag = 'openslot-booking' | 'openslot-desk' | 'openslot-notifications';

export class BuiltElement extends ElementPage<HTMLElement> {
  /** The connection states of the events that the page received, in order. */
  readonly statuses: string[] = [];
  /** Codes and causes of the errors that the page received. */
  readonly errors: string[] = [];

  /** @param client the page's own `SupabaseClient`, instead of the project's URL and key */
  static async open(tag: Tag, attributes: Readonly<Record<string, string>>, client?: object): Promise<BuiltElement> {
    const { url, key } = await elsewhere('project');
    const place = await fixture<HTMLElement>(html`<main></main>`);
    place.style.inlineSize = '1200px';
    const element = document.createElement(tag);
    const page = new BuiltElement(element);
    place.addEventListener('openslot-status-change', ({ detail }) => page.statuses.push(detail.status));
    place.addEventListener('openslot-error', ({ detail: { error } }) =>
      page.errors.push(`${error.code}: ${String(error.cause)}`),
    );
    const all = { lang: 'en-GB', ...(!client && { 'supabase-url': url, 'supabase-key': key }), ...attributes };
    for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
    if (client) element.client = client;
    place.append(element);
    return page;
  }

  /**
   * Expects that the element is live without a break since it first was, on one socket, which an earlier element may have
   * opened.
   */
  expectStillLive(): void {
    expect(this.errors).to.deep.equal([]);
    expect(this.connection).to.equal('live');
    // A bell sends no event about its connection.
    const expected = this.element.localName === 'openslot-notifications' ? [] : ['live'];
    expect(this.statuses.slice(this.statuses.indexOf('live'))).to.deep.equal(expected);
    expect(sockets.length, 'sockets that were opened').to.be.at.most(1);
  }

  /** Names of the visible elements that match. */
  names(selector: string): string[] {
    return this.all(selector).map(nameOf);
  }

  async fill(label: string, value: string): Promise<void> {
    const find = () => this.all('input').find((field) => nameOf(field).startsWith(label));
    await this.until(
      () => find() !== undefined,
      () => `field “${label}” in “${this.text.slice(0, 400)}”`,
    );
    const field = find() as HTMLInputElement;
    field.focus();
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** In short waits, because long ones never end on this page. An error of the element ends the wait at once. */
  override async until(holds: () => boolean, what: string | (() => string)): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    const missing = () => (typeof what === 'string' ? what : what());
    while (!holds()) {
      if (this.errors.length > 0) throw new Error(`${this.errors.join(', ')}, before ${missing()}`);
      if (Date.now() > deadline) throw new Error(`Timeout: ${missing()}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

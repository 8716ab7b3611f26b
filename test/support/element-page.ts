/** An element as somebody meets it who sees, hears and presses, but knows nothing of its insides. */
import { waitUntil } from '@open-wc/testing';
import { deepQueryAll, isVisible, nameOf, PATIENCE_MS } from './seen.ts';

export class ElementPage<Kind extends HTMLElement> {
  readonly element: Kind;

  protected constructor(element: Kind) {
    this.element = element;
  }

  /** Everything readable. */
  get text(): string {
    return nameOf(this.element);
  }

  get buttons(): string[] {
    return this.all('button').map(nameOf);
  }

  /** Name of what has the focus. */
  get focused(): string {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active && active !== document.body ? nameOf(active) : '';
  }

  hasState(name: string): boolean {
    return this.element.matches(`:state(${name})`);
  }

  has(text: string | RegExp): boolean {
    return typeof text === 'string' ? this.text.includes(text) : text.test(this.text);
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.until(() => this.has(text), `“${text}” in “${this.text.slice(0, 600)}”`);
  }

  async seesNo(text: string | RegExp): Promise<void> {
    await this.until(() => !this.has(text), `“${text}” gone`);
  }

  async until(holds: () => boolean, what: string): Promise<void> {
    await waitUntil(holds, what, { timeout: PATIENCE_MS, interval: 10 });
  }

  /** The button of that name, once it is there. */
  async button(name: string | RegExp): Promise<HTMLElement> {
    const find = () =>
      this.all('button').find((button) =>
        typeof name === 'string' ? nameOf(button) === name : name.test(nameOf(button)),
      );
    await this.until(() => find() !== undefined, `button “${name}” in “${this.text.slice(0, 600)}”`);
    return find()!;
  }

  async press(name: string | RegExp): Promise<void> {
    (await this.button(name)).click();
  }

  protected all(selector: string): HTMLElement[] {
    return deepQueryAll(this.element, selector).filter(isVisible);
  }
}

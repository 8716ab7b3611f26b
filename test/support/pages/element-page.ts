/** An element as somebody meets it who sees, hears and presses, but knows nothing of its insides. */
import { waitUntil } from '@open-wc/testing';
import { deepQueryAll, isVisible, nameOf, PATIENCE_MS, wholeTexts } from './seen.ts';

const CONNECTIONS = ['connecting', 'live', 'polling', 'offline'] as const;

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

  /** The states of its connection that the element is in: one, or none where there is nothing to connect to. */
  get connection(): string {
    return CONNECTIONS.filter((name) => this.hasState(name)).join();
  }

  /** Waits until all that some element or line says is this text, or until the expression matches some of all there is. */
  async sees(text: string | RegExp): Promise<void> {
    await this.until(
      () => this.reads(text),
      () => `“${text}” in “${this.text.slice(0, 600)}”`,
    );
  }

  /**
   * Waits until a text is nowhere any more, not even as part of another, while `beside` is still seen: on an empty page it
   * waits in vain.
   */
  async seesNo(text: string, beside: string | RegExp): Promise<void> {
    await this.until(
      () => !this.text.includes(text) && this.reads(beside),
      () => `no “${text}”, beside “${beside}”, in “${this.text.slice(0, 600)}”`,
    );
  }

  /** Waits until the element says that its connection is in this state and in no other, or in none at all. */
  async becomes(connection: (typeof CONNECTIONS)[number] | ''): Promise<void> {
    await this.until(
      () => this.connection === connection,
      () => `${connection}, but it is “${this.connection}”`,
    );
  }

  /** @param what is waited for, as it is to be said when it never came; called then */
  async until(holds: () => boolean, what: string | (() => string)): Promise<void> {
    try {
      await waitUntil(holds, undefined, { timeout: PATIENCE_MS, interval: 10 });
    } catch (cause) {
      throw new Error(`Timeout: ${typeof what === 'string' ? what : what()}`, { cause });
    }
  }

  /** The button of that name, once it is there. */
  async button(name: string | RegExp): Promise<HTMLElement> {
    const find = () =>
      this.all('button').find((button) =>
        typeof name === 'string' ? nameOf(button) === name : name.test(nameOf(button)),
      );
    await this.until(
      () => find() !== undefined,
      () => `button “${name}” in “${this.text.slice(0, 600)}”`,
    );
    return find()!;
  }

  async press(name: string | RegExp): Promise<void> {
    (await this.button(name)).click();
  }

  private reads(text: string | RegExp): boolean {
    return typeof text === 'string' ? wholeTexts(this.element).has(text) : text.test(this.text);
  }

  protected all(selector: string): HTMLElement[] {
    return deepQueryAll(this.element, selector).filter(isVisible);
  }
}

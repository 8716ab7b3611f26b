/** Somebody who uses the element of a story: what a play function needs to walk through it. */
import { expect, userEvent, waitFor } from 'storybook/test';
import { deepQueryAll, isVisible, nameOf, PATIENCE_MS, wholeTexts } from '../../test/support/pages/seen.ts';

/** Elements that have a connection of their own, which their custom states tell. */
const CONNECTED = 'openslot-booking, openslot-desk, openslot-notifications';
const CONNECTIONS = ['connecting', 'live', 'polling', 'offline'] as const;

export class Visitor {
  private readonly canvas: HTMLElement;

  constructor(canvas: HTMLElement) {
    this.canvas = canvas;
  }

  /** Waits until all that some element, line or sentence says is this text, or until an expression matches part of it all. */
  async sees(text: string | RegExp): Promise<void> {
    await this.until(() => this.reads(text));
  }

  /** Waits until a text is nowhere, not even as part of another, while `beside` is seen: on an empty page it waits in vain. */
  async seesNo(text: string, beside: string | RegExp): Promise<void> {
    await this.until(() => {
      void expect(nameOf(this.canvas)).not.toContain(text);
      this.reads(beside);
    });
  }

  /** Waits until the element of the story says that its connection is in this state, and in no other. */
  async connectionBecomes(state: (typeof CONNECTIONS)[number]): Promise<void> {
    await this.until(() => {
      const [element] = deepQueryAll(this.canvas, CONNECTED);
      void expect(CONNECTIONS.filter((name) => element?.matches(`:state(${name})`))).toEqual([state]);
    });
  }

  /** Presses the button of that name, once it is there. */
  async presses(name: string | RegExp): Promise<void> {
    await userEvent.click(await this.button(name));
  }

  button(name: string | RegExp): Promise<HTMLElement> {
    return this.find(
      'button',
      (candidate) => (typeof name === 'string' ? candidate === name : name.test(candidate)),
      name,
    );
  }

  /** The field whose label begins so; “optional” may follow. */
  field(label: string): Promise<HTMLElement> {
    return this.find('input, textarea', (candidate) => candidate.startsWith(label), label);
  }

  async types(label: string, text: string): Promise<void> {
    await userEvent.type(await this.field(label), text);
  }

  /** Chooses a time and waits until it is held. */
  async holds(time: string): Promise<void> {
    await this.presses(time);
    await this.sees('Held for you');
  }

  async fillsIn(): Promise<void> {
    await this.types('Full name', 'Jonas Ek');
    await this.types('E-mail', 'jonas@example.com');
    await this.types('What is it about?', 'A cough that does not go away');
  }

  async books(time: string): Promise<void> {
    await this.holds(time);
    await this.fillsIn();
    await this.presses(`Book ${time}`);
    await this.sees('You’re booked');
  }

  /** A desk with little room shows one day at a time: that day. */
  async goesTo(day: string): Promise<void> {
    await this.connectionBecomes('live');
    const button = deepQueryAll(this.canvas, 'button').find((one) => isVisible(one) && nameOf(one) === day);
    if (button) await userEvent.click(button);
  }

  /** Presses a time or an appointment at the desk, by day, time and whatever else its name begins with. */
  async opens(name: string): Promise<void> {
    await this.goesTo(name.slice(0, name.indexOf(',')));
    await userEvent.click(await this.find('button', (candidate) => candidate.startsWith(name), name));
  }

  private async find(
    selector: string,
    isWanted: (name: string) => boolean,
    wanted: string | RegExp,
  ): Promise<HTMLElement> {
    let found: HTMLElement | undefined;
    await this.until(() => {
      const candidates = deepQueryAll(this.canvas, selector).filter(isVisible);
      found = candidates.find((element) => isWanted(nameOf(element)));
      if (!found) throw new Error(`There is no “${wanted}” among “${candidates.map(nameOf).join('”, “')}”.`);
    });
    return found!;
  }

  /** Throws unless the text is there. */
  private reads(text: string | RegExp): void {
    if (typeof text === 'string') void expect([...wholeTexts(this.canvas)]).toContain(text);
    else void expect(nameOf(this.canvas)).toMatch(text);
  }

  private async until(check: () => void): Promise<void> {
    await waitFor(check, { timeout: PATIENCE_MS });
  }
}

/** Somebody who uses the widget of a story: what a play function needs to walk through it. */
import { expect, userEvent, waitFor } from 'storybook/test';
import { deepQueryAll, isVisible, nameOf, PATIENCE_MS } from '../../test/support/seen.ts';

export class Visitor {
  private readonly canvas: HTMLElement;

  constructor(canvas: HTMLElement) {
    this.canvas = canvas;
  }

  /** Waits until the text can be read somewhere. */
  async sees(text: string): Promise<void> {
    await waitFor(() => expect(nameOf(this.canvas)).toContain(text), { timeout: PATIENCE_MS });
  }

  async seesNo(text: string): Promise<void> {
    await waitFor(() => expect(nameOf(this.canvas)).not.toContain(text), { timeout: PATIENCE_MS });
  }

  /** Presses the button of that name, once it is there. */
  async presses(name: string): Promise<void> {
    await userEvent.click(await this.button(name));
  }

  button(name: string): Promise<HTMLElement> {
    return this.find('button', name);
  }

  field(label: string): Promise<HTMLElement> {
    return this.find('input, textarea', label);
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
    await this.sees('Live');
    const button = deepQueryAll(this.canvas, 'button').find((one) => isVisible(one) && nameOf(one) === day);
    if (button) await userEvent.click(button);
  }

  /** Presses a time or an appointment at the desk, whose name begins with its day. */
  async opens(name: string): Promise<void> {
    await this.goesTo(name.slice(0, name.indexOf(',')));
    await this.presses(name);
  }

  /** The element whose accessible name begins so. */
  private async find(selector: string, name: string): Promise<HTMLElement> {
    const candidates = () => deepQueryAll(this.canvas, selector).filter(isVisible);
    await waitFor(() => expect(candidates().map((element) => nameOf(element).slice(0, name.length))).toContain(name), {
      timeout: PATIENCE_MS,
    });
    return candidates().find((element) => nameOf(element).startsWith(name))!;
  }
}

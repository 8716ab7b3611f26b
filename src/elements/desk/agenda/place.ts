import { noChange } from 'lit';
import { directive, Directive, type ElementPart } from 'lit/directive.js';

type Numbers = Readonly<Record<string, number>>;

class PlaceDirective extends Directive {
  #element: HTMLElement | null = null;
  #before: Numbers = {};

  override update({ element }: ElementPart, [numbers]: [Numbers]): typeof noChange {
    this.#element = element as HTMLElement;
    return this.render(numbers);
  }

  override render(numbers: Numbers): typeof noChange {
    for (const [name, value] of Object.entries(numbers)) {
      if (this.#before[name] !== value) this.#element?.style.setProperty(`--_${name}`, String(value));
    }
    this.#before = numbers;
    return noChange;
  }
}

/**
 * Sets numbers as private custom properties of an element, from which the style sheet computes its place. `styleMap` would
 * first write a `style` attribute, which a strict content security policy forbids.
 */
export const place = directive(PlaceDirective);

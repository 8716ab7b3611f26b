/** Axe finds nothing, in each engine and both schemes. Stories show all states, and axe checks each of them in Chromium. */
import { expect } from '@open-wc/testing';
import { standsStill } from './seen.ts';

export type State = readonly [name: string, reach: () => Promise<{ readonly element: HTMLElement }>];

/** Declares a test for each state and scheme. */
export function axeFindsNothing(states: readonly State[]): void {
  const { style } = document.documentElement;
  afterEach(() => style.removeProperty('color-scheme'));

  for (const [name, reach] of states) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`${name}, ${colorScheme}`, async () => {
        style.colorScheme = colorScheme;
        const { element } = await reach();
        element.parentElement!.style.background = 'Canvas';
        // What still fades in has the contrast of neither end.
        await standsStill(element);
        await expect(element).to.be.accessible();
      });
    }
  }
}

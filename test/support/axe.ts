/** What every state of an element has to pass: axe finds nothing, in both schemes. */
import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';

export type State = readonly [name: string, reach: () => Promise<{ readonly element: HTMLElement }>];

/** Declares a test for each state and scheme. */
export function axeFindsNothing(states: readonly State[]): void {
  afterEach(() => emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' }));

  for (const [name, reach] of states) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`${name}, ${colorScheme}`, async () => {
        await emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const { element } = await reach();
        const place = element.parentElement!;
        place.style.colorScheme = 'light dark';
        place.style.background = 'Canvas';
        await expect(element).to.be.accessible();
      });
    }
  }
}

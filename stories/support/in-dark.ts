/** Addon a11y checks each story in the scheme that it is shown in. This checks the contrast of its colours in the dark as well. */
import type { Preview } from '@storybook/web-components-vite';

type AfterEach = NonNullable<Preview['afterEach']>;

const isTested = '__vitest_browser__' in globalThis;

/** @param scheme selector of the element that sets the colour scheme of the story */
export const contrastInDark =
  (scheme: string): AfterEach =>
  async ({ canvasElement, globals }) => {
    if (!isTested || globals['scheme'] === 'dark') return;
    const place = canvasElement.querySelector<HTMLElement>(scheme);
    if (!place) throw new Error(`The story has no ${scheme}`);
    const { default: axe } = await import('axe-core');
    // Of a text that is cut off, axe measures also what lies outside of the story, on the page.
    const styles = [place, document.documentElement].map(({ style }) => style);
    const before = styles.map(({ cssText }) => cssText);
    for (const style of styles) Object.assign(style, { colorScheme: 'dark', background: 'Canvas' });
    const { violations } = await axe.run(canvasElement, { runOnly: ['color-contrast'] });
    for (const [index, style] of styles.entries()) style.cssText = before[index] ?? '';
    const texts = violations.flatMap(({ nodes }) =>
      nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
    );
    if (texts.length > 0) throw new Error(`In the dark, the contrast is too low of ${texts.join('\n')}`);
  };

import { type Decorator, type Preview, setCustomElementsManifest } from '@storybook/web-components-vite';
import { html } from 'lit';
import manifest from '../custom-elements.json';

setCustomElementsManifest(manifest);

/** A page with that colour scheme around every story. */
const inScheme: Decorator = (story, { globals, viewMode }) => html`
  <div
    style="color-scheme: ${globals['scheme']}; box-sizing: border-box; min-block-size: ${viewMode === 'story' ? '100vh' : 'auto'}; padding: 1rem; background: Canvas; color: CanvasText; font-family: system-ui, sans-serif"
  >
    ${story()}
  </div>
`;

const preview: Preview = {
  tags: ['autodocs'],
  decorators: [inScheme],
  globalTypes: {
    scheme: {
      description: 'Colour scheme of the page',
      toolbar: {
        title: 'Scheme',
        icon: 'contrast',
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
          { value: 'light dark', title: 'The system’s' },
        ],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: { scheme: 'light' },
  parameters: {
    a11y: { test: 'error' },
    layout: 'fullscreen',
    backgrounds: { disable: true },
    viewport: {
      options: {
        phone: { name: 'Phone', styles: { width: '320px', height: '640px' }, type: 'mobile' },
        tablet: { name: 'Tablet', styles: { width: '768px', height: '1024px' }, type: 'tablet' },
        desktop: { name: 'Desktop', styles: { width: '1280px', height: '800px' }, type: 'desktop' },
      },
    },
    options: { storySort: { order: ['Introduction', 'Theming', 'Booking', ['openslot-booking'], 'Parts'] } },
  },
};

export default preview;

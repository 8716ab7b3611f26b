import type { ArgTypesEnhancer } from 'storybook/internal/types';
import { type Decorator, type Preview, setCustomElementsManifest } from '@storybook/web-components-vite';
import { html } from 'lit';
import { contrastInDark } from '../stories/support/in-dark.ts';
import manifest from '../custom-elements.json';

interface Member {
  readonly kind: string;
  readonly privacy?: string;
  readonly static?: boolean;
}

interface Declaration {
  readonly members?: readonly Member[];
  readonly cssParts?: readonly { readonly name: string }[];
}

interface Manifest {
  readonly modules: readonly { readonly declarations: readonly Declaration[] }[];
}

/**
 * What the tables shall list: no member that is private, static or a method, and parts by names that can't be taken for
 * those of attributes.
 */
function listed({ modules }: Manifest): Manifest {
  const isPublic = ({ kind, privacy, static: isStatic }: Member) =>
    kind === 'field' && privacy !== 'private' && privacy !== 'protected' && !isStatic;
  return {
    modules: modules.map((module) => ({
      ...module,
      declarations: module.declarations.map((declaration) => ({
        ...declaration,
        members: declaration.members?.filter(isPublic) ?? [],
        cssParts: declaration.cssParts?.map((part) => ({ ...part, name: `::part(${part.name})` })) ?? [],
      })),
    })),
  };
}

setCustomElementsManifest(listed(manifest as Manifest));

/** A page with that colour scheme around every story. */
const inScheme: Decorator = (story, { globals, viewMode }) => html`
  <div
    class="scheme"
    style="color-scheme: ${globals['scheme']}; box-sizing: border-box; min-block-size: ${viewMode === 'story' ? '100vh' : 'auto'}; padding: 1rem; background: Canvas; color: CanvasText; font-family: system-ui, sans-serif"
  >
    ${story()}
  </div>
`;

/** Events, slots, parts and custom properties are told of, but can't be set by a control. */
const onlyInputsHaveControls: ArgTypesEnhancer = ({ argTypes }) =>
  Object.fromEntries(
    Object.entries(argTypes).map(([name, argType]) => {
      const isInput = ['attributes', 'properties', undefined].includes(argType.table?.category);
      return [name, isInput ? argType : { ...argType, control: false }];
    }),
  );

const preview: Preview = {
  argTypesEnhancers: [onlyInputsHaveControls],
  tags: ['autodocs'],
  decorators: [inScheme],
  afterEach: contrastInDark('.scheme'),
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
    options: {
      storySort: {
        order: [
          'Introduction',
          'Theming',
          'Booking',
          ['openslot-booking', 'Steps', 'Trouble', 'Surroundings'],
          'Desk',
          ['openslot-desk', 'Surroundings'],
          'Parts',
        ],
      },
    },
  },
};

export default preview;

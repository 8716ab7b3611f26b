import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import ink from '../../examples/themes/ink.css?raw';
import linen from '../../examples/themes/linen.css?raw';
import playroom from '../../examples/themes/playroom.css?raw';
import { longNames } from '../support/seeds.ts';
import { openStage } from '../support/stage.ts';
import { Visitor } from '../support/visitor.ts';
import { on, renderWidget, styled, widgetMeta, within, type WidgetArgs } from '../support/widget.ts';

/** The pages that the widget has to fit into. */
const meta: Meta<WidgetArgs> = {
  ...widgetMeta,
  title: 'Booking/Surroundings',
  play: ({ canvasElement }) => new Visitor(canvasElement).sees(/\d+ times free/),
};

export default meta;

type Story = StoryObj<WidgetArgs>;

export const Dark: Story = {
  globals: { scheme: 'dark' },
};

/** Texts run as their own language does; everything else is mirrored. The week begins as it does where the page is read. */
export const RightToLeft: Story = {
  args: { lang: '' },
  decorators: [(story) => html`<div dir="rtl" lang="ar-EG">${story()}</div>`],
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('الاثنين'),
};

/** The language of the page is the widget's, as soon as it is on the page: here all that come with it. */
export const Languages: Story = {
  tags: ['!autodocs'],
  render: (args, context) => {
    const stage = openStage(context, {});
    const languages = ['ar', 'de', 'es', 'fr', 'he', 'hi', 'it', 'ja', 'nl', 'pl', 'pt-BR', 'tr', 'zh-CN'];
    return html`
      <div style="display: grid; gap: 1rem">
        ${languages.map(
          (lang) =>
            html`<div lang=${lang} dir=${['ar', 'he'].includes(lang) ? 'rtl' : 'ltr'}>
              ${renderWidget({ ...args, lang: '' }, stage)}
            </div>`,
        )}
      </div>
    `;
  },
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.sees('Vormittag');
    await visitor.sees('上午');
  },
};

export const Narrow: Story = {
  decorators: [within('inline-size: 320px; margin: -1rem')],
};

export const NarrowDetails: Story = {
  tags: ['!autodocs'],
  decorators: [within('inline-size: 320px; margin: -1rem')],
  play: ({ canvasElement }) => new Visitor(canvasElement).holds('10:00'),
};

export const LargeText: Story = {
  decorators: [within('font-size: 200%')],
};

export const LargeTextOnPhone: Story = {
  decorators: [within('font-size: 200%; inline-size: 320px; margin: -1rem')],
};

export const LongNames: Story = {
  render: on({ seed: longNames }),
};

export const LongNamesOnPhone: Story = {
  decorators: [within('inline-size: 320px; margin: -1rem')],
  render: on({ seed: longNames }),
};

/** Colours, roundness and shadow are custom properties; a value for both schemes is a `light-dark()`. */
export const Themed: Story = {
  decorators: [
    within(`
      font-family: Georgia, serif;
      --openslot-accent: light-dark(oklch(0.45 0.13 300), oklch(0.8 0.1 300));
      --openslot-surface: light-dark(#fdfbf7, #1f1b24);
      --openslot-radius: 0.2em;
      --openslot-shadow: none;
    `),
  ],
};

/** Warm paper and a serif: `examples/themes/linen.css`. */
export const Linen: Story = { decorators: [styled(linen)] };

/** Black, white and lines: `examples/themes/ink.css`. */
export const Ink: Story = { decorators: [styled(ink)] };

/** Round and bright: `examples/themes/playroom.css`. */
export const Playroom: Story = { decorators: [styled(playroom)] };

/** Small and tight, for a page full of other things. */
export const Compact: Story = {
  decorators: [within('--openslot-density: 0.75; --openslot-font-size: 0.8125rem; max-inline-size: 34rem')],
};

export const SideBySide: Story = {
  decorators: [
    within('display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1rem'),
  ],
  render: (args, context) => {
    const stage = openStage(context, {});
    return html`${renderWidget(args, stage)} ${renderWidget({ ...args, provider: 'amara-okafor' }, stage)}`;
  },
};

import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { OpenslotZones } from '../../src/elements/booking/zones/openslot-zones.ts';
import { display, now } from '../support/parts.ts';
import { Visitor } from '../support/visitor.ts';

type Args = Pick<OpenslotZones, 'viewerZone' | 'providerZone'>;

const meta: Meta<Args> = {
  title: 'Parts/openslot-zones',
  component: 'openslot-zones',
  parameters: { docs: { story: { inline: false, height: '36rem' } } },
  args: { viewerZone: 'America/New_York', providerZone: 'Europe/Stockholm' },
  render: ({ viewerZone, providerZone }) => html`
    <openslot-zones
      .display=${display}
      .viewerZone=${viewerZone}
      .providerZone=${providerZone}
      .now=${now()}
    ></openslot-zones>
  `,
};

export default meta;

type Story = StoryObj<Args>;

export const Default: Story = {
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('All time zones'),
};

export const Found: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.types('Search for a city', 'gmt+9');
    await visitor.sees('Tokyo');
    await visitor.seesNo('Lisbon', /Tokyo/);
  },
};

export const Nothing: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.types('Search for a city', 'Atlantis');
    await visitor.sees('We know no time zone for “Atlantis”.');
  },
};

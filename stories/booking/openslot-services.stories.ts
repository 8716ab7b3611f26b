import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { OpenslotServices } from '../../src/elements/booking/times/openslot-services.ts';
import { SERVICES } from '../../test/support/memory/memory-backend.ts';
import { display, inCard } from '../support/parts.ts';
import { longNames, manyServices } from '../support/seeds.ts';

type Args = Pick<OpenslotServices, 'services' | 'selected'>;

const { consultation, firstVisit, vaccination } = SERVICES;

const meta: Meta<Args> = {
  title: 'Parts/openslot-services',
  component: 'openslot-services',
  decorators: [inCard],
  args: { services: [consultation, firstVisit, vaccination], selected: consultation.id },
  render: ({ services, selected }) => html`
    <openslot-services .display=${display} .services=${services} .selected=${selected}></openslot-services>
  `,
};

export default meta;

type Story = StoryObj<Args>;

export const Default: Story = {};

export const NothingSelected: Story = { args: { selected: null } };

export const Many: Story = { args: { services: manyServices, selected: vaccination.id } };

export const Descriptions: Story = {
  args: {
    services: [
      { ...consultation, description: 'For anything new. Bring a list of what you take.' },
      { ...firstVisit, description: 'If we have not met: your history, and time for questions.' },
    ],
  },
};

export const LongNames: Story = { args: { services: longNames[0]!.services } };

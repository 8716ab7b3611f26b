import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { display, inCard, inColumn } from '../support/parts.ts';

const meta: Meta = {
  title: 'Parts/openslot-skeleton',
  component: 'openslot-skeleton',
  decorators: [inCard],
  render: () => html`<openslot-skeleton .display=${display}></openslot-skeleton>`,
};

export default meta;

type Story = StoryObj;

export const Wide: Story = {};

export const Narrow: Story = { decorators: [inColumn] };

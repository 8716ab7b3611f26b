import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { OpenslotFooter } from '../../src/elements/booking/times/openslot-footer.ts';
import { availability, display, inCard, inColumn, now } from '../support/parts.ts';

type Args = Pick<OpenslotFooter, 'otherZone' | 'next'>;

const meta: Meta<Args> = {
  title: 'Parts/openslot-footer',
  component: 'openslot-footer',
  decorators: [inCard],
  args: { otherZone: null, next: availability.starts[0] ?? null },
  argTypes: { otherZone: { control: 'select', options: [null, 'Asia/Kolkata', 'America/New_York'] } },
  render: ({ otherZone, next }) => html`
    <openslot-footer .display=${display} .otherZone=${otherZone} .now=${now()} .next=${next}></openslot-footer>
  `,
};

export default meta;

type Story = StoryObj<Args>;

export const Default: Story = {};

export const OtherZone: Story = { args: { otherZone: 'Asia/Kolkata' } };

export const NothingFree: Story = { args: { next: null } };

export const Narrow: Story = { args: { otherZone: 'America/New_York' }, decorators: [inColumn] };

import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import type { OpenslotHold } from '../../src/elements/booking/openslot-hold.ts';
import { inColumn, messages, now } from '../support/parts.ts';
import { Visitor } from '../support/visitor.ts';

interface Args extends Pick<OpenslotHold, 'status' | 'extendable' | 'time'> {
  /** Whole seconds that are left. */
  readonly left: number | null;
}

/** Time stands still in these stories. */
const meta: Meta<Args> = {
  title: 'Parts/openslot-hold',
  component: 'openslot-hold',
  decorators: [inColumn],
  args: { status: 'held', left: 232, extendable: true, time: '10:00' },
  argTypes: { status: { control: 'select', options: ['pending', 'held', 'ended', 'none'] } },
  render: ({ status, left, extendable, time }) => html`
    <openslot-hold
      .messages=${messages}
      .now=${now}
      status=${status}
      held-until=${left === null ? nothing : new Date(now() + left * 1_000).toISOString()}
      ?extendable=${extendable}
      time=${time}
    ></openslot-hold>
  `,
};

export default meta;

type Story = StoryObj<Args>;

export const Held: Story = {
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('for 3:52'),
};

/** The last half minute is amber. */
export const AlmostOver: Story = { args: { left: 19 } };

/** Held for as long as it may be. */
export const NoMoreTime: Story = { args: { left: 60, extendable: false } };

export const Pending: Story = { args: { status: 'pending', left: null } };

export const Ended: Story = { args: { status: 'ended', left: null } };

/** Could not be held, but may be booked all the same. */
export const NotHeld: Story = { args: { status: 'none', left: null } };

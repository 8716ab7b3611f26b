import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import type { OpenslotMove } from '../../src/elements/booking/appointment/openslot-move.ts';
import { appointment, display, inCard, messages, TUESDAY } from '../support/parts.ts';
import { Visitor } from '../support/visitor.ts';

type Args = Pick<OpenslotMove, 'appointment' | 'to' | 'busy' | 'taken'>;

const meta: Meta<Args> = {
  title: 'Parts/openslot-move',
  component: 'openslot-move',
  decorators: [inCard],
  args: { appointment, to: `${TUESDAY}T12:20:00Z`, busy: false, taken: false },
  render: (args) => html`
    <openslot-move
      .display=${display}
      .messages=${messages}
      .appointment=${args.appointment}
      .to=${args.to}
      .busy=${args.busy}
      .taken=${args.taken}
    ></openslot-move>
  `,
};

export default meta;

type Story = StoryObj<Args>;

export const Asking: Story = {
  play: ({ canvasElement }) =>
    new Visitor(canvasElement).sees('From Monday 23 November, 10:00 To Tuesday 24 November, 13:20'),
};

export const Moving: Story = { args: { busy: true } };

/** The new time went to somebody else. */
export const Taken: Story = {
  args: { taken: true },
  play: async ({ canvasElement }) => {
    const button = await new Visitor(canvasElement).button('Move to 13:20');
    await expect(button).toHaveAttribute('aria-disabled', 'true');
  },
};

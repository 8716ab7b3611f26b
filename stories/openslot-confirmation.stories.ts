import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { OpenslotConfirmation } from '../src/elements/openslot-confirmation.ts';
import { appointment, display, inCard, messages, now, TUESDAY } from './support/parts.ts';
import { Visitor } from './support/visitor.ts';

type Args = Pick<OpenslotConfirmation, 'appointment' | 'moved' | 'moveTo' | 'busy' | 'taken'>;

const meta: Meta<Args> = {
  title: 'Parts/openslot-confirmation',
  component: 'openslot-confirmation',
  decorators: [inCard],
  args: { appointment, moved: false, moveTo: null, busy: false, taken: false },
  render: (args) => html`
    <openslot-confirmation
      .display=${display}
      .messages=${messages}
      .appointment=${args.appointment}
      .moved=${args.moved}
      .moveTo=${args.moveTo}
      .busy=${args.busy}
      .taken=${args.taken}
      .now=${now}
    ></openslot-confirmation>
  `,
};

export default meta;

type Story = StoryObj<Args>;

export const Booked: Story = {};

export const Moved: Story = { args: { moved: true } };

/** Too near to be changed by the patient. */
export const NotChangeable: Story = { args: { appointment: { ...appointment, changeable: false } } };

export const AskingToCancel: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Cancel');
    await visitor.sees('Cancel this appointment?');
  },
};

export const Cancelled: Story = {
  args: { appointment: { ...appointment, status: 'cancelled', cancelled_by: 'patient', changeable: false } },
};

export const CancelledByClinic: Story = {
  args: { appointment: { ...appointment, status: 'cancelled', cancelled_by: 'provider', changeable: false } },
};

const moveTo = `${TUESDAY}T12:20:00Z`;

export const AskingToMove: Story = { args: { moveTo } };

export const Moving: Story = { args: { moveTo, busy: true } };

/** The new time went to somebody else. */
export const NewTimeTaken: Story = { args: { moveTo, taken: true } };

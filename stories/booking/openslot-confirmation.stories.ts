import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import type { OpenslotConfirmation } from '../../src/elements/booking/appointment/openslot-confirmation.ts';
import { enAppointment as texts } from '../../src/locales/en/appointment.ts';
import { appointment, display, inCard, messages } from '../support/parts.ts';
import { Visitor } from '../support/visitor.ts';

type Args = Pick<OpenslotConfirmation, 'appointment' | 'standing'>;

const meta: Meta<Args> = {
  title: 'Parts/openslot-confirmation',
  component: 'openslot-confirmation',
  decorators: [inCard],
  args: {
    appointment,
    standing: {
      kind: 'good',
      heading: texts.booked,
      hint: texts.whatNext('Northside Clinic', 'jonas@example.com'),
    },
  },
  render: (args) => html`
    <openslot-confirmation
      .display=${display}
      .messages=${texts}
      .appointment=${args.appointment}
      .standing=${args.standing}
    ></openslot-confirmation>
  `,
};

export default meta;

type Story = StoryObj<Args>;

export const Booked: Story = {};

export const MovedByClinic: Story = {
  args: {
    standing: {
      kind: 'changed',
      heading: texts.movedByClinic,
      notes: [texts.insteadOf('Friday 20 November, 16:00')],
      quote: {
        from: texts.writes('Northside Clinic'),
        text: 'I am away on Friday.\nPlease call if this does not suit you.',
      },
    },
  },
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('Northside Clinic writes: I am away on Friday.'),
};

export const InAnotherZone: Story = {
  args: {
    standing: {
      kind: 'good',
      heading: texts.yours,
      notes: [texts.inZone('Monday 23 November, 3:00', 'New York (GMT-5)')],
    },
  },
};

export const Cancelled: Story = { args: { standing: { kind: 'gone', heading: texts.cancelled } } };

export const Over: Story = { args: { standing: { kind: 'over', heading: texts.over } } };

/** What is put into it stands below the appointment, what is the matter below that. */
export const WithActions: Story = {
  render: (args) => html`
    <openslot-confirmation
      .display=${display}
      .messages=${texts}
      .appointment=${args.appointment}
      .standing=${args.standing}
    >
      <openslot-manage .display=${display} .appointment=${args.appointment} upcoming movable></openslot-manage>
      <openslot-notice slot="notice" .notice=${{ kind: 'error', text: messages.errors.network }}></openslot-notice>
    </openslot-confirmation>
  `,
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await expect(await visitor.button('Reschedule')).toBeVisible();
    await visitor.sees('We can’t reach the clinic.');
  },
};

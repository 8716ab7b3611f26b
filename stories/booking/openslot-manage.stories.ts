import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, fn } from 'storybook/test';
import type { OpenslotManage } from '../../src/elements/booking/appointment/openslot-manage.ts';
import { appointment, display, inCard, now } from '../support/parts.ts';
import { Visitor } from '../support/visitor.ts';

type Args = Pick<OpenslotManage, 'appointment' | 'upcoming' | 'movable' | 'busy'>;

const meta: Meta<Args> = {
  title: 'Parts/openslot-manage',
  component: 'openslot-manage',
  decorators: [inCard],
  args: { appointment, upcoming: true, movable: true, busy: false },
  render: (args) => html`
    <openslot-manage
      .display=${display}
      .appointment=${args.appointment}
      .upcoming=${args.upcoming}
      .movable=${args.movable}
      .busy=${args.busy}
      .now=${now}
    ></openslot-manage>
  `,
};

export default meta;

type Story = StoryObj<Args>;

export const Upcoming: Story = {};

export const Calendars: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Add to calendar');
    await visitor.sees('Calendar file');
    await expect(await visitor.button('Add to calendar')).toHaveAttribute('aria-expanded', 'true');
  },
};

/** Too near to be changed by the patient. */
export const NotChangeable: Story = {
  args: { appointment: { ...appointment, changeable: false } },
  play: ({ canvasElement }) => new Visitor(canvasElement).seesNo('Reschedule', 'Add to calendar'),
};

/** The provider takes no bookings online any more. */
export const NotMovable: Story = {
  args: { movable: false },
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.seesNo('Reschedule', 'Cancel');
  },
};

export const AskingToCancel: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Cancel');
    await visitor.sees('Cancel this appointment?');
  },
};

export const WithReason: Story = {
  play: async ({ canvasElement }) => {
    const cancel = fn<(reason: string) => void>();
    canvasElement.addEventListener('openslot-cancel-confirm', (event) => cancel(event.detail.reason), {
      once: true,
    });
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Cancel');
    await visitor.types('Reason', 'I am better again');
    // What was typed is still there after second thoughts.
    await visitor.presses('Keep it');
    await visitor.presses('Cancel');
    await visitor.presses('Yes, cancel it');
    await expect(cancel).toHaveBeenCalledWith('I am better again');
  },
};

export const Cancelled: Story = {
  args: { upcoming: false, appointment: { ...appointment, status: 'cancelled', changeable: false } },
};

export const Over: Story = { args: { upcoming: false, appointment: { ...appointment, changeable: false } } };

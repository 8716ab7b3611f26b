import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { at, MIRA_HOURS } from '../../test/support/memory/desk-seed.ts';
import { MIRA } from '../../test/support/memory/memory-backend.ts';
import { atDesk, type DeskArgs, deskMeta, deskStageOf } from '../support/desk.ts';
import { Visitor } from '../support/visitor.ts';
import { within } from '../support/widget.ts';

/** The provider's side. It is Tuesday, 24 November 2026, 12:45 in Stockholm. */
const meta: Meta<DeskArgs> = { ...deskMeta, title: 'Desk/openslot-desk' };

export default meta;

type Story = StoryObj<DeskArgs>;

export const Week: Story = {
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('Live · 3 viewing your page'),
};

export const OneDay: Story = {
  decorators: [within('max-inline-size: 22rem; margin-inline: auto')],
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('Tuesday 24 November'),
};

export const TwelveHoursFromSunday: Story = {
  args: { 'hour-cycle': 'h12', 'first-day-of-week': 'sunday' },
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('11:00 am'),
};

export const RightToLeft: Story = {
  decorators: [(story) => html`<div dir="rtl">${story()}</div>`],
};

/** A patient books while staff look: the appointment appears in the week with a ring, and in the news at the side. */
export const APatientBooks: Story = {
  play: async (context) => {
    const staff = new Visitor(context.canvasElement);
    await staff.goesTo('Friday 27 November');
    deskStageOf(context).desk.book(
      {
        provider: MIRA.id,
        service: 'first-visit',
        start: at('2026-11-27', '12:00'),
        patient: { name: 'Nora Nyman', email: 'nora@example.com', phone: null, note: null },
        request_id: 'nora',
      },
      'patient',
    );
    await staff.button('Friday 27 November, 12:00–12:40, Nora Nyman, just booked, First visit');
  },
};

/** The hours of Friday are gone, and so are its times; its appointment stays where it is. */
export const OutsideTheHours: Story = {
  render: atDesk({
    before: (desk) => {
      const hours = { ...MIRA_HOURS, rules: MIRA_HOURS.rules.filter(({ weekday }) => weekday !== 5) };
      desk.setHours({ provider: MIRA.id, hours, version: 1, preview: false });
    },
  }),
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.button('Friday 27 November, 10:00–10:40, Lea Roth, outside your hours, First visit');
  },
};

export const TimesChosen: Story = {
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.opens('Friday 27 November, 11:00–11:20, open');
    await staff.sees('1 open time');
  },
};

export const Blocked: Story = {
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.opens('Friday 27 November, 11:00–11:20, open');
    await staff.presses(/^Block/);
    await staff.sees('1 time is blocked.');
  },
};

/** Staff block times, and a visitor is booking one of them: the visitor can still finish. */
export const BlockedWhileAVisitorBooks: Story = {
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.opens('Tuesday 24 November, 13:20–13:40, Held by somebody who is booking');
    await staff.presses(/^Block/);
    await staff.sees(
      '1 time is blocked. 1 visitor is booking there right now and can still finish; if not, the time stays blocked.',
    );
  },
};

export const BookingOnThePhone: Story = {
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.opens('Friday 27 November, 11:00–11:20, open');
    await staff.presses(/^Book for a patient/);
    await staff.presses('Book');
    await staff.sees('Please enter the patient’s name.');
  },
};

export const Appointment: Story = {
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.opens('Wednesday 25 November, 15:00–15:10, Omar Said');
    await staff.sees('Travels to Kenya');
  },
};

export const Moving: Story = {
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.opens('Friday 27 November, 10:00–10:40, Lea Roth');
    await staff.presses('Move');
    await staff.sees('Message to the patient');
  },
};

export const Cancelling: Story = {
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.opens('Friday 27 November, 10:00–10:40, Lea Roth');
    await staff.presses('Cancel appointment');
    await staff.sees('Cancel Lea Roth?');
  },
};

export const ChangedMeanwhile: Story = {
  render: atDesk({ faults: { refuses: { reschedule: 'appointment_changed' } } }),
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.opens('Friday 27 November, 10:00–10:40, Lea Roth');
    await staff.presses('Move');
    await staff.presses(/^Move to /);
    await staff.sees('It is now: Fri 27 Nov, 10:00, Booked.');
  },
};

export const Over: Story = {
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.opens('Tuesday 24 November, 9:40–10:20, Eva Berg');
    await staff.button('Did not come');
  },
};

export const HowItWent: Story = {
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.opens('Tuesday 24 November, 9:40–10:20, Eva Berg');
    await staff.presses('Did not come');
    await staff.sees('Eva Berg: Did not come.');
  },
};

import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { MIRA } from '../../test/support/memory/memory-backend.ts';
import { askingSeed } from '../../test/support/memory/memory-questions.ts';
import { NOW, stageOf, type Stage } from '../support/stage.ts';
import { Visitor } from '../support/visitor.ts';
import { on, widgetMeta, type WidgetArgs } from '../support/widget.ts';

/** From a chosen time to an appointment, and what can be done with that. */
const meta: Meta<WidgetArgs> = {
  ...widgetMeta,
  title: 'Booking/Steps',
  // Steps are reached by playing, which the docs page does not do.
  tags: ['!autodocs'],
};

export default meta;

type Story = StoryObj<WidgetArgs>;

/** Lets the project's time pass, and the widget learn of it. */
async function skip({ clock, client }: Stage, seconds: number): Promise<void> {
  clock.skip(seconds * 1_000);
  await client.calendar({ provider: MIRA.slug }).refresh();
}

export const Details: Story = {
  play: ({ canvasElement }) => new Visitor(canvasElement).holds('10:00'),
};

/** Before they book, patients read until when they can change their mind. */
export const DetailsWithTerms: Story = {
  render: on({
    before: ({ database }) =>
      database.configure(MIRA.slug, {
        change_notice_minutes: 120,
        change_policy: 'Please give us a day’s notice.\nLate cancellations cost 50 EUR.',
      }),
  }),
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.holds('10:00');
    await visitor.sees('Can be moved or cancelled online until Monday 23 November, 8:00.');
    await visitor.sees('Late cancellations cost 50 EUR.');
  },
};

export const Holding: Story = {
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.connectionBecomes('live');
    stageOf(context).backend.faults.latency = 1e6;
    await visitor.presses('10:00');
    await visitor.sees('Holding this time for you…');
  },
};

export const HoldAlmostOver: Story = {
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.holds('10:00');
    await visitor.fillsIn();
    await skip(stageOf(context), 275);
    await visitor.sees(/Held for you for 0:2\d/);
    await visitor.sees('More time');
  },
};

export const HoldOver: Story = {
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.holds('10:00');
    await skip(stageOf(context), 301);
    await visitor.sees('10:00 is no longer held for you, but it is still free.');
  },
};

/** What the clinic asks for this service, beside name and address. */
export const Questions: Story = {
  render: on({ seed: askingSeed(NOW) }),
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.holds('10:00');
    await visitor.sees('What brings you here?');
    await visitor.fillsIn();
    await visitor.presses('Book 10:00');
    await visitor.sees('Please answer this question.');
  },
};

/** Booking goes on without a hold. */
export const NotHeld: Story = {
  render: on({ faults: { refuses: { hold: 'rate_limited' } } }),
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('10:00');
    await visitor.sees('This time isn’t held for you, but you can book it as long as it is free.');
  },
};

export const Mistakes: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.holds('10:00');
    await visitor.types('E-mail', 'jonas at example');
    await visitor.presses('Book 10:00');
    await visitor.sees('Please enter your name.');
    await visitor.sees('Please enter an e-mail address like name@example.com.');
  },
};

export const Sending: Story = {
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.holds('10:00');
    await visitor.fillsIn();
    stageOf(context).backend.faults.latency = 1e6;
    await visitor.presses('Book 10:00');
    await visitor.sees('Booking 10:00…');
  },
};

/** What was typed stays, and three near times are offered. */
export const Taken: Story = {
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.holds('10:00');
    await visitor.fillsIn();
    stageOf(context).backend.faults.refuses = { book: 'slot_taken' };
    await visitor.presses('Book 10:00');
    await visitor.sees('10:00 was just taken.');
    await visitor.sees('What you typed is kept.');
    await expect(await visitor.field('Full name')).toHaveValue('Jonas Ek');
    for (const time of ['9:20', '9:40', '10:20']) await visitor.sees(time);
  },
};

/** The answer got lost, so the same booking is asked for again, and made once. */
export const LostAnswer: Story = {
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.holds('10:00');
    await visitor.fillsIn();
    stageOf(context).backend.faults.losesAnswers = 1;
    await visitor.presses('Book 10:00');
    await visitor.sees('You’re booked');
  },
};

export const Confirmed: Story = {
  play: ({ canvasElement }) => new Visitor(canvasElement).books('10:00'),
};

export const AskingToCancel: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.books('10:00');
    await visitor.presses('Cancel');
    await visitor.sees('Cancel this appointment?');
  },
};

export const Cancelled: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.books('10:00');
    await visitor.presses('Cancel');
    await visitor.presses('Yes, cancel it');
    await visitor.sees('Your appointment is cancelled');
  },
};

export const ChoosingNewTime: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.books('10:00');
    await visitor.presses('Reschedule');
    await visitor.sees('Yours on Monday 23 November, 10:00, is kept until then.');
  },
};

export const AskingToMove: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.books('10:00');
    await visitor.presses('Reschedule');
    await visitor.holds('13:20');
    await visitor.sees('Move your appointment?');
  },
};

export const Moved: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.books('10:00');
    await visitor.presses('Reschedule');
    await visitor.holds('13:20');
    await visitor.presses('Move to 13:20');
    await visitor.sees('Your new time is booked');
  },
};

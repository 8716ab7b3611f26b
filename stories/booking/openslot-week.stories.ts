import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { Display } from '../../src/elements/shared/display.ts';
import type { OpenslotWeek } from '../../src/elements/booking/week/openslot-week.ts';
import { availability, display, inCard, inColumn, MONDAY, TODAY } from '../support/parts.ts';
import { Visitor } from '../support/visitor.ts';

type Args = Pick<OpenslotWeek, 'display' | 'days' | 'day' | 'today'>;

const meta: Meta<Args> = {
  title: 'Parts/openslot-week',
  component: 'openslot-week',
  decorators: [inCard],
  args: { display, days: availability.days, day: MONDAY, today: TODAY },
  render: ({ display: written, days, day, today }) => html`
    <openslot-week .display=${written} .days=${days} .day=${day} .today=${today}></openslot-week>
  `,
};

export default meta;

type Story = StoryObj<Args>;

export const Default: Story = {};

export const Unfolded: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('15 more Monday 23 November');
    await visitor.sees('15:40');
  },
};

export const TwelveHours: Story = {
  args: { display: new Display({ lang: 'en-US', zone: 'America/New_York', hourCycle: 'h12' }) },
};

export const Narrow: Story = { decorators: [inColumn] };

export const LastWeek: Story = { args: { day: '2027-01-18' } };

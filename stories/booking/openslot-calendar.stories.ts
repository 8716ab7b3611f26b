import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect, userEvent } from 'storybook/test';
import { Display } from '../../src/elements/shared/display.ts';
import type { OpenslotCalendar } from '../../src/elements/booking/times/openslot-calendar.ts';
import { availability, display, inColumn, MONDAY, TODAY } from '../support/parts.ts';
import { Visitor } from '../support/visitor.ts';

type Args = Pick<OpenslotCalendar, 'display' | 'days' | 'month' | 'selected' | 'today'>;

const meta: Meta<Args> = {
  title: 'Parts/openslot-calendar',
  component: 'openslot-calendar',
  decorators: [inColumn],
  args: { display, days: availability.days, month: '2026-11', selected: MONDAY, today: TODAY },
  render: (args) => html`
    <openslot-calendar
      .display=${args.display}
      .days=${args.days}
      month=${args.month}
      .selected=${args.selected}
      today=${args.today}
    ></openslot-calendar>
  `,
};

export default meta;

type Story = StoryObj<Args>;

export const Default: Story = {};

export const NothingSelected: Story = { args: { selected: null } };

export const LaterMonth: Story = { args: { month: '2026-12', selected: null } };

export const NothingFree: Story = { args: { days: new Map(), selected: null } };

/** Bars tell how much of a day is left. */
export const FillingUp: Story = {
  args: {
    days: new Map(
      [...availability.days].map(([day, free], index) => [
        day,
        { ...free, share: [1, 0.75, 0.5, 0.2][index % 4] ?? 1 },
      ]),
    ),
  },
};

export const WeeksFromSunday: Story = {
  args: { display: new Display({ lang: 'en-US', zone: 'Europe/Stockholm' }) },
};

/** One day is reached with the tab key, the others with arrows, Home, End, Page up and Page down. */
export const Keyboard: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    const monday = await visitor.button('Monday 23 November 2026, 21 times free');
    monday.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}');
    const calendar = canvasElement.querySelector('openslot-calendar')!;
    await calendar.updateComplete;
    await expect(calendar.shadowRoot?.activeElement).toBe(await visitor.button(/^Tuesday 1 December 2026, /));
  },
};

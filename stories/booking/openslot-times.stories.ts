import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { expect } from 'storybook/test';
import { Display } from '../../src/elements/shared/display.ts';
import type { OpenslotTimes } from '../../src/elements/booking/times/openslot-times.ts';
import { availability, display, inColumn, MONDAY, monday, TEN } from '../support/parts.ts';
import { Visitor } from '../support/visitor.ts';

type Args = Pick<OpenslotTimes, 'display' | 'day' | 'starts' | 'selected'>;

const meta: Meta<Args> = {
  title: 'Parts/openslot-times',
  component: 'openslot-times',
  decorators: [inColumn],
  args: { display, day: MONDAY, starts: monday, selected: null },
  render: (args) => html`
    <openslot-times .display=${args.display} .day=${args.day} .starts=${args.starts} .selected=${args.selected}>
      ${
        args.starts.length > 0
          ? nothing
          : html`<openslot-notice
              .notice=${{ kind: 'empty', text: display.messages.noTimesOnDay(display.day(MONDAY, 'long')) } as const}
            ></openslot-notice>`
      }
    </openslot-times>
  `,
};

export default meta;

type Story = StoryObj<Args>;

export const Default: Story = {};

export const Selected: Story = { args: { selected: TEN } };

export const TwelveHours: Story = {
  args: { display: new Display({ lang: 'en-US', zone: 'America/New_York', hourCycle: 'h12' }) },
};

export const FewLeft: Story = { args: { starts: monday.slice(-3) } };

export const NoneLeft: Story = { args: { starts: [] } };

export const NoDay: Story = { args: { day: null } };

/** While somebody is about to press a time, one that is taken stays in its place. */
export const Taken: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    (await visitor.button('10:20')).focus();
    const times = canvasElement.querySelector('openslot-times')!;
    times.starts = availability.days.get(MONDAY)!.starts.filter(({ start }) => start !== TEN);
    await expect(await visitor.button('10:00, taken')).toHaveAttribute('aria-disabled', 'true');
    await visitor.sees('20 times free');
  },
};

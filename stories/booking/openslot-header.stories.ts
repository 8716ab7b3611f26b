import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { OpenslotHeader } from '../../src/elements/booking/times/openslot-header.ts';
import { MIRA } from '../../test/support/memory/memory-backend.ts';
import { display, inCard, inColumn, withPortrait } from '../support/parts.ts';
import { longNames } from '../support/seeds.ts';
import { Visitor } from '../support/visitor.ts';

type Args = Pick<OpenslotHeader, 'provider' | 'viewers' | 'viewersCapped' | 'connection'>;

const meta: Meta<Args> = {
  title: 'Parts/openslot-header',
  component: 'openslot-header',
  decorators: [inCard],
  args: { provider: MIRA, viewers: 2, viewersCapped: false, connection: 'live' },
  argTypes: { connection: { control: 'select', options: ['connecting', 'live', 'polling', 'offline'] } },
  render: (args) => html`
    <openslot-header
      .display=${display}
      .provider=${args.provider}
      .viewers=${args.viewers}
      .viewersCapped=${args.viewersCapped}
      connection=${args.connection}
    ></openslot-header>
  `,
};

export default meta;

type Story = StoryObj<Args>;

export const Live: Story = {};

export const Crowd: Story = {
  args: { viewers: 50, viewersCapped: true },
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('50+ people viewing'),
};

/** With presence off nobody is counted. */
export const NoViewers: Story = { args: { viewers: null } };

export const Connecting: Story = { args: { viewers: null, connection: 'connecting' } };

export const Polling: Story = { args: { viewers: null, connection: 'polling' } };

export const Offline: Story = { args: { viewers: null, connection: 'offline' } };

export const Portrait: Story = { args: { provider: withPortrait } };

/** A picture that can't be loaded gives way to the initials. */
export const BrokenPortrait: Story = {
  args: { provider: { ...MIRA, avatar_url: 'data:image/png;base64,' } },
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('ML'),
};

export const Narrow: Story = { decorators: [inColumn] };

export const NarrowAndPolling: Story = { ...Polling, decorators: [inColumn] };

export const LongName: Story = { args: { provider: longNames[0]!.provider } };

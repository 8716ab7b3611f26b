import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { on, type WidgetArgs } from './support/widget.ts';

const meta: Meta<WidgetArgs> = {
  title: 'Booking/openslot-booking',
  component: 'openslot-booking',
  args: { provider: 'mira-lindqvist', 'time-zone': 'provider', lang: 'en-GB' },
  render: on(),
};

export default meta;

type Story = StoryObj<WidgetArgs>;

export const Default: Story = {};

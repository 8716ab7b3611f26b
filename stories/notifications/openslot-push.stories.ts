import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../../src/define-notifications.ts';
import type { OpenslotPush } from '../../src/elements/notifications/openslot-push.ts';
import { inColumn } from '../support/parts.ts';

type Args = Pick<OpenslotPush, 'state'>;

const meta: Meta<Args> = {
  title: 'Notifications/openslot-push',
  component: 'openslot-push',
  decorators: [inColumn],
  argTypes: {
    state: {
      control: { type: 'select' },
      options: ['unknown', 'unsupported', 'install', 'off', 'asking', 'on', 'denied', 'failed'],
    },
  },
  render: ({ state }) => html`<openslot-push .state=${state}></openslot-push>`,
};

export default meta;

type Story = StoryObj<Args>;

export const Off: Story = { args: { state: 'off' } };
/** The browser asks for permission. */
export const Asking: Story = { args: { state: 'asking' } };
export const On: Story = { args: { state: 'on' } };
/** The reader blocked notifications in the browser, and only they can allow them again. */
export const Denied: Story = { args: { state: 'denied' } };
export const Failed: Story = { args: { state: 'failed' } };
/** An iPhone allows web push only after the page was added to the home screen. */
export const NeedsInstalling: Story = { args: { state: 'install' } };
export const Unsupported: Story = { args: { state: 'unsupported' } };

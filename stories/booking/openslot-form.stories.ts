import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { OpenslotForm } from '../../src/elements/booking/details/openslot-form.ts';
import { MIRA, SERVICES } from '../../test/support/memory/memory-backend.ts';
import { display, inCard, messages, now, TEN } from '../support/parts.ts';
import { Visitor } from '../support/visitor.ts';

type Args = Pick<OpenslotForm, 'draft' | 'busy' | 'taken' | 'rejected'>;

const meta: Meta<Args> = {
  title: 'Parts/openslot-form',
  component: 'openslot-form',
  decorators: [inCard],
  args: { draft: { name: '', email: '', phone: '', note: '' }, busy: false, taken: false, rejected: null },
  render: (args) => html`
    <openslot-form
      .display=${display}
      .messages=${messages}
      .provider=${MIRA}
      .service=${SERVICES.consultation}
      start=${TEN}
      .draft=${args.draft}
      .busy=${args.busy}
      .taken=${args.taken}
      .rejected=${args.rejected}
    ></openslot-form>
  `,
};

export default meta;

type Story = StoryObj<Args>;

const draft = {
  name: 'Jonas Ek',
  email: 'jonas@example.com',
  phone: '+46 70 123 45 67',
  note: 'A cough that does not go away',
};

export const Empty: Story = {};

export const FilledIn: Story = { args: { draft } };

export const Sending: Story = { args: { draft, busy: true } };

export const Taken: Story = { args: { draft, taken: true } };

/** The server did not accept what the browser had. */
export const Rejected: Story = { args: { draft, rejected: 'phone' } };

export const Mistakes: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.types('Phone', 'call me');
    await visitor.presses('Book 10:00');
    await visitor.sees('Please enter your name.');
    await visitor.sees('Please enter your e-mail address.');
    await visitor.sees('Please enter a phone number like +46 70 123 45 67.');
  },
};

/** With how long the time is held, and what is the matter. */
export const WithHoldAndNotice: Story = {
  args: { draft },
  render: (args) => html`
    <openslot-form
      .display=${display}
      .messages=${messages}
      .provider=${MIRA}
      .service=${SERVICES.consultation}
      start=${TEN}
      .draft=${args.draft}
    >
      <openslot-hold
        slot="hold"
        .messages=${messages}
        .now=${now}
        status="held"
        held-until=${new Date(now() + 232_000).toISOString()}
        extendable
        time="10:00"
      ></openslot-hold>
      <openslot-notice
        slot="notice"
        .notice=${{ kind: 'error', text: messages.errors.project_unavailable } as const}
      ></openslot-notice>
    </openslot-form>
  `,
};

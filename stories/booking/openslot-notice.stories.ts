import { enAppointment } from '../../src/locales/en/appointment.ts';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { OpenslotNotice } from '../../src/elements/booking/openslot-notice.ts';
import { display, inColumn, messages, monday } from '../support/parts.ts';

type Args = Pick<OpenslotNotice, 'notice' | 'flush'>;

const meta: Meta<Args> = {
  title: 'Parts/openslot-notice',
  component: 'openslot-notice',
  decorators: [inColumn],
  args: { flush: false },
  render: ({ notice, flush }) => html`<openslot-notice .notice=${notice} .flush=${flush}></openslot-notice>`,
};

export default meta;

type Story = StoryObj<Args>;

const { messages: texts } = display;

export const Empty: Story = {
  args: {
    notice: {
      kind: 'empty',
      text: texts.noTimesInMonth('November'),
      actions: [{ label: texts.next('Tue 1 Dec'), request: 'openslot-time-show', start: monday[0]!.start }],
    },
  },
};

export const Stale: Story = { args: { flush: true, notice: { kind: 'stale', text: texts.offline('14:05') } } };

export const Failed: Story = {
  args: {
    notice: {
      kind: 'error',
      text: texts.unreachable,
      actions: [{ label: texts.tryAgain, request: 'openslot-retry' }],
    },
  },
};

/** For the owner of the page, in words that name the attribute to mend. */
export const SetUp: Story = {
  args: {
    notice: { kind: 'setup', title: messages.setup.title, text: messages.setup.missing('supabase-url') },
  },
};

export const Moving: Story = {
  args: {
    flush: true,
    notice: {
      kind: 'moving',
      text: enAppointment.chooseNewTime('Monday 23 November', '10:00'),
      actions: [{ label: enAppointment.keep, request: 'openslot-back' }],
    },
  },
};

export const Taken: Story = {
  args: {
    notice: {
      kind: 'taken',
      title: texts.justTaken('10:00'),
      text: `${messages.takenKept} ${messages.takenNearest}`,
      actionsLabel: messages.takenNearest,
      actions: monday.slice(1, 4).map(({ start, at }, index) => ({
        label: display.time(at),
        ...(index === 2 && { above: 'Tue 24 Nov' }),
        request: 'openslot-time-select',
        start,
      })),
    },
  },
};

export const TakenWithoutOthers: Story = {
  args: { notice: { kind: 'taken', title: texts.justTaken('10:00'), text: messages.takenNone } },
};

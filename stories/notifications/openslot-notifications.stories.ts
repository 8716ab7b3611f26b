import type { Decorator, Meta, StoryContext, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import '../../src/define-notifications.ts';
import { type InboxArgs, inboxStage, type InboxSetting, renderInbox } from '../support/inbox.ts';
import { Visitor } from '../support/visitor.ts';

/** In the bar at the top of a page. */
const inBar: Decorator = (story) =>
  html`<div
    style="display: flex; justify-content: flex-end; max-inline-size: 46rem; min-block-size: 40rem; margin-inline: auto"
  >
    ${story()}
  </div>`;

const on =
  (setting: InboxSetting = {}) =>
  (args: InboxArgs, context: StoryContext<InboxArgs>) =>
    renderInbox(args, inboxStage(context, setting));

const text = { control: { type: 'text' } } as const;
const choice = (...options: string[]) => ({ control: { type: 'select' }, options }) as const;

const meta: Meta<InboxArgs> = {
  title: 'Notifications/openslot-notifications',
  component: 'openslot-notifications',
  decorators: [inBar],
  args: { lang: 'en-GB', 'time-zone': 'Europe/Stockholm', toasts: 'on', selectable: false },
  argTypes: {
    'time-zone': choice('viewer', 'provider', 'Europe/Stockholm', 'America/New_York'),
    'hour-cycle': choice('', 'h12', 'h23'),
    toasts: choice('on', 'off'),
    selectable: { control: { type: 'boolean' } },
    lang: text,
    dir: choice('', 'ltr', 'rtl'),
  },
  render: on(),
};

export default meta;

type Story = StoryObj<InboxArgs>;

/** Opens the panel, whatever the bell counts. */
async function open({ canvasElement }: { canvasElement: HTMLElement }): Promise<Visitor> {
  const visitor = new Visitor(canvasElement);
  await visitor.presses(/^Notifications/);
  return visitor;
}

export const Bell: Story = {
  play: ({ canvasElement }) => new Visitor(canvasElement).button('Notifications, 2 unread').then(() => undefined),
};

export const Open: Story = {
  play: async (context) => {
    await new Visitor(context.canvasElement).button('Notifications, 2 unread');
    const visitor = await open(context);
    await visitor.sees('Jonas Ek moved from 13:20 to 11:40, Tue 24 Nov');
    await visitor.sees('Yesterday');
    await visitor.button('Mark all as read');
  },
};

/** The reader can choose a notification, and the page handles that. */
export const Selectable: Story = {
  args: { selectable: true },
  play: async (context) => (await open(context)).sees('Maja Lind booked Wed 25 Nov, 11:00'),
};

/** The notifications of a patient, in the patient's time zone. */
export const ForAPatient: Story = {
  render: on({ audience: 'patient' }),
  play: async (context) =>
    (await open(context)).sees('Northside Clinic moved your appointment from 13:20 to 14:40, Tue 24 Nov'),
};

export const Empty: Story = {
  render: on({ told: [] }),
  play: async (context) => (await open(context)).sees('Nothing yet'),
};

export const EmptyForAPatient: Story = {
  render: on({ told: [], audience: 'patient' }),
  play: async (context) =>
    (await open(context)).sees('If the clinic changes your appointment, you read it here at once.'),
};

export const Loading: Story = {
  render: on({ faults: { latency: 3_600_000 } }),
  play: async (context) => {
    await open(context);
  },
};

export const Unreachable: Story = {
  render: on({ faults: { offline: true } }),
  play: async (context) => (await open(context)).sees('We can’t reach the clinic.'),
};

/** The connection is lost after the list was loaded. */
export const Offline: Story = {
  play: async (context) => {
    const { backend, inbox } = inboxStage(context);
    const visitor = await open(context);
    await visitor.sees('Jonas Ek moved from 13:20 to 11:40, Tue 24 Nov');
    backend.faults.offline = true;
    backend.socket.down();
    void inbox.refresh();
    await visitor.sees('You’re offline.');
  },
};

export const SignedOut: Story = {
  render: on({ signedOut: true }),
  play: async (context) => (await open(context)).sees('Sign in to see what is new.'),
};

export const UnknownToken: Story = {
  render: on({ audience: 'patient', faults: { refuses: { notifications: 'appointment_not_found' } } }),
  play: async (context) => (await open(context)).sees('We can’t find this appointment.'),
};

export const Misconfigured: Story = {
  args: { 'time-zone': 'Middle-earth/Shire' },
  play: async (context) => (await open(context)).sees('The attribute “time-zone” can’t be what it is.'),
};

const many = Array.from({ length: 130 }, (_, index) => ({
  patient_name: `Patient ${index + 1}`,
  created_at: new Date(Date.UTC(2026, 10, 10, 8) + index * 2 * 3_600_000).toISOString(),
}));

export const Many: Story = {
  render: on({ told: many }),
  play: async (context) => {
    await new Visitor(context.canvasElement).button('Notifications, 130 unread');
    const visitor = await open(context);
    await visitor.sees(/Patient 81 booked/);
    await visitor.presses('Show older ones');
    await visitor.sees(/Patient 31 booked/);
  },
};

export const OlderOnesFail: Story = {
  render: on({ told: many }),
  play: async (context) => {
    const { backend } = inboxStage(context);
    const visitor = await open(context);
    await visitor.sees(/Patient 81 booked/);
    backend.faults.offline = true;
    await visitor.presses('Show older ones');
    await visitor.sees('Older ones could not be loaded.');
  },
};

/** A notification arrives while the page is open. */
export const Toasts: Story = {
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.button('Notifications, 2 unread');
    const { database, inbox } = inboxStage(context);
    while (inbox.getState().connection !== 'live') await new Promise((resolve) => setTimeout(resolve, 20));
    database.tell({ patient_name: 'Eva Berg', start: '2026-11-24T08:00:00Z' });
    database.tell({ patient_name: 'Lea Roth', kind: 'cancelled', start: '2026-11-27T09:00:00Z', message: 'A cold.' });
    await visitor.sees(/Eva Berg booked Tue 24 Nov, 9:00 Lea Roth cancelled/);
    await visitor.button('Notifications, 4 unread');
  },
};

/** Many notifications arrive at once: one toast sums them up. */
export const Summary: Story = {
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.button('Notifications, 2 unread');
    const { database, inbox } = inboxStage(context);
    while (inbox.getState().connection !== 'live') await new Promise((resolve) => setTimeout(resolve, 20));
    for (let told = 0; told < 5; told++) database.tell();
    await visitor.sees('5 new notifications');
  },
};

export const Narrow: Story = { ...Open, globals: { viewport: { value: 'phone' } } };

export const RightToLeft: Story = { ...Open, args: { dir: 'rtl' } };

export const Dark: Story = { ...Open, globals: { scheme: 'dark' } };

export const DarkToasts: Story = { ...Toasts, globals: { scheme: 'dark' } };

function long(text: string): string {
  return `${text} `
    .repeat(Math.ceil(200 / (text.length + 1)))
    .slice(0, 200)
    .trimEnd();
}

/** Every name has 200 characters. */
export const LongNames: Story = {
  render: on({
    told: [
      {
        patient_name: long('Wilhelmina Featherstonehaugh-Cholmondeley'),
        service_name: long('Ersteinschätzungsgesprächsterminvereinbarung'),
        provider_name: long('Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'),
        message: long('Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaah'),
      },
    ],
  }),
  play: async (context) => (await open(context)).sees(/Featherstonehaugh/),
};

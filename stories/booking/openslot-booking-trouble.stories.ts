import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { stageOf } from '../support/stage.ts';
import { Visitor } from '../support/visitor.ts';
import { on, widgetMeta, type WidgetArgs } from '../support/widget.ts';

/** What is told when something is wrong: to the owner of the page what to mend, to patients what they can do. */
const meta: Meta<WidgetArgs> = {
  ...widgetMeta,
  title: 'Booking/Trouble',
};

export default meta;

type Story = StoryObj<WidgetArgs>;

export const MissingAttribute: Story = {
  args: { provider: '' },
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('The attribute “provider” is missing.'),
};

export const WrongAttribute: Story = {
  args: { 'hour-cycle': '24' },
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('The attribute “hour-cycle” can’t be what it is.'),
};

export const WrongKey: Story = {
  render: on({ faults: { refuses: { calendar: 'invalid_key' } } }),
  play: ({ canvasElement }) =>
    new Visitor(canvasElement).sees('The project refuses the key in the attribute “supabase-key”.'),
};

export const NotInstalled: Story = {
  render: on({ faults: { refuses: { calendar: 'not_installed' } } }),
  play: ({ canvasElement }) =>
    new Visitor(canvasElement).sees(
      'The project in the attribute “supabase-url” answers, but Openslot isn’t installed there completely. Apply its migrations.',
    ),
};

export const Outdated: Story = {
  render: on({ faults: { refuses: { calendar: 'schema_outdated' } } }),
  play: ({ canvasElement }) =>
    new Visitor(canvasElement).sees('The project has an older version of Openslot’s migrations.'),
};

export const UnknownProvider: Story = {
  args: { provider: 'nobody' },
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('There is no provider “nobody”.'),
};

/** The first service is shown in its place. */
export const UnknownService: Story = {
  args: { service: 'surgery' },
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.sees('There is no service “surgery”.');
    await visitor.sees('21 times free');
  },
};

/** A paused project is back once it has been restored; nobody has to reload the page. */
export const Paused: Story = {
  render: on({ faults: { refuses: { calendar: 'project_unavailable' } } }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('The clinic’s booking system is taking a break.'),
};

export const Unreachable: Story = {
  render: on({ faults: { offline: true } }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('We can’t reach the clinic.'),
};

export const TryingAgain: Story = {
  tags: ['!autodocs'],
  render: on({ faults: { offline: true } }),
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.sees('We can’t reach the clinic.');
    stageOf(context).backend.goOnline();
    await visitor.presses('Try again');
    await visitor.sees('21 times free');
  },
};

/** The last picture stays, and says how old it is. */
export const NotUpdating: Story = {
  tags: ['!autodocs'],
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.connectionBecomes('live');
    stageOf(context).backend.goOffline();
    // What makes a widget look at once, rather than at its next turn.
    window.dispatchEvent(new Event('online'));
    await visitor.sees(/We can’t reach the clinic at the moment\. Times as of 19:0\d\./);
  },
};

/** The machine has no network at all. */
export const Offline: Story = {
  tags: ['!autodocs'],
  beforeEach: () => () => {
    Reflect.deleteProperty(navigator, 'onLine');
  },
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.connectionBecomes('live');
    Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
    window.dispatchEvent(new Event('offline'));
    await visitor.sees(/You’re offline\. Times as of 19:0\d\./);
  },
};

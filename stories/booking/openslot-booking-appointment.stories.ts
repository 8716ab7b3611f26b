import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import type { MemoryDatabase } from '../../test/support/memory/memory-database.ts';
import { MIRA } from '../../test/support/memory/memory-backend.ts';
import { longNames } from '../support/seeds.ts';
import { NOW, openStage, type Setting, type StageClock, stageOf } from '../support/stage.ts';
import { Visitor } from '../support/visitor.ts';
import { renderWidget, widgetMeta, type WidgetArgs, within } from '../support/widget.ts';

/** The page behind the link in a patient's e-mail. */
const meta: Meta<WidgetArgs> = {
  ...widgetMeta,
  title: 'Booking/Appointment',
  // Most states are reached by playing, which the docs page does not do.
  tags: ['!autodocs'],
  args: { ...widgetMeta.args, provider: '' },
  render: opened(),
};

export default meta;

type Story = StoryObj<WidgetArgs>;

const [TEN, ELEVEN] = ['2026-11-23T09:00:00Z', '2026-11-23T10:00:00Z'] as const;
const DAY = 86_400_000;

const tokens = new WeakMap<MemoryDatabase, string>();

interface Opened extends Setting {
  /** What happened between booking and opening. */
  readonly then?: (database: MemoryDatabase, token: string, clock: StageClock) => void;
}

/** Jonas has an appointment at ten on Monday, and opens its link. */
function opened({ then, ...setting }: Opened = {}): NonNullable<Story['render']> {
  return (args, context) => {
    const stage = openStage(context, {
      ...setting,
      before({ database }, clock) {
        const patient = { name: 'Jonas Ek', email: 'jonas@example.com' };
        const ids = { provider: MIRA.id, service: 'consultation', request_id: crypto.randomUUID() };
        const { manage_token } = database.book({ ...ids, start: TEN, patient });
        tokens.set(database, manage_token);
        then?.(database, manage_token, clock);
      },
    });
    const token = args.appointment ?? tokens.get(stage.project.database) ?? '';
    return renderWidget({ ...args, appointment: token }, stage);
  };
}

function clinicMoves(database: MemoryDatabase, token: string, message: string | null = null): void {
  const ids = { request_id: crypto.randomUUID(), visitor: crypto.randomUUID() };
  database.reschedule({ token, start: ELEVEN, ...ids }, 'provider', message);
}

/** The appointment of a story that has been rendered. */
function subject(context: Parameters<typeof stageOf>[0]): { database: MemoryDatabase; token: string } {
  const { database } = stageOf(context).project;
  return { database, token: tokens.get(database) ?? '' };
}

export const Upcoming: Story = {
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('Your appointment'),
};

export const Loading: Story = {
  render: opened({ faults: { latency: 1e6 } }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('Loading your appointment'),
};

/** The patient's clocks are others than the clinic's. */
export const FarAway: Story = {
  args: { 'time-zone': 'Asia/Kolkata' },
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('Monday 23 November, 10:00 in Stockholm (GMT+1)'),
};

export const Calendars: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Add to calendar');
    await visitor.sees('Calendar file');
  },
};

export const AskingToCancel: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Cancel');
    await visitor.types('Reason', 'I am better again');
  },
};

export const CancelFailed: Story = {
  render: opened({ faults: { refuses: { cancel: 'rate_limited' } } }),
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Cancel');
    await visitor.types('Reason', 'I am better again');
    await visitor.presses('Yes, cancel it');
    await visitor.sees('There were too many tries from here.');
    await expect(await visitor.field('Reason')).toHaveValue('I am better again');
  },
};

export const Cancelled: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Cancel');
    await visitor.presses('Yes, cancel it');
    await visitor.sees('Your appointment is cancelled');
  },
};

/** While the patient looks. */
export const CancelledByClinic: Story = {
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.connectionBecomes('live');
    const { database, token } = subject(context);
    database.cancel({ token, reason: 'Dr. Lindqvist is ill. Please choose another time, or call us.' }, 'provider');
    await visitor.sees('The clinic has cancelled this appointment');
  },
};

/** While the patient looks. */
export const MovedByClinic: Story = {
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.connectionBecomes('live');
    const { database, token } = subject(context);
    clinicMoves(database, token, 'The room is free an hour later only. Please call us if this does not suit you.');
    await visitor.sees('The clinic has moved your appointment');
    await visitor.sees('Instead of Monday 23 November, 10:00');
  },
};

export const ChoosingNewTime: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Reschedule');
    await visitor.sees('Yours on Monday 23 November, 10:00, is kept until then.');
    await visitor.sees('20 times free');
  },
};

export const MovedMeanwhile: Story = {
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.connectionBecomes('live');
    await visitor.presses('Reschedule');
    await visitor.sees('20 times free');
    const { database, token } = subject(context);
    clinicMoves(database, token);
    await visitor.sees('The clinic has moved your appointment.');
    await visitor.sees('Yours on Monday 23 November, 11:00, is kept until then.');
  },
};

export const AskingToMove: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Reschedule');
    await visitor.holds('13:20');
    await visitor.sees('Move your appointment?');
  },
};

/** The old time is kept, others are offered. */
export const NewTimeTaken: Story = {
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.presses('Reschedule');
    await visitor.holds('13:20');
    stageOf(context).backend.faults.refuses.reschedule = 'slot_taken';
    await visitor.presses('Move to 13:20');
    await visitor.sees('13:20 was just taken.');
  },
};

export const Moved: Story = {
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Reschedule');
    await visitor.holds('13:20');
    await visitor.presses('Move to 13:20');
    await visitor.sees('Your new time is booked');
  },
};

/** The provider takes no bookings online any more. */
export const NotMovable: Story = {
  render: opened({ faults: { refuses: { calendar: 'provider_not_found' } } }),
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Reschedule');
    await visitor.sees('New times can’t be chosen online at the moment.');
  },
};

const POLICY =
  'Please give us a day’s notice.\nLate cancellations cost 50 EUR: kostenersatzpflichtigkeitsbescheinigungsverordnung.';

/** The clinic says until when, and adds its own words. */
export const ChangeableUntil: Story = {
  render: opened({
    then: (database) => database.configure(MIRA.slug, { change_notice_minutes: 120, change_policy: POLICY }),
  }),
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.sees('Can be moved or cancelled online until Monday 23 November, 8:00.');
    await visitor.sees('Please give us a day’s notice.');
    await visitor.button('Reschedule');
  },
};

/** The last moment has come; the clinic's words stay. */
export const TooLate: Story = {
  render: opened({
    then: (database) => database.configure(MIRA.slug, { change_notice_minutes: DAY / 60_000, change_policy: POLICY }),
  }),
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.sees('Please give us a day’s notice.');
    await visitor.seesNo('Reschedule', 'It can’t be changed online any more.');
  },
};

export const NotChangeable: Story = {
  render: opened({ then: (database) => database.configure(MIRA.slug, { change_notice_minutes: DAY / 60_000 }) }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('It can’t be changed online any more.'),
};

export const Begun: Story = {
  render: opened({ then: (_database, _token, clock) => clock.skip(Date.parse(TEN) - NOW + 60_000) }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('Your appointment has begun'),
};

export const Over: Story = {
  render: opened({ then: (_database, _token, clock) => clock.skip(DAY) }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('This appointment is over'),
};

export const Completed: Story = {
  render: opened({
    then(database, token, clock) {
      clock.skip(DAY);
      database.mark(token, 'completed');
    },
  }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('This appointment has taken place'),
};

export const Missed: Story = {
  render: opened({
    then(database, token, clock) {
      clock.skip(DAY);
      database.mark(token, 'no_show');
    },
  }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('This appointment was missed'),
};

export const Unknown: Story = {
  args: { appointment: 'nonsense' },
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('We can’t find this appointment.'),
};

/** On a page that names a provider as well. */
export const UnknownOfProvider: Story = {
  args: { appointment: 'nonsense', provider: 'mira-lindqvist' },
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Book a time');
    await visitor.sees('20 times free');
  },
};

export const Unreachable: Story = {
  render: opened({ faults: { offline: true } }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('We can’t reach the clinic.'),
};

/** What was there stays, and says how old it is. */
export const NotUpdating: Story = {
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.connectionBecomes('live');
    stageOf(context).backend.goOffline();
    // What makes a widget look at once, rather than at its next turn.
    window.dispatchEvent(new Event('online'));
    await visitor.sees(/We can’t reach the clinic at the moment\. This is how things stood at 19:0\d\./);
  },
};

export const WithoutRealtime: Story = {
  args: { realtime: 'off' },
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('Updates regularly'),
};

export const LongNames: Story = {
  render: opened({ seed: longNames }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('Your appointment'),
};

export const LongNamesMoved: Story = {
  render: opened({
    seed: longNames,
    then: (database, token) => clinicMoves(database, token, 'Ersteinschätzungsgesprächsterminvereinbarung'.repeat(5)),
  }),
  decorators: [within('max-inline-size: 20rem')],
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('The clinic has moved your appointment'),
};

export const RightToLeft: Story = {
  render: opened({ then: (database, token) => clinicMoves(database, token, 'The room is free an hour later only.') }),
  decorators: [(story) => html`<div dir="rtl">${story()}</div>`],
  play: ({ canvasElement }) => new Visitor(canvasElement).presses('Add to calendar'),
};

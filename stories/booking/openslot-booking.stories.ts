import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import { MIRA, SERVICES } from '../../test/support/memory/memory-backend.ts';
import { anotherPatientBooks } from '../support/elsewhere.ts';
import { daysFromNow, manyServices, NIGHT_BEFORE, onCall, withServices } from '../support/seeds.ts';
import { openStage, stageOf } from '../support/stage.ts';
import { Visitor } from '../support/visitor.ts';
import { on, renderWidget, widgetMeta, type WidgetArgs } from '../support/widget.ts';

/** Choosing a service, a day and a time. All clocks stand at Sunday evening, 22 November 2026. */
const meta: Meta<WidgetArgs> = {
  ...widgetMeta,
  title: 'Booking/openslot-booking',
};

export default meta;

type Story = StoryObj<WidgetArgs>;

export const Default: Story = {
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('21 times free'),
};

export const Loading: Story = {
  render: on({ faults: { latency: 1e6 } }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('Loading free times'),
};

export const OneService: Story = {
  render: on({ seed: withServices([SERVICES.consultation]) }),
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.seesNo('Consultation', '21 times free');
  },
};

export const ManyServices: Story = {
  render: on({ seed: withServices(manyServices) }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('Driving licence'),
};

/** The times of a week side by side. Patients change between week and month as they like. */
export const Week: Story = {
  args: { view: 'week' },
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('15 more'),
};

export const TwoViewers: Story = {
  render: on({ before: (project) => project.setViewers(MIRA.id, 1) }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('2 people viewing'),
};

/** Past 50 nobody is counted any more. */
export const Crowd: Story = {
  render: on({ before: (project) => project.setViewers(MIRA.id, 4_999) }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('50+ people viewing'),
};

export const Polling: Story = {
  args: { realtime: 'off' },
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('Updates regularly'),
};

/** What others book while the patient looks is struck, and its gap closes once nobody is about to press there. */
export const AnotherPatientBooks: Story = {
  render: (args, context) => {
    const stage = openStage(context, {});
    return html`
      ${renderWidget(args, stage)}
      <p><button style="font: inherit" @click=${() => anotherPatientBooks(stage)}>Another patient books now</button></p>
    `;
  },
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.sees('21 times free');
    await visitor.connectionBecomes('live');
    await visitor.presses('Another patient books now');
    await visitor.sees('13:20 was just taken.');
    await visitor.sees('20 times free');
  },
};

/** The last free time of the day that is shown has gone. */
export const DayFull: Story = {
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.sees('21 times free');
    await visitor.connectionBecomes('live');
    stageOf(context).project.database.setStatus(MIRA.id, ...daysFromNow(1, 2), 'booked');
    await visitor.seesNo('Morning', 'No free times on Monday 23 November.');
  },
};

export const EmptyMonth: Story = {
  render: on({ before: ({ database }) => database.setStatus(MIRA.id, ...daysFromNow(0, 9), 'blocked') }),
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Previous month');
    await visitor.sees('No free times in November.');
    await visitor.sees('Next: Tue 1 Dec');
  },
};

export const NothingFree: Story = {
  render: on({ before: ({ database }) => database.setStatus(MIRA.id, ...daysFromNow(0, 90), 'blocked') }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('No free times right now.'),
};

/** Times are shown in the zone of whoever looks, and can be shown in the provider's. */
export const OtherZone: Story = {
  args: { provider: 'priya-raman', 'time-zone': 'viewer' },
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Show in Kolkata (GMT+5:30)');
    await visitor.sees(/Times shown in Kolkata \(GMT\+5:30\) Show in Stockholm/);
  },
};

export const ChoosingAZone: Story = {
  tags: ['!autodocs'],
  args: { 'time-zone': 'viewer' },
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.presses('Stockholm (GMT+1)');
    await visitor.sees('All time zones');
  },
};

/** A time that others took while the patient’s finger was on its way stays struck for as long as the focus is among the times. */
export const Struck: Story = {
  tags: ['!autodocs'],
  play: async (context) => {
    const visitor = new Visitor(context.canvasElement);
    await visitor.connectionBecomes('live');
    (await visitor.button('10:20')).focus();
    const { database } = stageOf(context).project;
    database.setStatus(MIRA.id, '2026-11-23T09:00:00Z', '2026-11-23T09:20:00Z', 'booked');
    await visitor.button('10:00, taken');
  },
};

export const FixedZoneAndTwelveHours: Story = {
  args: { 'time-zone': 'America/New_York', 'hour-cycle': 'h12', 'first-day-of-week': 'sunday' },
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.sees('Times shown in New York (GMT-5)');
    await visitor.sees('3:00 am');
  },
};

/** The clocks go back: 02:00 comes twice, so each says its offset. */
export const ClocksGoBack: Story = {
  render: on({ now: NIGHT_BEFORE, seed: onCall }),
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.sees('2:30 GMT+2');
    await visitor.sees('2:30 GMT+1');
  },
};

/** A phone number without a country gets the code of the clinic’s, for the patient to see. */
export const PhonePrefix: Story = {
  args: { 'phone-prefix': '+46', 'patient-phone': '070-123 45 67' },
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.holds('10:00');
    await expect(await visitor.field('Phone')).toHaveValue('+46 70-123 45 67');
  },
};

/** A name, an e-mail address or a phone number that the page knows. */
export const KnownPatient: Story = {
  args: { 'patient-name': 'Jonas Ek', 'patient-email': 'jonas@example.com', 'patient-phone': '+46 70 123 45 67' },
  play: async ({ canvasElement }) => {
    const visitor = new Visitor(canvasElement);
    await visitor.holds('10:00');
    await expect(await visitor.field('Full name')).toHaveValue('Jonas Ek');
  },
};

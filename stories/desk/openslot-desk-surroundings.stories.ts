import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { MIRA_HOURS } from '../../test/support/memory/desk-seed.ts';
import { MIRA } from '../../test/support/memory/memory-backend.ts';
import { atDesk, type DeskArgs, deskMeta, deskStageOf } from '../support/desk.ts';
import { Visitor } from '../support/visitor.ts';

/** Signing in, the hours, the booking rules, the team, and errors. */
const meta: Meta<DeskArgs> = { ...deskMeta, title: 'Desk/Surroundings' };

export default meta;

type Story = StoryObj<DeskArgs>;

export const SignIn: Story = {
  render: atDesk({ as: null }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('Sign in to your calendar'),
};

export const CodeSent: Story = {
  render: atDesk({ as: null }),
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.presses('Sign in with a code by e-mail');
    await staff.types('E-mail', 'mira@northside.example');
    await staff.presses('E-mail me a code');
    await staff.sees('Enter its code here, or open its link on this device.');
  },
};

export const WrongPassword: Story = {
  render: atDesk({ as: null }),
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.types('E-mail', 'mira@northside.example');
    await staff.types('Password', 'wrong');
    await staff.presses('Sign in');
    await staff.sees('E-mail address or password are wrong.');
  },
};

export const SignInMistakes: Story = {
  render: atDesk({ as: null }),
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.presses('Sign in');
    await staff.sees('Please enter your e-mail address.');
  },
};

export const NobodysMember: Story = {
  render: atDesk({ as: 'stranger@example.com' }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('You don’t work for anybody here yet'),
};

export const SessionEnded: Story = {
  play: async (context) => {
    const staff = new Visitor(context.canvasElement);
    await staff.connectionBecomes('live');
    deskStageOf(context).session.end();
    await staff.sees('What you were doing is kept.');
  },
};

export const Loading: Story = {
  render: atDesk({ faults: { latency: 1e6 } }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('Loading the calendar'),
};

export const NoHoursYet: Story = {
  render: atDesk({
    before: (desk) =>
      desk.setHours({ provider: MIRA.id, hours: { rules: [], exceptions: [] }, version: 1, preview: false }),
  }),
};

export const Offline: Story = {
  play: async (context) => {
    const staff = new Visitor(context.canvasElement);
    await staff.connectionBecomes('live');
    deskStageOf(context).backend.goOffline();
    window.dispatchEvent(new Event('online'));
    await staff.sees(/This may be old: as of 12:4\d\./);
  },
};

export const Unreachable: Story = {
  render: atDesk({ faults: { offline: true } }),
  play: ({ canvasElement }) => new Visitor(canvasElement).sees('We can’t reach the database.'),
};

/** Every patient has a name of 200 characters. */
export const LongNames: Story = {
  render: atDesk({ rename: (name) => `${name}-Featherstonehaugh-Cholmondeley `.repeat(7).slice(0, 200) }),
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.opens('Friday 27 November, 10:00–10:40, Lea Roth');
    await staff.sees('Cancel appointment');
  },
};

export const Menu: Story = {
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.presses('Settings and account');
    await staff.sees('Booking rules');
  },
};

export const Hours: Story = {
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.presses('Edit hours');
    await staff.presses('Remove 9:00–15:00 on Friday');
    await staff.presses('See what changes');
    await staff.sees('Lea Roth, Fri 27 Nov, 10:00');
  },
};

/** One entry goes on after midnight, in the panel, in the week and at its side. */
export const HoursOverMidnight: Story = {
  render: atDesk({
    before: (desk) => {
      const night = [5, 7].map((weekday) => ({ weekday, start: '22:00', end: '02:00' }));
      const hours = { ...MIRA_HOURS, rules: [...MIRA_HOURS.rules, ...night] };
      desk.setHours({ provider: MIRA.id, hours, version: 1, preview: false });
    },
  }),
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.button('Saturday 28 November, 1:40–2:00, open');
    await staff.presses('Edit hours');
    await staff.button('Remove 22:00–2:00 (next day) on Friday');
  },
};

export const HoursOvertaken: Story = {
  play: async (context) => {
    const staff = new Visitor(context.canvasElement);
    await staff.presses('Edit hours');
    await staff.presses('Add hours on Saturday');
    const hours = { ...MIRA_HOURS, rules: MIRA_HOURS.rules.slice(1) };
    deskStageOf(context).desk.setHours({ provider: MIRA.id, hours, version: 1, preview: false });
    await staff.sees('Somebody changed the hours meanwhile.');
  },
};

export const Rules: Story = {
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.presses('Settings and account');
    await staff.presses('Booking rules');
    await staff.sees('Shortest notice');
  },
};

export const Team: Story = {
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.presses('Settings and account');
    await staff.presses('Team');
    await staff.types('E-mail', 'nora@northside.example');
    await staff.presses('Invite');
    await staff.sees('An invitation is on its way to nora@northside.example.');
  },
};

export const RemovingAMember: Story = {
  play: async ({ canvasElement }) => {
    const staff = new Visitor(canvasElement);
    await staff.presses('Settings and account');
    await staff.presses('Team');
    await staff.presses('Remove desk@northside.example');
    await staff.sees('Yes, remove');
  },
};

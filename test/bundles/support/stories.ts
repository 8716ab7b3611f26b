/**
 * Actions on pages with the built elements, wherever the page loaded them from, and what people then see. `client` is the
 * page's own `SupabaseClient`, if it has one.
 */
import { expect } from '@open-wc/testing';
import { BuiltElement } from './built-element.ts';
import { elsewhere } from './elsewhere.ts';
import { refuse } from './page.ts';

/** A name that no other patient has. */
const nameFrom = (first: string) => `${first} ${crypto.randomUUID().slice(0, 8)}`;

export async function openWidget(client?: object): Promise<BuiltElement> {
  const attributes = { provider: 'mira-lindqvist', 'time-zone': 'provider' };
  const widget = await BuiltElement.open('openslot-booking', attributes, client);
  await widget.becomes('live');
  return widget;
}

const timesOf = (widget: BuiltElement) => widget.names('[part~="time"]:not([aria-disabled="true"])');

/** Opens a free day in the middle of the next month, so that none of its times passes during a test. */
async function openNextMonth(widget: BuiltElement): Promise<void> {
  const month = () => widget.names('[part~="month"]').join();
  const days = () => widget.names('[role="grid"] button:not([aria-disabled="true"])');
  const before = month();
  await widget.press('Next month');
  await widget.until(() => month() !== before && days().length > 0, 'days of the next month');
  const name = days()[Math.floor(days().length / 2)]!;
  await widget.press(name);
  // The name continues with the year and the number of free times.
  const [day = ''] = /^\w+ \d+ \w+/.exec(name) ?? [];
  await widget.until(() => widget.names('h3').some((heading) => heading.startsWith(day)), `times of ${name}`);
}

/** The instant of a shown time, from the event of choosing it; the page cancels that event, so that the time isn't chosen. */
async function instantOf(widget: BuiltElement, time: string): Promise<string> {
  const start = new Promise<string>((resolve) => {
    const keep = (event: HTMLElementEventMap['openslot-slot-select']) => {
      event.preventDefault();
      resolve(event.detail.start);
    };
    widget.element.addEventListener('openslot-slot-select', keep, { once: true });
  });
  await widget.press(time);
  return new Date(await start).toISOString();
}

/**
 * Another patient books a time that the widget shows. Only a message can bring the change, because the widget's requests are
 * refused.
 */
export async function seeATimeGo(widget: BuiltElement): Promise<void> {
  await openNextMonth(widget);
  const [taken = '', ...others] = timesOf(widget);
  const start = await instantOf(widget, taken);
  const allow = refuse('openslot_changes', 'openslot_calendar');
  await elsewhere('book', { name: nameFrom('Ada'), start });
  await widget.until(() => !timesOf(widget).includes(taken), `${taken} is taken`);
  expect(timesOf(widget)).to.deep.equal(others);
  widget.expectStillLive();
  allow();
}

export async function bookATime(): Promise<void> {
  const widget = await openWidget();
  await seeATimeGo(widget);
  const name = nameFrom('Jonas');
  const time = timesOf(widget).at(-1)!;
  const start = await instantOf(widget, time);
  await widget.press(time);
  await widget.sees('Held for you');
  await widget.fill('Full name', name);
  await widget.fill('E-mail', 'jonas@example.com');
  await widget.press(`Book ${time}`);
  await widget.sees('You’re booked');
  expect(await elsewhere('appointments', { name })).to.deep.equal([{ status: 'confirmed', start }]);
  widget.expectStillLive();
}

export async function followAnAppointment(): Promise<void> {
  const { appointment, manage_token } = await elsewhere('book', { name: nameFrom('Ida') });
  const widget = await BuiltElement.open('openslot-booking', { appointment: manage_token });
  await widget.sees('Your appointment');
  await widget.becomes('live');
  await elsewhere('cancelAsStaff', { appointment: appointment.id, message: 'The doctor is ill.' });
  await widget.sees('The clinic has cancelled this appointment');
  await widget.sees('The doctor is ill.');
  widget.expectStillLive();
}

async function signIn(): Promise<BuiltElement> {
  const { email, password } = await elsewhere('staff');
  const desk = await BuiltElement.open('openslot-desk', {});
  await desk.fill('E-mail', email);
  await desk.fill('Password', password);
  await desk.press('Sign in');
  await desk.becomes('live');
  return desk;
}

async function signOut(desk: BuiltElement): Promise<void> {
  await desk.press('Settings and account');
  await desk.press('Sign out');
  await desk.button('Sign in');
}

export async function workAtTheDesk(): Promise<void> {
  const desk = await signIn();
  await desk.press('Next week');
  await desk.until(() => desk.names('[role="gridcell"]').some((cell) => cell.endsWith(', open')), 'times of next week');
  const name = nameFrom('Nils');
  const standsThere = () => desk.names('[part~="appointment"]').some((appointment) => appointment.includes(name));
  const { manage_token: token } = await elsewhere('book', { name });
  await desk.until(standsThere, `${name} stands in the agenda`);
  await elsewhere('cancel', { token });
  await desk.until(() => !standsThere(), `${name} is gone`);
  desk.expectStillLive();
  await signOut(desk);
}

async function openBell(attributes: Readonly<Record<string, string>>, client?: object): Promise<BuiltElement> {
  const bell = await BuiltElement.open('openslot-notifications', attributes, client);
  await bell.becomes('live');
  return bell;
}

function unreadOf(bell: BuiltElement): number {
  const [name = ''] = bell.names('[part="bell"]');
  return Number(/^Notifications, (\d+) unread$/.exec(name)?.[1] ?? 0);
}

async function rings(bell: BuiltElement, unread: number, toast: string): Promise<void> {
  await bell.until(() => unreadOf(bell) === unread, `${unread} unread`);
  await bell.until(() => bell.names('[part~="toast"]').some((text) => text.includes(toast)), `toast “${toast}”`);
  bell.expectStillLive();
}

/** The bell beside a desk, for the member who signed in there. */
export async function ringBeside(desk: BuiltElement, client?: object): Promise<void> {
  const bell = await openBell({}, client);
  const before = unreadOf(bell);
  const name = nameFrom('Eva');
  const { manage_token: token } = await elsewhere('book', { name });
  await rings(bell, before + 1, `${name} booked `);
  await elsewhere('cancel', { token });
  await rings(bell, before + 2, `${name} cancelled `);
  // The two share the session, and so one socket.
  desk.expectStillLive();
}

export async function ringForStaff(): Promise<void> {
  const desk = await signIn();
  await ringBeside(desk);
  await signOut(desk);
}

export async function ringForAPatient(): Promise<void> {
  const { appointment, manage_token: token } = await elsewhere('book', { name: nameFrom('Kim') });
  const bell = await openBell({ token });
  expect(unreadOf(bell)).to.equal(0);
  await elsewhere('cancelAsStaff', { appointment: appointment.id, message: '' });
  await rings(bell, 1, 'Northside Clinic cancelled your appointment on ');
}

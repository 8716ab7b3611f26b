/** `<openslot-booking>` as somebody meets it who sees, hears and presses, but knows nothing of its insides. */
import { fixture, html } from '@open-wc/testing';
import '../../../src/define.ts';
import { createOpenslotClient } from '../../../src/core/client.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import type { OpenslotBooking } from '../../../src/elements/booking/openslot-booking.ts';
import type { OpenslotEventMap } from '../../../src/elements/shared/events.ts';
import { ElementPage } from './element-page.ts';
import { createMemoryProject, type Faults, type MemoryBackend, type MemoryProject } from '../memory/memory-backend.ts';
import { nameOf } from './seen.ts';
import { withoutPolling } from '../without-polling.ts';

/** Sunday evening in Stockholm: the whole week is ahead. */
export const NOW = Date.UTC(2026, 10, 22, 18);

/** The database's clock, weeks away from this machine's, so that who reads the wrong one is found out. */
export function clockAt(now: number) {
  const shift = now - Date.now();
  return { ...systemClock, now: () => Date.now() + shift };
}

export interface OpenOptions {
  readonly project?: MemoryProject;
  readonly faults?: Partial<Faults>;
  /** Changes the client's backend before it is used. */
  readonly backend?: (backend: MemoryBackend, project: MemoryProject) => MemoryBackend;
  /** Beside `provider="mira-lindqvist" time-zone="provider" lang="en-GB"`; null leaves one out. */
  readonly attributes?: Readonly<Record<string, string | null>>;
  /** The tab is the one that was there before, and the page was loaded anew. */
  readonly sameTab?: boolean;
  /** Do not wait for the times. */
  readonly impatient?: boolean;
}

type EventType = keyof OpenslotEventMap;

const EVENTS: readonly EventType[] = [
  'openslot-ready',
  'openslot-slot-select',
  'openslot-booking-submit',
  'openslot-booking-confirmed',
  'openslot-booking-rejected',
  'openslot-appointment-cancelled',
  'openslot-appointment-rescheduled',
  'openslot-status-change',
  'openslot-viewers-change',
  'openslot-error',
];

export class BookingPage extends ElementPage<OpenslotBooking> {
  readonly project: MemoryProject;
  readonly backend: MemoryBackend;
  /** Types of the events that reached the page, in order. */
  readonly events: EventType[] = [];
  /** Codes of the errors that the page was told. */
  readonly errors: string[] = [];

  private constructor(element: OpenslotBooking, project: MemoryProject, backend: MemoryBackend) {
    super(element);
    this.project = project;
    this.backend = backend;
  }

  static async open(options: OpenOptions = {}): Promise<BookingPage> {
    if (!options.sameTab) sessionStorage.clear();
    const project = options.project ?? createMemoryProject({ clock: clockAt(NOW) });
    const made = project.backend(options.faults);
    const backend = options.backend?.(made, project) ?? made;
    const place = await fixture<HTMLElement>(html`<main></main>`);
    place.style.inlineSize = '784px';
    const element = document.createElement('openslot-booking');
    const page = new BookingPage(element, project, backend);
    for (const type of EVENTS) place.addEventListener(type, () => page.events.push(type));
    place.addEventListener('openslot-error', ({ detail }) => page.errors.push(detail.error.code));
    const attributes: Readonly<Record<string, string | null>> = {
      provider: 'mira-lindqvist',
      'time-zone': 'provider',
      lang: 'en-GB',
      ...options.attributes,
    };
    for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value);
    element.client = createOpenslotClient({ backend }, { clock: withoutPolling(systemClock) });
    place.append(element);
    if (!options.impatient) await page.ready();
    return page;
  }

  async ready(): Promise<void> {
    await this.until(() => this.times.length > 0, 'times are shown');
  }

  /** Free times of the day shown. */
  get times(): string[] {
    return this.all('[part~="time"]:not([aria-disabled="true"])').map(nameOf);
  }

  get links(): HTMLAnchorElement[] {
    return this.all('a') as HTMLAnchorElement[];
  }

  /** Names of the days that can be booked. */
  get freeDays(): string[] {
    return this.all('[role="grid"] button:not([aria-disabled="true"])').map(nameOf);
  }

  get month(): string {
    return this.all('[part~="month"]').map(nameOf).join();
  }

  get headings(): string[] {
    return this.all('h2, h3').map(nameOf);
  }

  get services(): string[] {
    return this.all('input[type="radio"]').map(nameOf);
  }

  get serviceChosen(): string {
    return this.all('input[type="radio"]:checked').map(nameOf).join();
  }

  /** All that is in a box: notices, the hold. */
  get notices(): string[] {
    return this.all('[part~="notice"], [part~="hold"]')
      .filter((element) => element.localName === 'div')
      .map((element) => nameOf(element));
  }

  /** What a screen reader was told last. */
  get announced(): string {
    return this.all('[role="status"]').map(nameOf).filter(Boolean).join(' ');
  }

  async choose(service: string): Promise<void> {
    this.all('input[type="radio"]')
      .find((radio) => nameOf(radio).startsWith(service))!
      .click();
    await this.element.updateComplete;
  }

  field(label: string): HTMLInputElement {
    const field = this.fields.find((candidate) => nameOf(candidate).startsWith(label));
    if (!field) throw new Error(`There is no field “${label}” among “${this.fields.map(nameOf).join('”, “')}”.`);
    return field;
  }

  fill(label: string, value: string): void {
    const field = this.field(label);
    field.focus();
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }

  /** Presses a radio button or a checkbox. */
  tick(label: string): void {
    const box = this.all('[type="radio"], [type="checkbox"]').find((one) => nameOf(one).startsWith(label));
    if (!box) throw new Error(`There is nothing to tick called “${label}”.`);
    box.click();
  }

  select(label: string, option: string): void {
    const list = this.all('select').find((one) => nameOf(one).startsWith(label)) as HTMLSelectElement;
    list.value = option;
    list.dispatchEvent(new Event('change', { bubbles: true }));
  }

  async fillDetails(): Promise<void> {
    await this.until(() => this.fields.length > 0, 'the form is shown');
    this.fill('Full name', 'Jonas Ek');
    this.fill('E-mail', 'jonas@example.com');
  }

  /** Chooses a time and waits until it is held. */
  async hold(time: string): Promise<void> {
    await this.press(time);
    await this.sees('Held for you');
  }

  async book(time: string): Promise<void> {
    await this.hold(time);
    await this.fillDetails();
    await this.press(`Book ${time}`);
    await this.sees('You’re booked');
  }

  /** Somebody else takes the slots that start between two times of Monday 23 November, in Stockholm. */
  othersTake(from: string, until = from): void {
    const at = (time: string) => `2026-11-23T${time.padStart(5, '0')}:00+01:00`;
    const end = new Date(Date.parse(at(until)) + 60_000).toISOString();
    this.project.database.setStatus('mira-lindqvist', at(from), end, 'booked');
  }

  private get fields(): HTMLInputElement[] {
    return this.all('input:not([type="radio"]), textarea') as HTMLInputElement[];
  }
}

/** `<openslot-notifications>` as somebody meets it who sees, hears and presses, but knows nothing of its insides. */
import { fixture, html } from '@open-wc/testing';
import '../../../src/define-notifications.ts';
import { systemClock } from '../../../src/core/time/clock.ts';
import { createInbox } from '../../../src/core/inbox/client.ts';
import type { Inbox } from '../../../src/core/inbox/types.ts';
import type { OpenslotNotifications } from '../../../src/elements/notifications/openslot-notifications.ts';
import { createFakePage, type FakePage } from '../fakes/fake-page.ts';
import { createFakeTabs } from '../fakes/fake-tabs.ts';
import { clockAt, NOW } from './booking-page.ts';
import { ElementPage } from './element-page.ts';
import { type InboxFaults, MemoryInbox, type MemoryInboxBackend } from '../memory/memory-inbox.ts';
import { nameOf } from './seen.ts';
import { withoutPolling } from '../without-polling.ts';

export interface OpenInboxOptions {
  readonly audience?: 'patient' | 'member';
  readonly faults?: Partial<InboxFaults>;
  /** What happens before the page is opened. */
  readonly before?: (database: MemoryInbox) => void;
  /** Beside `time-zone="Europe/Stockholm" lang="en-GB"`; null leaves one out. */
  readonly attributes?: Readonly<Record<string, string | null>>;
  /** Do not wait until it is live. */
  readonly impatient?: boolean;
}

export class InboxPage extends ElementPage<OpenslotNotifications> {
  readonly database: MemoryInbox;
  readonly backend: MemoryInboxBackend;
  readonly inbox: Inbox;
  /** How the inbox sees the page. */
  readonly page: FakePage;
  /** Of what the page was told, in order: types, and codes of errors. */
  readonly events: string[] = [];
  readonly errors: string[] = [];

  private constructor(element: OpenslotNotifications, database: MemoryInbox, faults: Partial<InboxFaults>) {
    super(element);
    this.database = database;
    this.backend = database.backend(faults);
    this.page = createFakePage();
    this.inbox = createInbox(
      { backend: this.backend },
      { page: this.page, tabs: createFakeTabs(), clock: withoutPolling(systemClock) },
    );
  }

  static async open(options: OpenInboxOptions = {}): Promise<InboxPage> {
    const { audience = 'member', faults = {}, before, attributes = {}, impatient } = options;
    const database = new MemoryInbox({ clock: clockAt(NOW), audience });
    before?.(database);
    const place = await fixture<HTMLElement>(html`<main></main>`);
    const element = document.createElement('openslot-notifications');
    const page = new InboxPage(element, database, faults);
    for (const type of ['openslot-notification', 'openslot-notification-select', 'openslot-unread-change'] as const) {
      place.addEventListener(type, () => page.events.push(type));
    }
    place.addEventListener('openslot-error', ({ detail }) => page.errors.push(detail.error.code));
    const all: Readonly<Record<string, string | null>> = {
      'time-zone': 'Europe/Stockholm',
      lang: 'en-GB',
      token: audience === 'patient' ? 'a-token' : null,
      ...attributes,
    };
    for (const [name, value] of Object.entries(all)) if (value !== null) element.setAttribute(name, value);
    element.client = page.inbox;
    place.append(element);
    if (!impatient) await page.becomes('live');
    await element.updateComplete;
    return page;
  }

  /** Name of the bell. */
  get bell(): string {
    return nameOf(this.bellButton);
  }

  get isOpen(): boolean {
    return this.all('[role="dialog"]').length > 0;
  }

  /** What the list says, one text for each; those that are new begin with “New:”. */
  get items(): string[] {
    return this.all('[part~="notification"]').map(nameOf);
  }

  get days(): string[] {
    return this.all('[part~="day"]').map(nameOf);
  }

  get toasts(): string[] {
    return this.all('[part~="toast"]').map((toast) => nameOf(toast.querySelector('div')!));
  }

  /** What a screen reader was told last. */
  get announced(): string {
    return this.all('p[role="status"]').map(nameOf).join(' ').trim();
  }

  async openPanel(): Promise<void> {
    this.bellButton.click();
    await this.until(() => this.isOpen, 'the panel is open');
  }

  async closePanel(): Promise<void> {
    await this.press('Close');
    await this.until(() => !this.isOpen, 'the panel is closed');
  }

  override async press(name: string | RegExp): Promise<void> {
    await super.press(name);
    await this.element.updateComplete;
  }

  private get bellButton(): HTMLElement {
    return this.all('button[part="bell"]')[0]!;
  }
}

/** `<openslot-desk>` as somebody of the staff meets it, who knows nothing of its insides. */
import { fixture, html } from '@open-wc/testing';
import '../../../src/define-desk.ts';
import { createDeskClient } from '../../../src/core/desk/client.ts';
import type { OpenslotDesk } from '../../../src/elements/desk/openslot-desk.ts';
import { clockAt } from './booking-page.ts';
import { DESK_NOW, northside, OWNER } from '../memory/desk-seed.ts';
import { ElementPage } from './element-page.ts';
import type { MemoryDesk } from '../memory/memory-desk.ts';
import { MemorySession, memoryStaff, type MemoryStaff, type StaffFaults } from '../memory/memory-staff.ts';
import { nameOf } from './seen.ts';
import { withoutPolling } from '../without-polling.ts';

export interface DeskOptions {
  /** Who is signed in; nobody when null. */
  readonly as?: string | null;
  readonly faults?: Partial<StaffFaults>;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Changes what there is before anybody looks. */
  readonly before?: (desk: MemoryDesk) => void;
  /** Width of the page around it, in px. */
  readonly width?: number;
  /** Do not wait for the calendar. */
  readonly impatient?: boolean;
}

export class DeskPage extends ElementPage<OpenslotDesk> {
  readonly desk: MemoryDesk;
  readonly backend: MemoryStaff;
  readonly session: MemorySession;
  readonly events: string[] = [];

  private constructor(element: OpenslotDesk, desk: MemoryDesk, backend: MemoryStaff, session: MemorySession) {
    super(element);
    this.desk = desk;
    this.backend = backend;
    this.session = session;
  }

  static async open(options: DeskOptions = {}): Promise<DeskPage> {
    const { as = OWNER, faults, attributes = {}, width = 1200, impatient = as === null } = options;
    const clock = clockAt(DESK_NOW);
    const desk = northside(clock);
    options.before?.(desk);
    const session = new MemorySession(as);
    const backend = memoryStaff(desk, session, clock, faults);
    const place = await fixture<HTMLElement>(html`<main></main>`);
    place.style.inlineSize = `${width}px`;
    const element = document.createElement('openslot-desk');
    const page = new DeskPage(element, desk, backend, session);
    for (const type of ['openslot-ready', 'openslot-error', 'openslot-status-change'])
      place.addEventListener(type, () => page.events.push(type));
    element.lang = 'en-GB';
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.client = createDeskClient({ backend, session }, { clock: withoutPolling(clock) });
    place.append(element);
    if (!impatient) await page.becomes('live');
    return page;
  }

  /** Names of what stands in the agenda and is no free time. */
  get appointments(): string[] {
    return this.all('[part~="appointment"]').map(nameOf);
  }

  /** Names of the times of a day: "13:00–13:20, open". */
  times(day: string): string[] {
    return this.all('[role="gridcell"]:not([part])')
      .map(nameOf)
      .filter((name) => name.startsWith(`${day}, `))
      .map((name) => name.slice(day.length + 2));
  }

  get dialog(): string {
    return this.all('openslot-desk-dialog').map(nameOf).join();
  }

  /** What screen readers were told. */
  get announced(): string {
    return this.all('[role="status"], [role="alert"]').map(nameOf).filter(Boolean).join(' ');
  }

  override async press(name: string | RegExp): Promise<void> {
    const button = await this.button(name);
    await this.until(() => button.ariaDisabled !== 'true', `“${name}” can be pressed`);
    button.click();
  }

  /** The field of that label. */
  async field(label: string): Promise<HTMLInputElement> {
    const find = () => this.all('input, textarea, select').find((field) => nameOf(field).startsWith(label));
    await this.until(() => find() !== undefined, `field “${label}” in “${this.dialog || this.text.slice(0, 400)}”`);
    return find() as HTMLInputElement;
  }

  async fill(label: string, value: string): Promise<void> {
    const field = await this.field(label);
    field.focus();
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** Chooses the option of that name. */
  async choose(label: string, option: string): Promise<void> {
    const select = (await this.field(label)) as unknown as HTMLSelectElement;
    const find = () => [...select.options].find(({ text }) => text.trim().startsWith(option));
    await this.until(() => find() !== undefined, `option “${option}” of “${label}”`);
    select.value = find()!.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.fill('E-mail', email);
    await this.fill('Password', password);
    await this.press('Sign in');
  }
}

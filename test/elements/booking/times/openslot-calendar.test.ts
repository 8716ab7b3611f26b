import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../../../src/define.ts';
import type { BookableStart, DayAvailability } from '../../../../src/core/calendar/availability.ts';
import { Display } from '../../../../src/elements/shared/display.ts';
import type { OpenslotCalendar } from '../../../../src/elements/booking/times/openslot-calendar.ts';
import { pageOf } from '../../../../src/elements/booking/times/month-page.ts';
import { nameOf } from '../../../support/pages/seen.ts';

const display = new Display({ lang: 'en-GB', zone: 'Europe/Stockholm' });

function available(...days: string[]): Map<string, DayAvailability> {
  const starts = [{ at: 0 } as BookableStart];
  return new Map(days.map((day) => [day, { day, starts, share: 1 }]));
}

class CalendarPage {
  readonly element: OpenslotCalendar;
  readonly chosen: string[] = [];

  private constructor(element: OpenslotCalendar) {
    this.element = element;
    element.addEventListener('openslot-day-select', ({ detail }) => this.chosen.push(detail.day));
  }

  static async open(
    days: string[],
    { today = '2026-11-22', dir = 'ltr' }: { today?: string; dir?: 'ltr' | 'rtl' } = {},
  ): Promise<CalendarPage> {
    const place = await fixture<HTMLElement>(html`
      <div dir=${dir}>
        <openslot-calendar .display=${display} .days=${available(...days)} .today=${today}></openslot-calendar>
      </div>
    `);
    const element = place.querySelector('openslot-calendar')!;
    await element.updateComplete;
    return new CalendarPage(element);
  }

  get days(): HTMLElement[] {
    return [...this.element.renderRoot.querySelectorAll<HTMLElement>('[role="gridcell"] button')];
  }

  /** The day that has the focus, or would get it by the tab key. */
  get current(): string {
    const stops = this.days.filter(({ tabIndex }) => tabIndex === 0);
    expect(stops).to.have.length(1);
    return stops[0]!.dataset['day'] ?? '';
  }

  get month(): string {
    return nameOf(this.element.renderRoot.querySelector('h3')!);
  }

  async press(...keys: string[]): Promise<string> {
    this.days.find(({ tabIndex }) => tabIndex === 0)!.focus();
    for (const key of keys) {
      await sendKeys({ press: key });
      await this.element.updateComplete;
      expect(this.element.shadowRoot?.activeElement).to.equal(this.days.find(({ tabIndex }) => tabIndex === 0));
    }
    return this.current;
  }
}

const WEEKS = ['2026-11-25', '2026-11-26', '2026-12-01', '2026-12-31', '2027-01-15'];

describe('openslot-calendar', () => {
  it('begins with the week of the first day that can be booked, and goes on into the next month', async () => {
    const page = await CalendarPage.open(WEEKS);
    expect(page.month).to.equal('Nov – Dec 2026');
    expect(page.days[0]!.dataset['day']).to.equal('2026-11-23');
    expect(page.days).to.have.length(35);
    expect(page.current).to.equal('2026-11-25');
    await expect(page.element).to.be.accessible();
  });

  it('calls days by their full names, and says what is free on them', async () => {
    const page = await CalendarPage.open(WEEKS);
    expect(page.days.slice(1, 3).map(nameOf)).to.deep.equal([
      'Tuesday 24 November 2026, no free times',
      'Wednesday 25 November 2026, 1 time free',
    ]);
  });

  it('moves by arrows, Home, End and Page keys, within what can be booked', async () => {
    const page = await CalendarPage.open(WEEKS);
    expect(await page.press('ArrowRight')).to.equal('2026-11-26');
    expect(await page.press('ArrowDown')).to.equal('2026-12-03');
    expect(await page.press('Home')).to.equal('2026-11-30');
    expect(await page.press('End')).to.equal('2026-12-06');
    expect(await page.press('PageDown')).to.equal('2026-12-06');
    expect(page.month).to.equal('December 2026');
    expect(await page.press('PageDown')).to.equal('2027-01-06');
    expect(await page.press('PageDown')).to.equal('2027-01-15');
    expect(await page.press('PageUp', 'PageUp', 'PageUp')).to.equal('2026-11-23');
    expect(await page.press('ArrowUp')).to.equal('2026-11-23');
  });

  it('follows the direction of writing', async () => {
    const page = await CalendarPage.open(WEEKS, { dir: 'rtl' });
    expect(await page.press('ArrowLeft')).to.equal('2026-11-26');
    expect(await page.press('ArrowRight')).to.equal('2026-11-25');
  });

  it('chooses a day with times, and no other', async () => {
    const page = await CalendarPage.open(WEEKS);
    await page.press('Enter');
    await page.press('ArrowLeft', 'Enter');
    await page.press('ArrowRight', 'ArrowRight', ' ');
    expect(page.chosen).to.deep.equal(['2026-11-25', '2026-11-26']);
  });

  it('does not turn to months in which nothing can be', async () => {
    const page = await CalendarPage.open(WEEKS);
    const named = (name: string) =>
      page.element.renderRoot.querySelector<HTMLButtonElement>(`header button[aria-label="${name}"]`);
    const [back, forward] = [named('Previous month'), named('Next month')];
    expect(back!.ariaDisabled).to.equal('true');
    back!.click();
    forward!.focus();
    forward!.click();
    forward!.click();
    await page.element.updateComplete;
    expect(page.month).to.equal('January 2027');
    expect(forward!.ariaDisabled).to.equal('true');
    expect(page.element.shadowRoot?.activeElement, 'who presses it stays on it').to.equal(forward);
    forward!.click();
    await page.element.updateComplete;
    expect(page.month).to.equal('January 2027');
  });

  it('keeps its rows in place when the first day fills up', async () => {
    const page = await CalendarPage.open(['2026-11-27', '2026-12-01']);
    page.element.days = available('2026-12-01');
    await page.element.updateComplete;
    expect(page.days[0]!.dataset['day']).to.equal('2026-11-23');
  });
});

describe('a page of the calendar', () => {
  it('has at least five weeks, and all of its month', () => {
    const shape = (month: string, first = '') => {
      const page = pageOf(month, 1, first);
      return [page[0]![0], page.at(-1)!.at(-1), page.length];
    };
    expect(shape('2027-02')).to.deep.equal(['2027-02-01', '2027-03-07', 5]);
    expect(shape('2026-08')).to.deep.equal(['2026-07-27', '2026-09-06', 6]);
    expect(shape('2026-11', '2026-11-30')).to.deep.equal(['2026-11-30', '2027-01-03', 5]);
    expect(shape('2026-12', '2026-11-30')).to.deep.equal(['2026-11-30', '2027-01-03', 5]);
  });
});

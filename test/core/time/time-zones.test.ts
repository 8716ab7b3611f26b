import { expect } from '@open-wc/testing';
import {
  addDays,
  addMonths,
  dayFinder,
  dayOf,
  type DayStyle,
  firstDayOfWeek,
  formatDay,
  formatDayRange,
  formatMinute,
  formatMonth,
  formatMonthRange,
  formatTime,
  hourCycleOf,
  hourOf,
  instantAt,
  isAmbiguous,
  isValidZone,
  minuteOf,
  monthGrid,
  startOfDay,
  weekdayNames,
  weekNumber,
  zoneLabel,
} from '../../../src/core/time/time-zones.ts';
import { asWritten } from '../../support/pages/seen.ts';

const HOUR = 3_600_000;
const ZONES = ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Asia/Beirut', 'UTC'];

const readings = new Map(
  ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }),
  ]),
);

/** The reading of the clock in a zone, by Intl alone. */
function clock(instant: number, zone: string): string {
  return readings.get(zone)!.format(instant);
}

describe('days in a zone', () => {
  for (const zone of ZONES) {
    it(`agree with Intl for every hour from March to November 2026 in ${zone}`, () => {
      const find = dayFinder(zone);
      for (let at = Date.UTC(2026, 2, 1); at < Date.UTC(2026, 10, 3); at += HOUR) {
        const day = clock(at, zone).slice(0, 10);
        expect(find(at)).to.equal(day);
        if (at % (12 * HOUR) === 0) expect(dayOf(at, zone)).to.equal(day);
      }
    });

    it(`begin at their first instant in ${zone}`, () => {
      for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
        const start = startOfDay(day, zone);
        expect(clock(start, zone).slice(0, 10)).to.equal(day);
        expect(clock(start - 1, zone).slice(0, 10)).to.equal(addDays(day, -1));
      }
    });
  }

  it('begin at one o’clock where midnight is skipped', () => {
    expect(clock(startOfDay('2026-03-29', 'Asia/Beirut'), 'Asia/Beirut')).to.equal('2026-03-29 01:00:00');
  });

  it('are found in any order', () => {
    const find = dayFinder('America/New_York');
    const instants = [5, -20, 300, 5, 29, 30, -20, 0].map((hours) => Date.UTC(2026, 2, 8) + hours * HOUR);
    expect(instants.map(find)).to.deep.equal(instants.map((at) => dayOf(at, 'America/New_York')));
  });

  it('last 23, 25, 23.5 and 24.5 hours when the clocks change', () => {
    const hours = (day: string, zone: string) => (startOfDay(addDays(day, 1), zone) - startOfDay(day, zone)) / HOUR;
    expect(hours('2026-03-08', 'America/New_York')).to.equal(23);
    expect(hours('2026-11-01', 'America/New_York')).to.equal(25);
    expect(hours('2026-10-04', 'Australia/Lord_Howe')).to.equal(23.5);
    expect(hours('2026-04-05', 'Australia/Lord_Howe')).to.equal(24.5);
  });
});

describe('times in a zone', () => {
  const firstHalfPastOne = Date.UTC(2026, 10, 1, 5, 30);

  it('tell the two apart that come twice when the clocks go back', () => {
    expect(formatTime(firstHalfPastOne, 'America/New_York', 'en-US')).to.equal('1:30 AM GMT-4');
    expect(formatTime(firstHalfPastOne + HOUR, 'America/New_York', 'en-US')).to.equal('1:30 AM GMT-5');
    expect(formatTime(firstHalfPastOne + 2 * HOUR, 'America/New_York', 'en-US')).to.equal('2:30 AM');
  });

  it('are ambiguous exactly where Intl shows the same reading twice', () => {
    for (const zone of ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe']) {
      for (let at = Date.UTC(2026, 2, 1); at < Date.UTC(2026, 10, 3); at += HOUR / 2) {
        const twice = [-1, -0.5, 0.5, 1].some((hours) => clock(at + hours * HOUR, zone) === clock(at, zone));
        if (isAmbiguous(at, zone) !== twice) expect.fail(`${zone} ${new Date(at).toISOString()}`);
      }
    }
  });

  it('follow the hour cycle that is asked for', () => {
    const at = Date.UTC(2026, 10, 24, 14, 5);
    expect(formatTime(at, 'UTC', 'en-US', 'h23')).to.equal('14:05');
    expect(formatTime(at, 'UTC', 'sv-SE', 'h12')).to.match(/^(em )?2:05/);
    expect(hourOf(at, 'Asia/Kolkata')).to.equal(19);
  });
});

describe('months', () => {
  it('are grids of whole weeks', () => {
    expect(monthGrid('2026-11', 1).map((week) => `${week[0] ?? ''} ${week[6] ?? ''}`)).to.deep.equal([
      '2026-10-26 2026-11-01',
      '2026-11-02 2026-11-08',
      '2026-11-09 2026-11-15',
      '2026-11-16 2026-11-22',
      '2026-11-23 2026-11-29',
      '2026-11-30 2026-12-06',
    ]);
    expect(monthGrid('2026-02', 0)).to.have.length(4);
  });

  it('hold each day once, in order, for every first day of the week', () => {
    for (const first of [0, 1, 5, 6] as const) {
      for (let month = '2026-01'; month < '2028-01'; month = addMonths(month, 1)) {
        const days = monthGrid(month, first).flat();
        const own = days.filter((day) => day.startsWith(month));
        expect(own[0]).to.equal(`${month}-01`);
        expect(addDays(own.at(-1) ?? '', 1)).to.equal(`${addMonths(month, 1)}-01`);
        days.forEach((day, index) => index > 0 && expect(day).to.equal(addDays(days[index - 1] ?? '', 1)));
        expect(new Date(days[0] ?? '').getUTCDay()).to.equal(first);
      }
    }
  });

  it('begin their weeks as the locale does', () => {
    expect(['en-US', 'de-DE', 'ar-EG', 'pt-BR', 'sv', 'dv-MV', 'eo'].map(firstDayOfWeek)).to.deep.equal([
      0, 1, 6, 0, 1, 5, 1,
    ]);
  });
});

describe('words', () => {
  it('name days, months and zones', () => {
    expect(formatDay('2026-11-24', 'en-GB', 'full')).to.match(/^Tuesday,? 24 November 2026$/);
    expect(formatDay('2026-11-24', 'en-US', 'number')).to.equal('24');
    expect(formatMonth('2026-11', 'de')).to.equal('November 2026');
    expect(weekdayNames(1, 'en', 'short')).to.deep.equal(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
    expect(zoneLabel('America/New_York', Date.UTC(2026, 6, 1), 'en')).to.equal('New York (GMT-4)');
    expect(zoneLabel('UTC', 0, 'en')).to.match(/^(UTC|GMT)/);
  });

  it('tell whether a zone exists', () => {
    expect(['Europe/Berlin', 'Mars/Olympus', ''].map(isValidZone)).to.deep.equal([true, false, false]);
  });
});

describe('what an agenda needs of a zone', () => {
  it('are the minutes of a day, and the instants at which its clock shows them', () => {
    expect(minuteOf(Date.UTC(2026, 10, 24, 8, 25), 'Asia/Kolkata')).to.equal(13 * 60 + 55);
    for (const zone of ZONES) {
      for (const minute of [0, 1, 9 * 60 + 20, 1_439]) {
        expect(minuteOf(instantAt('2026-11-24', minute, zone), zone)).to.equal(minute);
      }
    }
    expect(instantAt('2026-11-24', 560, 'Asia/Kolkata')).to.equal(Date.UTC(2026, 10, 24, 3, 50));
  });

  it('are the first of two instants where the clocks go back, and one after the gap where they skip it', () => {
    expect(instantAt('2026-11-01', 90, 'America/New_York')).to.equal(Date.UTC(2026, 10, 1, 5, 30));
    expect(clock(instantAt('2026-03-08', 150, 'America/New_York'), 'America/New_York')).to.equal('2026-03-08 03:30:00');
    expect(startOfDay('2026-10-25', 'Atlantic/Azores'), 'midnight comes twice').to.equal(Date.UTC(2026, 9, 25, 0));
  });

  it('are numbers of weeks, of which the first has the year’s first Thursday', () => {
    const weeks: [day: string, week: number][] = [
      ['2026-01-01', 1],
      ['2026-01-04', 1],
      ['2026-01-05', 2],
      ['2026-11-24', 48],
      ['2026-12-31', 53],
      ['2027-01-03', 53],
      ['2027-01-04', 1],
      ['2024-12-30', 1],
      ['2023-01-01', 52],
    ];
    expect(weeks.map(([day]) => weekNumber(day))).to.deep.equal(weeks.map(([, week]) => week));
  });

  it('are words for its days, months and minutes', () => {
    const blanks = (text: string) => asWritten(text.replaceAll(/\s/g, ' '));
    expect(blanks(formatDayRange('2026-11-23', '2026-11-27', 'en-GB'))).to.equal('23–27 November');
    expect(blanks(formatMonthRange('2026-11', '2026-12', 'en-GB'))).to.match(/^Nov ?– ?Dec 2026$/);
    expect([0, 570, 1_425].map((minute) => asWritten(formatMinute(minute, 'sv-SE')))).to.deep.equal([
      '0:00',
      '9:30',
      '23:45',
    ]);
    expect(blanks(formatMinute(825, 'en-GB', 'h12'))).to.equal('1:45 pm');
    expect(['en-US', 'sv-SE', 'ja-JP'].map(hourCycleOf)).to.deep.equal(['h12', 'h23', 'h23']);
  });
});

describe('every style of a day and a month', () => {
  it('has its own words', () => {
    const day = (style: DayStyle) => asWritten(formatDay('2026-11-24', 'en-GB', style));
    expect((['full', 'long', 'short', 'weekday', 'number'] as const).map(day)).to.deep.equal([
      'Tuesday 24 November 2026',
      'Tuesday 24 November',
      'Tue 24 Nov',
      'Tuesday',
      '24',
    ]);
    expect((['full', 'long', 'short'] as const).map((style) => formatMonth('2026-11', 'en-GB', style))).to.deep.equal([
      'November 2026',
      'November',
      'Nov',
    ]);
  });

  it('is the same after hundreds of zones were written', () => {
    const at = Date.UTC(2026, 10, 24, 12);
    const zones = Intl.supportedValuesOf('timeZone').slice(0, 150);
    const labels = () => zones.map((zone) => zoneLabel(zone, at, 'en'));
    expect(labels()).to.deep.equal(labels());
  });
});

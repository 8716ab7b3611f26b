import { expect } from '@open-wc/testing';
import type { Hours, HoursException, HoursRule } from '../../../../src/core/desk/types.ts';
import {
  daysOff,
  endsNextDay,
  flawsOf,
  fromField,
  isWholeDays,
  isWrongException,
  lastDayOf,
  nextRange,
  rulesOf,
  toField,
  withMondayCopied,
} from '../../../../src/elements/desk/panels/hours-draft.ts';

const rule = (weekday: number, start: string, end: string): HoursRule => ({ weekday, start, end });
const hours = (...rules: HoursRule[]): Hours => ({ rules, exceptions: [] });
const exception = (starts_at: string, ends_at: string): HoursException => ({
  id: null,
  kind: 'off',
  starts_at,
  ends_at,
  note: null,
});

describe('hours while they are edited', () => {
  it('are found by weekday, with their place among all', () => {
    const [early, other, late] = [rule(1, '09:00', '12:00'), rule(2, '09:00', '12:00'), rule(1, '13:00', '17:00')];
    expect(rulesOf(hours(early, other, late), 1)).to.deep.equal([
      { rule: early, index: 0 },
      { rule: late, index: 2 },
    ]);
  });

  it('are wrong where they end when they begin, and end on the next day where they end before', () => {
    const flaws = flawsOf(hours(rule(1, '09:00', '12:00'), rule(1, '13:00', '13:00'), rule(2, '22:00', '02:00')));
    expect([...flaws]).to.deep.equal([[1, 'empty']]);
    expect(
      [
        rule(2, '22:00', '02:00'),
        rule(2, '22:00', '00:01'),
        rule(2, '00:00', '24:00'),
        rule(2, '22:00', '00:00'),
        rule(2, '13:00', '13:00'),
        rule(2, '09:00', '12:00'),
      ].map(endsNextDay),
    ).to.deep.equal([true, true, false, false, false, false]);
  });

  it('overlap with those of the next day where they go on into them after midnight', () => {
    const night = rule(1, '22:00', '02:00');
    expect([...flawsOf(hours(night, rule(2, '01:59', '09:00')))]).to.deep.equal([[1, 'overlap']]);
    expect([...flawsOf(hours(rule(2, '00:00', '01:00'), night))]).to.deep.equal([[1, 'overlap']]);
    expect([...flawsOf(hours(night, rule(1, '23:00', '24:00')))]).to.deep.equal([[1, 'overlap']]);
    expect([...flawsOf(hours(night, rule(1, '01:00', '02:00'), rule(2, '02:00', '03:00')))]).to.deep.equal([]);
    expect([...flawsOf(hours(night, rule(2, '00:30', '00:30')))]).to.deep.equal([[1, 'empty']]);
  });

  it('overlap on the night from Sunday to Monday, in whichever order they stand', () => {
    const night = rule(7, '22:00', '02:00');
    expect([...flawsOf(hours(night, rule(1, '01:00', '09:00')))]).to.deep.equal([[1, 'overlap']]);
    expect([...flawsOf(hours(rule(1, '01:00', '09:00'), night))]).to.deep.equal([[1, 'overlap']]);
    expect([...flawsOf(hours(rule(1, '02:00', '09:00'), night, rule(7, '02:00', '09:00')))]).to.deep.equal([]);
  });

  it('overlap where the later one of a day begins within an earlier one, but not where it follows', () => {
    const flaws = flawsOf(
      hours(
        rule(1, '09:00', '12:00'),
        rule(1, '12:00', '13:00'),
        rule(2, '09:00', '12:00'),
        rule(1, '11:59', '12:00'),
        rule(1, '08:00', '09:00'),
        rule(1, '08:00', '09:01'),
      ),
    );
    expect([...flaws]).to.deep.equal([
      [3, 'overlap'],
      [5, 'overlap'],
    ]);
  });

  it('are added in the morning, or an hour after the last ones of the day, for two hours at most', () => {
    expect(nextRange(hours(rule(2, '09:00', '12:00')), 1)).to.deep.equal(rule(1, '09:00', '17:00'));
    expect(nextRange(hours(rule(1, '13:00', '15:30'), rule(1, '08:05', '09:00')), 1)).to.deep.equal(
      rule(1, '16:30', '18:30'),
    );
    expect(nextRange(hours(rule(1, '09:00', '21:30')), 1)).to.deep.equal(rule(1, '22:00', '24:00'));
    expect(nextRange(hours(rule(1, '20:00', '02:00')), 1)).to.deep.equal(rule(1, '22:00', '24:00'));
    expect(nextRange(hours(rule(1, '05:00', '07:05')), 1)).to.deep.equal(rule(1, '08:05', '10:05'));
  });

  it('of Monday take the place of those from Tuesday to Friday, and of no other day', () => {
    const before: Hours = {
      rules: [
        rule(7, '10:00', '11:00'),
        rule(6, '10:00', '12:00'),
        rule(5, '07:00', '08:00'),
        rule(2, '07:00', '08:00'),
        rule(1, '09:00', '12:00'),
        rule(1, '13:00', '17:00'),
      ],
      exceptions: [exception('2026-12-24T00:00', '2026-12-25T00:00')],
    };
    const after = withMondayCopied(before);
    expect(after.exceptions).to.equal(before.exceptions);
    expect(after.rules).to.deep.equal([
      ...[1, 2, 3, 4, 5].flatMap((weekday) => [rule(weekday, '09:00', '12:00'), rule(weekday, '13:00', '17:00')]),
      rule(6, '10:00', '12:00'),
      rule(7, '10:00', '11:00'),
    ]);
  });

  it('end at midnight in a field that knows no 24:00', () => {
    expect(['24:00', '12:00'].map(toField)).to.deep.equal(['00:00', '12:00']);
    expect(fromField('00:00', true)).to.equal('24:00');
    expect(fromField('00:00', false)).to.equal('00:00');
    expect(fromField('12:00', true)).to.equal('12:00');
  });
});

describe('days off while they are edited', () => {
  it('include the last one', () => {
    const off = daysOff('2026-12-24', '2026-12-31');
    expect(off).to.deep.equal({ starts_at: '2026-12-24T00:00', ends_at: '2027-01-01T00:00' });
    expect(lastDayOf(exception(off.starts_at, off.ends_at))).to.equal('2026-12-31');
  });

  it('have no end while none was chosen', () => {
    expect(daysOff('2026-12-24', '')).to.deep.equal({ starts_at: '2026-12-24T00:00', ends_at: '' });
    expect(lastDayOf(exception('2026-12-24T00:00', ''))).to.equal('');
  });

  it('are whole days only from midnight to midnight', () => {
    expect(isWholeDays(exception('2026-12-24T00:00', '2026-12-25T00:00'))).to.equal(true);
    expect(isWholeDays(exception('2026-12-24T08:00', '2026-12-25T00:00'))).to.equal(false);
    expect(isWholeDays(exception('2026-12-24T00:00', '2026-12-24T12:00'))).to.equal(false);
  });

  it('are wrong without a beginning, without an end, with half of one, or with an end that isn’t after the beginning', () => {
    const wrong: [start: string, end: string][] = [
      ['', '2026-12-25T00:00'],
      ['2026-12-24T00:00', ''],
      ['2026-12-24', '2026-12-25T00:00'],
      ['2026-12-24T00:00', '2026-12-25'],
      ['2026-12-24T00:00', '2026-12-24T00:00'],
      ['2026-12-25T00:00', '2026-12-24T00:00'],
    ];
    for (const [start, end] of wrong) expect(isWrongException(exception(start, end)), `${start} ${end}`).to.equal(true);
    expect(isWrongException(exception('2026-12-24T00:00', '2026-12-24T00:01'))).to.equal(false);
  });
});

import { expect } from '@open-wc/testing';
import { OpenslotError, type ErrorCode } from '../../../src/core/errors.ts';
import type { InboxNotification } from '../../../src/core/inbox/types.ts';
import { viewerZone } from '../../../src/core/time/time-zones.ts';
import { InboxDisplay, inboxTrouble } from '../../../src/elements/notifications/wording.ts';
import { enInbox } from '../../../src/locales/en/notifications.ts';
import { asWritten } from '../../support/pages/seen.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const TOLD: InboxNotification = {
  id: 1,
  kind: 'booked',
  by: 'patient',
  appointment_id: 'a1',
  sequence: 0,
  provider_id: 'p1',
  provider_name: 'Dr. Mira Lindqvist',
  clinic: 'Northside Clinic',
  service_name: 'Consultation',
  patient_name: 'Jonas Ek',
  start: '2026-11-24T10:40:00Z',
  end: '2026-11-24T11:00:00Z',
  previous_start: null,
  time_zone: 'Europe/Stockholm',
  message: null,
  created_at: '2026-11-24T11:55:30Z',
  read: false,
};

const member = new InboxDisplay({ audience: 'member', lang: 'en-GB' });
const patient = new InboxDisplay({ audience: 'patient', lang: 'en-GB', zone: 'provider' });
/** Engines also differ in their spaces. */
const written = (text: string) => asWritten(text.replaceAll(/\s/g, ' '));
const what = (display: InboxDisplay, changes: Partial<InboxNotification>) =>
  written(display.words({ ...TOLD, ...changes }).what);

describe('what happened, in words', () => {
  const next = { previous_start: '2026-11-24T12:20:00Z', start: '2026-11-25T10:40:00Z' };
  const sameDay = { previous_start: '2026-11-24T12:20:00Z' };
  const cases: [happened: Partial<InboxNotification>, toMember: string, toPatient: string][] = [
    [{ kind: 'booked' }, 'Jonas Ek booked Tue 24 Nov, 11:40', 'You booked Tue 24 Nov, 11:40'],
    [
      { kind: 'booked', by: 'provider' },
      'The clinic booked Jonas Ek for Tue 24 Nov, 11:40',
      'Northside Clinic booked an appointment for you: Tue 24 Nov, 11:40',
    ],
    [{ kind: 'cancelled' }, 'Jonas Ek cancelled Tue 24 Nov, 11:40', 'You cancelled Tue 24 Nov, 11:40'],
    [
      { kind: 'cancelled', by: 'provider' },
      'The clinic cancelled Jonas Ek, Tue 24 Nov, 11:40',
      'Northside Clinic cancelled your appointment on Tue 24 Nov, 11:40',
    ],
    [
      { kind: 'reminder', by: null },
      'Jonas Ek is coming Tue 24 Nov, 11:40',
      'Your appointment is on Tue 24 Nov, 11:40',
    ],
    [
      { kind: 'rescheduled', ...next },
      'Jonas Ek moved from Tue 24 Nov, 13:20 to Wed 25 Nov, 11:40',
      'You moved your appointment from Tue 24 Nov, 13:20 to Wed 25 Nov, 11:40',
    ],
    [
      { kind: 'rescheduled', by: 'provider', ...next },
      'The clinic moved Jonas Ek from Tue 24 Nov, 13:20 to Wed 25 Nov, 11:40',
      'Northside Clinic moved your appointment from Tue 24 Nov, 13:20 to Wed 25 Nov, 11:40',
    ],
    [
      { kind: 'rescheduled', ...sameDay },
      'Jonas Ek moved from 13:20 to 11:40, Tue 24 Nov',
      'You moved your appointment from 13:20 to 11:40, Tue 24 Nov',
    ],
    [
      { kind: 'rescheduled', by: 'provider', ...sameDay },
      'The clinic moved Jonas Ek from 13:20 to 11:40, Tue 24 Nov',
      'Northside Clinic moved your appointment from 13:20 to 11:40, Tue 24 Nov',
    ],
    [
      { kind: 'rescheduled' },
      'Jonas Ek moved from … to Tue 24 Nov, 11:40',
      'You moved your appointment from … to Tue 24 Nov, 11:40',
    ],
  ];

  it('says who did it, to those of the clinic and to the patient', () => {
    for (const [happened, toMember, toPatient] of cases) {
      expect([what(member, happened), what(patient, happened)]).to.deep.equal([toMember, toPatient]);
    }
  });

  it('names the patient if there is a name, the service, the provider, and adds the message of who did it', () => {
    expect(what(member, { patient_name: null })).to.equal('Somebody booked Tue 24 Nov, 11:40');
    const { about, message } = member.words(TOLD);
    expect([about, message]).to.deep.equal(['Consultation · Dr. Mira Lindqvist', null]);
    expect(member.words({ ...TOLD, message: 'I’m well again.' }).message).to.equal('“I’m well again.”');
  });

  it('is in the provider’s zone for the clinic, and in the zone that is asked for', () => {
    const tokyo = new InboxDisplay({ lang: 'en-GB', zone: 'Asia/Tokyo', hourCycle: 'h12' });
    expect(what(tokyo, {})).to.equal('Jonas Ek booked Tue 24 Nov, 7:40 pm');
    expect(what(new InboxDisplay({ lang: 'en-GB' }), { time_zone: 'Asia/Kolkata' })).to.equal(
      'Jonas Ek booked Tue 24 Nov, 16:10',
    );
  });
});

describe('what a patient reads', () => {
  it('is in the reader’s own zone', () => {
    const own = new InboxDisplay({ audience: 'patient', lang: 'en-GB' });
    const named = new InboxDisplay({ audience: 'patient', lang: 'en-GB', zone: viewerZone() });
    expect(what(own, {})).to.equal(what(named, {}));
    expect(what(new InboxDisplay({ lang: 'en-GB', zone: 'viewer' }), {})).to.equal(
      what(new InboxDisplay({ lang: 'en-GB', zone: viewerZone() }), {}),
    );
  });
});

describe('when something happened', () => {
  const display = new InboxDisplay({ lang: 'en-GB', zone: 'Europe/Stockholm' });
  const told = (created_at: string) => written(display.ago({ ...TOLD, created_at }, NOW));

  it('is just now, then so many whole minutes ago, then a time', () => {
    expect([
      told('2026-11-24T11:59:01Z'),
      told('2026-11-24T11:59:00Z'),
      told('2026-11-24T11:00:01Z'),
      told('2026-11-24T11:00:00Z'),
    ]).to.deep.equal(['just now', '1 min ago', '59 min ago', '12:00']);
  });

  it('is today, yesterday or a day', () => {
    expect(
      ['2026-11-24', '2026-11-23', '2026-11-22', '2026-11-25'].map((day) => written(display.dayName(day, NOW))),
    ).to.deep.equal(['Today', 'Yesterday', 'Sunday 22 November', 'Wednesday 25 November']);
    expect(display.dayOf({ ...TOLD, created_at: '2026-11-23T23:30:00Z' })).to.equal('2026-11-24');
  });
});

describe('what went wrong with notifications', () => {
  const textOf = (code: ErrorCode, detail = {}) =>
    inboxTrouble(new OpenslotError(code, undefined, { detail }), enInbox);

  it('that only the owner of the page can mend is said to be of the set-up', () => {
    const { setup } = enInbox;
    for (const [code, text] of [
      ['missing_config', 'The attribute “token” is missing.'],
      ['invalid_config', 'The attribute “token” can’t be what it is.'],
      ['invalid_key', setup.invalidKey],
      ['not_installed', setup.notInstalled],
      ['schema_outdated', setup.notInstalled],
    ] as const) {
      expect(textOf(code, { name: 'token' })).to.deep.equal({ text, isSetup: true });
    }
  });

  it('is said to the reader otherwise, with what can be done', () => {
    for (const [code, text] of [
      ['not_signed_in', enInbox.signedOut],
      ['appointment_not_found', enInbox.unknownToken],
      ['rate_limited', enInbox.tooMany],
      ['realtime_refused', enInbox.notLive],
      ['network', enInbox.unreachable],
      ['project_unavailable', enInbox.unreachable],
      ['unknown', enInbox.unknown],
    ] as const) {
      expect(textOf(code)).to.deep.equal({ text, isSetup: false });
    }
  });
});

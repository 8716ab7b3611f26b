import { expect } from '@open-wc/testing';
import {
  type Attributes,
  findFault,
  hourCycleFrom,
  realtimeFrom,
  weekdayFrom,
} from '../../../src/elements/booking/attributes.ts';
import { findInboxFault, type InboxAttributes, tokenOf } from '../../../src/elements/notifications/attributes.ts';

const FINE: Attributes = {
  client: null,
  supabaseUrl: '',
  supabaseKey: '',
  provider: 'mira-lindqvist',
  timeZone: 'viewer',
  hourCycle: '',
  firstDayOfWeek: '',
  view: 'month',
  phonePrefix: '',
  presence: 'on',
  realtime: 'broadcast',
};
const FINE_INBOX: InboxAttributes = {
  client: null,
  supabaseUrl: '',
  supabaseKey: '',
  token: '',
  timeZone: '',
  hourCycle: '',
  toasts: 'on',
  pushKey: '',
  pushWorker: '',
};
const PUSH_KEY = 'B'.repeat(87);

describe('what the attributes of a booking widget may be', () => {
  const faultOf = (changes: Partial<Attributes>, provider: string | null = 'mira-lindqvist') =>
    findFault({ ...FINE, ...changes }, provider);

  const allowed: Partial<Attributes>[] = [
    { client: { calendar: () => undefined } },
    { client: { rpc: () => undefined, realtime: {} } },
    ...['viewer', 'provider', 'Europe/Stockholm'].map((timeZone) => ({ timeZone })),
    ...['h11', 'h12', 'h23', 'h24'].map((hourCycle) => ({ hourCycle })),
    ...['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((firstDayOfWeek) => ({
      firstDayOfWeek,
    })),
    ...['month', 'week'].map((view) => ({ view })),
    ...['+1', '+46', '+3906'].map((phonePrefix) => ({ phonePrefix })),
    ...['on', 'off'].map((presence) => ({ presence })),
    ...['broadcast', 'postgres-changes', 'off'].map((realtime) => ({ realtime })),
  ];
  it('is found fine', () => {
    for (const attributes of [{}, ...allowed]) {
      expect(faultOf(attributes), JSON.stringify(attributes)).to.equal(null);
    }
  });

  const wrong: [name: string, attributes: Partial<Attributes>, value: string, allowed?: string[]][] = [
    ['client', { client: 'supabase' }, 'string'],
    ['client', { client: {} }, 'object'],
    ['client', { client: { rpc: () => undefined } }, 'object'],
    ['client', { client: { realtime: {} } }, 'object'],
    ['time-zone', { timeZone: 'Mars/Olympus' }, 'Mars/Olympus'],
    ['time-zone', { timeZone: '' }, ''],
    [
      'first-day-of-week',
      { firstDayOfWeek: '1' },
      '1',
      ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
    ],
    ['hour-cycle', { hourCycle: '24' }, '24', ['h12', 'h23', 'h11', 'h24']],
    ['view', { view: 'year' }, 'year', ['month', 'week']],
    ['view', { view: '' }, '', ['month', 'week']],
    ['phone-prefix', { phonePrefix: '46' }, '46'],
    ['phone-prefix', { phonePrefix: '+0' }, '+0'],
    ['phone-prefix', { phonePrefix: '+46123' }, '+46123'],
    ['phone-prefix', { phonePrefix: '00+46' }, '00+46'],
    ['presence', { presence: '' }, '', ['on', 'off']],
    ['realtime', { realtime: 'fast' }, 'fast', ['broadcast', 'postgres-changes', 'off']],
  ];
  it('is named where it is something else, with what it may be', () => {
    for (const [name, attributes, value, values] of wrong) {
      const fault = faultOf(attributes);
      expect([fault?.code, fault?.message]).to.deep.equal(['invalid_config', `${name}="${value}"`]);
      expect(fault?.detail).to.deep.equal({ name, value, ...(values && { allowed: values }) });
    }
  });

  it('names a missing provider only once it is known that there is none', () => {
    expect(faultOf({}, null)).to.equal(null);
    const fault = faultOf({}, '');
    expect([fault?.code, fault?.message, fault?.detail]).to.deep.equal([
      'missing_config',
      'provider',
      { name: 'provider' },
    ]);
  });

  it('has a default where it says nothing that can be', () => {
    expect(['h12', 'h25', ''].map(hourCycleFrom)).to.deep.equal(['h12', undefined, undefined]);
    expect(['sunday', 'saturday', '', 'lördag'].map(weekdayFrom)).to.deep.equal([0, 6, undefined, undefined]);
    expect(['off', 'postgres-changes', 'fast'].map(realtimeFrom)).to.deep.equal([
      'off',
      'postgres-changes',
      'broadcast',
    ]);
  });
});

describe('what the attributes of the notifications may be', () => {
  const faultOf = (changes: Partial<InboxAttributes>) => findInboxFault({ ...FINE_INBOX, ...changes });

  const allowed: Partial<InboxAttributes>[] = [
    { client: { markRead: () => undefined } },
    { client: { rpc: () => undefined, realtime: {} } },
    ...['viewer', 'provider', 'Asia/Kolkata'].map((timeZone) => ({ timeZone })),
    { hourCycle: 'h12' },
    { toasts: 'off' },
    { pushKey: PUSH_KEY, pushWorker: '/openslot-push.js' },
    { pushKey: `${PUSH_KEY}=`, pushWorker: '/openslot-push.js' },
    { pushWorker: '/openslot-push.js' },
  ];
  it('is found fine', () => {
    for (const attributes of [{}, ...allowed]) {
      expect(faultOf(attributes), JSON.stringify(attributes)).to.equal(null);
    }
  });

  const wrong: [name: string, attributes: Partial<InboxAttributes>, value: string][] = [
    ['client', { client: {} }, 'object'],
    ['client', { client: 'supabase' }, 'string'],
    ['client', { client: { rpc: () => undefined } }, 'object'],
    ['time-zone', { timeZone: 'Mars/Olympus' }, 'Mars/Olympus'],
    ['hour-cycle', { hourCycle: '24' }, '24'],
    ['toasts', { toasts: '' }, ''],
    ['push-key', { pushKey: 'B'.repeat(79) }, 'B'.repeat(79)],
    ['push-key', { pushKey: 'B'.repeat(101) }, 'B'.repeat(101)],
    ['push-key', { pushKey: `+${PUSH_KEY}` }, `+${PUSH_KEY}`],
  ];
  it('is named where it is something else', () => {
    for (const [name, attributes, value] of wrong) {
      const fault = faultOf({ pushWorker: '/openslot-push.js', ...attributes });
      expect([fault?.code, fault?.message]).to.deep.equal(['invalid_config', `${name}="${value}"`]);
      expect(fault?.detail).to.deep.equal({ name, value });
    }
  });

  it('names the worker that a key for push is of no use without', () => {
    const fault = faultOf({ pushKey: PUSH_KEY });
    expect([fault?.code, fault?.message, fault?.detail]).to.deep.equal([
      'missing_config',
      'push-worker',
      { name: 'push-worker' },
    ]);
  });

  it('gives the token of the attribute, that of the page where the attribute says so, or none', () => {
    const hash = '#openslot-appointment=abc&x=1';
    expect(tokenOf({ token: 'xyz' }, hash)).to.equal('xyz');
    expect(tokenOf({ token: '' }, hash)).to.equal(null);
    expect(tokenOf({ token: 'page' }, hash)).to.equal('abc');
    expect(tokenOf({ token: 'page' }, '')).to.equal('');
    expect(tokenOf({ token: 'page' }, '#top#openslot-appointment=abc')).to.equal('');
  });
});

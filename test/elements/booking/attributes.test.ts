import { expect } from '@open-wc/testing';
import { type Attributes, findFault, realtimeFrom } from '../../../src/elements/booking/attributes.ts';

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
    expect(['off', 'postgres-changes', 'fast'].map(realtimeFrom)).to.deep.equal([
      'off',
      'postgres-changes',
      'broadcast',
    ]);
  });
});

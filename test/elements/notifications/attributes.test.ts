import { expect } from '@open-wc/testing';
import { findInboxFault, type InboxAttributes, tokenOf } from '../../../src/elements/notifications/attributes.ts';

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

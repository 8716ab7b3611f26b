import { expect } from '@open-wc/testing';
import { CLIENT_CODES, OpenslotError, SERVER_CODES } from '../../../src/core/errors.ts';
import { setupText } from '../../../src/elements/desk/views.ts';
import { failureNotice } from '../../../src/elements/booking/error-texts.ts';
import { inboxTrouble } from '../../../src/elements/notifications/wording.ts';
import { enDesk } from '../../../src/locales/en/desk.ts';
import { enInbox } from '../../../src/locales/en/notifications.ts';
import { enDetails } from '../../../src/locales/en/details.ts';
import { textsOf } from '../../../src/locales/index.ts';
import { loaders } from '../../../src/locales/loaders.ts';

const CODES = [...SERVER_CODES, ...CLIENT_CODES];
const DETAILS = [{}, { name: undefined }, { name: 'no-such-attribute' }, { name: 'view', allowed: ['month', 'week'] }];

async function textsIn(tag: string) {
  if (tag === 'en') return { details: enDetails, inbox: enInbox };
  const locale = await loaders[tag]!();
  const [details, inbox] = await Promise.all([textsOf(locale, 'details'), textsOf(locale, 'notifications')]);
  if (!details || !inbox) throw new Error(`${tag} has no texts of its own`);
  return { details, inbox };
}

describe('what is told of a failure', () => {
  for (const tag of ['en', ...Object.keys(loaders)]) {
    it(`in ${tag} prints nothing that is undefined, whatever the error has as its detail`, async () => {
      const { details, inbox } = await textsIn(tag);
      for (const code of CODES) {
        for (const detail of DETAILS) {
          const error = new OpenslotError(code, undefined, { detail });
          const { title = '', text } = failureNotice(error, details, 'mira-lindqvist');
          const told = [title + text, inboxTrouble(error, inbox).text, setupText(error, enDesk)].join('\n');
          expect(told, code).to.not.match(/undefined|\[object|null/);
          expect(text, code).to.not.equal('');
        }
      }
    });
  }

  it('names the attribute if the error does', () => {
    const missing = new OpenslotError('missing_config', undefined, { detail: { name: 'provider' } });
    expect(setupText(missing, enDesk)).to.equal('The attribute “provider” is missing.');
    const wrong = new OpenslotError('invalid_config', undefined, { detail: { name: 'view' } });
    expect(setupText(wrong, enDesk)).to.equal('The attribute “view” can’t be what it is.');
  });

  it('names none if the error doesn’t', () => {
    for (const code of ['missing_config', 'invalid_config'] as const) {
      const error = new OpenslotError(code);
      expect(failureNotice(error, enDetails, '')).to.deep.equal({
        kind: 'setup',
        title: 'This booking widget isn’t set up yet',
        text: 'Online booking isn’t set up yet.',
      });
      expect(setupText(error, enDesk)).to.equal('The desk isn’t set up yet.');
      // Its title stands before it: “These notifications aren’t set up yet”.
      expect(inboxTrouble(error, enInbox)).to.deep.equal({ isSetup: true, text: '' });
    }
  });
});

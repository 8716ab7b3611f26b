import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../../../src/define.ts';
import type { Connection } from '../../../../src/core/sync/refresher.ts';
import type { OpenslotHeader } from '../../../../src/elements/booking/times/openslot-header.ts';
import { MIRA } from '../../../support/memory/memory-backend.ts';
import { nameOf, wholeTexts } from '../../../support/pages/seen.ts';

function open(
  provider = MIRA,
  connection: Connection = 'live',
  viewers: number | null = null,
): Promise<OpenslotHeader> {
  return fixture(
    html`<openslot-header .provider=${provider} .connection=${connection} .viewers=${viewers}></openslot-header>`,
  );
}

const avatar = (header: OpenslotHeader) => header.renderRoot.querySelector<HTMLElement>('[part="avatar"]')!;

describe('openslot-header', () => {
  it('names the provider, the title and the clinic', async () => {
    const header = await open();
    expect(nameOf(header)).to.equal('ML Dr. Mira Lindqvist General practice Northside Clinic Live');
    await expect(header).to.be.accessible();
  });

  for (const [name, initials] of [
    ['Dr. Mira Lindqvist', 'ML'],
    ['Prof. Dr. Ana María de la Cruz', 'AC'],
    ['Cher', 'C'],
    ['张 伟', '张伟'],
    ['Dr.', ''],
  ]) {
    it(`writes “${initials}” for ${name}`, async () => {
      expect(avatar(await open({ ...MIRA, name: name! })).textContent).to.equal(initials);
    });
  }

  it('falls back to the initials when the picture can’t be loaded, and tries the next one', async () => {
    const header = await open({ ...MIRA, avatar_url: 'data:image/png;base64,broken' });
    await oneEvent(avatar(header), 'error');
    await header.updateComplete;
    expect(avatar(header).textContent).to.equal('ML');
    header.provider = { ...MIRA, avatar_url: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' };
    await header.updateComplete;
    expect(avatar(header).localName).to.equal('img');
  });

  it('says how the times are kept fresh and who else looks', async () => {
    for (const [connection, words] of [
      ['connecting', 'Connecting'],
      ['polling', 'Updates regularly'],
      ['offline', 'Offline'],
    ] as const) {
      expect(wholeTexts(await open(MIRA, connection))).to.include(words);
    }
    expect(wholeTexts(await open(MIRA, 'live', 2))).to.include.keys('Live', '2 people viewing');
  });
});

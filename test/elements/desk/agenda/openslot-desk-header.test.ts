import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import '../../../../src/define-desk.ts';
import type { OpenslotDeskHeader } from '../../../../src/elements/desk/agenda/openslot-desk-header.ts';
import { DESK_MIRA } from '../../../support/memory/desk-seed.ts';

const avatarOf = (header: OpenslotDeskHeader) => header.renderRoot.querySelector<HTMLElement>('[part="avatar"]')!;

describe('the head of the desk', () => {
  it('shows the initials in place of a picture that can’t be loaded, until there is another one', async () => {
    const broken = { ...DESK_MIRA, avatar_url: 'data:image/png;base64,broken' };
    const header = await fixture<OpenslotDeskHeader>(
      html`<openslot-desk-header .provider=${broken} .days=${['2026-11-24']}></openslot-desk-header>`,
    );
    await oneEvent(avatarOf(header), 'error');
    await header.updateComplete;
    expect(avatarOf(header).textContent).to.equal('ML');
    header.provider = { ...DESK_MIRA, avatar_url: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' };
    await header.updateComplete;
    expect(avatarOf(header).localName).to.equal('img');
  });
});

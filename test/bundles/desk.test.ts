import { load } from './support/page.ts';
import { workAtTheDesk } from './support/stories.ts';

describe('a page with the script openslot-desk.js', () => {
  before(() => load('/dist/script/openslot-desk.js'));

  it('is live once staff have signed in: the agenda shows bookings and removes cancelled ones', workAtTheDesk);
});

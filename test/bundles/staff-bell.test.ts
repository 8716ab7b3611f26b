import { load } from './support/page.ts';
import { ringForStaff } from './support/stories.ts';

describe('a page with the scripts openslot-desk.js and openslot-notifications.js', () => {
  before(async () => {
    await load('/dist/script/openslot-desk.js');
    await load('/dist/script/openslot-notifications.js');
  });

  it('notifies the member who signed in at the desk of each booking and cancellation', ringForStaff);
});

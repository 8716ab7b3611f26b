import { load } from './support/page.ts';
import { ringForAPatient } from './support/stories.ts';

describe('a page with the script openslot-notifications.js', () => {
  before(() => load('/dist/script/openslot-notifications.js'));

  it('notifies a patient when the clinic cancels the appointment', ringForAPatient);
});

import { load } from './support/page.ts';
import { bookATime, followAnAppointment, ringForAPatient, ringForStaff, workAtTheDesk } from './support/stories.ts';

// The test runner resolves what these modules import, as the bundler of an npm user does.
describe('a page that imports openslot/define, openslot/desk and openslot/notifications', () => {
  before(async () => {
    for (const entry of ['define', 'define-desk', 'define-notifications']) await load(`/dist/${entry}.js`);
  });

  it('shows a patient times that are live, and books one', bookATime);
  it('shows an appointment, live', followAnAppointment);
  it('rings for a patient', ringForAPatient);
  it('shows staff a desk that is live', workAtTheDesk);
  it('rings for whoever signed in at the desk', ringForStaff);
});

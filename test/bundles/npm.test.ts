import { load } from './support/page.ts';
import { bookATime, followAnAppointment, ringForAPatient, ringForStaff, workAtTheDesk } from './support/stories.ts';

// The test runner resolves the imports of these modules, as an npm user's bundler does.
describe('a page that imports openslot/define, openslot/desk and openslot/notifications', () => {
  before(async () => {
    for (const entry of ['define', 'define-desk', 'define-notifications']) await load(`/dist/${entry}.js`);
  });

  it('shows a patient times that are live, and books one', bookATime);
  it('shows an appointment and its changes', followAnAppointment);
  it('notifies a patient', ringForAPatient);
  it('shows staff a live desk', workAtTheDesk);
  it('notifies the member who signed in at the desk', ringForStaff);
});

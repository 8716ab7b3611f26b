import { load } from './support/page.ts';
import { bookATime, followAnAppointment } from './support/stories.ts';

describe('a page with the script openslot.js', () => {
  before(() => load('/dist/script/openslot.js'));

  it('is live: a message alone removes a time that another patient takes, and a free time is booked', bookATime);
  it('shows an appointment by its link, and shows at once that the clinic has cancelled it', followAnAppointment);
});

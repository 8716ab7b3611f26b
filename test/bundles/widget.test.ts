import { load } from './support/page.ts';
import { bookATime, followAnAppointment } from './support/stories.ts';

describe('a page with the script openslot.js', () => {
  before(() => load('/dist/script/openslot.js'));

  it('is live: a time that somebody else takes goes by a message alone, and another one is booked', bookATime);
  it('shows an appointment by its link, and says at once that the clinic has cancelled it', followAnAppointment);
});

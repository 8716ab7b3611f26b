import { expect } from '@open-wc/testing';
import { AnnouncedRevisions } from '../../../src/core/calendar/announced-revisions.ts';

/** Messages `after-revision`, in the order of their arrival. */
function heard(...messages: string[]): AnnouncedRevisions {
  const revisions = new AnnouncedRevisions();
  for (const message of messages) {
    const [after = 0, revision = 0] = message.split('-').map(Number);
    revisions.add({ after, revision });
  }
  return revisions;
}

describe('the revisions that messages have announced', () => {
  it('go on with each message that follows, even one that repeats some of the others', () => {
    expect(heard('0-1', '1-2', '2-5').upTo).to.equal(5);
    expect(heard('0-3', '1-4').upTo).to.equal(4);
  });

  it('stay where one is missing, and go on as far as there are messages once it has come', () => {
    const revisions = heard('0-1', '4-5', '2-4');
    expect(revisions.upTo).to.equal(1);
    revisions.add({ after: 1, revision: 2 });
    expect(revisions.upTo).to.equal(5);
  });

  it('never go back, whatever comes late or twice', () => {
    expect(heard('0-4', '0-1', '1-2', '0-4').upTo).to.equal(4);
  });

  it('start over from what a fetch found, and go on with what was announced beyond that', () => {
    const revisions = heard('0-1', '5-6', '8-9');
    revisions.startOver(5);
    expect(revisions.upTo).to.equal(6);
    revisions.startOver(3);
    expect(revisions.upTo).to.equal(6);
    revisions.add({ after: 6, revision: 8 });
    expect(revisions.upTo).to.equal(9);
  });
});

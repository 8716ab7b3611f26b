import { expect } from '@open-wc/testing';
import { type InboxList, readUpTo, withNewest, withOlder } from '../../../src/core/inbox/list.ts';
import type { InboxNotification } from '../../../src/core/inbox/types.ts';

/** As many as the database returns at once. */
const PAGE = 50;

/** Notifications with these ids, all unread. */
const page = (...ids: number[]) => ids.map((id) => ({ id, read: false }) as InboxNotification);
const down = (from: number, count: number) => Array.from({ length: count }, (_, index) => from - index);
const ids = ({ notifications }: InboxList) => notifications.map(({ id }) => id);

describe('the list of an inbox', () => {
  const long = withNewest(null, page(...down(200, PAGE)), 60);

  it('begins with the newest page, and knows whether there may be more', () => {
    expect(ids(long)).to.deep.equal(down(200, PAGE));
    expect([long.unread, long.hasOlder]).to.deep.equal([60, true]);
    expect(withNewest(null, page(3, 2, 1), 2)).to.deep.equal({
      notifications: page(3, 2, 1),
      unread: 2,
      hasOlder: false,
    });
    expect(withNewest(null, [], 0)).to.deep.equal({ notifications: [], unread: 0, hasOlder: false });
  });

  it('keeps what is older when a newer page joins on to it', () => {
    const whole = withOlder(long, page(...down(150, 20)));
    expect([ids(whole), whole.hasOlder]).to.deep.equal([down(200, 70), false]);
    const newer = withNewest(whole, page(...down(210, PAGE)), 61);
    expect([ids(newer), newer.unread, newer.hasOlder]).to.deep.equal([down(210, 80), 61, false]);
    // The last of the newer page is the first of what there was.
    const touching = withNewest(whole, page(...down(249, PAGE)), 61);
    expect([ids(touching), touching.hasOlder]).to.deep.equal([down(249, 119), false]);
  });

  it('may have more where the newer page took the place of all that there was', () => {
    const same = withNewest(withOlder(long, []), page(...down(200, PAGE)), 60);
    expect([ids(same), same.hasOlder]).to.deep.equal([down(200, PAGE), true]);
  });

  it('forgets what is older when something between may be missing, or when the page is all there is', () => {
    const gap = withNewest(long, page(...down(300, PAGE)), 61);
    expect([ids(gap), gap.hasOlder]).to.deep.equal([down(300, PAGE), true]);
    expect(ids(withNewest(long, page(200, 199), 0))).to.deep.equal([200, 199]);
  });

  it('takes of an older page only what it doesn’t have, and knows whether there may be more', () => {
    const whole = withOlder(long, page(...down(160, PAGE)));
    expect([ids(whole), whole.hasOlder]).to.deep.equal([down(200, 90), true]);
    expect(ids(withOlder(withNewest(null, [], 0), page(2, 1)))).to.deep.equal([2, 1]);
  });
});

describe('reading up to one', () => {
  const list = { ...withNewest(null, page(4, 3, 2, 1), 4) };

  it('reads it and all older ones', () => {
    const read = readUpTo(list, 3);
    expect(read.notifications.map(({ id, read }) => [id, read])).to.deep.equal([
      [4, false],
      [3, true],
      [2, true],
      [1, true],
    ]);
    expect([read.unread, read.notifications[0] === list.notifications[0]]).to.deep.equal([1, true]);
  });

  it('leaves the list as it is where that is not in it, as nobody knows then how many are unread', () => {
    expect(readUpTo(list, 0)).to.equal(list);
  });

  it('keeps the array where nothing is to be read', () => {
    const read = readUpTo(list, 4);
    expect(readUpTo(read, 4).notifications).to.equal(read.notifications);
    expect(readUpTo(read, 4).unread).to.equal(0);
  });
});

import { expect, fixture, html } from '@open-wc/testing';
import { OpenslotHold } from '../../../src/elements/booking/openslot-hold.ts';
import { nameOf } from '../../support/pages/seen.ts';

if (!customElements.get('openslot-hold')) customElements.define('openslot-hold', OpenslotHold);

const END = Date.UTC(2026, 10, 24, 12);

/** A hold with so many seconds left, on a clock that stands still. */
async function open(seconds: number, properties: Partial<OpenslotHold> = {}): Promise<OpenslotHold> {
  const hold = await fixture<OpenslotHold>(html`<openslot-hold></openslot-hold>`);
  const heldUntil = new Date(END).toISOString();
  Object.assign(hold, { status: 'held', heldUntil, time: '13:20', now: () => END - seconds * 1000, ...properties });
  await hold.updateComplete;
  return hold;
}

describe('openslot-hold', () => {
  it('counts minutes and seconds', async () => {
    expect(nameOf(await open(232))).to.equal('Held for you for 3:52');
    expect(nameOf(await open(59.2))).to.equal('Held for you for 1:00');
    expect(nameOf(await open(0))).to.equal('Held for you for 0:00');
  });

  it('is amber in the last half minute', async () => {
    const isUrgent = (hold: OpenslotHold) => hold.renderRoot.querySelector('[part~="urgent"]') !== null;
    expect(isUrgent(await open(31))).to.equal(false);
    const urgent = await open(30);
    expect(isUrgent(urgent)).to.equal(true);
    await expect(urgent).to.be.accessible();
  });

  it('drains by the share that is left, and tells a screen reader before it ends', async () => {
    let left = 60.02;
    const hold = await open(0, { now: () => END - left * 1000 });
    const ring = () => Number(hold.renderRoot.querySelector('.rest')?.getAttribute('stroke-dashoffset'));
    expect(ring()).to.equal(0);
    left = 30.001;
    await waitForText(hold, '0:31');
    left = 29.99;
    await waitForText(hold, '30 seconds left on this time.');
    expect(ring()).to.be.closeTo(31 / 61, 0.001);
  });

  it('offers more time where there is some', async () => {
    expect(nameOf(await open(60, { extendable: true }))).to.include('More time');
    expect(nameOf(await open(60, { status: 'ended', extendable: true }))).to.equal(
      '13:20 is no longer held for you, but it is still free. Hold it again',
    );
  });
});

async function waitForText(hold: OpenslotHold, text: string): Promise<void> {
  while (!nameOf(hold).includes(text)) await new Promise(requestAnimationFrame);
}

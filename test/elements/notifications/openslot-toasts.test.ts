import { expect, fixture, html } from '@open-wc/testing';
import '../../../src/define-notifications.ts';
import type { OpenslotToasts, Toast } from '../../../src/elements/notifications/openslot-toasts.ts';
import { createFakeClock } from '../../support/fakes/fake-clock.ts';
import { deepQueryAll, isVisible, nameOf } from '../../support/pages/seen.ts';

const SHOWN = 8_000;

function toast(key: number): Toast {
  return { key, what: `Thing ${key}`, about: null, isSummary: false };
}

/** Toasts with an owner that removes them on request. */
async function open(...keys: number[]) {
  const clock = createFakeClock();
  const element = await fixture<OpenslotToasts>(
    html`<openslot-toasts .clock=${clock} .toasts=${keys.map(toast)}></openslot-toasts>`,
  );
  element.addEventListener('openslot-toast-dismiss', ({ detail }) => {
    element.toasts = element.toasts.filter(({ key }) => key !== detail.key);
  });
  const shown = () =>
    deepQueryAll(element, '[part="toast"]')
      .filter(isVisible)
      .map((item) => nameOf(item.querySelector('p')!));
  const pass = async (ms: number) => {
    await clock.advance(ms);
    await element.updateComplete;
  };
  const stack = deepQueryAll(element, 'ol')[0]!;
  const dismiss = (what: string) =>
    deepQueryAll(element, 'button').find((button) => nameOf(button) === `Dismiss: ${what}`)!;
  return { clock, element, shown, pass, stack, dismiss };
}

describe('a toast', () => {
  it('goes after a while, each in its own time', async () => {
    const { element, shown, pass, clock } = await open(1);
    await pass(SHOWN / 2);
    element.toasts = [...element.toasts, toast(2)];
    await element.updateComplete;
    await pass(SHOWN / 2);
    expect(shown()).to.deep.equal(['Thing 2']);
    await pass(SHOWN / 2);
    expect([shown(), clock.pending]).to.deep.equal([[], 0]);
  });

  it('stays while it is pointed at, and its full time afterwards', async () => {
    const { shown, pass, stack } = await open(1);
    await pass(SHOWN - 1);
    stack.dispatchEvent(new PointerEvent('pointerenter'));
    await pass(SHOWN * 10);
    expect(shown()).to.deep.equal(['Thing 1']);
    stack.dispatchEvent(new PointerEvent('pointerleave'));
    await pass(SHOWN - 1);
    expect(shown()).to.deep.equal(['Thing 1']);
    await pass(1);
    expect(shown()).to.deep.equal([]);
  });

  it('stays while it has the focus, which goes on to the next when it is dismissed, and back at the end', async () => {
    const { element, shown, pass, dismiss } = await open(1, 2);
    const before = document.createElement('button');
    element.before(before);
    before.focus();
    dismiss('Thing 1').focus();
    await pass(SHOWN * 10);
    expect(shown()).to.deep.equal(['Thing 1', 'Thing 2']);
    dismiss('Thing 1').click();
    await element.updateComplete;
    expect(nameOf(element.shadowRoot!.activeElement!)).to.equal('Dismiss: Thing 2');
    dismiss('Thing 2').click();
    await element.updateComplete;
    expect([shown(), document.activeElement === before]).to.deep.equal([[], true]);
    before.remove();
  });

  it('has no timer any more once its element is gone', async () => {
    const { element, clock } = await open(1);
    element.remove();
    expect(clock.pending).to.equal(0);
  });
});

import { expect, fixture } from '@open-wc/testing';
import { html, LitElement } from 'lit';
import { type LazyModule, LazyModules } from '../../../src/elements/shared/lazy-modules.ts';

class Inner extends HTMLElement {}

interface Part extends LazyModule {
  readonly word: string;
}

const here: Part = { elements: { 'lazy-here': Inner }, word: 'here' };
const week: Part = { elements: { 'lazy-week': Inner }, word: 'week' };
const zones: Part = { elements: { 'lazy-zones': Inner }, word: 'zones' };

/** Renders the words of the modules that it shows, and a notice with the names of those that failed. */
class LazyHost extends LitElement {
  shows: readonly ('here' | 'week' | 'zones')[] = [];
  /** What the host did, in order. */
  readonly log: string[] = [];
  /** Names whose next load fails. */
  readonly broken = new Set<string>();

  readonly modules = new LazyModules<'here' | 'week' | 'zones', Part>(
    this,
    {
      here,
      week: () => this.#import(week),
      zones: () => this.#import(zones),
    },
    {
      register: ({ elements }) => this.log.push(`register ${Object.keys(elements).join()}`),
      loadTexts: ({ word }) => this.#texts(word),
    },
  );

  async #import(module: Part): Promise<Part> {
    this.log.push(`import ${module.word}`);
    await Promise.resolve();
    if (this.broken.has(module.word)) throw new TypeError('Failed to fetch');
    return module;
  }

  async #texts(name: string): Promise<void> {
    this.log.push(`texts of ${name}`);
    await Promise.resolve();
    if (this.broken.has(`texts of ${name}`)) throw new TypeError('Failed to fetch');
  }

  override render() {
    const words = this.shows.map((name) => this.modules.get(name)?.word ?? '…');
    const { failed } = this.modules;
    return html`${words.join(' ')}${failed.length > 0 ? ` (failed: ${failed.join()})` : ''}`;
  }

  get text(): string {
    return this.shadowRoot!.textContent;
  }

  async show(...names: LazyHost['shows']): Promise<void> {
    this.shows = names;
    this.requestUpdate();
    await this.updateComplete;
  }

  /** Waits until nothing loads any more and the host has rendered. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    await this.updateComplete;
  }
}

customElements.define('lazy-host', LazyHost);

describe('lazy modules', () => {
  let host: LazyHost;

  beforeEach(async () => {
    host = await fixture(html`<lazy-host></lazy-host>`);
  });

  it('load with the first render of them, once, and update the host when they have come', async () => {
    expect(host.log, 'nothing is rendered yet').to.deep.equal([]);
    await host.show('week');
    expect(host.text).to.equal('…');
    await host.show('week', 'zones');
    await host.settle();
    expect(host.text).to.equal('week zones');
    expect(host.log.toSorted()).to.deep.equal([
      'import week',
      'import zones',
      'register lazy-week',
      'register lazy-zones',
      'texts of week',
      'texts of zones',
    ]);
  });

  it('that come with the first script are there at once, with their elements registered', async () => {
    await host.show('here');
    expect(host.text).to.equal('here');
    expect(host.log).to.deep.equal(['register lazy-here']);
    await host.show('here');
    expect(host.log).to.deep.equal(['register lazy-here']);
  });

  it('can be looked at without loading them, and loaded before they are wanted', async () => {
    expect(host.modules.loaded('week')).to.equal(null);
    expect(host.log).to.deep.equal([]);
    await host.modules.load('week');
    expect(host.modules.loaded('week')).to.equal(week);
    await host.show('week');
    expect(host.text).to.equal('week');
    expect(host.log).to.deep.equal(['import week', 'texts of week', 'register lazy-week']);
  });

  for (const part of ['week', 'texts of week']) {
    it(`say that they failed when it is the ${part} that can’t be loaded, and load again on demand only`, async () => {
      host.broken.add(part);
      await host.show('week');
      await host.settle();
      expect(host.text).to.equal('… (failed: week)');
      await host.show('week');
      await host.settle();
      expect(host.log.filter((line) => line === 'import week')).to.have.length(1);

      await host.modules.retry();
      await host.settle();
      expect(host.text, 'it failed again').to.equal('… (failed: week)');
      host.broken.clear();
      await host.modules.retry();
      await host.settle();
      expect(host.text).to.equal('week');
    });
  }

  it('that failed before they were wanted load anew once they are', async () => {
    host.broken.add('week');
    await host.modules.load('week');
    expect(host.modules.failed).to.deep.equal([]);
    host.broken.clear();
    await host.show('week');
    await host.settle();
    expect(host.text).to.equal('week');
  });

  it('that fail just before the update that wants them load anew in that update', async () => {
    host.broken.add('week');
    host.shows = ['week'];
    await host.modules.load('week');
    await host.settle();
    expect(host.text).to.equal('… (failed: week)');
    expect(host.log.filter((line) => line === 'import week')).to.have.length(2);
  });

  it('that failed and are not wanted any more are no failure, and load anew when they are wanted again', async () => {
    host.broken.add('week');
    await host.show('week', 'zones');
    await host.settle();
    expect(host.text).to.equal('… zones (failed: week)');
    await host.show('zones');
    expect(host.text).to.equal('zones');
    expect(host.modules.failed).to.deep.equal([]);
    host.broken.clear();
    await host.show('week');
    await host.settle();
    expect(host.text).to.equal('week');
  });
});

import { expect } from '@open-wc/testing';
import { createVisitor } from '../../../src/core/calendar/visitor-id.ts';
import { createFakePage } from '../../support/fakes/fake-page.ts';

const KEY = 'openslot:visitor:https://clinic.example';

describe('a tab’s visitor', () => {
  beforeEach(() => sessionStorage.clear());
  afterEach(() => sessionStorage.clear());

  it('is the same for as long as the page is, and a secret', () => {
    const visitor = createVisitor('https://clinic.example', createFakePage());
    expect(visitor()).to.equal(visitor());
    expect(visitor()).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(sessionStorage).to.have.length(0);
  });

  it('survives a reload, once', () => {
    const page = createFakePage();
    const id = createVisitor('https://clinic.example', page)();
    page.leave();
    expect(sessionStorage.getItem(KEY)).to.equal(id);
    expect(createVisitor('https://clinic.example', createFakePage())()).to.equal(id);
    expect(sessionStorage).to.have.length(0);
  });

  it('isn’t that of a duplicated tab, nor of another project', () => {
    const id = createVisitor('https://clinic.example', createFakePage())();
    expect(createVisitor('https://clinic.example', createFakePage())()).to.not.equal(id);
    sessionStorage.setItem(KEY, id);
    expect(createVisitor('https://other.example', createFakePage())()).to.not.equal(id);
  });

  it('is the same again when the page comes back from the back/forward cache', () => {
    const page = createFakePage();
    const visitor = createVisitor('https://clinic.example', page);
    const id = visitor();
    page.leave();
    expect(visitor()).to.equal(id);
    expect(sessionStorage).to.have.length(0);
  });

  it('is kept by no page on which nobody was asked for', () => {
    const page = createFakePage();
    createVisitor('https://clinic.example', page);
    page.leave();
    expect(sessionStorage).to.have.length(0);
  });

  it('makes do without storage', () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'sessionStorage')!;
    Object.defineProperty(globalThis, 'sessionStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    try {
      const page = createFakePage();
      const visitor = createVisitor('https://clinic.example', page);
      expect(visitor()).to.equal(visitor());
      page.leave();
    } finally {
      Object.defineProperty(globalThis, 'sessionStorage', own);
    }
  });
});

import { expect } from '@open-wc/testing';
import { ClientCache } from '../../../src/elements/shared/client-cache.ts';

const project = (supabaseUrl: string, supabaseKey = 'key') => ({ client: null, supabaseUrl, supabaseKey });
const owned = (client: object, supabaseUrl = '') => ({ client, supabaseUrl, supabaseKey: '' });

describe('a cache of clients', () => {
  const make = () => ({});

  it('has one for each project, by URL and key', () => {
    const cache = new ClientCache<object>();
    const first = cache.get(project('https://a.example'), make);
    expect(cache.get(project('https://a.example'), make)).to.equal(first);
    expect(cache.get(project('https://b.example'), make)).to.not.equal(first);
    expect(cache.get(project('https://a.example', 'another key'), make)).to.not.equal(first);
  });

  it('has one for each client that the page owns, whatever the other attributes are', () => {
    const cache = new ClientCache<object>();
    const client = {};
    const first = cache.get(owned(client), make);
    expect(cache.get(owned(client, 'https://a.example'), make)).to.equal(first);
    expect(cache.get(owned({}), make)).to.not.equal(first);
    expect(cache.get(project(''), make)).to.not.equal(first);
  });

  it('tells clients of one project apart by token', () => {
    const cache = new ClientCache<object>();
    for (const owner of [project('https://a.example'), owned({})]) {
      const clients = [null, 'one', 'two'].map((token) => cache.get(owner, make, token));
      expect(new Set(clients).size).to.equal(3);
      expect(cache.get(owner, make, 'one')).to.equal(clients[1]);
    }
  });

  it('keeps nothing of one that could not be made', () => {
    const cache = new ClientCache<object>();
    const fail = () => {
      throw new TypeError('no such key');
    };
    expect(() => cache.get(project('https://a.example'), fail)).to.throw(TypeError);
    const made = {};
    expect(cache.get(project('https://a.example'), () => made)).to.equal(made);
  });
});

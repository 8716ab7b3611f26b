import { expect } from '@open-wc/testing';
import { findZone, listZones, searchZones, type ZoneEntry } from '../../../src/core/time/time-zone-list.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const zones = listZones({ lang: 'en-GB', now: NOW, hourCycle: 'h23' });
const found = (query: string) => searchZones(zones, query).map(({ city }) => city);

function entry(city: string): ZoneEntry {
  const one = zones.find((zone) => zone.city === city);
  return one ?? expect.fail(`There is no ${city}.`);
}

describe('the list of time zones', () => {
  it('has all that the browser knows, by city', () => {
    expect(zones.map(({ zone }) => zone).sort()).to.deep.equal(Intl.supportedValuesOf('timeZone').sort());
    const cities = zones.map(({ city }) => city);
    expect(cities).to.deep.equal([...cities].sort(new Intl.Collator('en-GB').compare));
    expect(cities.filter((city) => /[/_]/.test(city))).to.deep.equal([]);
    expect(cities).to.include.members(['New York', 'Buenos Aires', 'Stockholm']);
  });

  it('calls cities as they call themselves, whatever the browser’s name for the zone', () => {
    const own = ['Kolkata', 'Kathmandu', 'Yangon', 'Ho Chi Minh City', 'Faroe', 'Nuuk', 'Kyiv'];
    expect(zones.map(({ city }) => city)).to.include.members(own);
    expect(zones.map(({ city }) => city)).not.to.include.members(['Calcutta']);
  });

  it('says what the clocks there show, and how far from Greenwich that is', () => {
    expect([entry('Stockholm').time, entry('Stockholm').offset]).to.deep.equal(['13:00', 'GMT+1']);
    expect([entry('Kathmandu').time, entry('Kathmandu').offset]).to.deep.equal(['17:45', 'GMT+5:45']);
    const [summer] = searchZones(listZones({ lang: 'en-US', now: Date.UTC(2026, 6, 1, 12) }), 'Stockholm');
    expect([summer?.time.replaceAll(/\s/g, ' '), summer?.offset]).to.deep.equal(['2:00 PM', 'GMT+2']);
  });

  it('knows the country where the browser does', () => {
    const { country } = entry('Stockholm');
    expect(country === '' || country === 'Sweden').to.equal(true);
    expect(zones.filter((zone) => zone.country === 'Sweden').map(({ city }) => city)).to.deep.equal(
      country === '' ? [] : ['Stockholm'],
    );
  });
});

describe('a search for a time zone', () => {
  it('finds all where nothing is asked', () => {
    expect(searchZones(zones, '  ')).to.equal(zones);
  });

  it('finds what has all words, those first whose city begins with them', () => {
    expect(found('new york')).to.deep.equal(['New York']);
    expect(found('america  york')).to.deep.equal(['New York']);
    expect(found('atlantis')).to.deep.equal([]);
    const par = found('par');
    const begins = par.map((city) => city.toLowerCase().startsWith('par'));
    expect(begins).to.deep.equal([...begins].sort((a, b) => Number(b) - Number(a)));
    expect(par).to.include.members(['Paris', 'Paramaribo']);
    expect([new Set(begins).size, new Set(par).size]).to.deep.equal([2, par.length]);
  });

  it('finds without regard to accents and capitals', () => {
    expect(found('SÃO PAULO')).to.deep.equal(['Sao Paulo']);
  });

  it('finds by offset, from Greenwich or universal, with any minus', () => {
    expect(found('gmt+5:45')).to.deep.equal(['Kathmandu']);
    expect(found('utc+5:45')).to.deep.equal(['Kathmandu']);
    expect(found('utc-3:30')).to.deep.equal(['St Johns']);
    expect(found('utc−3:30')).to.deep.equal(['St Johns']);
  });
});

describe('a zone with several names', () => {
  it('is found in the list by each of them', () => {
    const names: [name: string, city: string][] = [
      ['Asia/Calcutta', 'Kolkata'],
      ['Asia/Kolkata', 'Kolkata'],
      ['Asia/Saigon', 'Ho Chi Minh City'],
      ['Asia/Ho_Chi_Minh', 'Ho Chi Minh City'],
      ['Europe/Kiev', 'Kyiv'],
      ['Europe/Kyiv', 'Kyiv'],
      ['America/Buenos_Aires', 'Buenos Aires'],
      ['America/Argentina/Buenos_Aires', 'Buenos Aires'],
      ['America/New_York', 'New York'],
    ];
    expect(names.map(([name]) => findZone(zones, name)?.city)).to.deep.equal(names.map(([, city]) => city));
  });

  it('is not one of another continent that has a city of that name', () => {
    const other = { ...entry('Stockholm'), zone: 'America/Kolkata', city: 'Kolkata' };
    expect(findZone([other], 'Asia/Kolkata')).to.equal(undefined);
  });
});

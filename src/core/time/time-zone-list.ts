/** The time zones of this browser, to be searched by city, country, name or offset. Pure. */

export interface ZoneEntry {
  /** IANA name. */
  readonly zone: string;
  readonly city: string;
  /** In the reader's language; empty where the browser has no name. */
  readonly country: string;
  /** At `ZoneListOptions.now`: "GMT+1". */
  readonly offset: string;
  /** What the clocks there show at `ZoneListOptions.now`. */
  readonly time: string;
  /** All words that a search can find it by, without accents, in small letters. */
  readonly words: string;
}

/** The present names of cities that some browsers list by a former one. */
const CITIES: Readonly<Record<string, string>> = {
  'Asia/Calcutta': 'Kolkata',
  'Asia/Ho_Chi_Minh': 'Ho Chi Minh City',
  'Asia/Katmandu': 'Kathmandu',
  'Asia/Rangoon': 'Yangon',
  'Asia/Saigon': 'Ho Chi Minh City',
  'Atlantic/Faeroe': 'Faroe',
  'America/Godthab': 'Nuuk',
  'Europe/Kiev': 'Kyiv',
  'Pacific/Enderbury': 'Kanton',
  'Pacific/Ponape': 'Pohnpei',
  'Pacific/Truk': 'Chuuk',
};

export interface ZoneListOptions {
  readonly lang: string;
  /** Epoch ms. Offsets and times are those of this instant. */
  readonly now: number;
  readonly hourCycle?: 'h11' | 'h12' | 'h23' | 'h24' | undefined;
}

/** In alphabetical order of the cities. */
export function listZones({ lang, now, hourCycle }: ZoneListOptions): ZoneEntry[] {
  const countries = countriesByZone(lang);
  const { compare } = new Intl.Collator(lang);
  return Intl.supportedValuesOf('timeZone')
    .map((zone) => entryOf(zone, countries.get(zone) ?? '', { lang, now, hourCycle }))
    .sort((a, b) => compare(a.city, b.city));
}

/** The entry of a zone, which may have several names; undefined if the browser lists it under none of them. */
export function findZone(entries: readonly ZoneEntry[], zone: string): ZoneEntry | undefined {
  const name = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  // WebKit returns the name that a page passed, and may list the zone by another: Asia/Kolkata as Asia/Calcutta.
  const isSame = (entry: ZoneEntry) => entry.city === cityOf(name) && continentOf(entry.zone) === continentOf(name);
  return entries.find((entry) => entry.zone === name) ?? entries.find(isSame);
}

/** The entries that have all words of a query. Those whose city begins with the query come first. */
export function searchZones(entries: readonly ZoneEntry[], query: string): readonly ZoneEntry[] {
  const wanted = plain(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return entries;
  const found = entries.filter(({ words }) => wanted.every((word) => words.includes(word)));
  const begins = ({ city }: ZoneEntry) => plain(city).startsWith(wanted.join(' '));
  return [...found.filter(begins), ...found.filter((entry) => !begins(entry))];
}

function entryOf(zone: string, country: string, { lang, now, hourCycle }: ZoneListOptions): ZoneEntry {
  const parts = new Intl.DateTimeFormat(lang, {
    timeZone: zone,
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'shortOffset',
    ...(hourCycle && { hourCycle }),
  }).formatToParts(now);
  const isOffset = ({ type }: Intl.DateTimeFormatPart) => type === 'timeZoneName';
  const offset = parts.find(isOffset)?.value ?? '';
  const time = parts
    .filter((part) => !isOffset(part))
    .map(({ value }) => value)
    .join('')
    .trim();
  const city = cityOf(zone);
  const words = plain([city, country, zone.replaceAll(/[/_]/g, ' '), offset, offset.replace('GMT', 'UTC')].join(' '));
  return { zone, city, country, offset, time, words };
}

function cityOf(zone: string): string {
  return CITIES[zone] ?? zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

function continentOf(zone: string): string {
  return zone.split('/', 1)[0] ?? '';
}

/** Names of countries, by zone. Empty in a browser that has no zones of countries. */
function countriesByZone(lang: string): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames(lang, { type: 'region', fallback: 'none' });
  const byZone = new Map<string, string>();
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const name = names.of(code);
    if (name === undefined) continue;
    const locale = new Intl.Locale(`und-${code}`) as Intl.Locale & {
      getTimeZones?: () => readonly string[] | undefined;
      readonly timeZones?: readonly string[];
    };
    // A zone that several countries share belongs to the first of them.
    for (const zone of locale.getTimeZones?.() ?? locale.timeZones ?? []) {
      if (!byZone.has(zone)) byZone.set(zone, name);
    }
  }
  return byZone;
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[\u2212\u2013]/g, '-');
}

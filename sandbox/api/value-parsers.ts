import pg from 'pg';

const { builtins } = pg.types;
/** `pg` has no names for these array types; lite reads the catalogue with the first. */
const NAME_ARRAY = 1003;
const TEXT_ARRAY = 1009;
const TIMESTAMP_ARRAY = 1115;
const TIMESTAMPTZ_ARRAY = 1185;
const DATE_ARRAY = 1182;

type Parser = (text: string) => unknown;

const getTypeParser = pg.types.getTypeParser as (oid: number) => Parser;
const textArray = getTypeParser(TEXT_ARRAY) as (text: string) => (string | null)[];
const asIs: Parser = (text) => text;

const PARSERS: Readonly<Record<number, Parser>> = {
  [builtins.JSON]: JSON.parse,
  [builtins.JSONB]: JSON.parse,
  [builtins.INT8]: safeNumber,
  [builtins.NUMERIC]: safeNumber,
  [builtins.TIMESTAMPTZ]: isoTime,
  [builtins.TIMESTAMP]: isoTime,
  [builtins.DATE]: asIs,
  [builtins.INTERVAL]: asIs,
  [NAME_ARRAY]: textArray,
  [DATE_ARRAY]: textArray,
  [TIMESTAMP_ARRAY]: isoTimes,
  [TIMESTAMPTZ_ARRAY]: isoTimes,
};

/** The parser with which `pg` reads values of this type, so that JSON made of them equals PostgREST's. */
export function parserFor(oid: number): Parser {
  return PARSERS[oid] ?? getTypeParser(oid);
}

/** Numbers that JavaScript can't hold exactly, and NaN, stay text. */
function safeNumber(text: string): number | string {
  const digits = text.replace(/\D/g, '').length;
  return digits > 0 && digits <= 15 ? Number(text) : text;
}

/** `2030-01-01 10:00:00+00` to `2030-01-01T10:00:00+00:00`, the form of PostgreSQL's own JSON. */
function isoTime(text: string): string {
  return text.replace(/^(\d{4,}-\d\d-\d\d) /, '$1T').replace(/([+-]\d\d)$/, '$1:00');
}

function isoTimes(text: string): (string | null)[] {
  return textArray(text).map((item) => item && isoTime(item));
}

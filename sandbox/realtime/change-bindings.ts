import { inspect } from './inspect.ts';
import type { JsonObject } from './json.ts';
import type { RowChange } from './pgoutput.ts';

/** One parsed `postgres_changes` entry of a join. */
export interface Binding {
  event: '*' | RowChange['action'];
  /** `*` means all. */
  schema: string;
  table: string;
  /** The row must satisfy all of them. */
  filters: Filter[];
  /** The columns to send besides the key; `null` means all. */
  select: string[] | null;
}

export interface Filter {
  column: string;
  operator: string;
  /** As PostgreSQL reads the column's type; for `in` an array literal, for `is` a keyword. */
  operand: string;
  isNegated: boolean;
}

/** Why a channel can't subscribe to table changes; the client receives the message. */
export class BindingError extends Error {}

const OPERATORS = 'eq neq lt lte gt gte in like ilike is match imatch isdistinct'.split(' ');

/** @throws {BindingError} */
export function parseBinding(params: JsonObject): Binding {
  const select = parseSelect(params['select']);
  const { schema = 'public', table = '*', filter = '' } = params;
  const isComplete =
    'filter' in params ? 'schema' in params && 'table' in params : 'schema' in params || 'table' in params;
  if (!isComplete || typeof schema !== 'string' || typeof table !== 'string' || typeof filter !== 'string') {
    throw new BindingError(
      `No subscription params provided. Please provide at least a \`schema\` or \`table\` to subscribe to: ${inspect(params)}`,
    );
  }
  const filters = filter.trim() === '' ? [] : splitConditions(filter.trim()).map(parseCondition);
  if (select && (schema === '*' || table === '*')) {
    throw new BindingError(
      'Column selection is not supported for wildcard subscriptions. Provide an explicit schema and table name.',
    );
  }
  return { event: parseEvent(params['event']), schema, table, filters, select };
}

export function wantsChange(binding: Binding, { action, relation }: RowChange): boolean {
  return (
    (binding.event === '*' || binding.event === action) &&
    (binding.schema === '*' || binding.schema === relation.schema) &&
    (binding.table === '*' || binding.table === relation.table)
  );
}

/** Equal for bindings that select the same columns; empty for bindings that select all. */
export function selectionOf({ select }: Binding): string {
  return [...(select ?? [])].sort().join(',');
}

/** The binding in the form of the error messages. */
export function describeBinding({ event, schema, table, filters, select }: Binding): string {
  const tuples = filters.map((filter) => {
    const { column, operator, operand, isNegated } = filter;
    return `{${[column, operator, operand, isNegated].map(inspect).join(', ')}}`;
  });
  return `[event: ${event}, schema: ${schema}, table: ${table}, filters: [${tuples.join(', ')}], select: ${inspect(select)}]`;
}

function parseEvent(event: unknown): Binding['event'] {
  const name = typeof event === 'string' ? event.toUpperCase() : '*';
  return name === 'INSERT' || name === 'UPDATE' || name === 'DELETE' ? name : '*';
}

function parseSelect(select: unknown): string[] | null {
  if (typeof select === 'string') {
    const example = 'expected a list of column name strings, e.g. select: ["col1", "col2"]';
    throw new BindingError(`Error parsing \`select\` params: ${example}`);
  }
  const columns = Array.isArray(select) ? select.filter((column) => typeof column === 'string') : [];
  return columns.length > 0 ? columns : null;
}

/** Splits at commas that are neither in parentheses nor in a value in double quotes. */
function splitConditions(filter: string): string[] {
  const conditions: string[] = [];
  let start = 0;
  let depth = 0;
  let isQuoted = false;
  let previous = '';
  for (const { 0: char, index } of filter.matchAll(/\\.|./gs)) {
    if (char === '"') isQuoted = !isQuoted && ['.', '(', ','].includes(previous);
    else if (!isQuoted && char === '(') depth += 1;
    else if (!isQuoted && char === ')') depth = Math.max(0, depth - 1);
    else if (!isQuoted && char === ',' && depth === 0) {
      conditions.push(filter.slice(start, index));
      start = index + 1;
    }
    previous = char;
  }
  return [...conditions, filter.slice(start)];
}

function parseCondition(condition: string): Filter {
  const text = condition.trim();
  if (text === '') throw filterError('filter must not contain empty segments (check for extra commas)');
  const [column, check] = splitOnce(text, '=');
  if (check === undefined) throw filterError(inspect([text]));
  const isNegated = check.startsWith('not.');
  const positive = isNegated ? check.slice('not.'.length) : check;
  const [operator, value] = splitOnce(positive, '.');
  if (value === undefined) throw filterError(inspect([positive]));
  if (!OPERATORS.includes(operator)) throw filterError(inspect([operator, value]));
  if (operator !== 'in') return { column, operator, operand: unquote(value), isNegated };
  if (!/^\(.*\)$/s.test(value)) throw filterError('`in` filter value must be wrapped by parentheses');
  return { column, operator, operand: `{${value.slice(1, -1)}}`, isNegated };
}

/** The text between double quotes, in which a backslash makes the next character an ordinary one. */
function unquote(value: string): string {
  const quoted = /^"(?<text>(?:\\.|[^"\\])*)"$/s.exec(value)?.groups?.['text'];
  return quoted === undefined ? value : quoted.replaceAll(/\\(.)/gs, '$1');
}

function filterError(what: string): BindingError {
  return new BindingError(`Error parsing \`filter\` params: ${what}`);
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

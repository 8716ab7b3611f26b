import type { RowChange } from './pgoutput.ts';
import type { JsonObject } from './json.ts';

/** One `postgres_changes` entry of a join, understood. */
export interface Binding {
  event: '*' | RowChange['action'];
  /** `*` means all. */
  schema: string;
  table: string;
  filter: Filter | null;
}

export interface Filter {
  column: string;
  operator: string;
  /** As PostgreSQL reads the column's type; for `in` an array literal. */
  operand: string;
}

/** Why a channel can't be subscribed to table changes; the message is what the client is told. */
export class BindingError extends Error {}

const OPERATORS = ['eq', 'neq', 'lt', 'lte', 'gt', 'gte', 'in'];

/** @throws {BindingError} */
export function parseBinding(params: JsonObject): Binding {
  const { schema, table, filter } = params;
  if (typeof schema !== 'string' && typeof table !== 'string') {
    const given = `%{${Object.entries(params)
      .map(([key, value]) => `${quote(key)} => ${quote(value)}`)
      .join(', ')}}`;
    throw new BindingError(
      `No subscription params provided. Please provide at least a \`schema\` or \`table\` to subscribe to: ${given}`,
    );
  }
  return {
    event: parseEvent(params['event']),
    schema: typeof schema === 'string' ? schema : 'public',
    table: typeof table === 'string' ? table : '*',
    filter: typeof filter === 'string' && filter.trim() !== '' ? parseFilter(filter.trim()) : null,
  };
}

export function wantsChange(binding: Binding, { action, relation }: RowChange): boolean {
  return (
    (binding.event === '*' || binding.event === action) &&
    (binding.schema === '*' || binding.schema === relation.schema) &&
    (binding.table === '*' || binding.table === relation.table)
  );
}

/** The binding as error messages quote it. */
export function describeBinding({ event, schema, table, filter }: Binding): string {
  const filters = filter ? `[{${[filter.column, filter.operator, filter.operand].map(quote).join(', ')}}]` : '[]';
  return `[event: ${event}, schema: ${schema}, table: ${table}, filters: ${filters}]`;
}

function parseEvent(event: unknown): Binding['event'] {
  const name = typeof event === 'string' ? event.toUpperCase() : '*';
  return name === 'INSERT' || name === 'UPDATE' || name === 'DELETE' ? name : '*';
}

function parseFilter(filter: string): Filter {
  const [column, condition] = splitOnce(filter, '=');
  if (condition === undefined) throw filterError([filter]);
  const [operator, value] = splitOnce(condition, '.');
  if (value === undefined) throw filterError([condition]);
  if (!OPERATORS.includes(operator)) throw filterError([operator, value]);
  if (operator !== 'in') return { column, operator, operand: value };
  if (!/^\(.*\)$/s.test(value)) {
    throw new BindingError('Error parsing `filter` params: `in` filter value must be wrapped by parentheses');
  }
  return { column, operator, operand: `{${value.slice(1, -1)}}` };
}

function filterError(parts: string[]): BindingError {
  return new BindingError(`Error parsing \`filter\` params: [${parts.map(quote).join(', ')}]`);
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function quote(value: unknown): string {
  return JSON.stringify(value);
}

import { isObject } from './json.ts';

/** A JSON value as the real server, which is written in Elixir, prints it in error messages. */
export function inspect(value: unknown): string {
  if (value === null || value === undefined) return 'nil';
  if (Array.isArray(value)) return `[${value.map(inspect).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `%{${pairs.map(([key, inner]) => `${inspect(key)} => ${inspect(inner)}`).join(', ')}}`;
}

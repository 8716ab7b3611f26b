import type { Binding } from './change-bindings.ts';
import type { Database } from './database.ts';
import { canonicalJson } from './json.ts';
import type { RowChange } from './pgoutput.ts';
import type { Claims } from './tokens.ts';

/** Somebody who would like to hear of a change. */
export interface Audience {
  binding: Binding;
  claims: Claims;
}

/** A change as one role may see it. */
interface Version {
  /** JSON text: `data` of the message. */
  data: string;
  /** Nothing in it depends on who of that role looks. */
  isOpenToAll: boolean;
}

/**
 * Who of them may hear of a change, with what they may be told as JSON text. Their filters, row level security and
 * column privileges decide, in the database as it is now. Equal filters and claims are asked for once.
 * @throws {pg.DatabaseError} @throws {DatabaseUnavailable}
 */
export async function tellable<Listener extends Audience>(
  database: Database,
  change: RowChange,
  listeners: Listener[],
): Promise<[Listener, string][]> {
  const passed = await passedFilters(database, change, listeners);
  const passing = listeners.filter(({ binding: { filter } }) => !filter || passed.has(canonicalJson(filter)));
  const versions = await versionsByRole(database, change, passing);
  const asking = passing.filter(({ claims }) => !versions.get(claims.role)?.isOpenToAll);
  const seeing = await seeingClaims(database, change, asking);
  return passing.flatMap((listener): [Listener, string][] => {
    const version = versions.get(listener.claims.role);
    if (!version) return [];
    return version.isOpenToAll || seeing.has(canonicalJson(listener.claims)) ? [[listener, version.data]] : [];
  });
}

/** The filters, as canonical JSON, that the changed row passes. */
async function passedFilters(database: Database, change: RowChange, listeners: Audience[]): Promise<Set<string>> {
  const filters = distinctJson(listeners.flatMap(({ binding: { filter } }) => filter ?? []));
  if (filters.length === 0) return new Set();
  const rows = await database.query<{ filter: string }>(
    `select filter
     from unnest($3::text[]) filter, jsonb_to_record(filter::jsonb) f ("column" text, operator text, operand text)
     where _realtime.passes_filter($1::oid, $2, f.column, f.operator, f.operand)`,
    [change.relation.oid, change.row ?? change.oldRow, filters],
  );
  return new Set(rows.map(({ filter }) => filter));
}

async function versionsByRole(
  database: Database,
  { action, relation, row, oldRow, committedAt }: RowChange,
  listeners: Audience[],
): Promise<Map<string, Version>> {
  const roles = [...new Set(listeners.map(({ claims }) => claims.role))];
  if (roles.length === 0) return new Map();
  const columns = relation.columns.map(({ name }) => name);
  const rows = await database.query<{ role: string; data: string; has_errors: boolean }>(
    `select role, data, data::jsonb -> 'errors' <> 'null' as has_errors
     from unnest($7::text[]) role, _realtime.change($1::oid, $2, $3, $4, $5, role, $6) data`,
    [relation.oid, action, row, oldRow, columns, new Date(committedAt).toISOString(), roles],
  );
  return new Map(
    rows.map(({ role, data, has_errors: hasErrors }) => [
      role,
      { data, isOpenToAll: hasErrors || action === 'DELETE' },
    ]),
  );
}

/** The claims, as canonical JSON, whose bearers row level security lets see the changed row. */
async function seeingClaims(database: Database, change: RowChange, listeners: Audience[]): Promise<Set<string>> {
  const claims = distinctJson(listeners.map((listener) => listener.claims));
  if (claims.length === 0) return new Set();
  const rows = await database.query<{ claims: string }>(
    'select claims from unnest($3::text[]) claims where _realtime.is_visible($1::oid, $2, claims::jsonb)',
    [change.relation.oid, change.row, claims],
  );
  return new Set(rows.map((row) => row.claims));
}

function distinctJson(values: unknown[]): string[] {
  return [...new Set(values.map(canonicalJson))];
}

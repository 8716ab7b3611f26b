import type { Binding } from './change-bindings.ts';
import type { Database } from './database.ts';
import { canonicalJson } from './json.ts';
import type { RowChange } from './pgoutput.ts';
import type { Claims } from './tokens.ts';

/** A subscription to table changes: its binding, and the claims of its channel's token. */
export interface Audience {
  binding: Binding;
  claims: Claims;
}

/** A change as one role may see it, with the columns that a binding selects. */
interface Version {
  /** JSON text: `data` of the message. */
  data: string;
  /** The message says only that the role may not see the change: filters and row level security are not checked. */
  isRefusal: boolean;
}

/**
 * The listeners that receive a change, each with its message as JSON text. Their filters, row level security and column
 * privileges decide, in the database's current state. Equal filters, selections and claims are checked once.
 * @throws {pg.DatabaseError} @throws {DatabaseUnavailable}
 */
export async function receiversOf<Listener extends Audience>(
  database: Database,
  change: RowChange,
  listeners: Listener[],
): Promise<[Listener, string][]> {
  const versions = await versionsFor(database, change, listeners);
  const versionOf = (listener: Audience): Version | undefined => versions.get(viewOf(listener));
  const passed = await passedFilters(database, change, listeners);
  const passing = listeners.filter(
    (listener) => versionOf(listener)?.isRefusal || passed.has(canonicalJson(listener.binding.filters)),
  );
  // Row level security can't be checked for a deleted row.
  const asking = change.action === 'DELETE' ? [] : passing.filter((listener) => !versionOf(listener)?.isRefusal);
  const seeing = await seeingClaims(database, change, asking);
  return passing.flatMap((listener): [Listener, string][] => {
    const version = versionOf(listener);
    if (!version) return [];
    const sees = version.isRefusal || change.action === 'DELETE' || seeing.has(canonicalJson(listener.claims));
    return sees ? [[listener, version.data]] : [];
  });
}

function viewOf({ binding: { select }, claims: { role } }: Audience): string {
  return canonicalJson({ role, selected: select && [...select].sort() });
}

/** The lists of filters, as canonical JSON, that the changed row satisfies. */
async function passedFilters(database: Database, change: RowChange, listeners: Audience[]): Promise<Set<string>> {
  const filters = distinctJson(listeners.map(({ binding }) => binding.filters).filter((list) => list.length > 0));
  if (filters.length === 0) return new Set(['[]']);
  const rows = await database.query<{ filters: string }>(
    'select filters from unnest($3::text[]) filters where _realtime.passes_filters($1::oid, $2, filters::jsonb)',
    [change.relation.oid, change.row ?? change.oldRow, filters],
  );
  return new Set(['[]', ...rows.map((row) => row.filters)]);
}

async function versionsFor(
  database: Database,
  { action, relation, row, oldRow, committedAt }: RowChange,
  listeners: Audience[],
): Promise<Map<string, Version>> {
  const views = [...new Set(listeners.map(viewOf))];
  if (views.length === 0) return new Map();
  const columns = relation.columns.map(({ name }) => name);
  const rows = await database.query<{ view: string; data: string; is_refusal: boolean }>(
    `select view, data, data::jsonb ->> 'commit_timestamp' is null as is_refusal
     from unnest($7::text[]) view, jsonb_to_record(view::jsonb) v (role name, selected text[]),
       _realtime.change($1::oid, $2, $3, $4, $5, $6, v.role, v.selected) data`,
    [relation.oid, action, row, oldRow, columns, new Date(committedAt).toISOString(), views],
  );
  return new Map(rows.map(({ view, data, is_refusal: isRefusal }) => [view, { data, isRefusal }]));
}

/** The claims, as canonical JSON, with which row level security shows the changed row. */
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

import type pg from 'pg';

/** A function that the Data API may call. */
export interface ApiFunction {
  name: string;
  /** The parameters by name, with their types as SQL writes them. */
  parameters: { name: string; type: string; required: boolean }[];
  returns: 'void' | 'scalar' | 'row';
  returnsSet: boolean;
}

/** The functions of schema public, without those that have unnamed or variadic parameters: these can't be called by name. */
const CATALOGUE = `
  select p.proname as name,
    p.proretset as "returnsSet",
    case
      when t.oid = 'void'::regtype then 'void'
      when t.typtype = 'c' or t.oid = 'record'::regtype then 'row'
      else 'scalar'
    end as returns,
    coalesce(
      json_agg(
        json_build_object(
          'name', a.name,
          'type', format_type(a.type, null),
          'required', a.input_at <= p.pronargs - p.pronargdefaults
        ) order by a.input_at
      ) filter (where a.name is not null),
      '[]'
    ) as parameters
  from pg_proc p
  join pg_type t on t.oid = p.prorettype
  left join lateral (
    select arg.name, arg.type, row_number() over (order by arg.at) as input_at
    from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargnames, p.proargmodes)
      with ordinality as arg (type, name, mode, at)
    where coalesce(arg.mode, 'i') in ('i', 'b')
  ) a on true
  where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and p.provariadic = 0
  group by p.oid, t.oid, t.typtype
  having count(*) filter (where a.name <> '') = p.pronargs`;

export class FunctionCatalogue {
  readonly #pool: pg.Pool;
  #functions: Map<string, ApiFunction[]> | null = null;

  /** @param pool connections of the superuser, which sees all functions */
  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /**
   * The one function that takes these arguments, or `null` if there is none or more than one. Reads the catalogue again
   * before it returns `null`, because the function may be new.
   */
  async find(name: string, args: readonly string[]): Promise<ApiFunction | null> {
    const known = this.#functions ? pick(this.#functions.get(name), args) : null;
    if (known) return known;
    const { rows } = await this.#pool.query<ApiFunction>(CATALOGUE);
    const functions = new Map<string, ApiFunction[]>();
    for (const row of rows) functions.set(row.name, [...(functions.get(row.name) ?? []), row]);
    this.#functions = functions;
    return pick(functions.get(name), args);
  }
}

function pick(overloads: readonly ApiFunction[] | undefined, args: readonly string[]): ApiFunction | null {
  const fitting = (overloads ?? []).filter(
    ({ parameters }) =>
      args.every((arg) => parameters.some(({ name }) => name === arg)) &&
      parameters.every(({ name, required }) => !required || args.includes(name)),
  );
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

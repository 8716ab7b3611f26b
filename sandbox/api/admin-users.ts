import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { AuthRequest } from './auth-request.ts';

type ShowUser = (id: string) => Promise<Record<string, unknown>>;

/** The body that `auth.admin.createUser` and `updateUserById` send. */
interface UserAttributes {
  id?: string;
  email?: string;
  password?: string;
  email_confirm?: boolean;
  phone?: string;
  user_metadata?: Record<string, unknown>;
  app_metadata?: Record<string, unknown>;
  role?: string;
}

/** The part of `supabase.auth.admin` that makes, lists, changes and deletes users. Callers need a secret key. */
export class AdminUsers {
  readonly #pool: pg.Pool;
  readonly #show: ShowUser;

  constructor(pool: pg.Pool, show: ShowUser) {
    this.#pool = pool;
    this.#show = show;
  }

  async handle(url: URL, body: UserAttributes | null, { method, path, claims }: AuthRequest): Promise<Response> {
    if (claims.role !== 'service_role') return fail(403, 'not_admin', 'User not allowed');
    if (!body) return fail(400, 'bad_json', 'Could not parse request body as JSON');
    const id = /^\/admin\/users\/([^/]+)$/.exec(path)?.[1];
    if (path === '/admin/users' && method === 'POST') return this.#create(body);
    if (path === '/admin/users' && method === 'GET') return this.#list(url.searchParams);
    if (!id) return fail(404, 'not_found', 'The sandbox does not have this part of the admin API');
    if (!(await this.#exists(id))) return fail(404, 'user_not_found', 'User not found');
    if (method === 'PUT') await this.#update(id, body);
    const user = await this.#show(id);
    if (method === 'DELETE') await this.#pool.query('delete from auth.users where id = $1', [id]);
    return Response.json(user);
  }

  async #create(attributes: UserAttributes): Promise<Response> {
    const id = attributes.id ?? randomUUID();
    try {
      await this.#pool.query('insert into auth.users (id) values ($1)', [id]);
      await this.#update(id, attributes);
    } catch (error) {
      if ((error as pg.DatabaseError).code !== '23505') throw error;
      if (!attributes.id) await this.#pool.query('delete from auth.users where id = $1', [id]);
      return fail(422, 'email_exists', 'A user with this email address has already been registered');
    }
    return Response.json(await this.#show(id));
  }

  async #list(query: URLSearchParams): Promise<Response> {
    // supabase-js sends both parameters empty when its caller gave none.
    const perPage = Number(query.get('per_page')) || 50;
    const offset = ((Number(query.get('page')) || 1) - 1) * perPage;
    const { rows } = await this.#pool.query<{ id: string; total: number }>(
      'select id, count(*) over () as total from auth.users order by created_at, id limit $1 offset $2',
      [perPage, offset],
    );
    const users = await Promise.all(rows.map(({ id }) => this.#show(id)));
    const headers = { 'x-total-count': String(rows[0]?.total ?? 0) };
    return Response.json({ users, aud: 'authenticated' }, { headers });
  }

  /** Changes only the given attributes. Passwords are hashed as Auth hashes them, so that lite can check them. */
  async #update(id: string, attributes: UserAttributes): Promise<void> {
    const { email, password, email_confirm, phone, user_metadata, app_metadata, role } = attributes;
    await this.#pool.query(
      `update auth.users set
         email = coalesce(lower($2::text), email),
         encrypted_password = coalesce(extensions.crypt($3, extensions.gen_salt('bf', 10)), encrypted_password),
         email_confirmed_at = case when $4 then coalesce(email_confirmed_at, now()) else email_confirmed_at end,
         phone = coalesce($5, phone),
         raw_user_meta_data = coalesce(raw_user_meta_data, '{}') || coalesce($6::jsonb, '{}'),
         raw_app_meta_data = coalesce(raw_app_meta_data, '{}') || coalesce($7::jsonb, '{}') ||
           case when $2::text is null then '{}' else '{"provider": "email", "providers": ["email"]}'::jsonb end,
         role = coalesce($8, role),
         updated_at = now()
       where id = $1`,
      [id, email, password, email_confirm ?? false, phone, toJson(user_metadata), toJson(app_metadata), role],
    );
    if (!email) return;
    await this.#pool.query(
      `insert into auth.identities (id, provider, provider_id, user_id, identity_data)
       values ($1, 'email', $2::text, $2::uuid, jsonb_build_object('sub', $2::text, 'email', lower($3)))
       on conflict (provider, provider_id) do update set identity_data = excluded.identity_data`,
      [randomUUID(), id, email],
    );
  }

  async #exists(id: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query('select from auth.users where id::text = $1', [id]);
    return rowCount === 1;
  }
}

function toJson(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function fail(status: number, code: string, msg: string): Response {
  return Response.json({ code: status, error_code: code, msg }, { status, headers: { 'x-sb-error-code': code } });
}

import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Sandbox } from '../../sandbox/index.ts';

export const MEMBER = { email: 'desk@example.com', password: 'bench-password' };

/** Makes the account of a member who works for some providers. @param providers slugs */
export async function addMember(
  { url, secretKey, query }: Pick<Sandbox, 'url' | 'secretKey' | 'query'>,
  providers: readonly string[],
): Promise<void> {
  const made = await fetch(`${url}/auth/v1/admin/users`, {
    method: 'POST',
    headers: { apikey: secretKey, authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...MEMBER, email_confirm: true }),
  });
  if (!made.ok) throw new Error(`No account: ${await made.text()}`);
  await query(
    `insert into openslot.tenant_members (tenant_id, user_id, role)
     select provider.tenant_id, account.id, 'staff' from openslot.providers provider, auth.users account
     where provider.slug = any($1) and account.email = $2`,
    [providers, MEMBER.email],
  );
}

/** A client with this member's session. */
export async function signInMember({ url, publishableKey }: Sandbox): Promise<SupabaseClient> {
  const client = createClient(url, publishableKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const { error } = await client.auth.signInWithPassword(MEMBER);
  if (error) throw error;
  return client;
}

import type { Sandbox } from '../index.ts';

/** Everybody's, at the demo's clinics. */
export const DEMO_PASSWORD = 'openslot-demo';

interface DemoMember {
  readonly email: string;
  readonly tenant: string;
  readonly role: 'owner' | 'staff' | 'provider';
  /** Slug, of those who are one. */
  readonly provider?: string;
}

const MEMBERS: readonly DemoMember[] = [
  { email: 'desk@northside.example', tenant: 'northside', role: 'owner' },
  { email: 'mira@northside.example', tenant: 'northside', role: 'provider', provider: 'mira-lindqvist' },
  { email: 'amara@northside.example', tenant: 'northside', role: 'provider', provider: 'amara-okafor' },
  { email: 'priya@southbank.example', tenant: 'southbank', role: 'owner' },
];

/** Accounts for the people of the seed's clinics, made as an administrator would. Those who have one keep it. */
export async function addDemoStaff({ url, secretKey, query }: Sandbox): Promise<void> {
  for (const { email, tenant, role, provider = null } of MEMBERS) {
    const response = await fetch(`${url}/auth/v1/admin/users`, {
      method: 'POST',
      headers: { apikey: secretKey, authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: DEMO_PASSWORD, email_confirm: true }),
    });
    if (!response.ok && response.status !== 422) throw new Error(`No account for ${email}: ${await response.text()}`);
    await query(
      `insert into openslot.tenant_members (tenant_id, user_id, role, provider_id)
       select tenant.id, account.id, $3, (select id from openslot.providers where slug = $4)
       from openslot.tenants tenant, auth.users account
       where tenant.slug = $2 and account.email = $1
       on conflict do nothing`,
      [email, tenant, role, provider],
    );
  }
}

/** By what a project is found, and whether that can be right. */
import { OpenslotError } from '../errors.ts';

export interface ProjectOptions {
  /** `https://<ref>.supabase.co` */
  readonly supabaseUrl: string;
  /** Publishable key, or the legacy `anon` one. */
  readonly supabaseKey: string;
}

export function checkedUrl(value: string): string {
  if (!value) throw new OpenslotError('missing_config', undefined, { detail: { name: 'supabase-url' } });
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new OpenslotError('invalid_config', undefined, { detail: { name: 'supabase-url' } });
  }
  return value.replace(/\/+$/, '');
}

/** A secret key in a page would give the whole database away, so it isn't even sent. */
export function checkedKey(key: string): string {
  if (!key) throw new OpenslotError('missing_config', undefined, { detail: { name: 'supabase-key' } });
  if (key.startsWith('sb_secret_') || roleOf(key) === 'service_role') {
    throw new OpenslotError('invalid_config', 'This is a secret key. Use the publishable one.', {
      detail: { name: 'supabase-key', secret: true },
    });
  }
  return key;
}

/** The role that a legacy key, a JWT, stands for. */
function roleOf(key: string): unknown {
  try {
    const payload = key.split('.')[1] ?? '';
    return (JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { role?: unknown }).role;
  } catch {
    return undefined;
  }
}

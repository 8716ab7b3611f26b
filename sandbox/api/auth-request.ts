import type { Claims } from './keys.ts';

export interface AuthRequest {
  method: string;
  /** Path below /auth/v1. */
  path: string;
  headers: Record<string, string>;
  claims: Claims;
}

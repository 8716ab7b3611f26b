import { randomUUID } from 'node:crypto';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../sandbox/index.ts';
import { unpackSnapshot } from '../../../src/core/runs.ts';
import type { BookingResult, PackedSnapshot, PatientDetails } from '../../../src/core/wire.ts';

/** An answer of the Data API: a body, or the code of an error (the function's own, else the Data API's). */
export interface Reply<Body> {
  readonly status: number;
  readonly code: string | null;
  readonly body: Body;
}

export const PATIENT: PatientDetails = { name: 'Ada Example', email: 'ada@example.com' };

export const MIRA = { slug: 'mira-lindqvist', id: '20000000-0000-4000-8000-000000000001' };
export const AMARA = { slug: 'amara-okafor', id: '20000000-0000-4000-8000-000000000002' };

/** A project with the seed (unless switched off), called over HTTP with the public key, as a widget does. */
export class Clinic {
  readonly sandbox: Sandbox;

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  static async open(options: SandboxOptions = {}): Promise<Clinic> {
    return new Clinic(await startSandbox(options));
  }

  close(): Promise<void> {
    return this.sandbox.stop();
  }

  async call<Body>(name: string, args: object, headers: Record<string, string> = {}): Promise<Reply<Body>> {
    const response = await fetch(`${this.sandbox.url}/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: { apikey: this.sandbox.publishableKey, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(args),
    });
    const body = (await response.json()) as Body & { code?: string; message?: string };
    if (response.ok) return { status: response.status, code: null, body };
    const isOwn = body.code?.startsWith('PT') ?? false;
    return { status: response.status, code: (isOwn ? body.message : body.code) ?? 'no code', body };
  }

  book(provider: string, service: string, start: string, more: object = {}): Promise<Reply<BookingResult>> {
    return this.call('openslot_book', {
      provider,
      service,
      start,
      patient: PATIENT,
      request_id: randomUUID(),
      ...more,
    });
  }

  /** Starts of the provider's open slots, in order. */
  async openStarts(provider: string): Promise<string[]> {
    const { body } = await this.call<PackedSnapshot>('openslot_calendar', { provider });
    return unpackSnapshot(body)
      .slots.filter((slot) => slot.status === 'open')
      .map((slot) => slot.start);
  }

  /** One row of the database, read by the superuser. */
  async row<Row extends object>(sql: string, params: unknown[] = []): Promise<Row> {
    const { rows } = await this.sandbox.query<Row>(sql, params);
    if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}`);
    return rows[0]!;
  }
}

/** Counts the outcomes: `{ ok: 1, slot_taken: 499 }`. */
export function tally(replies: readonly Reply<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of replies) counts[code ?? 'ok'] = (counts[code ?? 'ok'] ?? 0) + 1;
  return counts;
}

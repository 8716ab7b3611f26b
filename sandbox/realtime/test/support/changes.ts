import assert from 'node:assert/strict';
import type { TestClient } from './client.ts';

/** `data` of a `postgres_changes` message. */
export interface Change {
  type: string;
  errors: unknown;
  commit_timestamp: string | null;
  record?: Record<string, unknown>;
  old_record?: Record<string, unknown>;
  columns: { name: string; type: string }[];
}

/** The `system` message to a channel of the topic `changes`. */
export const SUBSCRIBED = {
  message: 'Subscribed to PostgreSQL',
  status: 'ok',
  extension: 'postgres_changes',
  channel: 'changes',
};

export async function nextChange(client: TestClient): Promise<Change> {
  const [, , , event, payload] = await client.nextJson();
  assert.equal(event, 'postgres_changes');
  return (payload as { data: Change }).data;
}

/** Epoch ms as the database writes instants: in UTC, and without a fraction of a second when there is none. */
export function isoInstant(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

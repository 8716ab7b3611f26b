import pg from 'pg';

/** Connects, runs `work`, and disconnects. */
export async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Describes an error of a file of SQL in a few lines. The first begins with the place: `name:12: message`. */
export function describeSqlError(error: unknown, name: string, sql: string): string {
  if (!(error instanceof pg.DatabaseError)) return `${name}: ${String(error)}`;
  const { message, position, detail, hint, where } = error;
  const line = position ? `:${sql.slice(0, Number(position)).split('\n').length}` : '';
  const more = [detail, hint && `hint: ${hint}`, where && `in: ${where}`].filter(Boolean);
  return [`${name}${line}: ${message}`, ...more].join('\n  ');
}

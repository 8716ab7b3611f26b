import type { AuthorizationPool } from './authorization-pool.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { ServerLimits } from './limits.ts';
import type { Timings } from './options.ts';
import type { PostgresChanges } from './postgres-changes.ts';
import type { Tokens } from './tokens.ts';
import type { Topics } from './topics.ts';

/** The parts that all connections of one server share. */
export interface Services {
  clock: Clock;
  timings: Timings;
  limits: ServerLimits;
  tokens: Tokens;
  database: Database;
  authorizationPool: AuthorizationPool;
  topics: Topics;
  changes: PostgresChanges;
}

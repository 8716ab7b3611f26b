export type PostgresErrorCode =
  | 'not_installed'
  | 'no_user'
  | 'port_taken'
  | 'data_in_use'
  | 'data_unreachable'
  | 'data_corrupt'
  | 'failed';

/** Why the sandbox's PostgreSQL could not be started. The message is meant for the person at the terminal. */
export class PostgresError extends Error {
  readonly code: PostgresErrorCode;

  constructor(code: PostgresErrorCode, message: string) {
    super(message);
    this.name = 'PostgresError';
    this.code = code;
  }
}

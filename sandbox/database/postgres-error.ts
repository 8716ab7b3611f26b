export type PostgresErrorCode =
  /** npm's package for this platform is missing or incomplete, or the named folder has no PostgreSQL. */
  | 'not_installed'
  /** The PostgreSQL in the named folder is older than Openslot supports. */
  | 'too_old'
  /** The process runs as root, and the machine has no user to run PostgreSQL as. */
  | 'no_user'
  | 'port_taken'
  /** Another server runs on the folder. */
  | 'data_in_use'
  /** The server's user can't enter the folder. */
  | 'data_unreachable'
  /** The folder holds something else. */
  | 'data_foreign'
  /** The server doesn't start on the folder. */
  | 'data_corrupt'
  | 'failed';

/** Why the sandbox's PostgreSQL could not be started. The message is for the person at the terminal. */
export class PostgresError extends Error {
  readonly code: PostgresErrorCode;

  constructor(code: PostgresErrorCode, message: string) {
    super(message);
    this.name = 'PostgresError';
    this.code = code;
  }
}

export type PostgresErrorCode =
  /** npm's package for this platform is missing or incomplete, or the folder that was named has no PostgreSQL. */
  | 'not_installed'
  /** The PostgreSQL in the folder that was named is older than any that Openslot works with. */
  | 'too_old'
  /** Running as root, and no user to become. */
  | 'no_user'
  | 'port_taken'
  /** Another server runs on the folder. */
  | 'data_in_use'
  /** The user that the server runs as can't get at the folder. */
  | 'data_unreachable'
  /** The folder has something else in it. */
  | 'data_foreign'
  /** The server does not come up on the folder. */
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

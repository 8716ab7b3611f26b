/**
 * Why a message could not be sent. The database keeps the text and operators read it, so it consists of codes and our own
 * words and names no person.
 */
export class SendError extends Error {
  /** Whether a retry can't succeed. */
  readonly permanent: boolean;

  constructor(message: string, options: { permanent: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'SendError';
    this.permanent = options.permanent;
  }
}

/** A message can't be written because a value that belongs into it is missing. */
export class MissingValueError extends SendError {
  constructor(name: string, remedy: string) {
    super(`${name} is missing: ${remedy}`, { permanent: true });
    this.name = 'MissingValueError';
  }
}

/** Refuses null and empty texts, because a mail with a gap is worse than none. @throws {MissingValueError} */
export function required<Value>(value: Value | null | undefined, name: string, remedy: string): Value {
  if (value === null || value === undefined || value === '') throw new MissingValueError(name, remedy);
  return value;
}

/**
 * Why something could not be sent. The message is kept in the database and shown to operators: it is made of codes and of
 * words of ours, and names nobody.
 */
export class SendError extends Error {
  /** Whether trying again is in vain. */
  readonly permanent: boolean;

  constructor(message: string, options: { permanent: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'SendError';
    this.permanent = options.permanent;
  }
}

/** A message can't be written because something that belongs into it is not there. */
export class MissingValueError extends SendError {
  constructor(name: string, remedy: string) {
    super(`${name} is missing: ${remedy}`, { permanent: true });
    this.name = 'MissingValueError';
  }
}

/** @throws {MissingValueError} for null and empty texts, because a mail with a hole is worse than none */
export function required<Value>(value: Value | null | undefined, name: string, remedy: string): Value {
  if (value === null || value === undefined || value === '') throw new MissingValueError(name, remedy);
  return value;
}

/**
 * Whether what came from outside has the shape that the rest of core relies on. Only fields that core reads are checked;
 * fields that are merely shown are passed on as they came.
 */
import { OpenslotError } from './errors.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Returns an answer that has the shape of `T`, and throws `bad_response` for any other. */
export type Read<T> = (answer: unknown) => T;

/**
 * Reads answers that pass a check.
 * @param unpack turns such an answer into what the rest of core works with
 */
export function reader<T>(hasShape: (answer: Fields) => boolean, unpack?: (answer: never) => T): Read<T> {
  return (answer) => {
    if (!isObject(answer) || !hasShape(answer)) throw new OpenslotError('bad_response');
    return unpack ? unpack(answer as never) : (answer as T);
  };
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** The answer says when the server gave it. */
export function isTimed({ server_time: time }: Fields): boolean {
  return typeof time === 'string' && !Number.isNaN(Date.parse(time));
}

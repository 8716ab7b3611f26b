import type { OpenslotError } from '../../core/errors.ts';
import { OpenslotErrorEvent } from './events.ts';

/** Dispatches `openslot-error` on an element once for as long as the same error lasts. */
export class ErrorReporter {
  readonly #host: HTMLElement;
  #reported: string | null = null;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /**
   * Takes the present error, or null if there is none any more.
   * @returns whether this is another error than before, so that the event was dispatched
   */
  report(error: OpenslotError | null): boolean {
    const reported = error && JSON.stringify([error.code, error.detail]);
    if (reported === this.#reported) return false;
    this.#reported = reported;
    if (error) this.#host.dispatchEvent(new OpenslotErrorEvent(error));
    return error !== null;
  }
}

/** A pending call. Both methods do nothing once it has run or was cancelled. */
export interface Timer {
  cancel(): void;
  /** Starts the wait again from now. */
  restart(): void;
}

/** The server's source of time, so that tests can let 66 s pass at once. Times are milliseconds since 1970. */
export interface Clock {
  now(): number;
  after(milliseconds: number, run: () => void): Timer;
}

/** Its timers don't keep the process alive: a client that waits has an open socket, which does. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, run) {
    let pending = true;
    const timeout = setTimeout(() => {
      pending = false;
      run();
    }, milliseconds).unref();
    return {
      cancel() {
        pending = false;
        clearTimeout(timeout);
      },
      restart() {
        if (pending) timeout.refresh();
      },
    };
  },
};

export function sleep(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => void clock.after(milliseconds, resolve));
}

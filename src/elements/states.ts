import type { Connection } from '../core/state.ts';

/** Sets the custom states of an element to what they now are. Style sheets and scripts match them with `:state(name)`. */
export function setStates({ states }: ElementInternals, current: Readonly<Record<string, boolean>>): void {
  for (const [name, holds] of Object.entries(current)) {
    if (holds) states.add(name);
    else states.delete(name);
  }
}

/** The state of the connection by its own name, and no other; none while there is nothing to be connected to. */
export function connectionStates(connection: Connection | undefined): Record<Connection, boolean> {
  return {
    connecting: connection === 'connecting',
    live: connection === 'live',
    polling: connection === 'polling',
    offline: connection === 'offline',
  };
}

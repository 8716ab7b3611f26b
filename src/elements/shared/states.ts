import type { Connection } from '../../core/sync/refresher.ts';

/**
 * Gives an element the custom states that it is in, and no others. Style sheets and scripts match them with `:state(name)`.
 * @param connection is a state by its own name; undefined while there is nothing to connect to
 */
export function setStates(
  { states }: ElementInternals,
  current: Readonly<Record<string, boolean>>,
  connection: Connection | undefined,
): void {
  states.clear();
  for (const [name, holds] of Object.entries(current)) if (holds) states.add(name);
  if (connection) states.add(connection);
}

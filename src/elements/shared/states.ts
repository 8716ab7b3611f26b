import type { Connection } from '../../core/sync/refresher.ts';

/**
 * Sets the custom states of an element, and removes all others. Style sheets and scripts match them with `:state(name)`.
 * @param connection also becomes a state, by its own name; undefined while the element has no connection
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

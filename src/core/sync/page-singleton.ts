/**
 * An object that a page has once, even if it loads several copies of the SDK, as with two of its scripts.
 * @param name to be changed whenever the object's shape changes
 */
export function pageSingleton<T>(name: string, make: () => T): T {
  const page = globalThis as unknown as Record<symbol, T | undefined>;
  return (page[Symbol.for(`openslot.${name}`)] ??= make());
}

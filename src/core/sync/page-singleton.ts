/**
 * What there is one of on a page, also where several copies of the SDK are, as when two of its scripts are loaded.
 * @param name what it is called; another one whenever its shape changes
 */
export function pageWide<T>(name: string, make: () => T): T {
  const page = globalThis as unknown as Record<symbol, T | undefined>;
  return (page[Symbol.for(`openslot.${name}`)] ??= make());
}

/** Which tests belong to what a developer names: a suite, a group of suites, a path, or a part of the name of a file of tests. */

export interface Selectable {
  readonly name: string;
  readonly files?: readonly string[];
}

export interface Repository {
  readonly suites: readonly Selectable[];
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** Files that are tested, as paths from the root: of src, sandbox, worker and supabase/migrations. */
  readonly sources: readonly string[];
}

export interface Selection {
  /** By the name of the suite, the files of it that run; null for all of it. */
  readonly suites: ReadonlyMap<string, readonly string[] | null>;
  /** Names that no test belongs to. */
  readonly unknown: readonly string[];
}

const TAG = /(?:^|\/)(openslot-[\w-]+)\.ts$/;

const isWithin = (folder: string) => (file: string) => file === folder || file.startsWith(`${folder}/`);
const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const baseOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** `of('sync')('sync.test.ts')` and `of('sync')('sync-fetches.test.ts')` are true, `of('sync')('syncs.test.ts')` is not. */
const isOf = (stem: string) => (file: string) =>
  baseOf(file).startsWith(stem) && /^[.-]/.test(baseOf(file).slice(stem.length));

export function select(names: readonly string[], { suites, groups, sources }: Repository): Selection {
  const files = [...new Set(suites.flatMap((suite) => suite.files ?? []))];
  const selected = new Map<string, readonly string[] | null>();
  const unknown: string[] = [];
  const add = (suite: string, some: readonly string[] | null) => {
    const before = selected.get(suite);
    selected.set(suite, some && before !== null ? [...new Set([...(before ?? []), ...some])] : null);
  };

  for (const name of names) {
    const whole = groups[name] ?? suites.filter((suite) => suite.name === name).map((suite) => suite.name);
    for (const suite of whole) add(suite, null);
    if (whole.length > 0) continue;
    const path = name.replace(/^\.\//, '').replace(/\/$/, '');
    const matching = sources.some(isWithin(path))
      ? testsOf(path, files, sources)
      : files.filter((file) => file.includes(path));
    if (matching.length === 0) unknown.push(name);
    for (const suite of suites) {
      const some = suite.files?.filter((file) => matching.includes(file)) ?? [];
      if (some.length > 0) add(suite.name, some);
    }
  }
  return { suites: selected, unknown };
}

/** The tests of a file or a folder of sources; where it has none of its own, those of the folder around it. */
function testsOf(path: string, files: readonly string[], sources: readonly string[]): readonly string[] {
  if (isWithin('supabase')(path)) return files.filter(isWithin('supabase/tests'));
  if (!isWithin('src')(path)) return testsBeside(path, files);
  const tags = sources.filter(isWithin(path)).flatMap((file) => TAG.exec(file)?.[1] ?? []);
  const stories = files.filter((file) => isWithin('stories')(file) && tags.some((tag) => isOf(tag)(file)));
  const own = [...mirrored(path, files), ...stories];
  return own.length > 0 ? own : around(folderOf(path), files);
}

/** `test/core/sync/` for `src/core/sync/`, and `test/core/sync/retry*.test.ts` for `src/core/sync/retry.ts`. */
function mirrored(path: string, files: readonly string[]): readonly string[] {
  const place = mirror(path);
  if (!place.endsWith('.ts')) return files.filter(isWithin(place));
  return inFolder(folderOf(place), files).filter(isOf(baseOf(place).slice(0, -'.ts'.length)));
}

function around(folder: string, files: readonly string[]): readonly string[] {
  if (!folder.includes('/')) return [];
  const found = files.filter(isWithin(mirror(folder)));
  return found.length > 0 ? found : around(folderOf(folder), files);
}

const mirror = (path: string) => path.replace(/^src/, 'test');

/** Tests of a workspace lie in a folder `test` of its own: those of a file's name, or all in the nearest. */
function testsBeside(path: string, files: readonly string[]): readonly string[] {
  const own = files.filter(isWithin(path));
  if (own.length > 0) return own;
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    const near = inFolder(`${folder}/test`, files);
    const named = near.filter(isOf(baseOf(path).replace(/\.\w+$/, '')));
    if (near.length > 0) return named.length > 0 ? named : near;
  }
  return [];
}

const inFolder = (folder: string, files: readonly string[]) => files.filter((file) => folderOf(file) === folder);

/** The bytes of dist/script that a page downloads after `npm run build`: the limits of package.json, which CI checks. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Part } from '../report/result.ts';
import { atMost } from '../report/result.ts';

/** The fields of each entry of `size-limit --json`; bytes. */
interface Entry {
  readonly name: string;
  readonly size: number;
  readonly sizeLimit: number;
}

const KIB = 1024;

export const size: Part = async () => {
  // It exits with 1 if a limit is exceeded; the rows show this, too.
  const { stdout } = await promisify(execFile)('size-limit', ['--json']).catch(
    (error: unknown) => error as { stdout: string },
  );
  return {
    rows: (JSON.parse(stdout) as Entry[]).map(({ name, size, sizeLimit }) => {
      const [measured, limit] = [size / KIB, sizeLimit / KIB];
      return { what: `${name}, gzip`, unit: 'KiB', measured, budget: atMost(limit, measured, `<= ${limit} KiB`) };
    }),
  };
};

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type pg from 'pg';

const ARCHIVE = 'pgtap.tar.gz';
const FOLDER = 'share/postgresql/extension';

/**
 * Installs pgTAP in a database whose server has no pgtap among its extension files: runs pgTAP's script in schema
 * `extensions` and registers it in the catalogue, so that a test's `create extension if not exists pgtap` succeeds. The
 * script is plain SQL and PL/pgSQL; the server's installation stays unchanged.
 * @param superuser connection of a superuser
 */
export async function installPgtap(superuser: pg.Client): Promise<void> {
  const { version, script } = await readPgtap();
  await superuser.query('set search_path to extensions');
  await superuser.query(script);
  await superuser.query(
    `insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
     values (pg_nextoid('pg_extension', 'oid', 'pg_extension_oid_index'), 'pgtap', 'postgres'::regrole,
       'extensions'::regnamespace, true, $1)`,
    [version],
  );
  await superuser.query('reset search_path');
}

async function readPgtap(): Promise<{ version: string; script: string }> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite-pgtap');
  const archive = gunzipSync(await readFile(path.join(path.dirname(entry), ARCHIVE)));
  const control = readEntry(archive, `${FOLDER}/pgtap.control`);
  const version = /default_version = '([^']+)'/.exec(control)?.[1];
  if (!version) throw new Error('pgTAP: the control file names no version');
  // Lines with a backslash are commands for psql only.
  return { version, script: readEntry(archive, `${FOLDER}/pgtap--${version}.sql`).replace(/^\\.*$/gm, '') };
}

/** One text file of a tar archive: 512-byte headers (name at 0, octal size at 124), each followed by its padded content. */
function readEntry(archive: Buffer, wanted: string): string {
  for (let at = 0; at + 512 <= archive.length;) {
    const name = archive
      .toString('latin1', at, at + 100)
      .replace(/\0.*$/s, '')
      .replace(/^\.\//, '');
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 136), 8) || 0;
    if (name === wanted) return archive.toString('utf8', at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`pgTAP: ${wanted} is not in its archive`);
}

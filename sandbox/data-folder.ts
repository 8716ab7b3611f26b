import { chown, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Gives a folder and all in it to another user (PostgreSQL insists on owning its data). */
export async function chownTree(folder: string, uid: number, gid: number): Promise<void> {
  const entries = await readdir(folder, { recursive: true });
  await Promise.all([folder, ...entries.map((entry) => path.join(folder, entry))].map((file) => chown(file, uid, gid)));
}
